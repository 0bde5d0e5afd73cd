"""How large and how tangled a text may be: refused before any parsing, in time linear in its length."""

import re
from typing import Any

from articles.text.messages import Message, Refusal
from articles.text.messages import gettext_noop as _

# Each number is what the slowest text we could build needs to render well under two seconds on one core, and far more
# than an article of the size we publish: a long section of a guideline has 8,000 characters and 150 lines.
MAX_CHARACTERS = 60_000
MAX_LINES = 2_000  # a table pads every line to the width of its header
MAX_LINE = 10_000
MAX_DEPTH = 10  # lists and quotations are parsed by recursion
MAX_ITEMS = 1_000
MAX_DIVISIONS = 200  # headings and rules; the parser reads the rest of the block again after each
MAX_COLUMNS = 16
MAX_CITATIONS = 400  # each use carries a preview of its reference

# Python-Markdown copies the paragraph once for each mark it replaces, and looks ahead from each mark it does not.
MAX_MARKS = {
    "[": 1_000,
    "`": 500,
    "*": 1_000,
    "_": 1_000,
    "\\": 500,
    "<": 500,
    "&": 500,
    "|": 4_000,
    "(": 3_000,
    "]:": 200,
}

# What an article may hold. Frozen content is checked by the same numbers, so what was accepted always renders.
MAX_SECTIONS = 40
MAX_ARTICLE_CHARACTERS = 200_000  # of both audiences together
MAX_SOURCES = 500
MAX_TERMS = 3_000  # variants counted
MAX_TERM = 200
MAX_FIELD = 5_000  # characters of a heading, of the wording of a term, of a field of a source; members of a list

_MARKER = re.compile(r"([ ]*)(>|[-+*](?=[ ])|\d+\.(?=[ ]))")
# A list or quotation opens with these on a line: `> - 1. text`.
_MARKERS = re.compile(r"(?:[ ]*(?:>|[-+*](?=[ ])|\d+\.(?=[ ])))+")
_DIVISION = re.compile(r"[ >]*(?:#|[=*_-][=*_ -]*$)")
# Tab and line ends are the only control characters of a text. STX and ETX would reach the parser's own placeholders;
# the direction marks can show a dose in another order than it is stored (CVE-2021-42574, "Trojan Source").
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


class TextTooComplex(Refusal):
    """A text that will not be parsed; its message is a sentence for the author."""


def check_limits(text: str) -> None:
    """Raise TextTooComplex unless the Markdown of one text is of a size and shape that renders quickly."""
    if len(text) > MAX_CHARACTERS:
        raise TextTooComplex(
            _("This text has %(count)d characters; %(limit)d are allowed. Divide it into sections.")
            % {"count": len(text), "limit": MAX_CHARACTERS}
        )
    _check_characters(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    if len(text) > MAX_CHARACTERS:
        raise TextTooComplex(_("This text contains too many tabs. Use spaces, and a table for columns."))
    _check_marks(text)
    _check_lines(text.split("\n"))


def check_content(content: dict[str, Any]) -> None:
    """Raise TextTooComplex unless a whole article (the canonical content, schema 1) is of a size that renders.

    Its texts one by one are for `check_limits`.
    """
    sections, citations, terms = content["sections"], content["citations"], content["glossary"]
    names = [name for term in terms for name in (term["term"], *term["variants"])]
    written = sum(len(section["professional"]) + len(section["plain"]) for section in sections)
    _check_number(len(sections), MAX_SECTIONS, _("This article has %(count)d sections; %(limit)d are allowed."))
    _check_number(written, MAX_ARTICLE_CHARACTERS, _("This article has %(count)d characters; %(limit)d are allowed."))
    _check_number(len(citations), MAX_SOURCES, _("This article has %(count)d citations; %(limit)d are allowed."))
    _check_number(len(names), MAX_TERMS, _("This article uses %(count)d glossary words; %(limit)d are allowed."))
    _check_number(
        max(map(len, names), default=0), MAX_TERM, _("A glossary word has %(count)d characters; %(limit)d are allowed.")
    )
    _check_number(_longest_field(content), MAX_FIELD, _("A field has %(count)d characters; %(limit)d are allowed."))


def _check_characters(text: str) -> None:
    if found := _FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise TextTooComplex(
            _(
                "Line %(line)d contains an invisible control character (U+%(code)04X). Delete it or type the passage "
                "again."
            )
            % {"line": line, "code": ord(found[0])}
        )


def _check_marks(text: str) -> None:
    for mark, limit in MAX_MARKS.items():
        if (count := text.count(mark)) > limit:
            raise TextTooComplex(
                _("This text uses the mark “%(mark)s” %(count)d times; %(limit)d are allowed.")
                % {"count": count, "mark": mark, "limit": limit}
            )
    _check_number(text.count("[@"), MAX_CITATIONS, _("This text has %(count)d citations; %(limit)d are allowed."))


def _check_lines(lines: list[str]) -> None:
    _check_number(len(lines), MAX_LINES, _("This text has %(count)d lines; %(limit)d are allowed."))
    divisions = sum(1 for line in lines if _DIVISION.match(line))
    _check_number(divisions, MAX_DIVISIONS, _("This text has %(count)d headings or rules; %(limit)d are allowed."))
    items = 0
    for number, line in enumerate(lines, start=1):
        at_line = {"line": number}
        if len(line) > MAX_LINE:
            raise TextTooComplex(_("Line %(line)d is too long. Divide it into paragraphs.") % at_line)
        if line.count("|") > MAX_COLUMNS:
            raise TextTooComplex(_("The table at line %(line)d has too many columns.") % at_line)
        if opening := _MARKERS.match(line):
            items += 1
            if _depth(line[: opening.end() + 1]) > MAX_DEPTH:
                raise TextTooComplex(_("The list or quotation at line %(line)d is nested too deeply.") % at_line)
    _check_number(items, MAX_ITEMS, _("This text has %(count)d list items or quoted lines; %(limit)d are allowed."))


def _depth(opening: str) -> int:
    """How deep a line that opens with these markers can stand: one a marker, one for each two spaces before it."""
    return sum(1 + len(spaces) // 2 for spaces, _marker in _MARKER.findall(opening))


def _check_number(count: int, limit: int, sentence: Message) -> None:
    if count > limit:
        raise TextTooComplex(sentence % {"count": count, "limit": limit})


def _longest_field(content: dict[str, Any]) -> int:
    """The length of the longest string or list that an article holds beside its texts."""
    waiting: list[object] = [content["title"], content["glossary"]]
    waiting.extend(section["heading"] for section in content["sections"])
    waiting.extend([citation["locator"], citation["source"]] for citation in content["citations"])
    longest = 0
    while waiting:
        value = waiting.pop()
        if isinstance(value, str | dict | list):
            longest = max(longest, len(value))
        if isinstance(value, dict | list):
            waiting.extend(value.values() if isinstance(value, dict) else value)
    return longest
