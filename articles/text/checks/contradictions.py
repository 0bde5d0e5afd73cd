"""Whether an article contradicts itself (MEDICAL.md §7, S13): lines of therapy, doses, directions of one drug."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.text.checks.finding import Context, Finding
from articles.text.statements.bounds import MOST, START
from articles.text.statements.quantities import Quantity, Stated, stated_in
from articles.text.statements.visible_words import Sentence

RULES = {"contradiction": gettext_noop("Two passages contradict each other")}

_CONDITIONS = (
    "neuropathic pain|nerve pain|diabetic neuropathy|postherpetic neuralgia|trigeminal neuralgia|fibromyalgia"
    "|migraine|cluster headache|headache"
    "|low back pain|back pain|osteoarthritis|rheumatoid arthritis|gout|osteoporosis|hypertension"
    "|high blood pressure|heart failure|atrial fibrillation"
    "|angina|myocardial infarction|heart attack|stroke|venous thromboembolism|deep vein thrombosis"
    "|pulmonary embolism|type 1 diabetes|type 2 diabetes"
    "|gestational diabetes|diabetes|obesity|hypothyroidism|hyperthyroidism|asthma|copd|pneumonia|bronchitis"
    "|sinusitis|otitis media|sore throat"
    "|tonsillitis|cystitis|urinary tract infection|pyelonephritis|cellulitis|acne|rosacea|eczema|psoriasis"
    "|depression|anxiety|panic disorder"
    "|bipolar disorder|schizophrenia|insomnia|adhd|epilepsy|seizures?|parkinson|dementia|alzheimer"
    "|multiple sclerosis|nausea|vomiting|reflux"
    "|peptic ulcer|irritable bowel|crohn|ulcerative colitis|constipation|diarrhoea|diarrhea|anaemia|anemia|malaria"
    "|hiv|influenza|covid|shingles"
    "|chronic kidney disease|endometriosis|menopause|contraception|breast cancer|prostate cancer"
)
_CONDITION = re.compile(rf"\b(?:{_CONDITIONS})\b")
# Whom or when a statement is limited to: two limited statements contradict only with the same limits.
_LIMIT = re.compile(
    r"\b(?:if|when|unless|except|children|child|infants?|older|elderly|frail|pregnan\w*|breast-?feeding|renal"
    r"|kidneys?|hepatic|liver|clearance|egfr|dialysis"
    r"|aged?|weigh\w*|women|men|severe|mild|moderate|resistant|intolerant|allerg\w*|also take\w*|who (?:take|have"
    r"|are)|combined with|together with|in place of"
    r"|instead of|alone|monotherapy|alternative|some patients|injection|intravenous|extended-release"
    r"|modified-release|immediate-release|label|guideline)\b"
)
_DOSE_LIMIT = re.compile(_LIMIT.pattern.replace(r"|label|guideline", ""))
_LINES = (
    (
        re.compile(
            r"\bfirst[- ]line\b|\bfirst choices?\b|\bcomes? first\b|\bprimary (?:treatment|therapy|therapies|drug)s?\b"
        ),
        1,
    ),
    (re.compile(r"\bsecond[- ]line\b|\bsecond choices?\b|\bcomes? second\b"), 2),
    (re.compile(r"\bthird[- ]line\b|\bthird choices?\b|\bcomes? third\b|\blast[- ]line\b|\blast resort\b"), 3),
)
_NOT_LINE = re.compile(r"\b(?:not|no longer|never)\b[^,;:.]{0,30}\Z")
_CLAUSE = re.compile(r";|,? (?:while|whereas|but|although|though)\b|\. ")
_LINE_CLAUSE = re.compile(
    rf"{_CLAUSE.pattern}|,? and (?=[\w -]{{3,40}} (?:is |are |as )?(?:a |the )?(?:second|third|first"
    rf"|last)[- ](?:line|choice))"
)
_AFTER_ANOTHER = re.compile(
    r"\b(?:after|fail\w*|instead of|rather than|than|over|before|unlike|replac\w*|in place of|respond\w* to)\b"
)

_FOR = re.compile(
    r"\b(?:is|are|was|were|be) (?:strongly |now |also |generally )?(?:recommended|advised|suggested|indicated"
    r"|preferred)\b|\brecommends?\b|\bwe (?:recommend|suggest|advise)\b"
    r"|\bshould be (?:used|offered|given|started|tried)\b"
)
_AGAINST = re.compile(
    r"\bnot (?:\w+ ){0,2}?(?:recommended|advised|suggested|indicated|be used|be offered|be given|be started)\b"
    r"|\b(?:recommend\w*|advis\w*|guidance|guidelines?) against\b"
    r"|\bshould be avoided\b|\bcontra-?indicated\b|\bno longer (?:recommended|advised)\b|\bnot recommend\b"
)
# Advice at the beginning of a sentence.
_DO = re.compile(r"(?:use|give|offer|prescribe|choose|recommend)\b")
_DO_NOT = re.compile(r"(?:avoid|(?:do not|don't|never) (?:use|give|offer|prescribe|choose|recommend))\b")
_WITH_FOOD = re.compile(r"\b(?:with (?:or after )?(?:food|meals?|a meal)|after (?:food|meals?|a meal|eating))\b")
_WITHOUT_FOOD = re.compile(
    r"\b(?:not (?:be )?(?:taken|given|swallowed|take|give)?[ ]?with (?:food|meals?|a meal)"
    r"|without (?:food|meals?|a meal)"
    r"|(?:on|with) an empty stomach|before (?:food|meals?|a meal|eating|breakfast))\b"
)
_ANY_FOOD = re.compile(r"\bwith or without\b|\bregardless\b|\bwhether or not\b")
_TAKEN = re.compile(r"\b(?:tak(?:e|en|es|ing)|give(?:n)?|swallow(?:ed)?|administered)\b")
_UP = r"increases?|increased|raises?|raised|worsens?|more"
_DOWN = r"reduces?|reduced|lowers?|lowered|decreases?|decreased|cuts?|prevents?|prevented|fewer|less"
_EFFECT = re.compile(
    rf"\b(?P<no>(?:does|do|did|has|have) not |not |no )?(?:(?P<up>{_UP}|increase|raise|worsen)|(?P<down>{_DOWN}"
    rf"|reduce|lower|decrease|cut|prevent))\b(?P<what>[^.;:,]{{3,60}})"
)
_OUTCOMES = re.compile(
    r"\b(?:bleeding|strokes?|flares?|rash(?:es)?|deaths?"
    r"|mortality|pain|falls|weight|blood pressure|seizures|infections?"
    r"|hypoglyc\w+|heart attacks?|myocardial infarction|fractures?"
    r"|relapses?|hospital\w*|cough|nausea|dizziness|sedation|sleepiness|potassium|sodium|creatinine|blood sugar"
    r"|glucose|cholesterol|ldl|clots?|thrombosis|dementia"
    r"|cancer|suicid\w+|attacks|symptoms|swelling|headaches?|insomnia|anxiety)\b"
)
_SIMILAR = re.compile(
    r"\b(?:similar|equal|the same|comparable|equivalent) (?:efficacy|effectiveness|benefits?|effect)\b"
    r"|\bequally effective\b|\b(?:as|equally) (?:effective|well) as\b|\bwork(?:s|ed)? (?:about |equally "
    r"|just )?as well\b"
)
_WEAKER = re.compile(
    r"\b(?:efficacy|effectiveness|benefits?)\b[^.;]{0,60}\b(?:lower|less|smaller|weaker|poorer)\b"
    r"|\bless effective\b|\blower (?:efficacy|effectiveness)\b|\b(?:work|works|worked) less well\b|\binferior to\b"
)
_STRONGER = re.compile(
    r"\bmore effective\b|\b(?:higher|greater|better) (?:efficacy|effectiveness)\b|\bsuperior to\b|\b(?:work|works"
    r"|worked) better\b"
)
_USELESS = re.compile(
    r"\bnot (?:\w+ ){0,4}?effective\b|\bineffective\b|\bno (?:proven |clear )?(?:efficacy|effect|benefit)\b"
    r"|\bdo(?:es)? not work\b"
)
_USEFUL = re.compile(
    r"(?<!not )(?<!less )(?<!more )(?<!equally )\b(?:is|are|be|been|was|were) (?:\w+ ){0,2}?effective\b"
)
_OR = re.compile(r"\A[^.;:]{0,40}\bor[ ]\Z")
_MAXIMUM = re.compile(
    r"\bmax(?:imum|imal)?\b|\bexceed|\bno more than\b|\bnever (?:take |give )?more than\b|\bhighest\b"
    r"|\bnot (?:take )?more than\b|\bmost you\b"
)


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a sentence says of one drug, in a form that another sentence can contradict."""

    drug: str
    aspect: str
    value: Any
    conditions: frozenset[str]
    limits: frozenset[str]
    section: int
    sentence: Sentence
    words: str


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield each statement that contradicts an earlier one of the same article and audience, at the later one."""
    for audience in ("professional", "plain"):
        statements = [
            statement
            for number, section in enumerate(content["sections"])
            for statement in _statements(number, stated_in(content, section, audience))
        ]
        yield from _contradictions(statements, content, audience)


def _contradictions(statements: list[_Statement], content: dict[str, Any], audience: str) -> Iterator[Finding]:
    earlier: dict[tuple[str, str], list[_Statement]] = {}
    told: set[tuple[int, int]] = set()
    for statement in statements:
        known = earlier.setdefault((statement.drug, statement.aspect), [])
        place = (statement.section, statement.sentence.start)
        against = next((one for one in known if _contradict(one, statement)), None)
        if against is not None and place not in told:
            told.add(place)
            yield _finding(statement, against, content, audience)
        known.append(statement)


def _finding(later: _Statement, earlier: _Statement, content: dict[str, Any], audience: str) -> Finding:
    section = content["sections"][later.section]
    text = section[audience]
    start, end = later.sentence.start, later.sentence.end
    words = text[start:end].rstrip()
    named = {"drug": later.drug, "heading": content["sections"][earlier.section]["heading"], "words": earlier.words}
    message = _(
        "This contradicts what “%(heading)s” says of %(drug)s: “%(words)s”. Say which holds, and why they differ."
    )
    return Finding("contradiction", message % named, section["key"], audience, words, start, start + len(words))


def _contradict(one: _Statement, other: _Statement) -> bool:
    if one.section == other.section and one.sentence is other.sentence:
        return False
    if one.conditions and other.conditions and not one.conditions & other.conditions:
        return False
    if one.limits != other.limits:
        return False
    return _OPPOSED[one.aspect.partition(":")[0]](one, other)


def _lines_differ(one: _Statement, other: _Statement) -> bool:
    mine, theirs = set(one.value), set(other.value)
    if any(-value in theirs for value in mine):
        return True
    return not mine & theirs and min(*mine, *theirs) > 0


def _doses_differ(one: _Statement, other: _Statement) -> bool:
    return all(high < low or other_high < mine_low for mine_low, high in one.value for low, other_high in other.value)


def _directions_differ(one: _Statement, other: _Statement) -> bool:
    # A direction is only turned where both speak of the same condition.
    return bool(one.conditions & other.conditions) and one.value != other.value


def _values_differ(one: _Statement, other: _Statement) -> bool:
    return bool(one.value != other.value)


_OPPOSED = {
    "line": _lines_differ,
    "start": _doses_differ,
    "maximum": _doses_differ,
    "advice": _directions_differ,
    "effect": _values_differ,
    "efficacy": _values_differ,
    "works": _values_differ,
    "food": _values_differ,
}


def _statements(number: int, text: Stated) -> Iterator[_Statement]:
    reading = text.reading
    doses: dict[tuple[int, str, str], _Statement] = {}
    for sentence in reading.sentences:
        words = reading.lower[sentence.start : sentence.end]
        make = _Maker(number, sentence, words, text)
        yield from make.lines()
        if sentence.drugs:
            yield from make.advice()
            yield from make.effects()
            yield from make.efficacy()
            yield from make.food()
    previous: tuple[Quantity, _Statement] | None = None
    for quantity in text.quantities:
        statement = _dose_statement(number, quantity, text)
        is_other_way = previous is not None and _OR.search(reading.lower[previous[0].end : quantity.start])
        if statement is None and previous is not None and quantity.total and is_other_way:
            # "500 mg twice daily or 850 mg once daily": another way of the same start.
            statement = _with_value(previous[1], (quantity.total,))
        previous = (quantity, statement) if statement is not None else previous
        if statement is not None:
            key = (statement.sentence.start, statement.drug, statement.aspect)
            known = doses.get(key)
            values = (*known.value, *statement.value) if known else statement.value
            doses[key] = _with_value(statement, values)
    yield from doses.values()


def _with_value(statement: _Statement, value: Any) -> _Statement:
    return _Statement(
        statement.drug,
        statement.aspect,
        value,
        statement.conditions,
        statement.limits,
        statement.section,
        statement.sentence,
        statement.words,
    )


class _Maker:
    """Makes the statements of one sentence."""

    def __init__(self, number: int, sentence: Sentence, words: str, text: Stated) -> None:
        self._number = number
        self._sentence = sentence
        self._words = words
        self._text = text
        self._shown = _shown(text, sentence)
        self._conditions = frozenset(_CONDITION.findall(words))

    def lines(self) -> Iterator[_Statement]:
        """Yield the line of therapy of each drug: said in its clause, or by the line that opens its list."""
        has_line = any(pattern.search(self._words) for pattern, _line in _LINES)
        if not has_line:
            lines = self._opening_lines()
            if lines and self._sentence.drugs:
                yield from self._of(
                    self._sentence.drugs[:1] if _AFTER_ANOTHER.search(self._words) else self._sentence.drugs,
                    "line",
                    lines,
                )
            return
        start = 0
        for end in [*(match.start() for match in _LINE_CLAUSE.finditer(self._words)), len(self._words)]:
            clause = self._words[start:end]
            lines = _lines_in(clause)
            if lines:
                yield from self._of(self._drugs_within(start, end, clause), "line", lines)
            start = end

    def _opening_lines(self) -> tuple[int, ...]:
        intro = self._text.reading.blocks[self._sentence.block].intro
        if intro < 0 or self._sentence.kind != "item":
            return ()
        block = self._text.reading.blocks[intro]
        words = self._text.reading.lower[block.start : block.end].rstrip()
        last = words[words.rfind(". ") + 1 :]
        return _lines_in(last) if words.endswith(":") else ()

    def _drugs_within(self, start: int, end: int, clause: str) -> list[Any]:
        other = _AFTER_ANOTHER.search(clause)
        limit = start + other.start() if other else end
        offset = self._sentence.start
        return [mention for mention in self._sentence.drugs if start <= mention.start - offset < limit]

    def advice(self) -> Iterator[_Statement]:
        if not self._conditions:
            return
        is_against = _AGAINST.search(self._words) or _DO_NOT.match(self._words)
        is_for = _FOR.search(self._words) or _DO.match(self._words)
        value = "against" if is_against else "for" if is_for else ""
        if value:
            yield from self._of(self._sentence.drugs[:1], "advice", value)

    def effects(self) -> Iterator[_Statement]:
        for match in _EFFECT.finditer(self._words):
            outcome = _OUTCOMES.search(match["what"])
            subject = [
                mention for mention in self._sentence.drugs if mention.end <= self._sentence.start + match.start()
            ]
            if outcome is None or not subject or match[0].startswith(("more", "less", "fewer")):
                continue
            value = "no change" if match["no"] else "up" if match["up"] else "down"
            yield from self._of(subject, f"effect:{outcome[0].rstrip('s')}", value)

    def efficacy(self) -> Iterator[_Statement]:
        words = self._words
        compared = "similar" if _SIMILAR.search(words) else "weaker" if _WEAKER.search(words) else ""
        compared = compared or ("stronger" if _STRONGER.search(words) else "")
        if compared:
            drugs = self._sentence.drugs if compared == "similar" else self._sentence.drugs[:1]
            yield from self._of(drugs, "efficacy", compared)
        if _USELESS.search(words):
            yield from self._of(self._sentence.drugs[:1], "works", "no")
        elif _USEFUL.search(words):
            yield from self._of(self._sentence.drugs, "works", "yes")

    def food(self) -> Iterator[_Statement]:
        """Yield whether the first drug is taken with food or without."""
        words = self._words
        if _ANY_FOOD.search(words) or not _TAKEN.search(words):
            return
        is_without, is_with = _WITHOUT_FOOD.search(words), _WITH_FOOD.search(_WITHOUT_FOOD.sub(" ", words))
        if bool(is_without) != bool(is_with):
            yield from self._of(self._sentence.drugs[:1], "food", "without" if is_without else "with")

    def _of(self, drugs: Any, aspect: str, value: Any) -> Iterator[_Statement]:
        limits = frozenset() if aspect == "line" else frozenset(_LIMIT.findall(self._words))
        for name in dict.fromkeys(name for mention in drugs for name in sorted(mention.names)):
            yield _Statement(name, aspect, value, self._conditions, limits, self._number, self._sentence, self._shown)


def _lines_in(words: str) -> tuple[int, ...]:
    """Return the lines of therapy that words name; a line that they deny as its negative."""
    found = []
    for pattern, line in _LINES:
        match = pattern.search(words)
        if match:
            found.append(-line if _NOT_LINE.search(words[: match.start()]) else line)
    return tuple(found)


def _dose_statement(number: int, quantity: Quantity, text: Stated) -> _Statement | None:
    """Return what a dose says of its drug's start or maximum a day; nothing where it says neither."""
    total = quantity.total
    sentence = text.reading.sentence_at(quantity.start)
    if not quantity.is_dose or total is None or sentence is None or len(quantity.drugs) != 1:
        return None
    words = text.reading.lower[sentence.start : sentence.end]
    aspect = ""
    if quantity.bound == START:
        aspect = "start"
    elif quantity.bound == MOST and _MAXIMUM.search(words):
        aspect = "maximum"
    if not aspect:
        return None
    limits = frozenset(_DOSE_LIMIT.findall(words))
    conditions = frozenset(_CONDITION.findall(words))
    (drug,) = quantity.drugs
    value: tuple[tuple[Fraction, Fraction], ...] = (total,)
    return _Statement(
        drug, f"{aspect}:{quantity.measure}", value, conditions, limits, number, sentence, _shown(text, sentence)
    )


def _shown(text: Stated, sentence: Sentence) -> str:
    return " ".join(text.reading.words[sentence.start : sentence.end].split()).replace(" .", ".")
