"""The verification of a record of many events, by real processes. The size is events.

The events are sealed as the program seals them, and each records how a row stands that is there; they are written many
at once, which the program never does.
"""

import os
import time
from collections.abc import Iterator
from typing import Any

from benchmarks import results
from benchmarks.results import Asked
from benchmarks.sites import Run, Site

SIZE = 500_000
# The size that was measured before the record was read in a stream.
_FIRST = 20_000
_EVENTS_A_CHAIN = 100
_BATCH = 2_000


def run(asked: Asked) -> None:
    site = asked.empty
    site.enter()
    rows: list[tuple[str, int, Run]] = []
    written = 0
    for size in sorted({min(_FIRST, asked.size), asked.size}):
        _write(written, size)
        written = size
        for processes in sorted({1, os.cpu_count() or 1}):
            options = ("--processes", str(processes))
            done = site.run("verify_audit", *options)
            rows.append((f"{size:,} events, {processes} at once", size, done))
    site.shell("from reviews import tasks; tasks.verify_audit()")
    rows.append((f"{asked.size:,} events, what is new of them", 0, site.run("verify_audit", "--continue")))
    _keep(asked, site, rows)


def _write(first: int, last: int) -> None:
    """Write events from one number to another, in chains, and the rows that they record."""
    from django.db import transaction

    with transaction.atomic():
        thread = _thread()
        began = time.monotonic()
        events = _Writer(thread)
        for number in range(first, last):
            events.write(number)
        events.flush()
    print(f"{last - first:,} events written in {time.monotonic() - began:.0f} s", flush=True)


def _thread() -> Any:
    """Return the thread in which the rows stand: of one real review."""
    from reviews import workflow
    from reviews.models import Thread
    from tests import factories

    if thread := Thread.objects.first():
        return thread
    review = factories.approved(review=factories.submitted())
    factories.edit(review.article)
    update = factories.submitted(review.article)
    return workflow.open_thread(update, by=update.article.owner, text="Is the dose right?")


class _Writer:
    """Makes chains of events, each of which records a comment."""

    def __init__(self, thread: Any) -> None:
        from django.utils import timezone

        from reviews.models import Comment

        self._thread, self._at = thread, timezone.now()
        self._comments: list[Comment] = []
        self._next_comment = (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        self._events: list[Any] = []
        self._previous = ""

    def write(self, number: int) -> None:
        from reviews.models import Comment
        from reviews.record import row_states

        chain, place = divmod(number, _EVENTS_A_CHAIN)
        if place == 0:
            self._previous = ""
            self._register(chain)
        words = f"Remark {number}: the dose is that of the guideline, and the interval that of the label."
        comment = Comment(
            pk=self._next_comment, thread=self._thread, author=self._thread.opened_by, text=words, written_at=self._at
        )
        self._next_comment += 1
        self._comments.append(comment)
        data = {"review": self._thread.review_id, "thread": self._thread.pk, "text": words}
        data |= row_states.told([comment])
        self._events.append(self._event(f"article:{1_000_000 + chain}", place + 1, data))
        if len(self._events) == _BATCH:
            self.flush()

    def _register(self, chain: int) -> None:
        from reviews.record import event_chain

        data = {"article": 1_000_000 + chain, "title": "Of the benchmark"}
        event_chain.append(event_chain.site_chain(), "register_article", actor=None, data=data, at=self._at)

    def _event(self, chain: str, sequence: int, data: dict[str, Any]) -> Any:
        from reviews.models import Event
        from reviews.record import event_chain

        by = self._thread.opened_by
        event = Event(chain=chain, sequence=sequence, verb="comment", actor=by, actor_name=str(by), data=data)
        event.at, event.previous_digest = self._at, self._previous
        event.actor_kind, event.form = Event.ActorKind.PERSON.value, Event.SECOND_FORM
        event_chain.seal(event)
        self._previous = event.digest
        return event

    def flush(self) -> None:
        from reviews.models import Comment, Event

        Comment.objects.bulk_create(self._comments)
        Event.objects.bulk_create(self._events)
        self._comments, self._events = [], []


def _lines(rows: list[tuple[str, int, Run]]) -> Iterator[tuple[str, ...]]:
    for work, size, one in rows:
        speed = f"{size / one.cpu:,.0f}" if size else ""
        yield work, f"{one.seconds:.1f} s", f"{one.cpu:.1f} s", speed, f"{one.megabytes:.0f} MB"


def _keep(asked: Asked, site: Site, rows: list[tuple[str, int, Run]]) -> None:
    columns = {"work": "---", "time": "---:", "CPU": "---:", "events a second of CPU": "---:", "most memory": "---:"}
    count = site.ask("SELECT count(*) FROM reviews_event")
    body = f"{results.table(columns, _lines(rows))}\n\n{count:,} events in all; the record is intact."
    about = "Made by `python -m benchmarks record`; starting Python is in the time, memory is of the biggest process."
    results.keep("RECORD.md", "The verification of the record", about=about, body=body, is_full=asked.is_full)
