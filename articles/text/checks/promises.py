"""Words that promise too much, and medicines named by their brand alone (MEDICAL.md §7 S18)."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from articles.text import lexicon
from articles.text.checks.finding import Context, Finding
from articles.text.checks.prose import Sentence, sentences
from articles.text.messages import gettext_noop as _

RULES = {
    "absolute-claim": _("The wording promises more than medicine can"),
    "brand-name-only": _("A medicine is named by its brand name only"),
}

_NAME = re.compile(r"(?<![\w-])[A-Z]\w+(?:-[A-Z]\w+)?")

# A sentence without any of these promises nothing: looking for them first is much faster.
_HINT = re.compile(
    r"cure|curat|heal|guarant|foolproof|fail|infallib|mirac|wonder|magic|changer|safe|risk|danger|harm|side[- ]effect"
    r"|adverse|always|every|completely|totally|permanent|fully|100|instant|never|nothing|best|only|recover|better|well"
    r"|benefit|respond|all|any|zero|perfect|worry|downside|drawback|effective|suitable",
    re.IGNORECASE,
)
_PROMISES = re.compile(
    r"\b(?:"
    r"(?P<cure>cures?\b(?!\s+(?:rates?|was|were|in\s+\d|most|many|some|about|up to|nearly|almost|only))"
    r"|will (?:all )?be cured|(?:complete|permanent|total|lasting) cure|curative for all"
    r"|heals? completely)"
    r"|(?P<sure>guarantee(?:s|d)?|guaranteed to|foolproof|fail-?safe|infallible|never fails?|cannot fail|can['’]t fail)"
    r"|(?P<wonder>miracles?|miraculous(?:ly)?|wonder[- ](?:drug|pill|cure)s?|magic (?:bullet|pill|cure)s?"
    r"|game[- ]changer"
    r"|breakthrough cure)"
    r"|(?P<safe>(?:completely|totally|perfectly|entirely|absolutely|fully|always|100\s?%|(?:100|a hundred"
    r"|one hundred) per ?cent) (?:safe"
    r"|harmless|risk[- ]free"
    r"|effective|reliable|natural and safe|successful|curable)|risk[- ]free|without (?:any )?(?:risks?|danger)"
    r"|never (?:dangerous|harmful|fatal)|no (?:downsides?|drawbacks?|danger)|nothing to worry about"
    r"|no risks?(?: at all| whatsoever)?(?! of| factors?|\s+that|\s+to)|zero risks?"
    r"|(?:safe|works?|effective|suitable|good) (?:for|in) (?:everyone|everybody|all (?:people|patients|adults|women"
    r"|men|children))"
    r"|safe (?:in|at) any dose)"
    r"|(?P<harm>(?:no|zero|free (?:of|from)|without(?: any)?|does not have any|has no|have no"
    r"|never causes?) (?:known |serious )?"
    r"(?:side[- ]effects?|adverse (?:effects?|events?|reactions?)|harms?))"
    r"|(?P<always>always (?:works?|helps?|cures?|effective|successful|prevents?|stops?|relieves?)"
    r"|(?:works?|helps?|succeeds?|effective) (?:every (?:single )?time|in every (?:case|patient|person)"
    r"|in all (?:cases|patients)|100\s?% of the time)"
    r"|(?:completely|totally|permanently|fully) (?:eliminates?|prevents?|cures?|removes?|reverses?|gets? rid of"
    r"|stops?|protects?)"
    r"|100\s?% (?:protection|success|cure|of (?:people|patients) (?:are|were) cured)|instant(?:ly)? (?:relief|cures?"
    r"|relieves?)"
    r"|(?:will|can) never (?:come back|return|get)|nothing can go wrong|best (?:treatment|medicine|drug"
    r"|cure) (?:in the world|ever|there is|of all)|only (?:treatment|medicine|drug|thing) that works"
    r"|(?:all (?:patients|people|women|men|children)|everyone|everybody) (?:will )?(?:recovers?|gets? (?:better"
    r"|well)|(?:is|are|be) cured|benefits?|responds?)"
    r"|(?:prevents?|stops?|eliminates?|removes?|cures?|ends?) (?:all|every|any) (?:\w+ )?(?:attacks?|pain|risks?"
    r"|symptoms?"
    r"|infections?|disease|illness|cancers?|headaches?)|eliminates? (?:the|your) risk|(?:will|you['’]ll) never \w+"
    r" (?:\w+ ){0,3}again|zero chance|perfect (?:cure|treatment|solution|medicine)|no need to worry"
    r"|(?:definitely|certainly|surely) (?:get|be|feel) (?:better|well|cured|healed|safe))"
    r")\b(?!\w)",
    re.IGNORECASE,
)
# What takes a promise back, before it in the same clause …
_DENIED = re.compile(
    r"\b(?:no|not|never|nor|neither|cannot|without|nobody|nothing|none|few|rarely|hardly|(?:is|does|do|did|ca|wo|are"
    r"|was)n['’]t)\s+"
    r"(?:\w+\s+){0,4}$"
    r"|\b(?:whether|if|myth|claims?|claimed|beware|false|untrue|misleading|advert\w*|promis\w*|aims?|hope\w*|goal"
    r"|towards?|search for"
    r"|try to|tries to|attempt to|intent|chance of|weighs?|alleged(?:ly)?|so-called)\b(?:[^.;]{0,60})$",
    re.IGNORECASE,
)
# … or after it: `a cure does not exist`, `no medicine is risk-free`.
_TAKEN_BACK = re.compile(
    r"^\W{0,3}(?:does not|do not|doesn['’]t|don['’]t|has not|have not|is not|are not|isn['’]t|cannot"
    r"|for\s+\w+\s+(?:does not|is not)"
    r"|is unlikely|rates?\b|is (?:a|an) (?:goal|aim|hope)|in \d|\d)",
    re.IGNORECASE,
)
_REPORTED = re.compile(r"\b(?:trial|study|studies|review|group|women|men|people|patients)\b.*\d|\d\s?%", re.IGNORECASE)
_NO_MEDICINE = re.compile(
    r"\b(?:no|not (?:a single|any|one|all|every)) (?:\w+ ){0,2}(?:medicines?|drugs?|treatments?|vaccines?|tests?"
    r"|operations?|tablets?|pills?"
    r"|surgery|procedures?|methods?|therap(?:y|ies)|inhalers?)\b",
    re.IGNORECASE,
)


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield promises, and brand names whose substance the section does not name."""
    for section in content["sections"]:
        for audience in ("professional", "plain"):
            text = section[audience]
            for sentence in sentences(text):
                if sentence.kind != "quotation":
                    yield from _check_promises(sentence, section, audience)
            yield from _check_brands(section, audience)


def _check_promises(sentence: Sentence, section: dict[str, Any], audience: str) -> Iterator[Finding]:
    if not _HINT.search(sentence.text):
        return
    for found in _PROMISES.finditer(sentence.text):
        if _is_fair(sentence.text, found):
            continue
        start, end = sentence.start + found.start(), sentence.start + found.end()
        words = section[audience][start:end]
        message = _(
            "“%(heading)s” says “%(words)s”. Say what is known: how many people it helps, and how often it harms."
        )
        named = {"heading": section["heading"], "words": " ".join(words.split())}
        yield Finding("absolute-claim", message % named, section["key"], audience, words, start, end)


def _is_fair(text: str, found: re.Match[str]) -> bool:
    """Say whether the words deny the promise, report a count, or ask."""
    before, after = text[: found.start()], text[found.end() :]
    clause = re.split(r"[;:]|,\s+(?:but|and|so)\b", before)[-1]
    if text.rstrip().endswith("?") or _DENIED.search(clause) or _TAKEN_BACK.match(after) or _NO_MEDICINE.search(clause):
        return True
    if found.lastgroup == "harm":
        # `27 people had no side effects` is a count, `if you have no side effects` a condition.
        if re.match(r"\s+(?:were|was|have been|had been)\b", after):
            return True  # `no side effects were seen`
        return bool(
            re.search(
                r"\b(?:if|when|until|once|had|most|many|some|half)\b|\d\s*(?:%|people|patients|women|men)?\s*$",
                clause,
                re.IGNORECASE,
            )
        )
    if found.lastgroup == "cure":
        if re.search(r"\b(?:may|might|could|can|sometimes|often|usually)\s+(?:\w+\s+)?$", clause, re.IGNORECASE):
            return True  # hedged: no promise
        return bool(_REPORTED.search(text)) or bool(
            re.search(r"\b(?:a|the|for|to|of)\s+$", before)
            and found[0].lower() == "cure"
            and re.match(r"\s*(?:against|is the goal|rate)", after)
        )
    return False


def _check_brands(section: dict[str, Any], audience: str) -> Iterator[Finding]:
    """Yield the first use of each brand in a text that nowhere names what is in it."""
    parts = sentences(section[audience])
    uses = [(sentence, found) for sentence in parts for found in _brands_in(sentence.text)]
    if not uses:
        return
    whole = " ".join(sentence.text for sentence in parts).lower()
    seen: set[str] = set()
    for sentence, found in uses:
        generics = _brands()[found[0].lower()]
        if found[0].lower() in seen or any(_has_word(whole, generic.lower()) for generic in generics):
            continue
        seen.add(found[0].lower())
        start, end = sentence.start + found.start(), sentence.start + found.end()
        words = section[audience][start:end]
        message = _("“%(heading)s” uses the brand name %(brand)s. Give the generic name too: %(generic)s.")
        named = {"heading": section["heading"], "brand": words, "generic": generics[0]}
        yield Finding("brand-name-only", message % named, section["key"], audience, words, start, end)


def _brands_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the brands in a sentence: they are written with a capital."""
    for word in _NAME.finditer(text):
        if word[0].lower() in _brands():
            yield word


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}", text) is not None


@cache
def _brands() -> dict[str, list[str]]:
    """The substances of each brand, by its name in lower case."""
    listed = lexicon.table("brands")["brands"]
    return {name.lower(): generics for name, generics in listed.items()}
