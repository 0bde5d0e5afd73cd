"""Whether a heading says only what is true of the labels under it: approved by whom, and for which country.

A heading that promises a label of the FDA, or words such as “official label” and “prescribing information”, needs in
its section a cited drug label of the United States in a category of approval (NDA, ANDA, BLA and the older ones);
one that names the EMA, a label of the European Union, its members, Norway, Iceland or Liechtenstein; an SmPC may be
of the United Kingdom too. The label of an unapproved medicine, or of one sold by an over-the-counter monograph, is
none that the FDA approved.
"""

import re
from collections.abc import Iterator
from typing import Any

from articles.text.checks import cited_prose
from articles.text.checks.finding import Context, Finding
from articles.text.messages import Message
from articles.text.messages import gettext_noop as _

RULES = {"label-heading": _("A heading claims a label that the section does not cite")}

_STATES = r"\b(?:US|U\.S\.|American|United States)[ -](?:drug |product |prescribing )?"
_FDA = re.compile(
    rf"\bFDA\b|\bFood and Drug Administration\b|{_STATES}(?:approval|approved|licen[cs]e)",
    re.IGNORECASE,
)
_US_LABEL = re.compile(rf"{_STATES}(?:label|information)", re.IGNORECASE)
_EMA = re.compile(
    r"\bEMA\b|\bEuropean Medicines Agency\b|\b(?:EU|European)[ -](?:drug |product )?(?:label|approval|"
    r"approved|licen[cs]e)",
    re.IGNORECASE,
)
_SMPC = re.compile(r"\bSmPC\b|\bsummary of product characteristics\b", re.IGNORECASE)
_ANY = re.compile(
    r"\bprescribing information\b|\b(?:official|approved|licensed|drug|product|manufacturer['’]s|package) "
    r"(?:label|labell?ing|insert|leaflet|uses?|indications?|dos(?:e|es|ing|age))\b|\b(?:from|on|in|"
    r"by) the (?:\w+ )?label\b|"
    r"\blabel(?:l?ing)?\b|\bapproved (?:use|dose|indication)s?\b|\b(?:officially|FDA|EMA)[ -]approved\b",
    re.IGNORECASE,
)
# What denies an approval claims none: “Not an approved use”, “Off-label use”.
_DENIES = re.compile(
    r"\b(?:not|no|un|without|off)[ -]?(?:an? )?(?:approved|label(?:l?ed)?|licen[cs]ed)|\bunapproved\b", re.I
)

_EUROPE = frozenset(
    "EU AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905
)
_HAS_SMPC = _EUROPE | {"GB"}
_US_APPROVED = re.compile(
    r"\A\W*(?:a?nda\d*\b|bla\d*\b|(?:abbreviated )?new drug application\b|biologics? licen[cs]e application\b|"
    r"nda authori[sz]ed generic\b|nda ?/ ?bla\b|approved\b)",
    re.IGNORECASE,
)
_NOT_APPROVED = re.compile(
    r"unapproved|not approved|investigational|monograph|otc|dietary|cosmetic|homeopath", re.IGNORECASE
)


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield the headings, of sections and within texts, that no cited label bears out."""
    sources = {citation["key"]: citation["source"] for citation in content["citations"] if citation["source"]}
    for section in content["sections"]:
        keys = dict.fromkeys(key for used in section["cites"].values() for key in used)
        cited = [sources[key] for key in keys if key in sources]
        labels = [source for source in cited if source.get("kind") == "drug_label"]
        yield from _section_heading(section, labels)
        for audience in ("professional", "plain"):
            for block in cited_prose.blocks(section[audience]):
                if block.kind == "heading" and (problem := _problem(block.sentences[0].bare, labels, kind="")):
                    words = section[audience][block.start : block.end]
                    yield Finding(
                        "label-heading",
                        problem % {"heading": " ".join(words.split())},
                        section["key"],
                        audience,
                        words,
                        block.start,
                        block.end,
                    )


def _section_heading(section: dict[str, Any], labels: list[dict[str, Any]]) -> Iterator[Finding]:
    heading = " ".join(section["heading"].split())
    # Without a heading of its own a section of this kind is headed “From the FDA Drug Label”.
    claimed = heading or ("FDA" if section.get("kind", "") == "drug_label" else "")
    problem = _problem(claimed, labels, kind=section.get("kind", ""))
    if problem:
        named = {"heading": heading or section.get("kind", "")}
        yield Finding("label-heading", problem % named, section["key"], "", section["heading"])


def _problem(heading: str, labels: list[dict[str, Any]], *, kind: str) -> Message | None:
    """Return the words of what a heading claims beyond its labels, with a place for the heading; or nothing."""
    if _DENIES.search(heading):
        return None
    countries = {label.get("country", "") for label in labels}
    if _FDA.search(heading) and not any(is_us_approved(label) for label in labels):
        return _(
            "“%(heading)s” refers to an FDA label or approval, but the section cites no United States label in "
            "an approval category (NDA, ANDA, BLA). Cite that label with its country and category, or change the "
            "heading."
        )
    if _US_LABEL.search(heading) and "US" not in countries and not any(is_us_approved(label) for label in labels):
        return _(
            "“%(heading)s” refers to a United States label, but the section cites none. Cite that label with its "
            "country, or change the heading."
        )
    is_european = bool(_EMA.search(heading) and countries.isdisjoint(_EUROPE))
    if is_european or (_SMPC.search(heading) and countries.isdisjoint(_HAS_SMPC)):
        return _(
            "“%(heading)s” refers to a European label or approval, but the section cites no label of a European "
            "country. Cite that label with its country, or change the heading."
        )
    if (kind == "drug_label" or _ANY.search(heading)) and not labels:
        return _(
            "“%(heading)s” is presented as taken from a drug label, but the section cites none. Cite the label "
            "with its set id and version, or change the heading and the kind of the section."
        )
    if _ANY.search(heading) and _claims_approval(heading) and all(_is_unapproved(label) for label in labels):
        return _(
            "“%(heading)s” says approved or official, but the marketing category of the cited label is not an "
            "approval. Change the heading, or cite the label of an approved medicine."
        )
    return None


def _claims_approval(heading: str) -> bool:
    return re.search(r"\b(?:approved|official(?:ly)?|licensed)\b", heading, re.IGNORECASE) is not None


def is_us_approved(label: dict[str, Any]) -> bool:
    """Say whether a label is one of the United States in a category of approval; a category tells its country too."""
    category = label.get("marketing_category", "")
    is_approved = bool(_US_APPROVED.search(category)) and not _NOT_APPROVED.search(category)
    return is_approved and label.get("country", "") in ("US", "")


def _is_unapproved(label: dict[str, Any]) -> bool:
    return bool(_NOT_APPROVED.search(label.get("marketing_category", "")))
