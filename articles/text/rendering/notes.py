"""Notes at references: put into the HTML of a body before what stands there, which stays as it was approved."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from articles.text.parsing.links import encoded, point

from .sanitising import safe

_DOI = re.compile(r"10\.\d{4,9}/\S+\Z")
_PMID = re.compile(r"[1-9]\d{0,7}\Z", re.ASCII)
_LIST = 'id="references"'
# No text of a source can look like this: the serialiser escapes its brackets.
_REFERENCE = re.compile(r'<li\b[^<>]*\bid="reference-(\d+)"[^<>]*>')


@dataclass(frozen=True)
class Link:
    """Words that lead to an address."""

    words: str
    address: str


@dataclass(frozen=True)
class ReferenceNote:
    """What readers are told of a source where it is listed: plain words under a label, and where it is written."""

    label: str
    text: str
    links: tuple[Link, ...] = ()
    is_grave: bool = False


def with_notes(html: str, notes: Mapping[int, list[ReferenceNote]]) -> str:
    """Return a safe body with notes at its references, by their numbers; everything else stays byte for byte.

    A note whose number the body does not have is left out: ask `listed_references` first.
    """
    before, mark, references = html.rpartition(_LIST)

    def put(found: re.Match[str]) -> str:
        return found[0] + "".join(_html(note) for note in notes.get(int(found[1]), []))

    return before + mark + (_REFERENCE.sub(put, references) if mark else references)


def listed_references(html: str) -> set[int]:
    """Return the numbers of the references that a body lists."""
    _before, mark, references = html.rpartition(_LIST)
    return {int(number) for number in _REFERENCE.findall(references)} if mark else set()


def doi_address(doi: str) -> str | None:
    """Return where a DOI leads; None for what is none."""
    return f"https://doi.org/{encoded(doi)}" if _DOI.match(doi) else None


def pubmed_address(pmid: str) -> str | None:
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if _PMID.match(pmid) else None


def _html(note: ReferenceNote) -> str:
    name = "reference-note reference-note-grave" if note.is_grave else "reference-note"
    element = Element("div", {"class": name, "role": "note"})
    label = SubElement(element, "strong")
    label.text, label.tail = note.label, f" {note.text}" if note.text else ""
    for link in note.links:
        element[-1].tail = f"{element[-1].tail or ''} "
        anchor = SubElement(element, "a")
        point(anchor, link.address)
        anchor.text = link.words
    return str(safe(tostring(element, encoding="unicode", method="html")))
