"""Whether the plain text is plain (MEDICAL.md §4, §7 S9): its grade, jargon, long sentences, the passive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from articles.text.checks.finding import Context, Finding
from articles.text.checks.prose import Sentence, sentences
from articles.text.checks.readability import Readability, combined, words_of
from articles.text.lexicon import vocabulary
from articles.text.messages import Message
from articles.text.messages import gettext_noop as _

RULES = {
    "reading-grade": _("The plain text is harder to read than the policy allows"),
    "reading-grade-warning": _("The plain text is harder to read than the policy aims at"),
    "jargon-unexplained": _("A medical word in the plain text is not explained"),
    "sentence-long": _("A sentence is long"),
    "passive-voice": _("The plain text does not say who acts (passive voice)"),
}

# Grades of fewer words than these say nothing; a section of its own needs more, for others make up for it.
SHORTEST_TEXT = 40
SHORTEST_SECTION = 150
LONGEST_SENTENCE = {"plain": 25, "professional": 40}


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield what makes a content hard to read, in English."""
    if not content.get("language", "en").startswith("en"):
        return
    yield from _check_grades(content["sections"], context)
    yield from _check_jargon(content, context)
    for section in content["sections"]:
        for audience, longest in LONGEST_SENTENCE.items():
            yield from _check_length(section, audience, longest)
        yield from _check_voice(section)


def _check_grades(sections: list[dict[str, Any]], context: Context) -> Iterator[Finding]:
    """Judge the plain text as a whole, and each section that is long enough to be judged alone."""
    plain = [section for section in sections if section["plain"].strip()]
    if len(plain) > 1:
        measured = combined([section["plain"] for section in plain])
        rule = _grade_rule(measured, context, SHORTEST_TEXT)
        if rule:
            numbers = f"FKGL {measured.fkgl:.1f}, SMOG {measured.smog:.1f}"
            yield Finding(rule, _grade_message(_("The plain text"), measured, context), audience="plain", words=numbers)
    for section in plain:
        text = section["plain"]
        measured = combined([text])
        rule = _grade_rule(measured, context, SHORTEST_SECTION if len(plain) > 1 else SHORTEST_TEXT)
        if rule:
            message = _grade_message(_("“%(heading)s”") % {"heading": section["heading"]}, measured, context)
            yield Finding(rule, message, section["key"], "plain", text, 0, len(text))


def _grade_rule(measured: Readability, context: Context, shortest: int) -> str:
    if measured.words < shortest:
        return ""
    if measured.grade > context.block_grade:
        return "reading-grade"
    return "reading-grade-warning" if measured.grade > context.warn_grade else ""


def _grade_message(what: Message, measured: Readability, context: Context) -> Message:
    if measured.is_reliable:
        message = _(
            "%(what)s reads at grade %(grade).1f (FKGL %(fkgl).1f, SMOG %(smog).1f); the policy aims at %(aim)d and "
            "allows %(most)d. Use shorter sentences and everyday words."
        )
    else:
        message = _(
            "%(what)s reads at grade %(grade).1f (FKGL %(fkgl).1f, SMOG %(smog).1f); the policy aims at %(aim)d "
            "and allows %(most)d. Use shorter sentences and everyday words. The text is short (words: %(words)d, "
            "sentences: %(sentences)d): grades are imprecise below 300 words or 30 sentences."
        )
    return message % {
        "what": what,
        "grade": measured.grade,
        "fkgl": measured.fkgl,
        "smog": measured.smog,
        "aim": context.warn_grade,
        "most": context.block_grade,
        "words": measured.words,
        "sentences": measured.sentences,
    }


def unreliable(measured: Readability) -> Message:
    """Return the sentence that goes with the grades of a short text."""
    return _(
        "The text is short (words: %(words)d, sentences: %(sentences)d): grades are imprecise below 300 words or 30 "
        "sentences."
    ) % {
        "words": measured.words,
        "sentences": measured.sentences,
    }


# What explains a word in place, after it: `X (that is …)`, `X, which means …`, `X is a …`, `X – the …`.
_EXPLAINED_AFTER = re.compile(
    r"['’]?s?\s*(?:\((?!\s*(?:\d|see\b|e\.g\.|for example|such as)[^)]*\)|[A-Z][A-Za-z0-9]?[A-Z0-9]{1,4}s?\))"
    r"|,?\s+(?:also called|also known as|often called|sometimes called|commonly called|meaning|means?|refers? to)\b"
    r"|,?\s+(?:that is|i\.e|in other words|which (?:is|are|means?))\b|,\s+or\s+[^,.;()]{2,40},"
    r"|,\s+(?:an?|the)\s+\w+|:\s+(?:an?|the|when)\s|\s+[–—-]\s+"
    r"|\s+(?:is|are)\s+(?:an?|the|when|where|what|another word|another name|(?:\w+\s+)?word for|like|caused)\b)"
)
# Before it: `high blood pressure (hypertension)`, `called hypertension`, `or hypertension`.
_EXPLAINED_BEFORE = re.compile(
    r"(?:\w\s*\(\s*(?:called |known as |also |medically |the medical (?:word|name|term) is |an? |the |acute |chronic )*"
    r"|\b(?:called|termed|named|known as|known medically as|doctors call(?: (?:it|this|these|them))?|a form of)\s+"
    r"(?:an? |the |acute |chronic |your )?[\"“‘]?"
    r"|\bmedical (?:word|name|term) (?:for [^.]{3,60} )?is [\"“‘]?)$",
    re.IGNORECASE,
)


def _check_jargon(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield the first use in each section of every word that neither the glossary nor the text explains."""
    explained = {name.casefold() for term in content.get("glossary", ()) for name in vocabulary.names_of(term)}
    lists = [vocabulary.jargon()]
    if context.terms:
        lists.append(vocabulary.of_terms(context.terms))
    for section in content["sections"]:
        seen: set[str] = set()
        for sentence in sentences(section["plain"]):
            for use in _uses(sentence.text, lists):
                words = sentence.text[use.start : use.end]
                names = {words.casefold(), use.term.casefold()}
                if _is_explained(sentence.text, use):
                    explained |= names
                if sentence.kind == "heading" or names & (explained | seen):
                    continue
                seen |= names
                yield _jargon_finding(section, sentence, use)


@dataclass(frozen=True)
class Reading:
    """How the whole plain text of an article reads. `jargon_percent` is of all its words, 0 to 100."""

    measured: Readability
    jargon_percent: float
    # What to say of grades that are rough; None when they are not.
    caution: Message | None


def reading(content: dict[str, Any]) -> Reading | None:
    """Return the figures of a content's plain text; None when there is none, or for another language than English."""
    texts = [section["plain"] for section in content["sections"] if section["plain"].strip()]
    if not texts or not content.get("language", "en").startswith("en"):
        return None
    measured = combined(texts)
    caution = None if measured.is_reliable else unreliable(measured)
    return Reading(measured, 100 * _jargon_words(content) / max(measured.words, 1), caution)


def _jargon_words(content: dict[str, Any]) -> int:
    """Count the words of all uses of medical words that nothing explains; each counts wherever it is used again."""
    unexplained = {" ".join(one.words.split()).casefold() for one in _check_jargon(content, Context())}
    uses = (
        sentence.text[use.start : use.end]
        for section in content["sections"]
        for sentence in sentences(section["plain"])
        if sentence.kind != "heading"
        for use in vocabulary.jargon().uses(sentence.text)
    )
    return sum(len(words_of(words)) for words in uses if " ".join(words.split()).casefold() in unexplained)


def _uses(text: str, lists: list[vocabulary.Vocabulary]) -> list[vocabulary.Use]:
    """Return the uses that the lists find, the longest where they meet, in the order of the text."""
    found = sorted((use for one in lists for use in one.uses(text)), key=lambda use: (use.start, -use.end))
    return [use for place, use in enumerate(found) if place == 0 or use.start >= found[place - 1].end]


def _is_explained(text: str, use: vocabulary.Use) -> bool:
    if use.start == 0 and re.match(r"\s*:\s", text[use.end :]):
        return True  # `Angina: chest pain from the heart`
    return bool(_EXPLAINED_AFTER.match(text, use.end) or _EXPLAINED_BEFORE.search(text[: use.start]))


def _jargon_finding(section: dict[str, Any], sentence: Sentence, use: vocabulary.Use) -> Finding:
    start, end = sentence.start + use.start, sentence.start + use.end
    words = section["plain"][start:end]
    if use.plain:
        message = _("“%(heading)s” says “%(word)s”. Say “%(plain)s”, or explain it in the text or the glossary.")
    else:
        message = _(
            "“%(heading)s” says “%(word)s”. Say it in everyday words, or explain it in the text or the glossary."
        )
    named = {"heading": section["heading"], "word": words, "plain": use.plain}
    return Finding("jargon-unexplained", message % named, section["key"], "plain", words, start, end)


def _check_length(section: dict[str, Any], audience: str, longest: int) -> Iterator[Finding]:
    for sentence in sentences(section[audience]):
        if sentence.kind in ("heading", "quotation", "cell"):
            continue
        length = len(words_of(sentence.text))
        if length > longest:
            message = _(
                "“%(heading)s” has a sentence of %(words)d words; sentences of more than %(longest)d words are hard "
                "to follow."
            )
            named = {"heading": section["heading"], "words": length, "longest": longest}
            yield _at(sentence, "sentence-long", message % named, section, audience)


_IRREGULAR = (
    "taken|given|seen|made|done|found|known|shown|written|begun|chosen|driven|eaten|felt|forgotten|frozen|gotten"
    "|held|hidden|hurt|kept|led|left|lost|met|paid|put|read|said|sent|set|shut|sold|spoken|spent|stolen|taught"
    "|told|thought|thrown|understood|worn|cut|broken|brought|built|bought|caught|drawn|drunk|fed|fought|heard|laid"
    "|let|lit|proven|run|spread|struck|stuck|torn|withdrawn|undergone|overcome|injected"
)
# States, not deeds: nobody acts in `you are tired`.
_STATES_WORDS = """
tired worried married interested supposed located related based called named known concerned scared blocked damaged
infected inflamed broken closed dehydrated experienced qualified registered involved limited left gone finished
complicated mixed advanced balanced bored stressed depressed relaxed swollen red hundred need indeed blurred
diseased weakened exposed confused excited surprised pleased constipated retired inherited frightened ashamed
embarrassed disabled crowded controlled uncontrolled sacred unneeded unwanted unused bleed feed speed breed seed
weed exceed proceed succeed bed shed hurt lost stuck prepared affected blessed aged
"""
_STATES = frozenset(_STATES_WORDS.split())
_PASSIVE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being|isn['’]t|aren['’]t|wasn['’]t|weren['’]t)\s+"
    r"(?:(?:not|never|always|often|usually|sometimes|only|also|still|now|then|already|first|being|been|most|best|just|"
    r"\w+ly)\s+){0,3}"
    rf"((?:re)?(?:{_IRREGULAR})|\w{{2,}}ed)\b(?!-|\s+to\s+\w+ing\b)(\s+(?:\w+ly\s+)?by\b)?",
    re.IGNORECASE,
)


def _check_voice(section: dict[str, Any]) -> Iterator[Finding]:
    text = section["plain"]
    for sentence in sentences(text):
        found = None if sentence.kind in ("heading", "quotation", "cell") else _passive(sentence.text)
        if found:
            message = _("“%(heading)s” says “%(words)s”. Say who does it, or tell the reader what to do.")
            start, end = sentence.start + found.start(), sentence.start + found.end()
            named = {"heading": section["heading"], "words": " ".join(found[0].split())}
            yield Finding("passive-voice", message % named, section["key"], "plain", text[start:end], start, end)


def _passive(sentence: str) -> re.Match[str] | None:
    """Return the first verb in the passive. `By` makes a deed of what else is a state: `blocked by a clot`."""
    for found in _PASSIVE.finditer(sentence):
        if found[2] or found[1].lower() not in _STATES:
            return found
    return None


def _at(sentence: Sentence, rule: str, message: Message, section: dict[str, Any], audience: str) -> Finding:
    words = section[audience][sentence.start : sentence.end]
    return Finding(rule, message, section["key"], audience, words, sentence.start, sentence.end)
