"""Signatures of notices, held against what the event of the signing recorded."""

from collections.abc import Iterator
from typing import Any

from reviews.models import Event, Notice
from reviews.record import signatures
from reviews.record.faults import BATCH, Fault, guarded

_TABLE = Notice._meta.db_table


class SignedNotices:
    """Collects what events say of signed notices, and checks the signatures in batches."""

    def __init__(self) -> None:
        self._waiting: dict[int, dict[str, Any]] = {}

    def add(self, event: Event) -> Iterator[Fault]:
        """Take what an event says, if it is of a signed notice."""
        if event.verb == "sign_notice":
            self._waiting[event.data["notice"]] = event.data
        yield from ()

    def compare(self, *, at_least: int = BATCH) -> Iterator[Fault]:
        if len(self._waiting) < at_least:
            return
        waiting, self._waiting = self._waiting, {}
        for key, signed in waiting.items():
            yield from guarded(_signature, _TABLE, key, key, signed)


def _signature(key: int, signed: dict[str, Any]) -> Iterator[Fault]:
    notice = Notice.objects.filter(pk=key).select_related("revision").first()
    # One that is gone is a fault of its own.
    if notice is not None and not signatures.is_valid_notice(notice, signed):
        yield Fault(_TABLE, str(key), "signature", "is of none of our keys, or of another notice")
