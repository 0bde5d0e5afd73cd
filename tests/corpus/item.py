"""What a labelled item is: a content, its context, and each thing a careful editor would want found in it."""

from dataclasses import dataclass
from typing import Any

from articles.text.checks import Context


class BadItem(ValueError):
    """An item that says nothing a check could be measured by."""


@dataclass(frozen=True)
class Place:
    """A span that a finding may point at; `end` 0 stands for the whole text of the section and audience."""

    section: int
    audience: str
    start: int
    end: int


@dataclass(frozen=True)
class Expected:
    """One thing to find: met at any of its places, or by a finding about its citation `key`, or one naming `words`.

    With neither places, key nor words any finding of the rule meets it.
    """

    rule: str
    places: tuple[Place, ...] = ()
    key: str = ""
    words: str = ""


@dataclass(frozen=True)
class Item:
    """A content and its context, judged for the rules in `about` and for no other.

    Of the rules in `open` only what is expected is judged: other findings count neither for nor against.
    """

    id: str
    note: str
    about: tuple[str, ...]
    open: frozenset[str]
    content: dict[str, Any]
    context: Context
    expected: tuple[Expected, ...]

    def text(self, place: Place) -> str:
        """Return the text a place stands in."""
        return str(self.content["sections"][place.section][place.audience])
