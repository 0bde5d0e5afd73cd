"""Whether two values are the same: rounded, converted, told in days or months, or one end of a range."""

from fractions import Fraction

from articles.text.lexicon.units import TIMES
from articles.text.statements.bounds import LEAST, MOST, START
from articles.text.statements.quantities import Quantity, Range

_MONTH = Fraction(365, 12)
# A month is 28 to 31 days.
_MONTH_SLACK = Fraction(8, 100)
# Up to three months are told in weeks of which four are one.
_SHORT, _SHORT_SLACK = 92, Fraction(9, 100)
_VAGUE_SLACK = 3
_HEDGED_SLACK = Fraction(8, 100)
_LOOSE = frozenset(("percent", "number", "day", "month", "frequency"))


def fits(plain: Quantity, professional: Quantity) -> bool:
    """Return whether the value of a plain text is that of the professional text, or the end of it that it names."""
    if plain.measure == "number" or professional.measure == "number":
        return _fits_values(plain, plain.written, professional.written, is_loose=True)
    mine, theirs, slack = (plain.low, plain.high), (professional.low, professional.high), Fraction(0)
    if plain.measure != professional.measure and {plain.measure, professional.measure} <= TIMES:
        mine, theirs, slack = _in_days(plain), _in_days(professional), _MONTH_SLACK
        slack = _SHORT_SLACK if mine[1] <= _SHORT else slack
    is_loose = plain.measure in _LOOSE
    if plain.is_pair != professional.is_pair and plain.is_dose:
        return False
    # "Day 1" is no duration: "at least 1 day" cannot rest on it.
    if professional.is_point and not plain.is_point and plain.bound in (LEAST, MOST):
        return False
    return _fits_values(plain, mine, theirs, is_loose=is_loose, slack=slack)


def fits_range(plain: Quantity, theirs: Range | None, *, total: bool = False) -> bool:
    """Return whether the value of a plain text, or with `total` what it comes to a day, fits into a range."""
    if theirs is None:
        return False
    mine = plain.total if total else (plain.low, plain.high)
    return mine is not None and _fits_values(plain, mine, theirs, is_loose=False)


def _fits_values(plain: Quantity, mine: Range, theirs: Range, *, is_loose: bool, slack: Fraction = Fraction(0)) -> bool:
    """Return whether a value or range is the other, or the end of it that its words name."""
    low, high = mine
    if low != high:
        return _same(plain, low, theirs[0], slack) and _same(plain, high, theirs[1], slack)
    if theirs[0] == theirs[1]:
        return _same(plain, low, theirs[0], slack)
    may_be_high = is_loose or plain.bound == MOST
    may_be_low = is_loose or plain.bound in (LEAST, START)
    return (may_be_low and _same(plain, low, theirs[0], slack)) or (may_be_high and _same(plain, low, theirs[1], slack))


def _same(plain: Quantity, mine: Fraction, theirs: Fraction, slack: Fraction) -> bool:
    if mine == theirs or abs(mine - theirs) <= slack * theirs:
        return True
    if plain.measure == "frequency":
        return same_often(mine, theirs)
    if plain.is_point and mine - theirs in (1, 7) and theirs % (mine - theirs) == 0:
        return True
    if plain.is_dose or theirs == 0:
        return False
    if plain.is_vague:
        return abs(mine - theirs) <= _VAGUE_SLACK * (2 if plain.is_hedged else 1)
    if plain.measure == "percent" and mine.denominator != 1 and abs(mine - theirs) < Fraction(1, 2):
        return theirs.denominator == 1 or plain.is_hedged
    if not plain.is_hedged or plain.measure not in _LOOSE:
        return False
    return _rounded(theirs, mine) == mine or (plain.measure == "percent" and abs(mine - theirs) <= _HEDGED_SLACK * mine)


def same_often(one: Fraction, other: Fraction) -> bool:
    """Return whether two frequencies are the same; a month is as good as 28 to 31 days, a year as 12 months."""
    slack = _MONTH_SLACK if max(one, other) < Fraction(1, 13) else 0
    return abs(one - other) <= slack * max(one, other)


def _rounded(value: Fraction, like: Fraction) -> Fraction:
    """Return a value rounded to as many digits as another one shows: 71,683 like 70,000 is 70,000."""
    if like.denominator != 1:
        return Fraction(round(value * like.denominator), like.denominator)
    step = 1
    while like and like % (step * 10) == 0:
        step *= 10
    return Fraction(round(value / step) * step)


def _in_days(quantity: Quantity) -> Range:
    factor = _MONTH if quantity.measure == "month" else Fraction(1)
    return (quantity.low * factor, quantity.high * factor)
