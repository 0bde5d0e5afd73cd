"""Where one record of a file ends and the next begins, in files of one format or of several put together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.library.files import csl_json, nbib, ris

RIS, BIBTEX, NBIB, CSL_JSON = "ris", "bibtex", "nbib", "csl-json"
FORMATS = (RIS, BIBTEX, NBIB, CSL_JSON)
LONGEST = 2_000_000

_ENTRY = re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]")
_ENTRY_WITH_KEY = re.compile(r"^@[A-Za-z]+\s*\{\s*[^\s,={}]+\s*,\s*$")
_PMID = re.compile(r"^PMID ?- ?(?:\d|$)")
_TYPE = re.compile(r"^ {0,3}TY {1,2}- ?[A-Za-z]")
# What export programs write above or between records.
_HEADING = re.compile(
    r"^\s*(?:%|//|Provider:|Database:|Content:|Export date|Record \d+ of|\d+\.\s*$|<\d+>\s*$)", re.IGNORECASE
)
_BRACE = re.compile(r"\\.|[{}()]", re.S)


@dataclass(frozen=True)
class Segment:
    """The raw text of one record. `problem` says what is wrong with its frame; without a format it is no record."""

    format: str
    raw: str
    problem: str = ""


NO_END = "Its end is missing; what follows it may be missing too."
NO_RECORD = "These lines belong to no record that can be read."
TOO_LONG = "It is longer than two million characters, and was cut there."


class Splitter:
    """Takes lines and gives records. `formats` limits what it looks for."""

    def __init__(self, formats: tuple[str, ...] = FORMATS) -> None:
        self._formats = formats
        self._format = ""
        self._lines: list[str] = []
        self._length = self._depth = 0
        self._is_cut = self._is_round = False
        self._last = ""
        self._items = csl_json.Items()
        self._is_after_blank = False

    def split(self, pieces: Iterator[str]) -> Iterator[Segment]:
        """Yield the records of a file; the pieces end with a line end where a line does."""
        line = ""
        for piece in pieces:
            if self._format == CSL_JSON and not line and not (self._items.is_between and self._leaves_json(piece)):
                yield from self._json(piece)
                continue
            if not line and self._format in ("", CSL_JSON) and self._is_json(piece):
                yield from self._close()
                self._format = CSL_JSON
                yield from self._json(piece)
                continue
            # A line of which no end comes is cut; what is left of it is dropped.
            line = (line + piece)[: LONGEST + 1]
            if piece.endswith("\n") or not line:
                yield from self._line(line)
                line = ""
        if line:
            yield from self._line(line)
        if self._format == CSL_JSON:
            yield from (Segment(CSL_JSON, raw, NO_END) for raw in self._items.end())
        else:
            yield from self._close(NO_END)

    # -- JSON

    def _is_json(self, piece: str) -> bool:
        return CSL_JSON in self._formats and piece.lstrip()[:1] in ("[", "{")

    def _leaves_json(self, piece: str) -> bool:
        first = piece.strip()[:1]
        if first and first not in "[]{},":
            self._format, self._last = "", CSL_JSON
            return True
        return False

    def _json(self, piece: str) -> Iterator[Segment]:
        for raw in self._items.feed(piece):
            yield Segment(CSL_JSON, raw)

    # -- Lines

    def _line(self, line: str) -> Iterator[Segment]:
        rest = line.rstrip("\n")
        while True:
            beginning = self._beginning(rest)
            if beginning:
                yield from self._close(NO_END, before=beginning)
                self._format = beginning
                self._depth = 0
            if self._format != BIBTEX:
                yield from self._add(rest)
                return
            end = self._entry_end(rest)
            if end is None:
                self._keep(rest)
                return
            self._keep(rest[:end])
            yield from self._close()
            rest = rest[end:].lstrip(" \t,")
            if not rest:
                return

    def _beginning(self, line: str) -> str:
        """Return the format of the record that begins with this line, or nothing."""
        if RIS in self._formats and _TYPE.match(line) and ris.is_tag(line) == "TY":
            return RIS if self._format != BIBTEX else ""
        if NBIB in self._formats and _PMID.match(line) and (self._format != RIS or line.startswith("PMID-")):
            return NBIB if self._format != BIBTEX else ""
        if BIBTEX in self._formats and line.lstrip().startswith("@"):
            is_entry = _ENTRY_WITH_KEY.match(line) if self._format else _ENTRY.match(line)
            return BIBTEX if is_entry else ""
        is_continued = not self._format and self._last == NBIB and self._is_after_blank
        return NBIB if is_continued and NBIB in self._formats and nbib.is_tag(line) else ""

    def _add(self, line: str) -> Iterator[Segment]:
        is_blank = not line.strip()
        self._is_after_blank = is_blank
        if self._format == RIS:
            self._keep(line)
            if ris.is_tag(line) == "ER":
                yield from self._close()
        elif self._format == NBIB:
            if is_blank:
                yield from self._close()
            else:
                self._keep(line)
        elif not is_blank and not _HEADING.match(line):
            self._keep(line)
            if ris.is_tag(line) == "ER":
                yield from self._close()
        elif is_blank and self._lines:
            self._keep(line)

    def _entry_end(self, line: str) -> int | None:
        """Return where the entry ends that goes on in this line: at its own brace or, begun with one, parenthesis."""
        if not self._lines and (begin := _ENTRY.match(line)):
            self._is_round = begin[0].endswith("(")
        if not _BRACE.search(line):
            return None
        for found in _BRACE.finditer(line + "\n"):
            opens, closes = found[0] in "{(", found[0] in "})"
            if found[0] in "()" and not self._is_round:
                continue
            self._depth += opens - closes
            if closes and self._depth <= 0:
                return found.end()
        return None

    def _keep(self, line: str) -> None:
        self._length += len(line) + 1
        if self._length > LONGEST:
            line, self._is_cut = line[: max(0, len(line) - (self._length - LONGEST))], True
            self._length = LONGEST
        if line or not self._is_cut:
            self._lines.append(line)

    def _close(self, problem: str = "", *, before: str = "") -> Iterator[Segment]:
        lines, name, is_cut = self._lines, self._format, self._is_cut
        self._lines, self._format, self._length, self._is_cut, self._depth = [], "", 0, False, 0
        if name:
            self._last = name
        raw = "\n".join(lines).strip("\n")
        if not raw.strip():
            return
        if not name:
            # BibTeX takes what stands between its entries for comments.
            yield from _stray(raw, is_comment=BIBTEX in (self._last, before), formats=self._formats)
            return
        # A record of NBIB has no end but the next one's beginning.
        problem = TOO_LONG if is_cut else ("" if name == NBIB else problem)
        yield Segment(name, raw, problem)


def _stray(raw: str, *, is_comment: bool, formats: tuple[str, ...]) -> Iterator[Segment]:
    """Say what lines between records are: a record without its first line, the comments of BibTeX, or nothing known."""
    lines = raw.split("\n")
    tagged = [line for line in lines if ris.is_tag(line) or nbib.is_tag(line)]
    if len(tagged) > 1 and len(tagged) * 2 >= len([line for line in lines if line.strip()]):
        is_nbib = NBIB in formats and any(len(nbib.is_tag(line)) > 2 for line in lines)
        name = NBIB if is_nbib else RIS if RIS in formats else ""
        yield Segment(name, raw, "Its first line is missing." if name else NO_RECORD)
    elif not is_comment:
        yield Segment("", raw, NO_RECORD)
