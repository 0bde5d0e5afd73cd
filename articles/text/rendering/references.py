"""One source as a reference in the style of its article, from its copy of CSL-JSON, with links that can be followed."""

import logging
import re
from typing import Any
from xml.etree.ElementTree import Element, tostring

from articles.text.parsing.links import allowed_address, encoded

from . import author_names, csl_records, label_references, styles
from .csl_records import text
from .fixed_words import words_in
from .reference_line import ENDS, ReferenceLine
from .sanitising import SafeHtml, safe

_log = logging.getLogger(__name__)

_DOI = re.compile(r"10\.\d{4,9}/\S+\Z")
_DOI_PREFIX = re.compile(r"\A(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_PMID = re.compile(r"\d{1,10}\Z", re.ASCII)

_KEYS = {"doi": styles.DOI, "pmid": styles.PMID, "url": styles.URL}
_IDENTIFIER = re.compile(f"((?:https://doi[.]org/)?[{styles.DOI}{styles.PMID}{styles.URL}])")


def format_reference(source: dict[str, Any], *, style: str = styles.DEFAULT, language: str = "en") -> SafeHtml:
    """Return the reference as safe HTML in a style (`ama`, `nlm`, `apa`); AMA for another name."""
    made = reference(source, words_in(language), style=style)
    return safe(tostring(made, encoding="unicode", method="html"))


def plain_reference(source: dict[str, Any], *, style: str = styles.DEFAULT, language: str = "en") -> str:
    """Return the reference as plain text, for a preview or a file."""
    return "".join(reference(source, words_in(language), style=style).itertext())


def reference(source: dict[str, Any], words: dict[str, str], *, style: str = styles.DEFAULT) -> Element:
    """Return the reference as a `span`; nothing in the source can add an element of its own, nor make this raise."""
    csl = source["csl"] if isinstance(source.get("csl"), dict) else {}
    if source.get("kind") == "drug_label":
        return label_references.reference(source, csl, words, style=styles.style_of(style))
    return _work(source, csl, words, styles.style_of(style))


def label_identity(source: dict[str, Any], words: dict[str, str]) -> str:
    """Say which label a passage is from: name, DailyMed set id, version, effective date."""
    csl = source["csl"] if isinstance(source.get("csl"), dict) else {}
    return ", ".join(part for part in (text(csl.get("title")), *label_references.facts(source, words)) if part)


def title_shown(source: dict[str, Any]) -> str:
    """Return the title of a source as its reference shows it, in every style."""
    csl = source["csl"] if isinstance(source.get("csl"), dict) else {}
    return label_references.name(csl) if source.get("kind") == "drug_label" else text(csl.get("title"))


def _work(source: dict[str, Any], csl: dict[str, Any], words: dict[str, str], style: str) -> Element:
    """A work of any kind but a label: the style's words, with identifiers where it puts them."""
    identifiers = _identifiers(source, csl)
    line = ReferenceLine()
    shown = _printed(csl, words, style, identifiers)
    for run in shown:
        for part in _IDENTIFIER.split(run.text):
            if _IDENTIFIER.fullmatch(part):
                _put(line, part, identifiers)
            elif run.is_emphasised:
                line.emphasise(part)
            else:
                line.add(part)
    pmid, address = identifiers[styles.PMID]
    # AMA and APA leave the PMID out; our readers follow it.
    if pmid and not any(styles.PMID in run.text for run in shown):
        line.space().add("PMID: ")
        line.link(pmid, address)
    return line.element


def _printed(
    csl: dict[str, Any], words: dict[str, str], style: str, identifiers: dict[str, tuple[str, str | None]]
) -> tuple[styles.Run, ...]:
    has = {f"has_{name}": bool(identifiers[key][0]) for name, key in _KEYS.items()}
    made = csl_records.record(csl, style=style, **has)
    if not made.get("title") and not made.get("container-title"):
        made["title"] = words["no_title"]
    try:
        return styles.printed(style, made)
    except Exception:
        # Whatever a source holds, its article has to be shown; a reference in no style says at least what it is.
        _log.warning("A reference could not be put into the style %r.", style, exc_info=True)
        return (styles.Run(_unstyled(csl, made), False),)


def _unstyled(csl: dict[str, Any], made: dict[str, Any]) -> str:
    issued = made.get("issued")
    year = str(issued["year"]) if isinstance(issued, dict) else ""
    parts = [
        author_names.whole(csl.get("author")),
        made.get("title"),
        made.get("container-title"),
        made.get("publisher"),
        year,
    ]
    ends = [made[name] for name in ("DOI", "PMID", "URL") if name in made]
    return " ".join([*(part if part.endswith(ENDS) else f"{part}." for part in parts if part), *ends])


def _identifiers(source: dict[str, Any], csl: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    """Return the words and, where it may be followed, the address of each identifier."""
    doi = _DOI_PREFIX.sub("", text(source.get("doi")) or text(csl.get("DOI")))
    pmid = text(source.get("pmid")) or text(csl.get("PMID"))
    url = allowed_address(text(csl.get("URL"))) or ""
    url = url if url.startswith("http") and not doi else ""
    return {
        styles.DOI: (doi, f"https://doi.org/{encoded(doi)}" if _DOI.match(doi) else None),
        styles.PMID: (pmid, f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if _PMID.match(pmid) else None),
        styles.URL: (url, url or None),
    }


def _put(line: ReferenceLine, part: str, identifiers: dict[str, tuple[str, str | None]]) -> None:
    """Add an identifier; APA's prefix is a part of its link, and of what is no DOI it is not true."""
    words, address = identifiers[part[-1]]
    line.link(part[:-1] + words if address else words, address)
