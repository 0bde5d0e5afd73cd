"""Decisions, held against their signature and the text that they name."""

from collections.abc import Iterator

from reviews.models import Decision
from reviews.record import signatures
from reviews.record.faults import Fault

_TABLE = Decision._meta.db_table


def decision(row: Decision) -> Iterator[Fault]:
    """Yield what is wrong with a signed decision."""
    if not signatures.is_valid(row):
        yield Fault(_TABLE, str(row.pk), "signature", "is of none of our keys, or of another text")
    if row.revision_digest != row.revision.digest:
        yield Fault(_TABLE, str(row.pk), "revision_digest", "is not the digest of its revision")
