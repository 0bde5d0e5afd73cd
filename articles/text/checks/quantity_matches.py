"""Which quantity of a text is most like a given one, and whether it says the same."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from articles.text.checks.quantity_faults import ADDED, AMOUNT, faults_between, is_other_drug
from articles.text.lexicon.units import TIMES
from articles.text.statements.bounds import MOST
from articles.text.statements.quantities import DOSES, Quantity
from articles.text.statements.stated_quantities import Stated

# Beside those of the same value; a text that states more of one measure is no article.
_MOST_CANDIDATES = 120


def counterparts(quantity: Quantity, text: Stated) -> list[Quantity]:
    """Return the quantities of a text that say the same as this one."""
    same = {one.identity for one in _candidates(quantity, text) if not faults_between(quantity, one, text)}
    values = {(one.measure, one.low, one.high) for one in same}
    return [
        one
        for one in text.quantities
        if one.measure == quantity.measure and (one.measure, one.low, one.high) in values and one.identity in same
    ]


def is_supported(quantity: Quantity, texts: Iterable[Stated]) -> bool:
    """Return whether any of the texts states the quantity."""
    return any(best_match(quantity, text)[0] == () for text in texts)


def best_match(quantity: Quantity, text: Stated) -> tuple[tuple[str, ...], Quantity | None]:
    """Return the faults of the quantity of a text that is most like this one, and that quantity; none: no faults."""
    best: tuple[tuple[str, ...], Quantity | None] = ((ADDED,), None)
    for candidate in _candidates(quantity, text):
        faults = faults_between(quantity, candidate, text)
        if not faults:
            return (), candidate
        if best[1] is None or _rank(quantity, faults, candidate) < _rank(quantity, best[0], best[1]):
            best = (faults, candidate)
    if best[0] and quantity.low != quantity.high and not quantity.is_pair and _has_both_ends(quantity, text):
        return (), best[1]
    return best


def _candidates(quantity: Quantity, text: Stated) -> list[Quantity]:
    key = quantity.measure if quantity.measure != "number" else ""
    alike = text.by_value.get((quantity.written, key), [])
    return [*alike[:_MOST_CANDIDATES], *_others(quantity, text)[:_MOST_CANDIDATES]]


def _others(quantity: Quantity, text: Stated) -> list[Quantity]:
    if quantity.measure == "number":
        return text.distinct
    measures = [quantity.measure]
    if quantity.measure in TIMES:
        measures = ["day", "month"]
    found = [one for measure in measures for one in text.by_measure.get(measure, [])]
    if quantity.is_dose and quantity.basis and quantity.bound == MOST:
        # A stated limit is compared with the stated limit, not with what a dose could come to.
        limits = [one for one in found if one.bound == MOST and one.basis and not is_other_drug(quantity, one, text)]
        return limits or found
    # A level or an age may stand in the professional text without its unit: "eGFR <30".
    if quantity.measure not in DOSES and quantity.measure != "percent":
        found += text.by_measure.get("number", [])
    return found


def weight(faults: tuple[str, ...]) -> tuple[int, int]:
    """Return how grave faults are, for comparing: another amount first, then their number."""
    return (AMOUNT in faults or ADDED in faults, len(faults))


def _rank(quantity: Quantity, faults: tuple[str, ...], candidate: Quantity) -> tuple[bool, int, bool, Fraction]:
    names_another = bool(quantity.drugs and candidate.drugs and not quantity.drugs & candidate.drugs)
    return (AMOUNT in faults, len(faults), names_another, abs(candidate.low - quantity.low))


def _has_both_ends(quantity: Quantity, text: Stated) -> bool:
    """Return whether a range is made of two values that the text states."""
    ends = []
    for value, written in zip((quantity.low, quantity.high), quantity.written, strict=True):
        end = _as_single(quantity, value, written)
        ends.append(any(not faults_between(end, one, text) for one in _candidates(quantity, text)))
    return all(ends)


def _as_single(quantity: Quantity, value: Fraction, written: Fraction) -> Quantity:
    return replace(quantity, low=value, high=value, written=(written, written), bound="")
