"""Words of the glossary explained where they stand, in the text nodes of a parsed text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

# Words, spaces and single marks: a term is found by whole tokens, so `pain` is not found in `painful`.
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_LONGEST_TERM = 24  # tokens
# Half of a compound or of a genitive is another word: `pain-free`, `patient's`.
_JOINING = "-‐‑'’"

# The words of somebody else: a bracket of ours would change the quotation. A word or two in such marks are our own.
_QUOTATION = re.compile(r"“[^“”]{1,2000}”|(?<!\w)\"[^\"]{1,2000}\"(?!\w)")
_SHORTEST_QUOTATION = 3  # words

# No explanation belongs into these. `dfn` and its wording are ours.
_LEFT_ALONE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "a", "code", "pre", "blockquote", "citation", "marker"})


class Place(NamedTuple):
    """Where a term stands in a text node."""

    start: int
    end: int
    entry: dict[str, Any]


@dataclass
class _Node:
    """What may follow a token: the tokens that continue a term, and the entry whose term ends here."""

    following: dict[str, "_Node"] = field(default_factory=dict)
    entry: dict[str, Any] | None = None


class Terms:
    """The glossary, ready to be looked up: one step for each token of a text, however many terms there are."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        self._root = _Node()
        for entry in entries:
            for name in (entry["term"], *entry["variants"]):
                self._add(name, entry)

    def places(self, text: str) -> Iterator[Place]:
        """Yield where terms stand: whole words, any case, the longest at each place, none within another."""
        tokens = [(token.start(), token.end(), _key(token[0])) for token in _TOKEN.finditer(text)]
        quoted = _quoted(text)
        position = 0
        while position < len(tokens):
            length, place = self._longest(text, tokens, position)
            position += length
            if place and not any(start < place.end and place.start < end for start, end in quoted):
                yield place

    def _add(self, name: str, entry: dict[str, Any]) -> None:
        keys = [_key(token) for token in _TOKEN.findall(name.strip())]
        if not keys or len(keys) > _LONGEST_TERM:
            return
        node = self._root
        for key in keys:
            node = node.following.setdefault(key, _Node())
        node.entry = node.entry or entry

    def _longest(self, text: str, tokens: list[tuple[int, int, str]], position: int) -> tuple[int, Place | None]:
        """Return how many tokens to go on by, and the longest term that begins here and is whole."""
        node = self._root
        found: tuple[int, Place | None] = (1, None)
        for length, (_start, end, key) in enumerate(tokens[position : position + _LONGEST_TERM], start=1):
            if key not in node.following:
                break
            node = node.following[key]
            if node.entry is not None:
                place = Place(tokens[position][0], end, node.entry)
                found = (length, place) if _is_whole(text, place) else found
        return found


def explain(tree: Element, terms: Terms) -> None:
    """Put the plain wording in brackets after the first use of each term in a text.

    The wording stands in the text itself: it needs neither script nor pointer, and it prints.
    """
    explained: set[int] = set()
    for parent, child in list(_slots(tree)):
        text = parent.text if child is None else child.tail
        before, added = _explained(text or "", explained, terms)
        if not added:
            continue
        if child is None:
            parent.text, position = before, 0
        else:
            child.tail, position = before, list(parent).index(child) + 1
        parent[position:position] = added


def terms_in(tree: Element, terms: Terms) -> Iterator[dict[str, Any]]:
    """Yield the entry of every term that `explain` would see, used again or not."""
    for parent, child in _slots(tree):
        for place in terms.places((parent.text if child is None else child.tail) or ""):
            yield place.entry


def wording(entry: dict[str, Any]) -> str:
    """Return what explains a term: its plain wording, else its definition."""
    return " ".join((entry["plain"] or entry["definition"]).split())


def _slots(tree: Element) -> Iterator[tuple[Element, Element | None]]:
    """Yield where words stand that may be explained, in the order of the text: within an element, or after a child."""
    waiting: list[tuple[Element, Element | None]] = [(tree, None)]
    while waiting:
        parent, child = waiting.pop()
        yield parent, child
        if child is None:
            for one in reversed(parent):
                waiting.append((parent, one))
                if one.tag not in _LEFT_ALONE:
                    waiting.append((one, None))


def _explained(text: str, explained: set[int], terms: Terms) -> tuple[str, list[Element]]:
    """Return the text up to the first explanation, and the elements that follow it with the rest as their tails."""
    before, end = text, 0
    added: list[Element] = []
    for place in terms.places(text):
        plain = wording(place.entry)
        if id(place.entry) in explained or not plain or plain.casefold() == place.entry["term"].casefold():
            continue
        explained.add(id(place.entry))
        if _key_of(text[place.start : place.end]) == plain.casefold():
            continue  # the text says it plainly already
        if added:
            added[-1].tail = text[end : place.start]
        else:
            before = text[: place.start]
        added.extend(_explanation(text[place.start : place.end], plain))
        end = place.end
    if added:
        added[-1].tail = text[end:]
    return before, added


def _explanation(term: str, plain: str) -> tuple[Element, Element]:
    word = Element("dfn", {"class": "glossary"})
    word.text, word.tail = term, " "
    meaning = Element("span", {"class": "glossary-plain"})
    meaning.text = f"({plain})"
    return word, meaning


def _quoted(text: str) -> list[tuple[int, int]]:
    """Return where a text quotes."""
    return [found.span() for found in _QUOTATION.finditer(text) if len(found[0].split()) >= _SHORTEST_QUOTATION]


def _is_whole(text: str, place: Place) -> bool:
    before, after = text[max(0, place.start - 2) : place.start], text[place.end : place.end + 2]
    return not (before[-1:] in tuple(_JOINING) and before[:1].isalnum()) and not (
        after[:1] in tuple(_JOINING) and after[1:].isalnum()
    )


def _key_of(words: str) -> str:
    return " ".join(words.split()).casefold()


def _key(token: str) -> str:
    return " " if token.isspace() else token.casefold()
