"""One record of an exchange file: its CSL-JSON, what it says of itself, and what is wrong with it."""

import re
from dataclasses import dataclass, field
from typing import Any

from articles.library import csl_fields as csl_fields
from articles.library.files.evidence_kinds import kind_and_level
from articles.text.csl import csl_dates

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PMID = re.compile(r"[1-9]\d{0,7}")
_PMID_IN_NOTE = re.compile(r"(?:^|\n)\s*PMID:\s*([1-9]\d{0,7})\b", re.IGNORECASE)
_SET_ID = re.compile(r"setid=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
_WITHDRAWN = re.compile(r"^\W*(?:retracted(?: article)?|withdrawn)\W*:", re.IGNORECASE)
_CITED_DOI = re.compile(r"\bdoi:\s*(10\.\d{4,9}/\S+)", re.IGNORECASE)
_CITED_PMID = re.compile(r"\bPMID:\s*([1-9]\d{0,7})\b")
_CITED_DATE = re.compile(r"\.\s*(\d{4}(?: [A-Z][a-z]{2}(?: \d{1,2})?)?)\b")

# PubMed's tags for “in”: what was published about this record later (MEDICAL.md §6).
_NOTICES = {
    "RIN": "retraction",
    "RRI": "retraction",
    "ECI": "concern",
    "EIN": "correction",
    "CRI": "correction",
    "UIN": "superseded",
}
_STATUS = {"retraction": "retracted", "concern": "concern", "superseded": "superseded", "correction": "corrected"}


@dataclass(frozen=True)
class ReportedUpdate:
    """Something that happened to the publication. `kind` is one of SourceUpdate.Kind."""

    kind: str
    words: str
    doi: str = ""
    pmid: str = ""
    date: str = ""


@dataclass
class Record:
    """One record. A broken one has no CSL-JSON to use; its faults say why, and its raw text is kept."""

    format: str
    raw: str
    csl: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    number: int = 0
    is_broken: bool = False

    @property
    def title(self) -> str:
        return _text(self.csl.get("title"))

    @property
    def doi(self) -> str:
        """The DOI in lower case; empty when there is none, or none that can be right."""
        return doi_of(self.csl)

    @property
    def pmid(self) -> str:
        return pmid_of(self.csl)

    @property
    def label(self) -> tuple[str, str]:
        """Set id and version of a drug label; empty when either is not known."""
        return label_of(self.csl)

    @property
    def facts(self) -> dict[str, str]:
        """What our own export said of the source beyond CSL-JSON."""
        return facts_of(self.csl)

    @property
    def kind(self) -> str:
        return kind_and_level(self.csl, is_label=bool(self.label[0]), facts=self.facts)[0]

    @property
    def level(self) -> str:
        return kind_and_level(self.csl, is_label=bool(self.label[0]), facts=self.facts)[1]

    @property
    def notices(self) -> list[ReportedUpdate]:
        return notices_of(self.csl)

    @property
    def status(self) -> str:
        """The worst that the record tells of itself; “unknown” when it tells nothing: that proves nothing."""
        told = {notice.kind for notice in self.notices}
        own = self.facts.get("status", "")
        worst = next((status for kind, status in _STATUS.items() if kind in told), "unknown")
        return own if own in ("reinstated", *_STATUS.values()) and worst in ("unknown", own) else worst


def doi_of(csl: dict[str, Any]) -> str:
    doi = csl_fields.clean_doi(_text(csl.get("DOI")))
    return doi if _DOI.fullmatch(doi) and len(doi) <= 200 else ""


def pmid_of(csl: dict[str, Any]) -> str:
    """Return the PMID of its variable, or of the line “PMID: 123” that Zotero keeps in a note."""
    pmid = _text(csl.get("PMID"))
    if _PMID.fullmatch(pmid):
        return pmid
    found = _PMID_IN_NOTE.search(csl["note"]) if isinstance(csl.get("note"), str) else None
    return found[1] if found else ""


def label_of(csl: dict[str, Any]) -> tuple[str, str]:
    facts = facts_of(csl)
    found = _SET_ID.search(_text(csl.get("URL")))
    set_id = facts.get("set_id") or (found[1] if found else "")
    version = facts.get("label_version") or _text(csl.get("version"))
    return (set_id.lower(), version) if set_id and re.fullmatch(r"\d{1,12}", version) else ("", "")


def facts_of(csl: dict[str, Any]) -> dict[str, str]:
    custom = csl.get("custom")
    facts = custom.get("countersign") if isinstance(custom, dict) else None
    return {name: value for name, value in facts.items() if isinstance(value, str)} if isinstance(facts, dict) else {}


def notices_of(csl: dict[str, Any]) -> list[ReportedUpdate]:
    """Return what PubMed, or the title itself, says happened to the publication."""
    found = [
        _notice(kind, words) for tag, kind in _NOTICES.items() for words in custom_values(csl, "nbib", tag) if words
    ]
    is_retracted = "Retracted Publication" in custom_values(csl, "nbib", "PT")
    title = _text(csl.get("title"))
    if not any(notice.kind == "retraction" for notice in found) and (is_retracted or _WITHDRAWN.match(title)):
        words = "Publication type: Retracted Publication" if is_retracted else f"Title: {title}"
        found.insert(0, ReportedUpdate("retraction", words))
    return found


def custom_values(csl: dict[str, Any], format_name: str, tag: str) -> list[str]:
    """Return the texts that a format kept under one of its own tags."""
    custom = csl.get("custom")
    kept = custom.get(format_name) if isinstance(custom, dict) else None
    values = kept.get(tag) if isinstance(kept, dict) else None
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def check(csl: dict[str, Any]) -> list[str]:
    """Return what a person should look at in an item that can be used all the same."""
    faults = []
    if (doi := _text(csl.get("DOI"))) and not doi_of(csl):
        faults.append(f"This DOI cannot be right: {doi[:100]}")
    if (pmid := _text(csl.get("PMID"))) and not _PMID.fullmatch(pmid):
        faults.append(f"This PMID cannot be right: {pmid[:100]}")
    if not isinstance(csl.get("author", []), list):
        faults.append("The authors are no list.")
    elif "author" not in csl and "editor" not in csl:
        faults.append("It names no author.")
    if not csl_dates.parts(csl.get("issued")):
        faults.append("It has no date that can be read.")
    return faults


def _notice(kind: str, words: str) -> ReportedUpdate:
    doi, pmid, date = _CITED_DOI.search(words), _CITED_PMID.search(words), _CITED_DATE.search(words)
    return ReportedUpdate(
        kind,
        words,
        doi[1].rstrip(".").lower() if doi else "",
        pmid[1] if pmid else "",
        _whole_day(date[1]) if date else "",
    )


def _whole_day(words: str) -> str:
    known = csl_dates.parts(csl_dates.parse(words))
    return csl_dates.dashed(known) if len(known) == 3 else ""


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).split())
