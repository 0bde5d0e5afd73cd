"""Characters that nobody sees: they turn words round, or make two names that look alike (CVE-2021-42574).

A line (a title, a name, a heading) holds none of them, and no tab or line end. A text holds no mark of direction: one
can make “15 mg” read as “51 mg”. What else a text may hold is for `parsing.limits`.
"""

import re
import unicodedata
from typing import Any

from articles.text.messages import Message
from articles.text.messages import gettext_noop as _

# Marks, embeddings, overrides and isolates of direction.
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_IN_TEXT = re.compile(f"[{_DIRECTION}]")
# Control and format characters, halves of characters, non-characters, and letters that are blank.
_IN_LINE = re.compile(
    f"[{_DIRECTION}"
    "\x00-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u06dd\u070f\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d"
    "\u2028\u2029\u2060-\u2065\u206a-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def in_line(text: str) -> Message | None:
    """Return what is wrong with a line of text, or nothing."""
    if (found := _IN_LINE.search(text)) is None:
        return None
    facts = {"character": _named(found[0]), "place": found.start() + 1, "before": _before(text, found.start())}
    return (
        _("Character %(place)d, after “%(before)s”, is invisible: %(character)s. Delete it, or type this again.")
        % facts
    )


def in_text(text: str) -> Message | None:
    """Return what is wrong with a text of several lines, or nothing."""
    if (found := _IN_TEXT.search(text)) is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    facts = {"character": _named(found[0]), "line": line, "before": _before(text, found.start())}
    return (
        _(
            "Line %(line)d, after “%(before)s”, holds an invisible character that changes the order in which words are "
            "shown: %(character)s. Delete it, or type the passage again."
        )
        % facts
    )


def without_direction(value: Any) -> Any:
    """Return JSON that a program brought in, without what `in_text` refuses."""
    if isinstance(value, str):
        return _IN_TEXT.sub("", value)
    if isinstance(value, list):
        return [without_direction(one) for one in value]
    if isinstance(value, dict):
        return {name: without_direction(one) for name, one in value.items()}
    return value


def without(text: str) -> str:
    """Return a line without its hidden characters, to be named in a message; ends of lines become spaces."""
    return _IN_LINE.sub(lambda found: " " if found[0].isspace() else "", text)


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"{code} {unicodedata.name(character, '')}".strip()


def _before(text: str, place: int) -> str:
    return " ".join(_IN_LINE.sub(" ", text[max(0, place - 20) : place]).split())
