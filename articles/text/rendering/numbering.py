"""Citation numbers: by order of first use over an article, counting sources, linked both ways."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from .fixed_words import words_in
from .references import plain_reference, reference

_SHORTEST_RANGE = 3
_LONGEST_PREVIEW = 200
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Entry:
    """A source that the text has used: its number, how often, and where in it the text points."""

    number: int
    source: dict[str, Any]
    preview: str
    uses: int = 0
    locators: list[str] = field(default_factory=list)


class Numbering:
    """Gives each source of one article and audience its number at its first use."""

    def __init__(self, citations: list[dict[str, Any]], *, language: str, style: str) -> None:
        self._language = language
        self._style = style
        self._words = words_in(language)
        self._citations = {citation["key"]: citation for citation in citations}
        self._entries: dict[str, Entry] = {}

    @property
    def entries(self) -> list[Entry]:
        """The sources used so far, in the order of their numbers."""
        return list(self._entries.values())

    def source(self, key: str) -> dict[str, Any] | None:
        """Return the source of a key; None while it is unresolved or unknown."""
        return self._citations.get(key, {}).get("source")

    def entry(self, key: str) -> Entry | None:
        """Return the entry of the source of a key, numbered now if this is its first use."""
        source = self.source(key)
        if source is None:
            return None
        identity = source_identity(source, key)
        if identity not in self._entries:
            preview = _cut(plain_reference(source, style=self._style, language=self._language))
            self._entries[identity] = Entry(len(self._entries) + 1, source, preview)
        entry = self._entries[identity]
        locator = self.locator(key)
        if locator and locator not in entry.locators:
            entry.locators.append(locator)
        return entry

    def locator(self, key: str) -> str:
        return " ".join(self._citations.get(key, {}).get("locator", "").split())

    def put(self, tree: Element) -> None:
        """Turn every citation of a text into its numbers, in the order of the text."""
        for element in list(tree.iter("citation")):
            self._number(element)

    def list_of_references(self) -> Element:
        """Return the list of what was used; each entry links back to each of its uses."""
        listing = Element("ol")
        for entry in self.entries:
            item = SubElement(listing, "li", {"id": f"reference-{entry.number}", "class": "reference"})
            item.append(reference(entry.source, self._words, style=self._style))
            if entry.locators:
                cited_at = SubElement(item, "span", {"class": "reference-locators"})
                cited_at.text = self._words["cited_at"].format(locators="; ".join(entry.locators))
                item[0].tail = " "
            item[-1].tail = " "
            item.append(_back_links(entry, self._words))
        return listing

    def _number(self, element: Element) -> None:
        keys = list(dict.fromkeys(element.get("keys", "").split()))
        _become(element, "citation")
        used: dict[int, tuple[Entry, list[str]]] = {}
        for key in keys:
            if entry := self.entry(key):
                _entry, locators = used.setdefault(entry.number, (entry, []))
                locators.extend(filter(None, [self.locator(key)]))
        if used:
            self._write(element, used)
        if len(used) == 0 or any(self.source(key) is None for key in keys):
            SubElement(element, "span", {"class": "citation-unresolved"}).text = self._words["unresolved"]

    def _write(self, element: Element, used: dict[int, tuple[Entry, list[str]]]) -> None:
        """Write `[1,3–5]`; a number within a range stays a place that its reference links back to."""
        element.text = "["
        for position, run in enumerate(_runs(sorted(used))):
            if position:
                element[-1].tail = ","
            for number in run:
                entry, locators = used[number]
                entry.uses += 1
                if number in (run[0], run[-1]):
                    if number == run[-1] and len(run) > 1:
                        element[-1].tail = "–"
                    self._link(element, entry, locators)
                else:
                    place = {"class": "citation-target", "id": f"citation-{number}-{entry.uses}"}
                    SubElement(element, "span", place)
        element[-1].tail = "]"

    def _link(self, element: Element, entry: Entry, locators: list[str]) -> None:
        attributes = {
            "class": "citation-number",
            "id": f"citation-{entry.number}-{entry.uses}",
            "href": f"#reference-{entry.number}",
            "title": " ".join([entry.preview, *locators]),
            "aria-label": self._words["reference"].format(number=entry.number),
        }
        SubElement(element, "a", attributes).text = str(entry.number)


def source_identity(source: dict[str, Any], key: str) -> str:
    """Return what makes two citations one source: the id in its CSL-JSON; without one, a citation is its own source."""
    csl = source.get("csl")
    identity = csl.get("id") if isinstance(csl, dict) else None
    return f"id {identity}" if identity not in (None, "") else f"key {key}"


def cited_keys(tree: Element) -> list[str]:
    """Return the keys that a parsed text cites, each once, by first use."""
    keys = (key for element in tree.iter("citation") for key in element.get("keys", "").split())
    return list(dict.fromkeys(keys))


def show_keys(tree: Element) -> None:
    """Leave citations as they are typed, for a text that stands outside its article."""
    for element in tree.iter("citation"):
        typed = element.text
        _become(element, "citation-key")
        element.text = typed


def _become(element: Element, name: str) -> None:
    tail = element.tail
    element.clear()
    element.tag, element.tail = "span", tail
    element.set("class", name)


def _runs(numbers: list[int]) -> list[list[int]]:
    """Group numbers into runs of three or more that follow each other; the others stand alone."""
    runs: list[list[int]] = []
    for _offset, grouped in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _position, number in grouped]
        runs.extend([run] if len(run) >= _SHORTEST_RANGE else [[number] for number in run])
    return runs


def _back_links(entry: Entry, words: dict[str, str]) -> Element:
    links = Element("span", {"class": "backlinks"})
    for use in range(1, entry.uses + 1):
        if len(links):
            links[-1].tail = " "
        letter = _letter(use)
        label = words["back"].format(letter=letter, number=entry.number)
        SubElement(links, "a", {"href": f"#citation-{entry.number}-{use}", "aria-label": label}).text = letter
    return links


def _letter(use: int) -> str:
    """a, b … z, aa, ab …"""
    letters = ""
    while use:
        use, rest = divmod(use - 1, len(_ALPHABET))
        letters = _ALPHABET[rest] + letters
    return letters


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_PREVIEW else text[:_LONGEST_PREVIEW].rsplit(" ", 1)[0] + "…"
