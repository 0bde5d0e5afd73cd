"""Whether every dose rests on a label or guideline (MEDICAL.md §7, S2), and keeps to the label or says so (S3)."""

import re
from collections.abc import Iterator
from typing import Any

from articles.text.checks.finding import Context, Finding
from articles.text.checks.label_limits import label_texts, limit_passed
from articles.text.checks.quantity_matches import counterparts
from articles.text.lexicon.units import FORMS
from articles.text.messages import Message
from articles.text.messages import gettext_noop as _
from articles.text.statements.bounds import LEAST, MOST
from articles.text.statements.quantities import Quantity
from articles.text.statements.stated_quantities import Stated, stated_in
from articles.text.statements.visible_words import MARKER, Sentence

RULES = {
    "dose-without-label": _("A dose is not supported by a drug label or guideline"),
    "dose-above-label": _("A dose is above what the cited label allows"),
    "off-label-unmarked": _("An off-label dose is not marked as off-label"),
}
# More than this, in mL, is a drink or an infusion's fluid.
_LARGEST_VOLUME = 200
# So many different doses of a section are looked for in the professional text; no article comes near.
_MOST_LOOKED_FOR = 100
_FLUID = re.compile(r" of (?:water|fluids?|saline|urine|blood|milk|juice|glucose|dextrose)\b")
_OFF_LABEL = re.compile(
    r"\boff[- ]label\b|\bunlicen[sc]ed\b|\bunapproved\b|\bnot (?:an? )?(?:\w+ )?(?:approved|licen[sc]ed"
    r"|authori[sz]ed)\b"
    r"|\b(?:no|without) (?:a )?(?:marketing authori[sz]ation|licen[cs]e|approved use|approval) (?:for|in)\b"
    r"|\bhas(?:n't| not) been (?:approved|licen[sc]ed)\b|\bisn't (?:approved|licen[sc]ed)\b|\boutside (?:its|the"
    r"|of its|of the) (?:label|licen[cs]e|approved uses?)\b"
)
_NOT_OFF_LABEL = re.compile(
    r"\b(?:not|never|isn't|no longer|neither) (?:an? |used |considered )?(?:off[- ]label|unlicen[sc]ed|unapproved)\b"
)
_MAXIMUM = re.compile(
    r"\bmax(?:imum|imal)?\b|\bnot (?:to )?exceed|\bup to\b|\bno more than\b|\bhighest\b|\bnot more than\b"
    r"|\bdo not exceed\b"
)


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield doses without a source that may state a dose, doses above their label, and unmarked off-label doses."""
    sources = {citation["key"]: citation for citation in content["citations"]}
    sections = content["sections"]
    texts = {
        (section["key"], audience): stated_in(content, section, audience)
        for section in sections
        for audience in ("professional", "plain")
    }
    covered = _Covered(sources)
    for section in sections:
        for audience in ("professional", "plain"):
            text = texts[section["key"], audience]
            others = [texts[one["key"], "professional"] for one in sections] if audience == "plain" else []
            yield from _check_sources(
                section,
                audience,
                text,
                others,
                covered,
                {id(texts[one["key"], "professional"]): one for one in sections},
            )
            yield from _check_limits(section, audience, text, sources, context)
            yield from _check_markers(section, audience, text, sources)


class _Covered:
    """Which citations may carry a dose: a label with set id and version, or a guideline; a study within research."""

    def __init__(self, citations: dict[str, Any]) -> None:
        self._citations = citations

    def by(self, keys: list[str], kind: str) -> bool:
        return any(self._carries(self._citations.get(key), kind) for key in keys)

    def has_label(self, keys: list[str]) -> bool:
        return any((self._source(self._citations.get(key)) or {}).get("kind") == "drug_label" for key in keys)

    def _carries(self, citation: dict[str, Any] | None, kind: str) -> bool:
        source = self._source(citation)
        if source is None or citation is None:
            return False
        # What a trial gave is reported where research is, relied on or discussed; it is no advice.
        if source["kind"] in ("study", "review"):
            return kind == "research"
        if citation.get("use", "relied_on") != "relied_on":
            return False
        if source["kind"] == "drug_label":
            return bool(source.get("set_id") and source.get("label_version"))
        return bool(source["kind"] == "guideline")

    @staticmethod
    def _source(citation: dict[str, Any] | None) -> dict[str, Any] | None:
        return citation.get("source") if citation else None


def doses(text: Stated) -> list[Quantity]:
    """Return the doses of a text: amounts of a drug that is named beside them or in the lines before."""
    return [one for one in text.quantities if _is_dose(one, text)]


def _is_dose(one: Quantity, text: Stated) -> bool:
    if not one.is_dose:
        return False
    if one.measure == "mL" and (one.high > _LARGEST_VOLUME or _FLUID.match(text.reading.lower, one.end)):
        return False
    if one.measure in FORMS or one.measure.startswith(("mL", "unit")):
        return one.drug_is_named
    if one.drugs:
        return True
    sentence = text.reading.sentence_at(one.start)
    return sentence is not None and any(mention.end <= one.start for mention in sentence.drugs)


def _check_sources(
    section: dict[str, Any],
    audience: str,
    text: Stated,
    others: list[Stated],
    covered: _Covered,
    sections: dict[int, dict[str, Any]],
) -> Iterator[Finding]:
    known: dict[Quantity, bool] = {}
    for dose in doses(text):
        sentence = text.reading.sentence_at(dose.start)
        if sentence is None or covered.by(text.reading.covering_keys(sentence), section["kind"]):
            continue
        if dose.identity not in known:
            known[dose.identity] = len(known) < _MOST_LOOKED_FOR and any(
                _is_covered(dose, other, covered, sections[id(other)]["kind"]) for other in others
            )
        if known[dose.identity]:
            continue
        message = _(
            "“%(words)s” cites neither a drug label (with set id and version) nor a guideline. Cite one in this "
            "sentence."
        )
        yield _finding("dose-without-label", message, section, audience, text, dose)


def _is_covered(dose: Quantity, professional: Stated, covered: _Covered, kind: str) -> bool:
    for one in counterparts(dose, professional):
        sentence = professional.reading.sentence_at(one.start)
        if sentence is not None and covered.by(professional.reading.covering_keys(sentence), kind):
            return True
    return False


def _check_limits(
    section: dict[str, Any], audience: str, text: Stated, sources: dict[str, Any], context: Context
) -> Iterator[Finding]:
    for dose in doses(text):
        sentence = text.reading.sentence_at(dose.start)
        if sentence is None or _is_marked(sentence, dose) or dose.bound == LEAST or _is_refused(dose, sentence, text):
            continue
        for key in text.reading.covering_keys(sentence):
            citation = sources.get(key) or {}
            if (citation.get("source") or {}).get("kind") != "drug_label":
                continue
            limit = limit_passed(dose, label_texts(key, citation, context))
            if limit:
                message = _(
                    "“%(words)s” is above the label's limit (“%(limit)s”). Correct it, or mark it [off-label] "
                    "and say that it is."
                )
                yield _finding("dose-above-label", message, section, audience, text, dose, limit=limit)
                break


def _is_refused(dose: Quantity, sentence: Sentence, text: Stated) -> bool:
    """Return whether a sentence warns against the dose instead of giving it."""
    words = text.reading.lower[sentence.start : sentence.end]
    return dose.bound != MOST and bool(
        re.search(
            r"\b(?:not recommended|do not|never|avoid|must not|should not|no (?:added|additional|further) benefit)\b",
            words,
        )
    )


def _check_markers(section: dict[str, Any], audience: str, text: Stated, sources: dict[str, Any]) -> Iterator[Finding]:
    said = _off_label_sentences(text)
    kept = _drugs_off_label(text, said)
    covered = _Covered(sources)
    for dose in doses(text):
        sentence = text.reading.sentence_at(dose.start)
        if sentence is None or _is_marked(sentence, dose):
            continue
        keys = text.reading.covering_keys(sentence)
        unit = text.reading.unit(sentence)
        is_said = any(id(one) in said for one in unit) or any(_says_so(sources.get(key)) for key in keys)
        is_carried = bool(dose.drugs & kept) and not covered.has_label(keys)
        if is_said or is_carried:
            message = _(
                "“%(words)s” is an off-label dose: put [off-label] directly after it, so that the page says so there."
            )
            yield _finding("off-label-unmarked", message, section, audience, text, dose)


def _off_label_sentences(text: Stated) -> set[int]:
    return {
        id(sentence)
        for sentence in text.reading.sentences
        if _is_off_label(text.reading.lower[sentence.start : sentence.end])
    }


def _is_off_label(words: str) -> bool:
    return bool(_OFF_LABEL.search(_NOT_OFF_LABEL.sub(" ", words)))


def _drugs_off_label(text: Stated, said: set[int]) -> frozenset[str]:
    """Return the drugs that a section calls off-label."""
    return frozenset(
        name
        for sentence in text.reading.sentences
        if id(sentence) in said
        for mention in sentence.drugs
        for name in mention.names
    )


def _says_so(citation: dict[str, Any] | None) -> bool:
    if not citation:
        return False
    return _is_off_label(f"{citation.get('locator', '')} . {citation.get('quote', '')}".lower())


def _is_marked(sentence: Sentence, dose: Quantity) -> bool:
    return any(place >= dose.end for place in sentence.markers)


def _finding(
    rule: str, message: Message, section: dict[str, Any], audience: str, text: Stated, dose: Quantity, **named: str
) -> Finding:
    start, end = dose.span
    words = text.reading.text[start:end]
    message = message % {"words": " ".join(words.split()), **named}
    return Finding(rule, message, section["key"], audience, words, start, end)


__all__ = ["MARKER", "RULES", "check", "doses"]
