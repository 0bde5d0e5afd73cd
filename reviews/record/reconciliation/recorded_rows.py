"""Rows that events recorded, held against the tables: what was changed since, what is gone, what no event wrote."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from reviews.models import Event
from reviews.record import event_chain, row_states, sealing
from reviews.record.faults import BATCH, Fault, guarded, read
from reviews.record.reconciliation.key_set import KeySets
from reviews.record.row_states import STATES

_GONE = "is gone: an event recorded it"
_NOT_RECORDED = "no event recorded it"
_EVENTS = Event._meta.db_table

Recorded = dict[str, Any] | None
Tables = dict[str, type[models.Model]]
Check = Callable[[type[models.Model], int, Recorded, models.Model | None], Iterable[Fault]]


@cache
def evidence_tables() -> dict[str, type[models.Model]]:
    """Return the models that are evidence, by table, without the events themselves."""
    every = (model for model in apps.get_models() if getattr(model, "is_evidence", False))
    return {model._meta.db_table: model for model in every if model is not Event}


class RecordedRows:
    """Collects what events say of rows, and compares it in batches. A chain's last word on a row counts."""

    def __init__(self) -> None:
        self.seen = KeySets()
        self._evidence: dict[tuple[str, int], Recorded] = {}
        self._states: dict[tuple[str, int], Recorded] = {}
        self._ended: dict[tuple[str, int], Recorded] = {}

    def add(self, event: Event) -> Iterator[Fault]:
        """Take what an event says of rows; what it says of other tables vouches for nothing."""
        for kind, known, told in (
            ("rows", evidence_tables(), self._evidence),
            (STATES, row_states.tables(), self._states),
        ):
            for row in _listed(event, kind):
                table = row.get("table") if isinstance(row, dict) else None
                if not isinstance(table, str) or table not in known:
                    continue
                if not _is_readable(row):
                    yield Fault(_EVENTS, str(event.pk), "data", f"names a row of {table} that cannot be read")
                    continue
                told[table, row["pk"]] = row["fields"]
                self.seen[table].add(row["pk"])

    def end_chain(self) -> None:
        """Say that the chain has no more to say of its rows."""
        self._ended |= self._states
        self._states = {}

    def compare(self, *, at_least: int = BATCH) -> Iterator[Fault]:
        """Compare what is waiting, when it is as many rows as that."""
        if len(self._evidence) + len(self._ended) < at_least:
            return
        evidence, ended = self._evidence, self._ended
        self._evidence, self._ended = {}, {}
        yield from _compare(evidence, evidence_tables(), _evidence)
        yield from _compare(ended, row_states.tables(), _state)


def _listed(event: Event, name: str) -> list[Any]:
    listed = event.data.get(name) if isinstance(event.data, dict) else None
    return listed if isinstance(listed, list) else []


def _is_readable(row: dict[str, Any]) -> bool:
    return type(row.get("pk")) is int and "fields" in row and isinstance(row["fields"], dict | None)


def _compare(told: dict[tuple[str, int], Recorded], known: Tables, check: Check) -> Iterator[Fault]:
    by_table: dict[str, dict[int, Recorded]] = {}
    for (table, pk), fields in told.items():
        by_table.setdefault(table, {})[pk] = fields
    for table, rows in by_table.items():
        keys = sorted(rows)
        for start in range(0, len(keys), BATCH):
            part = {key: rows[key] for key in keys[start : start + BATCH]}
            yield from _compare_table(known[table], part, check)


def _compare_table(model: type[models.Model], rows: dict[int, Recorded], check: Check) -> Iterator[Fault]:
    table = model._meta.db_table
    try:
        present = _present(model, rows)
    except Exception:
        # One of them cannot be read: that one is a fault, and the others are compared all the same.
        for pk, fields in rows.items():
            yield from guarded(_compare_one, table, pk, model, pk, fields, check)
        return
    for pk, fields in rows.items():
        yield from guarded(check, table, pk, model, pk, fields, present.get(pk))


def _compare_one(model: type[models.Model], pk: int, fields: Recorded, check: Check) -> Iterable[Fault]:
    return check(model, pk, fields, _present(model, [pk]).get(pk))


def _present(model: type[models.Model], keys: Iterable[int]) -> dict[int, models.Model]:
    query = model._default_manager.filter(pk__in=list(keys))
    if model._meta.db_table in row_states.tables():
        query = query.prefetch_related(*row_states.tracked(model).many)
    return {row.pk: row for row in query}


def _evidence(model: type[models.Model], pk: int, fields: Recorded, present: models.Model | None) -> Iterator[Fault]:
    table = model._meta.db_table
    if present is None or fields is None:
        yield Fault(table, str(pk), "", _GONE)
        return
    for name, value in event_chain.evidence(present)["fields"].items():
        # A column that was added later holds its default in the rows that are older than it.
        expected = fields[name] if name in fields else event_chain.default(type(present), name)
        if expected != value:
            yield Fault(table, str(pk), name, "is not what was recorded when it was written")


def _state(model: type[models.Model], pk: int, fields: Recorded, present: models.Model | None) -> Iterator[Fault]:
    table = model._meta.db_table
    if fields is None:
        if present is not None:
            yield Fault(table, str(pk), "", "is there again: an event recorded that it was removed")
    elif present is None:
        yield Fault(table, str(pk), "", _GONE)
    else:
        for name in row_states.differing(present, fields):
            yield Fault(table, str(pk), name, "is not what the last event that wrote it recorded")


def taken_over(seen: KeySets) -> Iterator[Fault]:
    """Compare the rows that no event but that of the upgrade recorded; and say that they are recorded."""
    known = {**row_states.tables(), **{model._meta.db_table: model for model in row_states.uncoded()}}
    for table, model in known.items():
        left = {pk: code for pk, code in sealing.listed_states(table).items() if pk not in seen[table]}
        keys = sorted(left)
        for start in range(0, len(keys), BATCH):
            part: dict[int, Recorded] = {key: {"code": left[key]} for key in keys[start : start + BATCH]}
            yield from _compare_table(model, part, _as_taken_over)
        for key in keys:
            seen[table].add(key)


def _as_taken_over(model: type[models.Model], pk: int, told: Recorded, present: models.Model | None) -> Iterator[Fault]:
    if present is None:
        yield Fault(model._meta.db_table, str(pk), "", _GONE)
    elif told is None or not row_states.is_state(present, told["code"]):
        yield Fault(model._meta.db_table, str(pk), "", "is not as it was when the record was taken over")


def of_later_events(seen: KeySets, until: int) -> Iterator[Fault]:
    """Take the rows that events recorded while the others were read: they are no faults of this run."""
    later = RecordedRows()
    for event in read(Event.objects.filter(pk__gt=until)):
        if isinstance(event, Event):
            yield from later.add(event)
    seen.merge(later.seen.items())


def unrecorded(seen: KeySets, newest: dict[str, int]) -> Iterator[Fault]:
    """Yield the rows that no event recorded. `newest` is each table's highest key before the events were read."""
    for table, model in {**evidence_tables(), **row_states.tables()}.items():
        query = model._default_manager.order_by("pk")
        if table in row_states.tables():
            query = query.filter(row_states.tracked(model).recorded)
        for pk in query.values_list("pk", flat=True).iterator(chunk_size=10 * BATCH):
            if pk not in seen[table] and pk <= newest.get(table, 0):
                yield Fault(table, str(pk), "", _NOT_RECORDED)


def newest() -> dict[str, int]:
    """Return the highest key of each table whose rows events record."""
    known = {**evidence_tables(), **row_states.tables()}
    found = {table: model._default_manager.aggregate(one=models.Max("pk"))["one"] for table, model in known.items()}
    return {table: key or 0 for table, key in found.items()}
