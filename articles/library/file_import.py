"""Files of sources that come in: kept until each record is dealt with, so that a person can go on after a fault.

Work that ended in an orderly way goes on by itself. A file at which a process died is marked as failed and left alone:
what killed one process would kill the next. A person runs it again.
"""

import io
import logging
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, BinaryIO

from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.library.files import exchange_files
from articles.library.files.source_record import Record
from articles.library.record_intake import Kind, Outcome, bring_in, find
from articles.models import SourceImport, SourceImportRecord
from articles.models.person import Person
from articles.text.csl.likeness import likeness

logger = logging.getLogger(__name__)

LARGEST = 20_000_000
# A worker that did not write for so long is dead: no record takes a tenth of it.
_LEASE = timedelta(minutes=2)
_UNEXPECTED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def receive(content: bytes, *, name: str, format_name: str, by: Person) -> SourceImport:
    """Keep a file. Whoever calls this starts the task."""
    return SourceImport.objects.create(
        name=name[-255:],
        format=format_name,
        content=content,
        size=len(content),
        by=by,
        created_at=timezone.now(),
    )


def waiting() -> list[int]:
    """Return the imports that nobody has begun, or that ended in an orderly way before the file did."""
    free = SourceImport.objects.unfinished().filter(touched_at=None)
    return list(free.order_by("pk").values_list("pk", flat=True))


def has_died(batch: SourceImport) -> bool:
    """Say whether the process that was at a file is gone without a word."""
    is_open = batch.finished_at is None and not batch.problem
    return is_open and batch.touched_at is not None and batch.touched_at < timezone.now() - _LEASE


def mark_died() -> int:
    """Mark the imports whose process died as failed; return how many."""
    marked = 0
    for pk in SourceImport.objects.unfinished().filter(touched_at__lt=timezone.now() - _LEASE).values_list("pk"):
        with transaction.atomic():
            batch = _locked(pk[0])
            if has_died(batch):
                batch.problem = why_died(batch)
                batch.save(update_fields=["problem"])
                marked += 1
    return marked


def why_died(batch: SourceImport) -> str:
    """Return what a person is told of an import whose process died."""
    return _(
        "The import stopped after record %(reached)d: the process that ran it ended without finishing. What was "
        "imported stays, and nothing is imported twice. It is not tried again by itself: press “Continue now”. "
        "If it stops there again, look at record %(next)d."
    ) % {"reached": batch.reached, "next": batch.reached + 1}


def carry_on(pk: int, *, seconds: float | None = None) -> bool:
    """Bring in what is left of a file; return whether all of it is done. Does nothing while another process is at it.

    `seconds` is how long it may take; what is left then is for the next run. A failed import is marked, and raises.
    """
    batch = _claimed(pk)
    if batch.finished_at is not None:
        return True
    if batch.problem or not batch.is_mine:
        return False
    try:
        is_done = _bring_in_all(batch, time.monotonic() + seconds if seconds is not None else None)
    except (OperationalError, InterfaceError, KeyboardInterrupt, SystemExit):
        _let_go(batch)
        raise
    except Exception as error:
        _let_go(batch, _("The import stopped after record %d: %s.") % (batch.reached, type(error).__name__))
        raise
    if not is_done:
        _let_go(batch)
    return is_done


def _claimed(pk: int) -> SourceImport:
    """Return an import; `is_mine` says whether this process is the one that is at it from now on."""
    with transaction.atomic():
        batch = _locked(pk, "by")
        batch.is_mine = batch.finished_at is None and not batch.problem and batch.touched_at is None
        if batch.is_mine:
            batch.touched_at = timezone.now()
            batch.save(update_fields=["touched_at"])
    return batch


def _locked(pk: int, *related: str) -> SourceImport:
    return SourceImport.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)


def _let_go(batch: SourceImport, problem: str = "") -> None:
    """Let whoever comes next go on; with a problem only after a person said so."""
    with transaction.atomic():
        fresh = _locked(batch.pk)
        if fresh.finished_at is None:
            fresh.touched_at, fresh.problem = None, problem[:300]
            fresh.save(update_fields=["touched_at", "problem"])


def _bring_in_all(batch: SourceImport, ends: float | None) -> bool:
    stream = io.BytesIO(bytes(batch.content))
    for record in _left(batch, stream):
        if not _deal_with(batch, record, stream.tell()):
            return False
        if ends is not None and time.monotonic() > ends:
            return False
    for row in batch.records.filter(outcome=Kind.AGAIN).order_by("number"):
        _try(batch, row)
        batch.touched_at = timezone.now()
        batch.save(update_fields=["touched_at"])
    _finish(batch)
    return True


def counts(batch: SourceImport) -> dict[str, int]:
    """Return how many records came to which end; each outcome is named."""
    found = batch.records.order_by().values_list("outcome").annotate(number=Count("pk"))
    return {kind.value: Counter(dict(found))[kind.value] for kind in Kind}


def try_again(batch: SourceImport) -> int:
    """Let what failed be tried again, and go on where it stopped; return how many failed."""
    with transaction.atomic():
        fresh = SourceImport.objects.select_for_update().get(pk=batch.pk)
        again = list(fresh.records.filter(outcome=Kind.FAILED).only("pk"))
        for row in again:
            row.outcome = Kind.AGAIN
            row.save(update_fields=["outcome"])
        is_held = fresh.finished_at is None and fresh.touched_at is not None and not has_died(fresh)
        if fresh.problem or not is_held:
            fresh.finished_at, fresh.problem, fresh.touched_at = None, "", None
            fresh.save(update_fields=["finished_at", "problem", "touched_at"])
    return len(again)


def rejected(batch: SourceImport) -> Iterator[str]:
    """Yield the raw text of the records that did not come in, to be mended and uploaded again."""
    rows = batch.records.filter(outcome=Kind.FAILED).order_by("number").values_list("raw", flat=True)
    for raw in rows.iterator(chunk_size=200):
        yield raw.strip("\n") + "\n\n"


# -- One record


def _left(batch: SourceImport, stream: BinaryIO) -> Iterator[Record]:
    for record in exchange_files.read(stream, format_name=batch.format):
        if record.number > batch.reached:
            yield record


def _deal_with(batch: SourceImport, record: Record, read_bytes: int) -> bool:
    """Bring in one record and write down that it is done, together. Returns False when another worker did so."""
    with transaction.atomic():
        fresh = SourceImport.objects.select_for_update().defer("content").get(pk=batch.pk)
        if fresh.reached >= record.number:
            return False
        outcome = _outcome(batch, record)
        SourceImportRecord.objects.create(
            batch=batch,
            number=record.number,
            format=record.format,
            title=record.title[:200],
            raw=record.raw,
            **_facts(record, outcome),
        )
        fresh.reached, fresh.read_bytes, fresh.touched_at = record.number, read_bytes, timezone.now()
        fresh.save(update_fields=["reached", "read_bytes", "touched_at"])
    batch.reached = record.number
    return True


def _try(batch: SourceImport, row: SourceImportRecord) -> None:
    record = next(exchange_files.read(row.raw.encode(), format_name=row.format), None)
    with transaction.atomic():
        if record is None:
            facts: dict[str, Any] = {"outcome": Kind.FAILED}
        else:
            facts = _facts(record, _outcome(batch, record))
        for name, value in facts.items():
            setattr(row, name, value)
        row.save()


def _outcome(batch: SourceImport, record: Record) -> Outcome:
    """Bring a record in. What is wrong with it ends with it; a database that does not answer ends the work."""
    try:
        with transaction.atomic():
            return bring_in(record, by=batch.by, reason=f"imported from {batch.name}"[:100])
    except (OperationalError, InterfaceError):
        raise
    except (DatabaseError, *_UNEXPECTED) as error:
        logger.exception("Record %s of import %s did not come in", record.number, batch.pk)
        return Outcome(Kind.FAILED, faults=[f"It could not be kept ({type(error).__name__})."])


def _facts(record: Record, outcome: Outcome) -> dict[str, Any]:
    return {
        "outcome": outcome.kind,
        "faults": [*record.faults, *outcome.faults],
        "source": outcome.source,
        "like": outcome.like,
    }


def _finish(batch: SourceImport) -> None:
    with transaction.atomic():
        fresh = SourceImport.objects.select_for_update().get(pk=batch.pk)
        if fresh.reached == 0:
            fresh.problem = "It holds no record that can be read."
        # Each record has its own text from now on.
        fresh.content, fresh.finished_at, fresh.read_bytes = b"", timezone.now(), fresh.size
        fresh.save()


class ImportPreview:
    """Says what would become of each record, and writes nothing; a record that comes twice is said to."""

    def __init__(self) -> None:
        self._identifiers: set[tuple[str, ...]] = set()
        self._likenesses: set[str] = set()

    def bring_in(self, record: Record) -> Outcome:
        outcome = find(record)
        if outcome.kind not in (Kind.ADDED, Kind.PROBABLE):
            return outcome
        own = {("doi", record.doi), ("pmid", record.pmid), ("label", *record.label)}
        own = {one for one in own if one[1]}
        alike = likeness(record.title, record.csl)
        if own & self._identifiers:
            outcome.kind = Kind.ALREADY
        elif alike and alike in self._likenesses and outcome.kind == Kind.ADDED:
            outcome.kind = Kind.PROBABLE
            outcome.faults.append("It is probably the same work as a record before it.")
        self._identifiers |= own
        self._likenesses.add(alike)
        return outcome
