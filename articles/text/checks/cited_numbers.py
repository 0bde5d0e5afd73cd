"""Whether a sentence's quantities are those of the passages it cites (MEDICAL.md §7, S7)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from articles.text.checks.cited_passages import Candidate, CitedPassage, Passages
from articles.text.checks.finding import Finding
from articles.text.checks.quantity_faults import AMOUNT, DIRECTION, FREQUENCY, ROUTE, faults_between
from articles.text.checks.quantity_matches import is_supported
from articles.text.lexicon.units import TIMES
from articles.text.messages import gettext_noop as _
from articles.text.statements.bounds import LEAST, START
from articles.text.statements.circumstances import Circumstances
from articles.text.statements.clause_circumstances import circumstances
from articles.text.statements.quantities import Quantity
from articles.text.statements.quantity_roles import analyte, role, without_charge
from articles.text.statements.stated_quantities import Stated
from articles.text.statements.visible_words import Sentence, citations_in

RULE = "label-numbers-disagree"
# Durations that are further apart than this are of different things.
_FURTHEST_RATIO = 10
_INJECTIONS = frozenset(("iv", "sc", "im", "intrathecal"))
# Between two faults that are the ends of one range.
_RANGE = re.compile(r"[ ]?(?:to|-|–)[ ]?")


# A candidate with the circumstances in which it differs, and before these what is wrong beside it.
_Fit = tuple[frozenset[str], Candidate]
_Scored = tuple[tuple[str, ...], frozenset[str], Candidate]


@dataclass(frozen=True, slots=True)
class _Fault:
    start: int
    end: int
    passage: str


def check_passages(section: dict[str, Any], audience: str, text: Stated, passages: Passages) -> Iterator[Finding]:
    """Yield each quantity of a citing sentence that its passages state otherwise, one finding for each place."""
    for sentence in text.reading.sentences:
        if not sentence.keys or not passages.of(sentence.keys):
            continue
        told: list[_Fault] = []
        for fault in _SentenceCheck(text, sentence, passages).faults():
            if told and _RANGE.fullmatch(text.reading.lower[told[-1].end : fault.start]):
                told[-1] = replace(told[-1], end=fault.end)
            elif not any(one.start < fault.end and fault.start < one.end for one in told):
                told.append(fault)
        yield from (_finding(fault, section, audience, text) for fault in sorted(told, key=lambda one: one.start))


def _finding(fault: _Fault, section: dict[str, Any], audience: str, text: Stated) -> Finding:
    words = text.reading.text[fault.start : fault.end]
    message = _(
        "“%(words)s” is not in the passage cited here, which says “%(passage)s”. Correct it, or cite a source "
        "that says so."
    ) % {"words": " ".join(words.split()), "passage": fault.passage}
    return Finding(RULE, message, section["key"], audience, words, fault.start, fault.end)


class _SentenceCheck:
    """Compares one sentence with the passages that it cites."""

    def __init__(self, text: Stated, sentence: Sentence, passages: Passages) -> None:
        self._text, self._sentence, self._passages = text, sentence, passages
        self._cited = passages.of(sentence.keys)
        self._marks = citations_in(text.reading, sentence)
        self._around = circumstances(text, sentence)

    def faults(self) -> Iterator[_Fault]:
        for quantity in self._text.within(self._sentence.start, self._sentence.end):
            is_marked = any(place >= quantity.end for place in self._sentence.markers)
            if is_marked or quantity.is_point or not self._is_compared(quantity):
                continue
            yield from self._fault_of(quantity)
        for often in self._text.frequencies:
            if self._sentence.start <= often.start < self._sentence.end and often.counts and not often.is_vague:
                yield from self._fault_of_frequency(often)

    def _is_compared(self, quantity: Quantity) -> bool:
        if quantity.is_dose:
            return True
        return quantity.counts and quantity.measure not in ("number", "dose", "vial")

    def _nearest(self, quantity: Quantity) -> list[CitedPassage]:
        """Return the passages of the citation that follows a quantity: what others say of it is no contradiction."""
        keys = next((keys for place, keys in self._marks if place >= quantity.end), None)
        return self._passages.of(keys if keys is not None else self._marks[-1][1]) if self._marks else self._cited

    def _fault_of(self, quantity: Quantity) -> Iterator[_Fault]:
        own = self._around.get(quantity) or Circumstances()
        quantity = without_charge(quantity, self._text)
        scored = [
            (self._faults(quantity, one), own.clashes(one.circumstances), one)
            for one in self._alike(quantity, own, self._cited)
        ]
        if any(not faults and not clashes for faults, clashes, _one in scored):
            return
        near = {id(passage) for passage in self._nearest(quantity)}
        scored = [one for one in scored if id(one[2].passage) in near]
        fits = [(clashes, one) for faults, clashes, one in scored if not faults]
        if fits:
            yield from self._misplaced(quantity, own, scored, fits)
        elif quantity.low == quantity.high or not is_supported(quantity, [passage.text for passage in self._cited]):
            yield from self._wrong(quantity, scored)
        if not scored:
            yield from self._wrong_unit(quantity)

    def _misplaced(
        self, quantity: Quantity, own: Circumstances, scored: list[_Scored], fits: list[_Fit]
    ) -> Iterator[_Fault]:
        """Yield a value that the passage gives in another case, where it gives another value in this one."""
        if any(clashes == {"step"} and "most" in one.circumstances.named["step"] for clashes, one in fits):
            return  # "start at 75 mg, up to 300 mg" allows what is between
        apart = frozenset.intersection(*(clashes for clashes, _one in fits))
        rivals = [
            one for faults, clashes, one in scored if faults and not clashes and apart & own.shared(one.circumstances)
        ]
        if rivals:
            yield _Fault(*quantity.span, _quoted(rivals))

    def _wrong(self, quantity: Quantity, scored: list[_Scored]) -> Iterator[_Fault]:
        same_case = [(faults, one) for faults, clashes, one in scored if not clashes]
        if not same_case:
            above = [one for faults, clashes, one in scored if clashes <= {"step"} and _is_above(quantity, one)]
            if above:
                yield _Fault(*quantity.span, _quoted(above))
            return
        candidates = [one for _faults, one in same_case]
        kinds = [set(faults) for faults, _one in same_case]
        if any(not one for one in kinds):
            return
        often = [one for faults, one in same_case if set(faults) == {FREQUENCY}]
        routes = [one for faults, one in same_case if set(faults) == {ROUTE}]
        if often:
            start, end = quantity.times_span if quantity.times_span[1] else quantity.span
            yield _Fault(start, end, _quoted(often))
        elif routes:
            start, end = quantity.route_span if quantity.route_span[1] else quantity.span
            yield _Fault(start, end, _quoted(routes))
        elif not all(AMOUNT in one for one in kinds):
            yield _Fault(*quantity.span, _quoted(candidates))
        else:
            yield _Fault(quantity.start, quantity.end, _quoted(candidates))

    def _faults(self, quantity: Quantity, one: Candidate) -> tuple[str, ...]:
        theirs = without_charge(one.quantity, one.passage.text)
        found = list(faults_between(quantity, theirs, one.passage.text))
        if not quantity.is_dose:
            is_rounded = quantity.measure == "percent" and _is_rounded(quantity.low, theirs.low)
            return tuple(fault for fault in found if fault != AMOUNT or not is_rounded)
        if FREQUENCY in found and not _says_how_often(theirs, one.passage.text):
            found.remove(FREQUENCY)
        if AMOUNT in found and (_is_inside(quantity, theirs) or _comes_to(quantity, theirs)):
            found.remove(AMOUNT)
        if ROUTE not in found and _routes_differ(quantity, theirs):
            found.append(ROUTE)
        if DIRECTION in found and quantity.low != theirs.low:
            found.remove(DIRECTION)
        return tuple(found)

    def _alike(self, quantity: Quantity, own: Circumstances, passages: list[CitedPassage]) -> list[Candidate]:
        """Return what the passages state of the same kind: the same measure and drug, role, and subject."""
        measures = ("day", "month") if quantity.measure in TIMES else (quantity.measure,)
        if quantity.measure in ("mmol/L", "mEq/L"):
            measures = ("mmol/L", "mEq/L")
        found = [one for passage in passages for one in passage.of(measures) if _same_drug(quantity, one.quantity)]
        if quantity.is_dose:
            return found
        if quantity.measure == "percent":
            return [one for one in found if own.about & one.circumstances.about]
        if quantity.measure in TIMES:
            return self._times_alike(quantity, own, found)
        mine = analyte(quantity, self._text)
        return [one for one in found if not mine or analyte(one.quantity, one.passage.text) in ("", mine)]

    def _times_alike(self, quantity: Quantity, own: Circumstances, found: list[Candidate]) -> list[Candidate]:
        mine = role(quantity, self._text)
        same = [one for one in found if role(one.quantity, one.passage.text) == mine]
        if mine == "age":
            return same
        same = [one for one in same if _are_near(quantity, one.quantity)]
        about = [one for one in same if own.about & one.circumstances.about]
        # A single one of its role may be said in other words; where there are several, words must show which is meant.
        is_only = mine and len({one.quantity.identity for one in same}) == 1
        exact = [one for one in same if not self._faults(quantity, one)]
        return about or (same if is_only else exact)

    def _wrong_unit(self, quantity: Quantity) -> Iterator[_Fault]:
        """Yield a level that has the passage's number with another unit: "1.5 mmol/L" of "1.5 mg/dL"."""
        mine = analyte(quantity, self._text)
        if not quantity.measure.endswith("/L") or not mine:
            return
        found = [
            Candidate(one, passage)
            for passage in self._nearest(quantity)
            for one in passage.text.quantities
            if one.measure.endswith("/L") and one.written == quantity.written and analyte(one, passage.text) == mine
        ]
        if found:
            yield _Fault(quantity.start, quantity.end, _quoted(found))

    def _fault_of_frequency(self, often: Quantity) -> Iterator[_Fault]:
        passages = self._nearest(often)
        texts = [passage.text for passage in self._cited]
        if any(_has_frequency(often, text) for text in texts):
            return
        found = [one for passage in passages for one in passage.of(("frequency",)) if not one.quantity.is_vague]
        if len({one.quantity.identity for one in found}) == 1:
            yield _Fault(often.start, often.end, _quoted(found))


def _same_drug(one: Quantity, other: Quantity) -> bool:
    return not (one.drugs and other.drugs) or bool(one.drugs & other.drugs)


def _quoted(candidates: list[Candidate]) -> str:
    return ", ".join(dict.fromkeys(one.words for one in candidates[:4]))


def _says_how_often(dose: Quantity, text: Stated) -> bool:
    return bool(dose.times or dose.basis) or any(not one.is_vague for one in text.frequencies)


def _has_frequency(often: Quantity, text: Stated) -> bool:
    stated_here = [(one.low, one.high) for one in text.frequencies if not one.is_vague]
    stated_here += [one.times for one in text.quantities if one.times]
    periods = [one.basis for one in text.quantities if one.basis]
    if any(low <= often.low and often.high <= high for low, high in stated_here):
        return True
    return {"day": Fraction(1), "week": Fraction(1, 7)}.get(next(iter(periods), "")) == often.low


def _is_rounded(mine: Fraction, theirs: Fraction) -> bool:
    """Return whether a whole percentage is the one of the passage without its decimals."""
    return mine.denominator == 1 and theirs.denominator != 1 and abs(mine - theirs) < Fraction(1, 2)


def _is_inside(quantity: Quantity, theirs: Quantity) -> bool:
    """Return whether a dose lies in the range of the passage, which allows what is between its ends."""
    if theirs.low == theirs.high or theirs.is_pair or quantity.bound in (LEAST, START):
        return False
    if quantity.total and theirs.total:
        return theirs.total[0] <= quantity.total[0] and quantity.total[1] <= theirs.total[1]
    return theirs.low <= quantity.low and quantity.high <= theirs.high


def _comes_to(quantity: Quantity, theirs: Quantity) -> bool:
    """Return whether two doses come to the same a day: "300 mg twice daily" is the 600 mg a day of the passage."""
    return bool(quantity.total and theirs.total and not theirs.times and quantity.total[1] in theirs.total)


def _is_above(quantity: Quantity, one: Candidate) -> bool:
    if not quantity.is_dose or "most" not in one.circumstances.named.get("step", ()):
        return False
    if quantity.total and one.quantity.total:
        return quantity.total[1] > one.quantity.total[1]
    return quantity.high > one.quantity.high and not one.quantity.total


def _routes_differ(one: Quantity, other: Quantity) -> bool:
    """Return whether both name a kind of injection, and not the same."""
    mine, theirs = one.routes & _INJECTIONS, other.routes & _INJECTIONS
    return bool(mine and theirs and not mine & theirs)


def _are_near(one: Quantity, other: Quantity) -> bool:
    sizes = [item.high * (30 if item.measure == "month" else 1) for item in (one, other)]
    return min(sizes) > 0 and max(sizes) <= _FURTHEST_RATIO * min(sizes)
