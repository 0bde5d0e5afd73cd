"""The sections of a drug label in Structured Product Labeling, by LOINC code, as lines of text."""

import re
from xml.etree.ElementTree import Element

from articles.library.services import markup
from articles.library.services.facts import LabelSection

_LOINC_SYSTEM = "2.16.840.1.113883.6.1"
_LOINC = re.compile(r"^\d{1,7}-\d\Z")
# Parts without a meaning of their own, the list of ingredients, and the picture of the package.
_NOT_KEPT = {"42229-5", "48780-1", "51945-4"}
_BLOCKS = {"paragraph", "item", "tr", "caption", "footnote"}


def sections(root: Element) -> list[LabelSection]:
    """Return the sections of a label's document, those of one code as one, without those that say nothing."""
    found: dict[str, LabelSection] = {}
    for one in root.iter():
        # Words on both sides of a break or a paragraph's end are two words, also where no space is written.
        if markup.local_name(one) in (*_BLOCKS, "br"):
            one.tail = f" {one.tail or ''}"
    body = markup.child(root, "component", "structuredBody")
    for section in markup.descendants(body, "section") if body is not None else ():
        code = markup.child(section, "code")
        loinc = "" if code is None else code.get("code", "")
        if code is None or code.get("codeSystem") != _LOINC_SYSTEM or not _LOINC.match(loinc) or loinc in _NOT_KEPT:
            continue
        heading, text = markup.text(section, "title"), "\n".join(_lines(section))
        if text in ("", heading):
            continue
        before = found.get(loinc)
        # A kit holds several labels in one; their sections of one code are one after the other.
        found[loinc] = (
            LabelSection(loinc, before.heading, f"{before.text}\n{text}")
            if before
            else LabelSection(loinc, heading, text)
        )
    return list(found.values())


def _lines(section: Element) -> list[str]:
    """Return the lines of a section and of the sections in it: a line a paragraph, item or row of a table."""
    lines = []
    for part in section:
        name = markup.local_name(part)
        if name == "title":
            lines.append(markup.text(part))
        elif name == "text":
            lines += _text_lines(part)
        elif name == "component":
            for inner in markup.children(part, "section"):
                lines += _lines(inner)
    return [line for line in lines if line]


def _text_lines(element: Element) -> list[str]:
    name = markup.local_name(element)
    if name == "tr":
        return [" | ".join(markup.text(cell) for cell in element)]
    if not any(markup.local_name(one) in _BLOCKS for one in element.iter() if one is not element):
        return [markup.text(element)]
    lines, loose = [], [element.text or ""]
    for part in element:
        if markup.local_name(part) in _BLOCKS or any(markup.local_name(one) in _BLOCKS for one in part.iter()):
            lines += [" ".join("".join(loose).split()), *_text_lines(part)]
            loose = []
        else:
            loose.append("".join(part.itertext()))
        loose.append(part.tail or "")
    return [line for line in [*lines, " ".join("".join(loose).split())] if line]
