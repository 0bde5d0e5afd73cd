"""Whether the wording is as sure as the evidence (MEDICAL.md §7 S11): GRADE's certainty and strength against verbs."""

import re
from collections.abc import Iterator
from typing import Any

from articles.text.checks.finding import Context, Finding
from articles.text.checks.prose import Sentence, sentences
from articles.text.messages import Message
from articles.text.messages import gettext_noop as _

RULES = {"hedging-mismatch": _("The wording is more certain, or less certain, than the evidence")}

# How sure a clause sounds, and how sure the evidence lets it be: 4 reduces, 3 probably, 2 may, 1 very uncertain.
_ALLOWED = {"high": 5, "moderate": 3, "low": 2, "very_low": 1}
_GRADES = {"high": _("high"), "moderate": _("moderate"), "low": _("low"), "very_low": _("very low")}
_WORDING = {
    "high": _("“reduces”"),
    "moderate": _("“probably reduces”"),
    "low": _("“may reduce”"),
    "very_low": _("“we are very uncertain whether it reduces”"),
}

_STEM = (
    "abolish|avert|benefit|boost|clear|control|cur|cut|decreas|delay|doubl|eas|eliminat|halv|heal|help|improv"
    "|increas|lengthen|lessen|lower|prevent|prolong|protect|rais|reduc|reliev|remov|save|shorten|slow|speed|stop"
    "|strengthen|treat|trigger|worsen"
)
# A claim about now: `it reduces`, `statins reduce`, `it will reduce`, `is effective`; not `reduce your dose`.
_CLAIM = re.compile(
    rf"\b(?P<verb>(?:(?:{_STEM})e?s|works|(?:leads?|results?) (?:to|in) (?:fewer|less|more|lower|higher|better))\b)"
    rf"|(?P<will>\b(?:will|does(?: not|n['’]t)?|do(?: not|n['’]t)|can(?: not|not)?|could|may|might|would)(?: not"
    rf"| also| \w+ly)*"
    rf"\s+(?:(?:{_STEM})e?|be effective|work|\w+ (?:better|longer|less|more)|make\s+\S+\s+(?:less|more|\w+er)"
    rf"|have (?:no|little|an|a \w+) (?:effect|benefit))\b)"
    rf"|(?<=[a-z]s )(?P<base>(?:{_STEM})e?\b)(?!\s+(?:of|in|with)\b)|\b(?:they|these|both|which|that"
    rf"|who) (?P<they>(?:{_STEM})e?\b)"
    r"|\b(?P<is>(?:is|are|was|were) (?:(?:not|more|less|highly|very|clearly|\w+ly) )*(?:effective|beneficial"
    r"|superior|inferior"
    r"|better than|worse than|harmful|ineffective|safer than))\b"
    r"|\b(?P<has>(?:has|have|makes?) (?:no|little|a (?:large|small|clear|major|strong)) (?:effect|benefit|difference)"
    r"|(?:has|have|live with) (?:fewer|less|milder) \w+|makes? (?:\S+ ){1,3}(?:less|more) (?:likely|frequent|severe"
    r"|common))\b"
    rf"|\b(?P<likely>(?:is|are) (?:very |more )?likely to (?:{_STEM})e?)\b|(?<=[a-z]s )(?P<well>work (?:well|better))\b"
    r"|\b(?P<proof>(?:proven|proved|shown|known) to (?:\w+ly )?\w+)\b"
    rf"|(?P<past>\b(?:reduced|lowered|prevented|improved|increased|decreased|relieved|eliminated|halved|cured|shortened"
    r"|protected|worsened)\b)(?=\s+(?!by\b|in\b|dose|risk of bias|to\b|from\b)\w)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[;:–—]|,(?=\s)|\b(?:but|although|though|while|whereas|because|and then)\b", re.IGNORECASE)
_UNCERTAIN = re.compile(
    r"\b(?:very )?uncertain(?:ty)?\b|\bun(?:clear|known|sure|proven)\b|\bnot (?:known|clear|certain|sure|enough"
    r"|established)\b"
    r"|\b(?:do(?:es)? not|don['’]t|cannot|can['’]t|could not|nobody(?: \w+)?|no one) (?:yet )?(?:know|say|tell|knows"
    r"|show)\b"
    r"|\b(?:insufficient|too little|too few|very little|no good|poor) (?:evidence|studies|trials|research|data)\b"
    r"|\bvery low[- ]certainty\b|\bwhether\b",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"\b(?:may|might|could|can|possibl[ye]|perhaps|seems?|appears?|suggest(?:s|ed|ing)?|hints?|limited evidence"
    r"|sometimes"
    r"|low[- ]certainty|some evidence|some people|some patients)\b",
    re.IGNORECASE,
)
_PROBABLY = re.compile(
    r"\b(?:probabl[ye]|(?<!less )(?<!more )likely|moderate[- ]certainty|usually|often|should|expected)\b", re.IGNORECASE
)
_SURE = re.compile(
    r"\b(?:prov(?:es?|en|ed)(?: to)?|definite(?:ly)?|certainly|undoubtedly|unquestionably|conclusive(?:ly)?|clearly"
    r"|always"
    r"|without (?:a )?doubt|no doubt|beyond doubt|it is certain|guarantees?)\b",
    re.IGNORECASE,
)
# What a trial saw is a report, not a claim; neither is a purpose, a condition, a question or a warning to act.
_REPORT = re.compile(
    r"\d|\b(?:trials?|study|studies|participants?|placebo|review(?:ed)?|compared|cohort|group)\b", re.IGNORECASE
)
_NO_CLAIM = re.compile(
    r"\b(?:to|how|what|why|(?:if|unless|whether|until|when|once)(?:\s+\w+){0,4}|(?:doctor|nurse|pharmacist"
    r"|team)s?)\s*$",
    re.IGNORECASE,
)
# `Benefits and harms`, `than controls`: words that are nouns as well.
_NOUN = re.compile(
    r"(?:benefits?|controls?|increases?|decreases?|delays?|triggers?|cuts?|stops?|helps?)\b", re.IGNORECASE
)
_BEFORE_NOUN = re.compile(
    r"(?:^|\b(?:the|an?|of|and|or|than|with|in|for|its|their|these|those|no|any|some|few|more|most|small|large|great"
    r"|such|your|other"
    r"|health|possible|potential|main|both)\s+|[^\w\s]\s*$)$",
    re.IGNORECASE,
)


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield wording that is surer than a section's certainty or strength, or less sure by two steps of certainty."""
    if not content.get("language", "en").startswith("en"):
        return
    for section in content["sections"]:
        for audience in ("professional", "plain"):
            if section.get("certainty"):
                yield from _check_certainty(section, audience)
            if section.get("strength"):
                yield from _check_strength(section, audience)


def _check_certainty(section: dict[str, Any], audience: str) -> Iterator[Finding]:
    certainty = section["certainty"]
    allowed = _ALLOWED.get(certainty, 5)
    parts = [one for one in sentences(section[audience]) if one.kind not in ("heading", "quotation")]
    says_uncertain = any(_UNCERTAIN.search(one.text) for one in parts)
    for sentence in parts:
        for start, end, level in _claims(sentence.text):
            # `May reduce` is not too much where the text says how uncertain the evidence is.
            if level > allowed and not (allowed == 1 and level == 2 and says_uncertain):
                message = _(
                    "“%(heading)s” says “%(words)s”: more certain than its evidence (%(grade)s certainty). Say "
                    "%(like)s."
                )
            elif certainty == "high" and level <= 2 and _is_hedged_effect(sentence.text, start):
                message = _(
                    "“%(heading)s” says “%(words)s”: less certain than its evidence (%(grade)s certainty). Say "
                    "%(like)s."
                )
            else:
                continue
            graded = {"like": _WORDING[certainty], "grade": _GRADES[certainty]}
            yield _finding(message, section, audience, sentence, start, end, **graded)


def _claims(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and sureness of every claim of an effect in a sentence."""
    if text.endswith("?"):
        return
    sure_before = 0
    for claim in _CLAIM.finditer(text):
        before = text[: claim.start()]
        if _NO_CLAIM.search(before) or (_NOUN.match(claim[0]) and _BEFORE_NOUN.search(before)):
            continue
        if claim["proof"] and re.search(r"\b(?:not|never|n['’]t)(?: \w+)?\s+$", before):
            continue
        if claim["past"] and (_REPORT.search(text) or _is_adjective(claim)):
            continue
        clause_start, clause = _clause(text, claim)
        start = claim.start(claim.lastgroup or 0)
        sure = _SURE.search(text, clause_start, claim.end())
        if _UNCERTAIN.search(text):
            level = 1
        elif claim["proof"] or (sure and not re.search(r"\bnot\s+$", text[: sure.start()])):
            start, level = min(sure.start() if sure else start, start), 5
        elif _MAY.search(clause):
            level = 2
        elif _PROBABLY.search(clause):
            level = 3
        else:
            level = 4
        if start >= sure_before:
            yield start, claim.end(), level
        sure_before = claim.end()


def _clause(text: str, claim: re.Match[str]) -> tuple[int, str]:
    """Return where the clause of a claim starts, and its words."""
    start = 0
    end = len(text)
    for mark in _CLAUSE_END.finditer(text):
        if mark.end() <= claim.start():
            # What opens a sentence holds for all of it: `Probably, it …`, `In this review it seems that, …`.
            start = mark.end() if not _opens(text[: mark.end()]) else start
        elif mark.start() >= claim.end():
            end = mark.start()
            break
    return start, text[start:end]


def _opens(words: str) -> bool:
    return len(words.split()) <= 4 and bool(_MAY.search(words) or _PROBABLY.search(words))


def _is_adjective(claim: re.Match[str]) -> bool:
    """Say whether `reduced` is a state: `with reduced kidney function`, `was increased`."""
    before = claim.string[: claim.start()].rstrip().rpartition(" ")[2].lower()
    return before in {
        "a",
        "an",
        "the",
        "with",
        "of",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "your",
        "for",
        "by",
        "in",
        "has",
        "have",
        "had",
        "and",
    }


def _is_hedged_effect(text: str, start: int) -> bool:
    """Say whether a claim is hedged by its own verb; `you may reduce the dose` is leave, not doubt."""
    is_leave = re.search(r"\b(?:you|we|patients|people|adults)\s+$", text[:start], re.IGNORECASE)
    return bool(re.match(r"(?:may|might|could)\b", text[start:], re.IGNORECASE)) and not is_leave


# Who recommends, so that `the results suggest` is not taken for advice.
_WHO = r"(?:we|guidelines?|panel|experts?|doctors?|specialists?|society|committee|authors|board|college|it|who)"
_RECOMMENDS = re.compile(
    r"\b(?:strong(?:ly)? )?recommend(?:s|ed|ation to)?\b(?!\s+against\s+the\s+routine)|\bstrongly (?:advise[sd]?"
    r"|suggest(?:s|ed)?|urged?)\b"
    r"|\b(?:should|must|has to|have to|needs? to)(?: always| all| be)*\s+(?:be )?(?:given|offered|started|treated"
    r"|prescribed|receive|take"
    r"|start|offer|prescribe|get|give|have)\b"
    r"|\bis (?:mandatory|essential|the treatment of choice)\b",
    re.IGNORECASE,
)
_SOFTENED = re.compile(
    r"\b(?:conditional(?:ly)?|weak(?:ly)?|cautious(?:ly)?|not|cannot|no|n['’]t|neither|dose|daily)\b", re.IGNORECASE
)
_SUGGESTS = re.compile(
    rf"\b{_WHO}(?: \w+){{0,2}} (?:suggests?|suggested)\b(?! that (?:the )?(?:evidence|results?))"
    r"|\b(?:is|are) (?:conditionally |weakly )?suggested\b|\b(?:conditional(?:ly)?|weak(?:ly)?) recommend\w*"
    r"|\b(?:may|might|could|can) (?:be )?(?:considered?|offered|tried|try|an option)\b",
    re.IGNORECASE,
)


def _check_strength(section: dict[str, Any], audience: str) -> Iterator[Finding]:
    is_strong = section["strength"] == "strong"
    for sentence in sentences(section[audience]):
        if sentence.kind in ("heading", "quotation") or sentence.text.endswith("?"):
            continue
        for found in (_SUGGESTS if is_strong else _RECOMMENDS).finditer(sentence.text):
            if not is_strong and _SOFTENED.search(sentence.text[max(0, found.start() - 30) : found.end() + 6]):
                continue
            if is_strong:
                message = _("“%(heading)s” says “%(words)s”: weaker than its strong recommendation. Write “recommend”.")
            else:
                message = _(
                    "“%(heading)s” says “%(words)s”: stronger than its conditional recommendation. Write “suggest”."
                )
            yield _finding(message, section, audience, sentence, found.start(), found.end())


def _finding(
    message: Message,
    section: dict[str, Any],
    audience: str,
    sentence: Sentence,
    start: int,
    end: int,
    **graded: Message,
) -> Finding:
    start, end = sentence.start + start, sentence.start + end
    words = section[audience][start:end]
    message = message % {"heading": section["heading"], "words": " ".join(words.split()), **graded}
    return Finding("hedging-mismatch", message, section["key"], audience, words, start, end)
