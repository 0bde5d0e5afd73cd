"""Files of sources: RIS, BibTeX, NBIB and CSL-JSON read record by record, and written."""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO

from articles.library.files import bibtex, bibtex_syntax, csl_json, nbib, ris, tagged_lines
from articles.library.files.file_bounds import (
    MOST_INHERITED,
    MOST_INHERITED_OF_ALL,
    MOST_RECORDS,
    Faults,
    Macros,
)
from articles.library.files.segments import BIBTEX, CSL_JSON, FORMATS, NBIB, RIS, Segment, Splitter
from articles.library.files.source_record import Record, check

__all__ = ["ENDINGS", "FORMATS", "detect", "format_of_name", "read", "write"]

ENDINGS = {RIS: ".ris", BIBTEX: ".bib", NBIB: ".nbib", CSL_JSON: ".json"}
CONTENT_TYPES = {
    RIS: "application/x-research-info-systems",
    BIBTEX: "application/x-bibtex",
    NBIB: "application/nbib",
    CSL_JSON: "application/vnd.citationstyles.csl+json",
}
_WRITERS: dict[str, Callable[[dict[str, Any]], str]] = {RIS: ris.write, BIBTEX: bibtex.write, NBIB: nbib.write}
# Entries that others inherit from, and entries that wait for the one they inherit from.
_MOST_PARENTS = 5_000
_PARENTS = (
    "proceedings",
    "mvproceedings",
    "book",
    "mvbook",
    "collection",
    "mvcollection",
    "reference",
    "periodical",
    "xdata",
)
_LONGEST_SHOWN = 100_000
_INHERITS = re.compile(r"\b(?:crossref|xdata)\s*+=\s*+[{\"]([^{}\",]{1,300}+)[}\"]", re.IGNORECASE)


def read(source: bytes | BinaryIO, *, format_name: str = "") -> Iterator[Record]:
    """Yield each record of a file, numbered from 1. The formats are found by content; `format_name` allows only one.

    A record that is broken is yielded with its faults and never stops the rest; after `MOST_RECORDS` the last one says
    that the file was not read to its end. Memory does not grow with the file,
    except by the entries of BibTeX that others inherit from.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    splitter = Splitter((format_name,) if format_name else FORMATS)
    library = _Library()
    segments = splitter.split(tagged_lines.pieces(stream))
    found = chain(chain.from_iterable(map(library.records, segments)), library.waiting())
    for number, record in enumerate(found, 1):
        if number > MOST_RECORDS:
            words = (
                f"The file holds more than {MOST_RECORDS:,} records. From here on nothing was read: divide the file."
            )
            yield Record("", "", faults=[words], number=number, is_broken=True)
            return
        record.number = number
        yield record


def write(items: Iterable[dict[str, Any]], format_name: str) -> Iterator[str]:
    """Yield the text of a file, piece by piece. Reading it gives the same items."""
    if format_name == CSL_JSON:
        yield "["
        for number, item in enumerate(items):
            yield ("," if number else "") + "\n" + csl_json.write(item)
        yield "\n]\n"
        return
    if format_name == BIBTEX:
        yield from _written_entries(items)
        return
    writer = _WRITERS[format_name]
    for item in items:
        yield writer(item) + ("\n" if format_name == RIS else "")


def detect(source: bytes) -> str:
    """Return the format of the first record, or nothing."""
    splitter = Splitter()
    found = splitter.split(tagged_lines.pieces(io.BytesIO(source)))
    return next((segment.format for segment in found if segment.format), "")


def format_of_name(name: str) -> str:
    """Return the format that the ending of a file's name stands for, or nothing."""
    endings = {
        **{ending: kind for kind, ending in ENDINGS.items()},
        ".bibtex": BIBTEX,
        ".medline": NBIB,
        ".csljson": CSL_JSON,
    }
    return next((kind for ending, kind in endings.items() if name.lower().endswith(ending)), "")


def _written_entries(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    keys: set[str] = set()
    for number, item in enumerate(items, 1):
        key = str(item.get("id") or f"source-{number}")
        text = bibtex.write(item, f"source-{number}")
        written = re.match(r"@\w+\{([^,]+),", text)
        if written and written[1].lower() in keys:
            # A key once a file: the second one gets another and keeps its own beside it.
            text = bibtex.write({**item, "id": f"{key}-{number}"}, f"{key}-{number}")
        if written:
            keys.add(written[1].lower())
        yield text + "\n"


class _Library:
    """What the entries of a file have in common: the macros of BibTeX, and who inherits from whom."""

    def __init__(self) -> None:
        self._strings = Macros()
        self._inherited = 0
        self._parents: dict[str, dict[str, str]] = {}
        self._children: list[Segment] = []

    def records(self, segment: Segment) -> Iterator[Record]:
        if not segment.format:
            yield Record("", segment.raw[:_LONGEST_SHOWN], faults=[segment.problem], is_broken=True)
        elif segment.format == CSL_JSON:
            for raw, item in csl_json.parse_all(segment.raw):
                yield _json_record(raw, item)
        elif segment.format == BIBTEX:
            yield from self._entry(segment)
        else:
            parse = ris.parse if segment.format == RIS else nbib.parse
            yield _record(segment, parse)

    def waiting(self) -> Iterator[Record]:
        """Yield the entries whose parent stands after them, or nowhere."""
        for segment in self._children:
            yield self._made(segment)

    def _entry(self, segment: Segment) -> Iterator[Record]:
        start = re.match(r"\s*@\s*([A-Za-z]+)", segment.raw)
        kind = start[1].lower() if start else ""
        if kind == "string":
            bibtex_syntax.read_string(segment.raw, self._strings)
        if kind in bibtex_syntax.NO_ENTRIES and not segment.problem:
            return
        if kind in _PARENTS and len(self._parents) < _MOST_PARENTS:
            entry = bibtex_syntax.read_entry(segment.raw, self._strings)
            self._parents[entry.key.lower()] = _heritage(entry.fields)
        parent = _parent_of(segment.raw)
        if parent and parent not in self._parents and len(self._children) < _MOST_PARENTS:
            self._children.append(segment)
        elif kind != "xdata":
            yield self._made(segment)

    def _made(self, segment: Segment) -> Record:
        name = _parent_of(segment.raw)
        parent = self._parents.get(name) if name else None
        is_known = parent is not None
        self._inherited += sum(map(len, (parent or {}).values()))
        if self._inherited > MOST_INHERITED_OF_ALL:
            parent = None
        record = _record(segment, lambda raw, faults: bibtex.parse(raw, faults, self._strings, parent))
        if name and not is_known:
            record.faults.append(f"It inherits from {name}, which is not in the file.")
        elif is_known and parent is None:
            record.faults.append(f"What it inherits from {name} was left out: the file inherits too much.")
        return record


def _parent_of(raw: str) -> str:
    for found in _INHERITS.finditer(raw):
        if name := found[1].strip():
            return name.lower()
    return ""


def _heritage(fields: dict[str, str]) -> dict[str, str]:
    """Return the fields of an entry that others may inherit: what a book says of itself, and no long text."""
    given, length = {}, 0
    for name, value in fields.items():
        if length + len(value) <= MOST_INHERITED:
            given[name] = value
            length += len(value)
    return given


def _record(segment: Segment, parse: Callable[[str, list[str]], dict[str, Any]]) -> Record:
    record = Record(segment.format, segment.raw, faults=Faults([segment.problem] if segment.problem else []))
    try:
        record.csl = parse(segment.raw, record.faults)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # The files are not ours: whatever one record breaks, the others are read.
        record.faults.append(f"It cannot be read ({type(error).__name__}).")
    return _checked(record)


def _json_record(raw: str, item: dict[str, Any] | str) -> Record:
    if isinstance(item, str):
        return Record(CSL_JSON, raw[:_LONGEST_SHOWN], faults=[item], is_broken=True)
    return _record(Segment(CSL_JSON, raw), lambda _raw, faults: csl_json.parse(item, faults))


def _checked(record: Record) -> Record:
    if not record.title:
        record.is_broken = True
        record.faults.append("It has no title.")
    else:
        record.faults += check(record.csl)
    if re.search("[\x80-\x9f\ufffd]", record.raw):
        record.faults.append("Some of its characters could not be read.")
    return record
