"""The lines of a page, and how two wordings are compared."""

import re
import unicodedata
from dataclasses import dataclass

TAB_STOP = 4
# No heading and no furniture is longer, so nothing longer is compared with them.
LONGEST_LABEL = 400

_INVISIBLE = "\u200b\u2060\ufeff"
DIRECTION_MARKS = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_NOT_READ = re.compile(f"[{_INVISIBLE}\u00ad{DIRECTION_MARKS}]")
_SPACES = re.compile(r"\s+")
_LIKE_ASCII = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014", "''\"\"-----")


@dataclass(frozen=True)
class Line:
    """A line that is not blank: its number from 1, the column it starts in, its text, and its text with edge tabs."""

    number: int
    indent: int
    text: str
    raw: str


def read_lines(text: str) -> list[Line | None]:
    """Return the lines of a text, None where one is blank; invisible characters at the edges do not count."""
    return [_read(number, raw) for number, raw in enumerate(text.split("\n"), start=1)]


def _read(number: int, raw: str) -> Line | None:
    raw = raw.strip(_INVISIBLE)
    text = raw.strip().strip(_INVISIBLE).strip()
    if not _NOT_READ.sub("", text).strip():
        return None
    return Line(number, _columns(raw), text, raw.strip(" "))


def _columns(raw: str) -> int:
    column = 0
    for character in raw:
        if character == "\t":
            column += TAB_STOP - column % TAB_STOP
        elif character.isspace() or character in _INVISIBLE:
            column += 1
        else:
            break
    return column


def fold(text: str) -> str:
    """Return a short text as it is compared: one case, plain quotes and hyphens, single spaces; "" when it is long."""
    if len(text) > LONGEST_LABEL:
        return ""
    text = unicodedata.normalize("NFKC", _NOT_READ.sub("", text)).translate(_LIKE_ASCII)
    return _SPACES.sub(" ", text).strip().casefold()


def has_words(text: str) -> bool:
    """Say whether a text has a letter or a digit of any script."""
    return any(character.isalnum() for character in text)
