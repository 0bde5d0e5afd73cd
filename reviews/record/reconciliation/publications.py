"""Publications, held against what the whole chain of the article makes of them."""

from collections.abc import Iterator

from articles.models import Publication
from reviews.models import Event
from reviews.record import page_check, publishing
from reviews.record.faults import BATCH, Fault, guarded
from reviews.record.publishing import Standing

_TABLE = Publication._meta.db_table


class Publications:
    """Collects what chains make of their pages, and compares it in batches."""

    def __init__(self) -> None:
        self._waiting: dict[int, Standing | None] = {}

    def add(self, article: int, standing: Standing | None) -> None:
        self._waiting[article] = standing

    def compare(self, *, at_least: int = BATCH) -> Iterator[Fault]:
        if len(self._waiting) < at_least:
            return
        waiting, self._waiting = self._waiting, {}
        for article, expected in waiting.items():
            yield from guarded(self._compare, _TABLE, article, article, expected)

    def _compare(self, article: int, expected: Standing | None) -> Iterator[Fault]:
        stored = Publication.objects.filter(pk=article).first()
        if expected is None or stored is None:
            if (expected is None) != (stored is None):
                yield Fault(
                    _TABLE, str(article), "", "does not exist as the events say" if expected else "no event made it"
                )
            return
        for field, problem in publishing.differences(stored, expected):
            yield Fault(_TABLE, str(article), field, problem)
        for unproved in page_check.approval_problems(list(Event.objects.of_article(article))):
            yield Fault(*unproved)


def without_events() -> Iterator[Fault]:
    """Yield the publications of articles that have no chain."""
    keys: list[int] = []
    for key in Publication.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH):
        keys.append(key)
        if len(keys) == BATCH:
            yield from _without_events(keys)
            keys = []
    yield from _without_events(keys)


def _without_events(keys: list[int]) -> Iterator[Fault]:
    chains = {f"article:{key}" for key in keys}
    begun = set(Event.objects.filter(chain__in=chains, sequence=1).values_list("chain", flat=True))
    for key in keys:
        if f"article:{key}" not in begun:
            yield Fault(_TABLE, str(key), "", "no event made it")
