"""Accounts: each fact that lets a person sign in and act, held against the event that set it."""

from collections.abc import Iterator
from typing import Any

from reviews.record import credentials
from reviews.record.faults import Fault


def person(row: Any) -> Iterator[Fault]:
    """Yield each fact of an account that no sealed event has set as it stands."""
    for fact in credentials.problems(row.pk):
        yield Fault(row._meta.db_table, str(row.pk), fact, "is not what an event on the record has set")
