"""The reference styles: what a record looks like in AMA, NLM or APA, as runs of text, formatted by citeproc."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from citeproc import CitationStylesStyle
from citeproc.source import Date, LiteralDate, Name, Reference
from citeproc.string import String

STYLES = ("ama", "nlm", "apa")
DEFAULT = "ama"

# What stands in a record for its identifiers: a style can move and punctuate them, never change them. Private
# characters, as no text of a record holds them (`records` removes them).
DOI, PMID, URL = "\ue002", "\ue003", "\ue004"
_OPEN, _CLOSE = "\ue000", "\ue001"
PRIVATE = range(0xE000, 0xE010)

# citeproc drops a full stop behind a full stop, but not behind other ends of a sentence, nor behind emphasis.
_END_TWICE = re.compile(rf"((?:[?!][”’)\]]?|[.]){_CLOSE}?)[.](?=\s|{_CLOSE}|$)")

_FOLDER = Path(__file__).parent
_KEPT = 4_096  # references, each of about a kilobyte
_NAMES = ("author", "contributor", "editor")
_DATES = ("issued", "accessed")
# Questions of a style's elements to their tree, which never changes once it is read. Most of the time of citeproc goes
# into asking them again.
_ASKED = ("xpath_search", "get_root", "get_formatter", "get_macro", "get_layout", "get_option", "calls_variable")
_LOOKED_UP = ("get_term", "get_single_term", "get_plural_term", "get_date", "get_locale_option")
_MOST_TERMS = 64  # of one element; some terms have a number in their name

_lock = Lock()  # citeproc keeps what it is doing in the style


class Run(NamedTuple):
    """Words that look the same."""

    text: str
    is_emphasised: bool


def style_of(name: object) -> str:
    """Return the style of a name that content may hold; AMA for none and for one that there is not."""
    return name if isinstance(name, str) and name in STYLES else DEFAULT


def printed(style: str, record: dict[str, Any]) -> tuple[Run, ...]:
    """Return a record, as `records.record` makes it, in a style; identifiers are left as their private characters.

    Raises whatever citeproc raises: it was not written for records that nobody has looked at.
    """
    return _printed(style, json.dumps(record, sort_keys=True))


def forget() -> None:
    """Forget the references formatted so far; for measuring, as they never grow wrong."""
    _printed.cache_clear()


@lru_cache(maxsize=_KEPT)
def _printed(style: str, record: str) -> tuple[Run, ...]:
    with _lock:
        [line] = _style(style).render_bibliography([_Item(json.loads(record))])
    return tuple(_runs(_END_TWICE.sub(r"\1", str(line))))


@cache
def _style(name: str) -> CitationStylesStyle:
    # A path that is a text may also name a style of another package; an open file cannot.
    with (_FOLDER / f"{name}.csl").open("rb") as file:
        style = CitationStylesStyle(file, locale="en-US", validate=False)
    style.root.formatter = _Formatter
    style.elements = list(_remembering((style.root, *style.root.locales)))
    return style


def _remembering(roots: Iterable[Any]) -> Iterator[Any]:
    """Make elements remember what they were asked; kept by the style, for lxml would make them anew and forgetful."""
    for element in (one for root in roots for one in root.iter()):
        for name in _ASKED:
            if hasattr(type(element), name):
                setattr(element, name, cache(getattr(element, name)))
        for name in _LOOKED_UP:
            if hasattr(type(element), name):
                setattr(element, name, lru_cache(maxsize=_MOST_TERMS)(getattr(element, name)))
        yield element


class _Formatter:
    """Marks emphasis by private characters; nothing here writes HTML."""

    @staticmethod
    def preformat(text: object) -> str:
        return str(text)

    @staticmethod
    def Italic(text: object) -> str:
        return f"{_OPEN}{text}{_CLOSE}"

    Oblique = Italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = preformat


class _Item:
    """The one entry of a list of references."""

    has_locator = False

    def __init__(self, record: dict[str, Any]) -> None:
        fields = {name.replace("-", "_"): _value(name, value) for name, value in record.items() if name != "type"}
        self.reference = Reference("1", record["type"], **fields)

    def __contains__(self, name: str) -> bool:
        return False


def _value(name: str, value: Any) -> Any:
    if name in _NAMES:
        return [Name(**one) for one in value]
    if name in _DATES:
        return LiteralDate(value) if isinstance(value, str) else Date(**value)
    return String(value) if name != "language" else value


def _runs(line: str) -> Iterator[Run]:
    depth, start = 0, 0
    for position, character in enumerate(line + _OPEN):
        if character in (_OPEN, _CLOSE):
            if position > start:
                yield Run(line[start:position], depth > 0)
            depth += 1 if character == _OPEN else -1
            start = position + 1
