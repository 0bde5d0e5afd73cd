"""The body of an article for one audience: contents, sections and references as one tree, sanitised once at the end."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from articles.text.parsing.limits import check_content
from articles.text.parsing.markdown import parse
from articles.text.parsing.markers import show_markers

from .fixed_words import words_in
from .glosses import Terms, explain, terms_in
from .headings_and_tables import arrange
from .numbering import Numbering, cited_keys, show_keys, source_identity
from .references import label_identity
from .sanitising import SafeHtml, safe
from .styles import style_of

# Stored with every Rendering: raise it with any change of what the same content looks like.
RENDERING_VERSION = 2

AUDIENCES = ("professional", "plain")

_KINDS = {"guidelines", "drug_label", "research", "other"}
_UUID_START = re.compile(r"[0-9a-f]{8}(?=-|\Z)")


class UnknownSchema(ValueError):
    """Content of a schema that this version of the renderer cannot read."""


@dataclass(frozen=True)
class Line:
    """What stands before a section's text: plain words under a label. `hides_text` puts it in the text's place."""

    label: str
    text: str
    hides_text: bool = False


Lines = Mapping[str, list[Line]]


def render_body(content: dict[str, Any], audience: str, *, lines: Lines | None = None) -> SafeHtml:
    """Return the body of an article as safe HTML; a pure function of content, audience and RENDERING_VERSION.

    `lines` are what stands at a section, by its key, and belongs to no content: such a body is never stored. Of a
    section whose text they hide nothing remains but its heading, also not in the references.

    Raises UnknownSchema for content of another schema, TextTooComplex for a text over the limits (frozen content never
    is: freezing checks it), ValueError for an audience that there is not.
    """
    page = _page(content, audience)
    page.lines = lines or {}
    return _html(page.body())


def section_ids(content: dict[str, Any]) -> dict[str, str]:
    """Return the id on the page of each section, by its key; for links from beside the body."""
    sections = content["sections"]
    return dict(zip((section["key"] for section in sections), _identifiers(sections), strict=True))


def reference_numbers(content: dict[str, Any], audience: str, *, lines: Lines | None = None) -> dict[str, int]:
    """Return the number on the page of each source used, by the id in its CSL-JSON; for notices beside the body.

    `lines` are those the body is shown with: what they hide is not numbered.
    """
    page = _page(content, audience)
    page.lines = lines or {}
    page.body()
    return {str(entry.source["csl"]["id"]): entry.number for entry in page.numbering.entries if _has_id(entry.source)}


def render_text(markdown: str, *, language: str = "en") -> SafeHtml:
    """Return the safe HTML of one text outside its article: its citations stay as they are typed."""
    tree = parse(markdown)
    arrange(tree, first_table=1, words=words_in(language))
    show_keys(tree)
    show_markers(tree, words_in(language))
    return _html(tree)


def used_citation_keys(markdown: str) -> list[str]:
    """Return the keys a text cites as its readers see it, each once, in order: none from code, links or escapes."""
    return cited_keys(parse(markdown))


def used_terms(markdown: str, terms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return those glossary entries that the plain page would explain in a text, in the order given.

    An entry has `term`, `variants`, `plain` and `definition`. Leaving the others out changes nothing on the page.
    """
    found = {id(entry) for entry in terms_in(parse(markdown), Terms(terms))}
    return [entry for entry in terms if id(entry) in found]


def _page(content: dict[str, Any], audience: str) -> "_Page":
    if content.get("schema") not in _RENDERERS:
        raise UnknownSchema(f"Content of schema {content.get('schema')!r} cannot be rendered.")
    if audience not in AUDIENCES:
        raise ValueError(f"There is no audience {audience!r}.")
    return _RENDERERS[content["schema"]](content, audience)


class _Page:
    """One article for one audience, content of schema 1 or 2."""

    def __init__(self, content: dict[str, Any], audience: str) -> None:
        check_content(content)
        self._sections = content["sections"]
        self._is_plain = audience == "plain"
        self._words = words_in(content["language"])
        self._terms = Terms(content["glossary"] if self._is_plain else [])
        self._tables = 0
        self.lines: Lines = {}
        style = style_of(content.get("style"))
        self.numbering = Numbering(content["citations"], language=content["language"], style=style)

    def body(self) -> Element:
        """Build the page; the sections first, because they number the references."""
        body = Element("div")
        named = self._shown()
        sections = [self._section(identifier, section) for identifier, section in named]
        references = self._references()
        if sections:
            body.append(self._contents(named, has_references=references is not None))
        body.extend(sections)
        if references is not None:
            body.append(references)
        return body

    def _shown(self) -> list[tuple[str, dict[str, Any]]]:
        """The sections that have a text for anybody, with their ids."""
        named = zip(_identifiers(self._sections), self._sections, strict=True)
        return [
            (name, section)
            for name, section in named
            if section["professional"].strip() or section["plain"].strip() or section["key"] in self.lines
        ]

    def _contents(self, named: list[tuple[str, dict[str, Any]]], *, has_references: bool) -> Element:
        contents = Element("nav", {"class": "contents", "aria-labelledby": "contents-heading"})
        SubElement(contents, "h2", {"id": "contents-heading"}).text = self._words["contents"]
        listing = SubElement(contents, "ol")
        entries = [(identifier, self._heading(section)) for identifier, section in named]
        if has_references:
            entries.append(("references", self._words["references"]))
        for identifier, heading in entries:
            SubElement(SubElement(listing, "li"), "a", {"href": f"#{identifier}"}).text = heading
        return contents

    def _section(self, identifier: str, section: dict[str, Any]) -> Element:
        kind = section["kind"] if section["kind"] in _KINDS else "other"
        element = Element(
            "section",
            {
                "id": identifier,
                "class": f"section section-{kind.replace('_', '-')}",
                "aria-labelledby": f"{identifier}-heading",
            },
        )
        SubElement(element, "h2", {"id": f"{identifier}-heading"}).text = self._heading(section)
        lines = self.lines.get(section["key"], [])
        element.extend(_note(line) for line in lines)
        if not any(line.hides_text for line in lines):
            self._fill(element, section, kind)
        return element

    def _fill(self, element: Element, section: dict[str, Any], kind: str) -> None:
        text, is_for_clinicians = self._text(section)
        tree = parse(text)
        if kind == "drug_label":
            element.extend(self._labels(cited_keys(tree)))
        element.append(tree)
        self._finish(tree, is_label=kind == "drug_label")
        _frame(tree, self._words, is_for_clinicians=is_for_clinicians)

    def _text(self, section: dict[str, Any]) -> tuple[str, bool]:
        """The text of a section for this audience, and whether it is the clinicians' on the plain page."""
        if not self._is_plain:
            return section["professional"], False
        return (section["plain"], False) if section["plain"].strip() else (section["professional"], True)

    def _finish(self, tree: Element, *, is_label: bool) -> None:
        """Give a parsed text what it has from its article: explanations, numbers, labels, table names."""
        self._tables += arrange(tree, first_table=self._tables + 1, words=self._words)
        explain(tree, self._terms)
        show_markers(tree, self._words)
        if is_label:
            self._mark_quotations(tree)
        self.numbering.put(tree)

    def _labels(self, keys: list[str]) -> Iterator[Element]:
        """Say of each label that a section cites which one it is: set id, version and date."""
        for source in self._cited_labels(keys):
            line = Element("p", {"class": "label-source"})
            line.text = self._words["label"].format(label=label_identity(source, self._words))
            yield line

    def _mark_quotations(self, tree: Element) -> None:
        """Show block quotations of a label section as quotations, under the label that they (or the section) cite."""
        of_section = self._cited_labels(cited_keys(tree))
        for parent, position, quotation in list(_children(tree, "blockquote")):
            labels = self._cited_labels(cited_keys(quotation)) or of_section
            caption = Element("figcaption")
            caption.text = self._words["quotation"]
            if len(labels) == 1:
                caption.text = self._words["quotation_of"].format(label=label_identity(labels[0], self._words))
            figure = Element("figure", {"class": "label-quotation"})
            figure.tail, quotation.tail = quotation.tail, None
            figure.extend([quotation, caption])
            parent[position] = figure

    def _cited_labels(self, keys: list[str]) -> list[dict[str, Any]]:
        labels: dict[str, dict[str, Any]] = {}
        for key in keys:
            source = self.numbering.source(key)
            if source is not None and source["kind"] == "drug_label":
                labels.setdefault(source_identity(source, key), source)
        return list(labels.values())

    def _references(self) -> Element | None:
        if not self.numbering.entries:
            return None
        references = Element(
            "section", {"id": "references", "class": "references", "aria-labelledby": "references-heading"}
        )
        SubElement(references, "h2", {"id": "references-heading"}).text = self._words["references"]
        references.append(self.numbering.list_of_references())
        return references

    def _heading(self, section: dict[str, Any]) -> str:
        kind = section["kind"] if section["kind"] in _KINDS else "other"
        return " ".join(section["heading"].split()) or self._words[f"section_{kind}"]


# Schema 2 says more of an article (docs/decisions/0014); its page is built the same way.
_RENDERERS = {1: _Page, 2: _Page}


def _identifiers(sections: list[dict[str, Any]]) -> Iterator[str]:
    """Give each section an id from the start of its key; the later of two that start alike says so."""
    seen: dict[str, int] = {}
    for section in sections:
        start = _UUID_START.match(section["key"])
        name = start[0] if start else hashlib.sha256(section["key"].encode(errors="replace")).hexdigest()[:8]
        seen[name] = seen.get(name, 0) + 1
        yield f"section-{name}" if seen[name] == 1 else f"section-{name}-{seen[name]}"


def _note(line: Line) -> Element:
    note = Element("div", {"class": "section-notice section-hidden" if line.hides_text else "section-notice"})
    note.set("role", "note")
    first = SubElement(note, "p")
    SubElement(first, "strong").text = line.label
    for paragraph in filter(None, (one.strip() for one in line.text.splitlines())):
        SubElement(note, "p").text = paragraph
    return note


def _frame(tree: Element, words: dict[str, str], *, is_for_clinicians: bool) -> None:
    """Say what a text is where it is not simply the section's own, or that there is none."""
    tree.set("class", "clinician-box" if is_for_clinicians else "section-text")
    if is_for_clinicians:
        tree.set("role", "note")
        note = Element("p", {"class": "clinician-note"})
        note.text = words["for_clinicians"]
        tree.insert(0, note)
    elif not len(tree):
        SubElement(tree, "p", {"class": "no-text"}).text = words["no_text"]


def _children(tree: Element, tag: str) -> Iterator[tuple[Element, int, Element]]:
    for parent in tree.iter():
        for position, child in enumerate(parent):
            if child.tag == tag:
                yield parent, position, child


def _has_id(source: dict[str, Any]) -> bool:
    return isinstance(source.get("csl"), dict) and source["csl"].get("id") not in (None, "")


def _html(tree: Element) -> SafeHtml:
    """Serialise what is within the outer `div`; the serialiser escapes every text and value, the sanitiser checks."""
    return safe("".join(tostring(child, encoding="unicode", method="html") for child in tree))
