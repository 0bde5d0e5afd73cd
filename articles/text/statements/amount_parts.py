"""An amount, and the numbers with their units of which it is made."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction

from articles.text.lexicon.number_words import Number
from articles.text.lexicon.units import Unit, unit_at

RANGE = re.compile(r"[ ]?(?:[-–—]|to|up to|through|or up to)[ ]?\Z")
YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}\Z")
_BOUND_BEFORE_UNIT = re.compile(r"[ ](?:or|and)[ ](?:more|over|above|fewer|less|under|below)(?=[ ])")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or range with its measure; the values are in the measure's unit, `written` as they stand in the text."""

    start: int
    end: int
    measure: str
    low: Fraction
    high: Fraction
    written: tuple[Fraction, Fraction]
    basis: str = ""
    is_pair: bool = False
    is_vague: bool = False
    is_word: bool = False
    # What one tablet holds, where the amount is that of several.
    strength: Fraction = Fraction(0)
    # A day or week by its number: "from day 8" follows seven days.
    is_point: bool = False
    # One end of a move ("rose from 3 to 4"): "from" is no bound there.
    is_moved: bool = False
    counts: bool = True


@dataclass(slots=True)
class Part:
    """A number with the unit behind it, while neighbours are being joined."""

    number: Number
    unit: Unit | None
    end: int


# The amounts that neighbours make, and how many of them are used up: none where they make nothing.
Joined = tuple[list[Amount], int]


def part_at(text: str, number: Number) -> Part:
    """Return a number with the unit that follows it, if one does."""
    unit = unit_at(text, number.end)
    if unit is not None:
        return Part(number, unit, unit.end)
    # "10 or more days": the bound stands before the unit.
    bound = _BOUND_BEFORE_UNIT.match(text, number.end)
    return Part(number, unit_at(text, bound.end()) if bound else None, number.end)


def is_within(place: int, spans: list[tuple[int, int]]) -> bool:
    """Return whether a place is in one of the spans, which are in order."""
    index = bisect_right(spans, (place, 1 << 60)) - 1
    return index >= 0 and spans[index][0] <= place < spans[index][1]


def between(text: str, left: Part, right: Part) -> str:
    """Return the words between two neighbours."""
    return text[left.end : right.number.start]


def amount_of(part: Part) -> Amount:
    """Return the amount that a number is with its own unit."""
    number, unit = part.number, part.unit
    if unit is None:
        return Amount(
            number.start, number.end, "number", number.value, number.value, (number.value,) * 2, is_word=number.is_word
        )
    value = number.value * unit.factor
    if unit.measure == "degF":
        value = Fraction(round((number.value - 32) * Fraction(5, 9) * 10), 10)
    return Amount(
        number.start,
        part.end,
        measure_of(unit),
        value,
        value,
        (number.value,) * 2,
        basis_of(unit),
        is_word=number.is_word,
    )


def measure_of(unit: Unit) -> str:
    """Return the measure by which amounts are compared: millilitres a minute are a level of kidney function."""
    if unit.measure == "mL" and unit.basis == "minute":
        return "mL/min"
    return {"degF": "degC"}.get(unit.measure, unit.measure)


def basis_of(unit: Unit) -> str:
    """Return the period of which the amount is told."""
    return "" if unit.measure == "mL" and unit.basis == "minute" else unit.basis
