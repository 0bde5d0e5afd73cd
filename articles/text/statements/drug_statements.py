"""What a text says of each drug: its line of therapy, advice, effects, efficacy, food, start and maximum."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from articles.text.statements.bounds import MOST, START
from articles.text.statements.quantities import Quantity
from articles.text.statements.stated_quantities import Stated
from articles.text.statements.therapy_lines import lines_of_therapy
from articles.text.statements.visible_words import Sentence

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
class DrugStatement:
    """What a sentence says of one drug, in a form that another sentence can contradict."""

    drug: str
    aspect: str
    value: Any
    conditions: frozenset[str]
    limits: frozenset[str]
    section: int
    sentence: Sentence
    words: str


def drug_statements(number: int, text: Stated) -> Iterator[DrugStatement]:
    """Yield what the text of a section says of each drug; `number` is the place of the section."""
    reading = text.reading
    doses: dict[tuple[int, str, str], DrugStatement] = {}
    for sentence in reading.sentences:
        words = reading.lower[sentence.start : sentence.end]
        make = _SentenceStatements(number, sentence, words, text)
        for drugs, lines in lines_of_therapy(text, sentence):
            yield from make.of(drugs, "line", lines)
        if sentence.drugs:
            yield from make.advice()
            yield from make.effects()
            yield from make.efficacy()
            yield from make.food()
    previous: tuple[Quantity, DrugStatement] | None = None
    for quantity in text.quantities:
        statement = _dose_statement(number, quantity, text)
        is_other_way = previous is not None and _OR.search(reading.lower[previous[0].end : quantity.start])
        if statement is None and previous is not None and quantity.total and is_other_way:
            # "500 mg twice daily or 850 mg once daily": another way of the same start.
            statement = replace(previous[1], value=(quantity.total,))
        previous = (quantity, statement) if statement is not None else previous
        if statement is not None:
            key = (statement.sentence.start, statement.drug, statement.aspect)
            known = doses.get(key)
            values = (*known.value, *statement.value) if known else statement.value
            doses[key] = replace(statement, value=values)
    yield from doses.values()


class _SentenceStatements:
    """Makes the statements of one sentence."""

    def __init__(self, number: int, sentence: Sentence, words: str, text: Stated) -> None:
        self._number = number
        self._sentence = sentence
        self._words = words
        self._shown = _shown(text, sentence)
        self._conditions = frozenset(_CONDITION.findall(words))

    def advice(self) -> Iterator[DrugStatement]:
        """Yield whether the first drug is recommended for the conditions that the sentence names."""
        if not self._conditions:
            return
        is_against = _AGAINST.search(self._words) or _DO_NOT.match(self._words)
        is_for = _FOR.search(self._words) or _DO.match(self._words)
        value = "against" if is_against else "for" if is_for else ""
        if value:
            yield from self.of(self._sentence.drugs[:1], "advice", value)

    def effects(self) -> Iterator[DrugStatement]:
        """Yield what the drugs raise, lower or leave as it is."""
        for match in _EFFECT.finditer(self._words):
            outcome = _OUTCOMES.search(match["what"])
            subject = [
                mention for mention in self._sentence.drugs if mention.end <= self._sentence.start + match.start()
            ]
            if outcome is None or not subject or match[0].startswith(("more", "less", "fewer")):
                continue
            value = "no change" if match["no"] else "up" if match["up"] else "down"
            yield from self.of(subject, f"effect:{outcome[0].rstrip('s')}", value)

    def efficacy(self) -> Iterator[DrugStatement]:
        """Yield how well the drugs work, compared with others or at all."""
        words = self._words
        compared = "similar" if _SIMILAR.search(words) else "weaker" if _WEAKER.search(words) else ""
        compared = compared or ("stronger" if _STRONGER.search(words) else "")
        if compared:
            drugs = self._sentence.drugs if compared == "similar" else self._sentence.drugs[:1]
            yield from self.of(drugs, "efficacy", compared)
        if _USELESS.search(words):
            yield from self.of(self._sentence.drugs[:1], "works", "no")
        elif _USEFUL.search(words):
            yield from self.of(self._sentence.drugs, "works", "yes")

    def food(self) -> Iterator[DrugStatement]:
        """Yield whether the first drug is taken with food or without."""
        words = self._words
        if _ANY_FOOD.search(words) or not _TAKEN.search(words):
            return
        is_without, is_with = _WITHOUT_FOOD.search(words), _WITH_FOOD.search(_WITHOUT_FOOD.sub(" ", words))
        if bool(is_without) != bool(is_with):
            yield from self.of(self._sentence.drugs[:1], "food", "without" if is_without else "with")

    def of(self, drugs: Any, aspect: str, value: Any) -> Iterator[DrugStatement]:
        """Yield what the sentence says of some drugs; a line of therapy holds whatever else it is limited to."""
        limits = frozenset() if aspect == "line" else frozenset(_LIMIT.findall(self._words))
        for name in dict.fromkeys(name for mention in drugs for name in sorted(mention.names)):
            yield DrugStatement(
                name, aspect, value, self._conditions, limits, self._number, self._sentence, self._shown
            )


def _dose_statement(number: int, quantity: Quantity, text: Stated) -> DrugStatement | None:
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
    return DrugStatement(
        drug, f"{aspect}:{quantity.measure}", value, conditions, limits, number, sentence, _shown(text, sentence)
    )


def _shown(text: Stated, sentence: Sentence) -> str:
    return " ".join(text.reading.words[sentence.start : sentence.end].split()).replace(" .", ".")
