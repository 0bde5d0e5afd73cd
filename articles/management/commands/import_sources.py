"""`manage.py import_sources FILE...`: sources out of RIS, BibTeX, NBIB and CSL-JSON files into the library."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, reset_queries

from articles.library.file_import import ImportPreview
from articles.library.files import exchange_files
from articles.library.files.source_record import Record
from articles.library.record_intake import Kind, Outcome, bring_in
from articles.writing.page_import import shown

_UNEXPECTED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Command(BaseCommand):
    help = (
        "Import sources from RIS, BibTeX, NBIB and CSL-JSON files; a file may contain several formats. A record that "
        "is already in the library, by DOI, PMID or a label's set id and version, fills what is empty there and "
        "overwrites nothing. A faulty record never stops the others. Exit status: 0 when all were imported; 1 when "
        "some were not, with their number on the error stream."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for the standard input")
        parser.add_argument(
            "--format", choices=exchange_files.FORMATS, default="", help="read every record in this format"
        )
        parser.add_argument("--dry-run", action="store_true", help="read and compare everything, write nothing")
        parser.add_argument(
            "--json", action="store_true", help="print the result for each record, one line of JSON each"
        )
        parser.add_argument("--by", metavar="EMAIL", help="who imports them, for the history (default: nobody)")

    def handle(self, *args, **options):
        self._by = _person(options["by"])
        self._trial = ImportPreview() if options["dry_run"] else None
        counts: Counter[str] = Counter()
        for name in options["files"]:
            for record, outcome in self._each(name, options["format"]):
                counts[outcome.kind] += 1
                self._tell(name, record, outcome, as_json=options["json"])
                # Django keeps every query it sent while DEBUG is on.
                reset_queries()
        words = _sum(counts, is_trial=self._trial is not None)
        (self.stderr if options["json"] else self.stdout).write(words)
        if failed := counts[Kind.FAILED]:
            raise CommandError(f"{failed:,} of {counts.total():,} were not imported; the others were.")

    def _each(self, name: str, format_name: str) -> Iterator[tuple[Record, Outcome]]:
        """Yield what became of each record of a file. A file that cannot be read is one failure."""
        number = 0
        try:
            with _opened(name) as stream:
                for record in exchange_files.read(stream, format_name=format_name):
                    number = record.number
                    yield record, self._bring_in(name, record)
        except OSError as error:
            reason = f"The file cannot be read: {error.strerror or error}."
            yield Record("", "", faults=[reason], number=number + 1, is_broken=True), Outcome(Kind.FAILED)
        else:
            if not number:
                reason = "The file holds no record that can be read."
                yield Record("", "", faults=[reason], is_broken=True), Outcome(Kind.FAILED)

    def _bring_in(self, name: str, record: Record) -> Outcome:
        try:
            if self._trial is not None:
                return self._trial.bring_in(record)
            return bring_in(record, by=self._by, reason=f"imported from {Path(name).name}"[:100])
        except (OperationalError, InterfaceError) as error:
            raise CommandError(f"Stopped: the database says “{error}”. Run the same command again.") from error
        except (DatabaseError, *_UNEXPECTED) as error:
            return Outcome(Kind.FAILED, faults=[f"It could not be saved ({type(error).__name__}: {error})."])

    def _tell(self, name: str, record: Record, outcome: Outcome, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(_as_json(shown(Path(name)), record, outcome), ensure_ascii=False))
        elif outcome.kind in (Kind.FAILED, Kind.PROBABLE):
            faults = " ".join([*record.faults, *outcome.faults])
            self.stdout.write(f"{shown(Path(name))}, record {record.number}: {outcome.kind}. {faults}")


def _as_json(name: str, record: Record, outcome: Outcome) -> dict[str, Any]:
    csl = dict(record.csl)
    if record.pmid:
        csl.setdefault("PMID", record.pmid)
    return {
        "file": name,
        "number": record.number,
        "format": record.format,
        "outcome": str(outcome.kind),
        "csl": csl,
        "doi": record.doi,
        "pmid": record.pmid,
        "kind": record.kind if record.csl else "",
        "status": record.status,
        "source": outcome.source.pk if outcome.source is not None else None,
        "filled": outcome.filled,
        "faults": [*record.faults, *outcome.faults],
    }


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as stream:
        yield stream


def _person(email: str | None) -> Any:
    if email is None:
        return None
    person = get_user_model().objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody with the address {email} can sign in here.")
    if not person.has_perm("articles.add_source"):
        raise CommandError(f"{person} may not add sources: give them the role Author first.")
    return person


def _sum(counts: Counter[str], *, is_trial: bool) -> str:
    would = "would be " if is_trial else ""
    return (
        f"{counts[Kind.ADDED] + counts[Kind.PROBABLE]:,} {would}added, {counts[Kind.PROBABLE]:,} of them possible "
        f"duplicates; {counts[Kind.FILLED]:,} {would}completed, {counts[Kind.ALREADY]:,} already in the library, "
        f"{counts[Kind.FAILED]:,} failed."
    )
