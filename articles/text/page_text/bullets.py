"""The marks of list items."""

import re
from dataclasses import dataclass

from .page_lines import DIRECTION_MARKS

_MARK = re.compile(
    rf"[{DIRECTION_MARKS}]*(?:"
    r"(?P<symbol>[•◦▪●○■‣⁃∙]|[-*–·](?=\s|$))"
    r"|(?P<number>\d{1,3})[.)](?=\s)|\((?P<number_in>\d{1,3})\)(?=\s)"
    r"|\(?(?P<letters>[a-zA-Z]|[ivx]{2,5}|[IVX]{2,5})\)(?=\s)"
    r")\s*",
)
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True)
class Bullet:
    """A list item's mark and text; `number` is the number it carries, None for a symbol."""

    text: str
    number: int | None


def read_bullet(text: str) -> Bullet | None:
    """Return the bullet that a line begins with, None when it begins with none.

    Symbols (`•`, `◦`, `▪` ...; `-`, `*`, `–`, `·` before a space), `1.`, `1)`, `(1)`, `a)`, `(a)`, `ii)`. A lone
    number ("5.") is no item: it may end a wrapped sentence.
    """
    match = _MARK.match(text)
    if match is None:
        return None
    rest = text[match.end() :].strip()
    digits = match["number"] or match["number_in"]
    if digits:
        return Bullet(rest, int(digits))
    if match["letters"]:
        return Bullet(rest, _letters_to_number(match["letters"].casefold()))
    return Bullet(rest, None)


def _letters_to_number(letters: str) -> int:
    if len(letters) == 1 and letters != "i":
        return ord(letters) - ord("a") + 1
    values = [_ROMAN[letter] for letter in letters]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
