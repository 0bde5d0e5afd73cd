"""What is wrong with the record, and the reading of rows that may hold anything: what cannot be read is a fault."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import Error, connection, models, transaction

BATCH = 500


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the table, the row's key, the field, and what is wrong with it."""

    table: str
    row: str
    field: str
    problem: str

    def __str__(self) -> str:
        place = " ".join(
            filter(None, (f"table {self.table}", self.row and f"row {self.row}", self.field and f"field {self.field}"))
        )
        return f"{place}: {self.problem}"


def guarded(check: Callable[..., Iterable[Fault]], table: str, row: object, *given: Any) -> Iterator[Fault]:
    """Yield what a check finds. One that fails finds one fault more, and whatever comes after it goes on."""
    try:
        with _own_savepoint():
            found = list(check(*given))
    except Exception as error:
        found = [unreadable(table, row, error)]
    yield from found


def _own_savepoint() -> AbstractContextManager[object]:
    """Return what keeps a statement that fails from ending the transaction that the caller may be in."""
    is_at_stake = connection.in_atomic_block and connection.vendor == "postgresql"
    return transaction.atomic() if is_at_stake else nullcontext()


def unreadable(table: str, row: object, error: Exception) -> Fault:
    """Return the fault of what cannot be read, or makes the check of it fail."""
    return Fault(table, "" if row is None else str(row), "", f"cannot be read: {type(error).__name__}: {error}"[:400])


def read(query: "models.QuerySet[Any, Any]", size: int = BATCH) -> "Iterator[models.Model | Fault]":
    """Yield the rows of a query by their key, a few at a time; in the place of one that cannot be read, its fault."""
    last: Any = None
    pages = query.order_by("pk")
    while True:
        page = pages if last is None else pages.filter(pk__gt=last)
        keys = list(page.values_list("pk", flat=True)[:size])
        if not keys:
            return
        last = keys[-1]
        yield from _rows(query, keys)


def _rows(query: "models.QuerySet[Any, Any]", keys: list[Any]) -> "Iterator[models.Model | Fault]":
    try:
        yield from list(query.filter(pk__in=keys).order_by("pk"))
    except (Error, ValueError, TypeError, ArithmeticError, AttributeError):
        for key in keys:
            try:
                yield query.get(pk=key)
            except Exception as error:
                yield unreadable(query.model._meta.db_table, key, error)


def checked(
    query: "models.QuerySet[Any, Any]", check: Callable[[Any], Iterable[Fault]], size: int = BATCH
) -> Iterator[Fault]:
    """Yield what a check finds of each row of a query."""
    table = query.model._meta.db_table
    for row in read(query, size):
        if isinstance(row, Fault):
            yield row
        else:
            yield from guarded(check, table, row.pk, row)
