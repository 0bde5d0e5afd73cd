"""What a drug label allows: the greatest dose that its stored passages give."""

import re
from fractions import Fraction
from typing import Any

from articles.text.checks.finding import Context
from articles.text.statements.bounds import LEAST, MOST
from articles.text.statements.quantities import Quantity
from articles.text.statements.stated_quantities import Stated, stated

# The label's section on dosage, by LOINC (MEDICAL.md §6).
_DOSAGE = "34068-7"
OVERDOSE = re.compile(r"\boverdos|\btoxic|\bLD50\b", re.IGNORECASE)


def label_texts(key: str, citation: dict[str, Any], context: Context) -> list[Stated]:
    """Return what the stored passages of a label state: those on dosage where they are marked, else all."""
    passages = list(context.extracts.get(key, ()))
    dosage = [passage for passage in passages if passage.loinc == _DOSAGE] or passages
    texts = [passage.text for passage in dosage] or [citation.get("quote", "")]
    return [stated(text) for text in texts if text.strip()]


def limit_passed(dose: Quantity, label: list[Stated]) -> str:
    """Return the words of the label's limit that a dose passes; nothing where it keeps to it or there is none."""
    day = _highest(dose, label, lambda one: one.total)
    amount = dose.total[1] if dose.total else dose.high
    if day and amount > day[0]:
        return day[1]
    if dose.basis and not dose.times:
        return ""
    once = _highest(dose, label, lambda one: one.each or (None if one.basis else (one.low, one.high)), is_single=True)
    each = dose.each[1] if dose.each else dose.high
    return once[1] if once and each > once[0] else ""


def _highest(
    dose: Quantity, label: list[Stated], amount: Any, *, is_single: bool = False
) -> tuple[Fraction, str] | None:
    """Return the greatest amount that a label gives of the dose's drug and measure, and its words.

    What it calls a maximum counts before what it recommends; of one dose only what it calls a single dose's maximum.
    """
    found: list[tuple[bool, Fraction, str]] = []
    for text in label:
        for one in text.by_measure.get(dose.measure, []):
            value = amount(one)
            if value is None or (one.drugs and dose.drugs and not one.drugs & dose.drugs):
                continue
            sentence = text.reading.sentence_at(one.start)
            words = text.reading.lower[sentence.start : sentence.end] if sentence else ""
            if OVERDOSE.search(words):
                continue
            is_maximum = one.bound == MOST or (one.bound == LEAST and one.negative)
            if one.bound == LEAST and not one.negative:
                continue
            if is_single and not (
                is_maximum and re.search(r"\b(?:single|each|per|one) dose\b|\bat (?:once|a time|one time)\b", words)
            ):
                continue
            found.append((is_maximum, value[1], " ".join(text.reading.text[one.span[0] : one.span[1]].split())))
    if not found:
        return None
    has_maximum = any(is_maximum for is_maximum, _value, _words in found)
    _is_maximum, value, words = max(one for one in found if one[0] == has_maximum)
    return value, words
