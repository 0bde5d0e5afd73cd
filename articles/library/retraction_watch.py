"""The Retraction Watch file: what it tells of the sources in the library, read row by row without a network."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from articles.library import source_updates
from articles.library.services import facts
from articles.library.services.facts import Update
from articles.models import Source
from articles.models.person import Person

REPORTED_BY = "retraction-watch"
MOST_FAULTS = 50
# Seen in the file: long lists of institutions and reasons. Python's own limit of 131,072 would stop at such a row.
_LONGEST_FIELD = 1_000_000

_KINDS = {
    "retraction": facts.RETRACTION,
    "correction": facts.CORRECTION,
    "expression of concern": facts.CONCERN,
    "reinstatement": facts.REINSTATEMENT,
}
_NEEDED = {"RetractionNature", "RetractionDate", "OriginalPaperDOI", "OriginalPaperPubMedID"}


class UnreadableFile(Exception):
    """The file is not the one that Retraction Watch publishes."""


@dataclass
class Report:
    """What became of a file: rows read, sources it speaks of, updates that are new, and rows that were left out."""

    rows: int = 0
    sources: int = 0
    new: int = 0
    faulty: int = 0
    faults: list[str] = field(default_factory=list)

    def add_fault(self, line: int, words: str) -> None:
        self.faulty += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(_("Line %(line)d: %(words)s") % {"line": line, "words": words})


def screen(lines: Iterable[str], *, by: Person | None = None, at: datetime, dry_run: bool = False) -> Report:
    """Record what the file tells of sources here; of sources it does not name nothing is said.

    With `dry_run` the report names the updates that would be looked at and nothing is written. Raises
    `UnreadableFile` before anything is written.
    """
    report = Report()
    told: dict[int, list[Update]] = defaultdict(list)
    library = _Library()
    for line, row in _rows(lines, report):
        update = _update(row)
        if update is None:
            report.add_fault(
                line, _("“%s” is not a known kind of update.") % facts.text(row.get("RetractionNature"))[:60]
            )
            continue
        for pk in library.sources_of(row, line, report):
            told[pk].append(update)
    report.sources = len(told)
    for pk, found in told.items():
        source = Source.objects.get(pk=pk)
        report.new += len(
            source_updates.unknown(source, found, at=at)
            if dry_run
            else source_updates.record(source, found, by=by, at=at)
        )
    return report


class _Library:
    """The identifiers of the sources here; those of a duplicate lead to the source it was merged into."""

    def __init__(self) -> None:
        self._by_doi: dict[str, int] = {}
        self._by_pmid: dict[str, int] = {}
        self._dois: dict[int, str] = {}
        # Merged ones first, so that a source's own identifier wins.
        rows = Source.objects.order_by("-merged_into").values_list("pk", "merged_into", "doi", "pmid")
        for pk, target, doi, pmid in rows.iterator():
            if doi:
                self._by_doi[doi] = target or pk
                self._dois[target or pk] = doi
            if pmid:
                self._by_pmid[pmid] = target or pk

    def sources_of(self, row: dict[str, Any], line: int, report: Report) -> list[int]:
        """Return the source of a row, by DOI, or else by a PMID that no DOI contradicts."""
        doi, pmid = facts.doi(row.get("OriginalPaperDOI")), facts.pmid(row.get("OriginalPaperPubMedID"))
        if doi in self._by_doi:
            return [self._by_doi[doi]]
        found = self._by_pmid.get(pmid)
        if found is None:
            return []
        if doi and self._dois.get(found, doi) != doi:
            words = _("PMID %(pmid)s is in the library with a DOI other than %(doi)s: nothing was recorded.")
            report.add_fault(line, words % {"pmid": pmid, "doi": doi})
            return []
        return [found]


def _rows(lines: Iterable[str], report: Report) -> Iterator[tuple[int, dict[str, Any]]]:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.DictReader(line.replace("\x00", "") for line in lines)
    try:
        names = {(name or "").strip().lstrip("\ufeff") for name in reader.fieldnames or ()}
    except csv.Error as error:
        raise UnreadableFile(_("This is not a CSV file: %s.") % error) from error
    if missing := sorted(_NEEDED - names):
        words = _("The columns %s are missing: this is not the Retraction Watch file.")
        raise UnreadableFile(words % ", ".join(missing))
    reader.fieldnames = [(name or "").strip().lstrip("\ufeff") for name in reader.fieldnames or ()]
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            report.add_fault(reader.line_num, _("It cannot be read: %s.") % error)
            continue
        report.rows += 1
        yield reader.line_num, row


def _update(row: dict[str, Any]) -> Update | None:
    kind = _KINDS.get(facts.text(row.get("RetractionNature")).lower())
    if kind is None:
        return None
    reasons = [one.strip(" +") for one in facts.text(row.get("Reason")).split(";")]
    record = facts.text(row.get("Record ID"))
    words = [f"Retraction Watch record {record}" if record else "Retraction Watch", "; ".join(filter(None, reasons))]
    return Update(
        kind,
        REPORTED_BY,
        date=_date(facts.text(row.get("RetractionDate"))),
        notice_doi=facts.doi(row.get("RetractionDOI")),
        notice_pmid=facts.pmid(row.get("RetractionPubMedID")),
        detail=": ".join(filter(None, words))[:500],
    )


def _date(value: str) -> date | None:
    """Return a date as the file writes it, month first: 2/6/2010 0:00; or as ISO 8601."""
    if found := re.match(r"^(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)", value):
        return facts.day(found[3], found[1], found[2])
    if found := re.match(r"^(\d{4})-(\d{2})-(\d{2})(?!\d)", value):
        return facts.day(found[1], found[2], found[3])
    return None
