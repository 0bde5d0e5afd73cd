"""What a quantity is of: the role of a time (an age, a wait, a course), and the substance whose level is measured."""

import re
from dataclasses import replace

from articles.text.statements.quantities import Quantity
from articles.text.statements.stated_quantities import Stated

_AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|older than|younger than|years? of age|birthday)\b[^.;]{0,28}\Z"
    r"|\b(?:children|adults?|adolescents|people|patients|infants|women|men|those|anyone)[ ](?:\w+[ ]){0,2}?"
    r"(?:under|over|below|above|from)[ ]\Z"
)
_AGE_AFTER = re.compile(
    r"[ -]?(?:of age|old\b|and (?:older|over|younger|above)|or (?:older|over|younger|above)|in age)"
)
_ADVERBS = (
    r"(?:(?:at least|at most|about|up to|only|another|a|an|the|first|next|no more than|no less than|more than"
    r"|less than|half)[ ])*"
)
_ROLES = (
    # What an illness lasts is no course of treatment.
    ("lasts", re.compile(rf"\b(?:lasts?|lasted|lasting)[ ](?:for[ ])?{_ADVERBS}\Z")),
    ("within", re.compile(rf"\bwithin[ ]{_ADVERBS}\Z|\bin the (?:first|next)[ ]\Z")),
    ("for", re.compile(rf"\b(?:for|lasts?|lasting|course of|duration of)[ ]{_ADVERBS}\Z")),
    ("after", re.compile(rf"\b(?:after|wait)[ ]{_ADVERBS}\Z")),
    ("until", re.compile(rf"\b(?:until|by)[ ]{_ADVERBS}\Z")),
    ("over", re.compile(rf"\b(?:over|during)[ ]{_ADVERBS}\Z")),
)
_ROLES_AFTER = (
    ("after", re.compile(r"[ ](?:later|after|following|apart|between|since|(?:(?:must|should|have to) )?elapse)")),
    ("before", re.compile(r"[ ](?:before|prior to|ahead of|beforehand)")),
    ("for", re.compile(r"[ -]course\b")),
)
_WINDOW = 48
_ANALYTES = {
    "creatinine": "creatinine|scr",
    "lithium": "lithium",
    "potassium": "potassium|k\\+",
    "sodium": "sodium|na\\+",
    "glucose": "glucose|blood sugar|fpg",
    "ldl": "ldl(?:-c)?|ldl cholesterol",
    "hdl": "hdl",
    "triglycerides": "triglycerides?",
    "cholesterol": "cholesterol",
    "urate": "urate|uric acid",
    "haemoglobin": "ha?emoglobin|hb",
    "calcium": "calcium",
    "magnesium": "magnesium",
    "phosphate": "phosphate",
    "bilirubin": "bilirubin",
    "albumin": "albumin",
    "vancomycin": "vancomycin",
    "digoxin": "digoxin",
    "tsh": "tsh|thyrotropin",
    "ferritin": "ferritin",
    "platelets": "platelets?",
    "neutrophils": "neutrophils?|anc",
    "systolic": "systolic",
    "diastolic": "diastolic",
    "weight": "weigh\\w*|body weight",
}
_ANALYTE = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _ANALYTES.items()))
# Of these a millimole is a milliequivalent.
_SINGLY_CHARGED = frozenset(("lithium", "potassium", "sodium"))


def role(quantity: Quantity, text: Stated) -> str:
    """Return what a time is: age, within, for, after, before, until or over; nothing where its words do not say."""
    sentence = text.reading.sentence_at(quantity.start)
    floor, ceiling = (sentence.start, sentence.end) if sentence else (0, quantity.end)
    before = text.reading.lower[max(floor, quantity.start - _WINDOW) : quantity.start]
    after = text.reading.lower[quantity.end : min(ceiling, quantity.end + _WINDOW)]
    if quantity.measure == "month" and (_AGE_BEFORE.search(before) or _AGE_AFTER.match(after)):
        return "age"
    for name, pattern in _ROLES:
        if pattern.search(before):
            return name
    return next((name for name, pattern in _ROLES_AFTER if pattern.match(after)), "")


def analyte(quantity: Quantity, text: Stated) -> str:
    """Return whose level a quantity is: the last one named before it in its sentence, else the first one behind."""
    sentence = text.reading.sentence_at(quantity.start)
    if sentence is None:
        return ""
    words = text.reading.lower
    before = [match.lastgroup or "" for match in _ANALYTE.finditer(words, sentence.start, quantity.start)]
    if before:
        return before[-1]
    behind = _ANALYTE.search(words, quantity.end, sentence.end)
    return (behind.lastgroup or "") if behind else ""


def without_charge(quantity: Quantity, text: Stated) -> Quantity:
    """Return a level in mEq/L in mmol/L, where the two are the same."""
    if quantity.measure == "mEq/L" and analyte(quantity, text) in ("", *_SINGLY_CHARGED):
        return replace(quantity, measure="mmol/L")
    return quantity
