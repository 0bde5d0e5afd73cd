"""Pieces of the verification that can be done apart from each other, and the processes that do them."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models

from articles.models import Rendering, Revision, Source
from articles.models.history import CodedHistory
from reviews.models import Decision
from reviews.record import row_states, sealing, verification_process
from reviews.record.chain_heads import Head
from reviews.record.faults import BATCH, Fault, checked, guarded
from reviews.record.reconciliation import accounts, chains, frozen_texts, histories, signed_decisions
from reviews.record.reconciliation.chains import Reading, Span
from reviews.record.reconciliation.key_set import KeySets

# So many rows of a table make a piece of work.
_ROWS = 2_000
# A text is long: a few at a time.
_TEXTS = 50
_ATTEMPTS = 3


@dataclass(frozen=True)
class Work:
    """One piece: a span of chains, or the rows of a table from one key to another, by the model's label."""

    span: Span | None = None
    model: str = ""
    first: int = 0
    last: int = 0


@dataclass
class Outcome:
    """What came of a piece."""

    faults: list[Fault] = field(default_factory=list)
    seen: KeySets = field(default_factory=KeySets)
    heads: dict[str, Head] = field(default_factory=dict)
    events: int = 0


def results(work: Iterable[Work], processes: int) -> Iterator[Outcome]:
    """Yield what comes of each piece, done by so many processes; a transaction's own rows only this one sees."""
    name = str(connection.settings_dict["NAME"])
    if processes < 2 or connection.in_atomic_block or (connection.vendor == "sqlite" and "memory" in name):
        yield from map(do, work)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        processes, mp_context=context, initializer=verification_process.prepare, initargs=(name,)
    )
    try:
        yield from pool.map(do, work)
    finally:
        # Who asks for the first fault alone waits for no other piece.
        pool.shutdown(cancel_futures=True)


def do(work: Work) -> Outcome:
    """Do one piece."""
    if work.span is not None:
        return _span(work.span)
    model = apps.get_model(work.model)
    query = model._default_manager.filter(pk__gte=work.first, pk__lte=work.last)
    found = guarded(partial(_rows, model, query), model._meta.db_table, None)
    return Outcome(faults=list(found))


def _span(span: Span) -> Outcome:
    """Read chains; once more when one went on meanwhile: what its steps wrote is newer than what was read."""
    for _attempt in range(_ATTEMPTS):
        reading = Reading()
        found = list(guarded(partial(chains.faults, span, reading), "reviews_event", None))
        if not found or span.events().count() == reading.events:
            break
    return Outcome(found, reading.rows.seen, reading.heads, reading.events)


def tables() -> Iterator[Work]:
    """Yield the pieces of the tables that are checked by themselves."""
    for model in checked_tables():
        first, count, last = None, 0, 0
        for key in model._default_manager.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5_000):
            first, last, count = key if first is None else first, key, count + 1
            if count == _ROWS:
                yield Work(model=model._meta.label, first=first, last=last)
                first, count = None, 0
        if first is not None:
            yield Work(model=model._meta.label, first=first, last=last)


def checked_tables() -> list[type[models.Model]]:
    """Return the models whose rows are checked by themselves."""
    return [Revision, Rendering, Decision, get_user_model(), *row_states.histories(), *histories.followed()]


def _rows(model: type[models.Model], query: "models.QuerySet[Any, Any]") -> Iterator[Fault]:
    size, rows, check = _check(model, query)
    yield from checked(rows, check, size)


def _check(
    model: type[models.Model], query: "models.QuerySet[Any, Any]"
) -> "tuple[int, models.QuerySet[Any, Any], Callable[[Any], Iterable[Fault]]]":
    if model is Revision:
        sources = models.Prefetch("sources", Source.objects.only("pk"))
        return _TEXTS, query.prefetch_related(sources), frozen_texts.revision
    if model is Rendering:
        check = partial(frozen_texts.rendering, older=_older(model._meta.db_table))
        return _TEXTS, query.select_related("revision"), check
    if model is Decision:
        signed = query.filter(verdict=Decision.Verdict.APPROVED).select_related("revision")
        return _TEXTS, signed, signed_decisions.decision
    if model is get_user_model():
        return BATCH, query, accounts.person
    if issubclass(model, CodedHistory):
        return BATCH, query, partial(_history, older=_older(model._meta.db_table))
    if model in row_states.histories():
        return BATCH, query, partial(histories.entry, older=_older(model._meta.db_table))
    return BATCH, query, histories.present


def _history(row: Any, *, older: frozenset[int]) -> Iterator[Fault]:
    yield from histories.entry(row, older)
    yield from histories.removed(row)


def _older(table: str) -> frozenset[int]:
    """Return the rows of a table that were taken over with the record. They never become more."""
    return frozenset(sealing.listed_states(table))
