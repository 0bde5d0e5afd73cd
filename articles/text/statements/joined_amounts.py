"""Numbers side by side that are one amount: multiples, ranges, pairs and enumerations."""

import re
from dataclasses import replace

from articles.text.lexicon.units import FORMS, SUBSTANCES, TIMES
from articles.text.statements.amount_parts import (
    RANGE,
    YEAR,
    Amount,
    Joined,
    Part,
    amount_of,
    basis_of,
    between,
    measure_of,
)
from articles.text.statements.countable_amounts import NAMES_BEFORE, is_fact, is_ignored

_AND = re.compile(r"[ ]?and[ ]?\Z")
_ALSO = re.compile(r"(?:,[ ]|,?[ ](?:or|and)[ ])\Z")
_SLASH = re.compile(r"[ ]?/[ ]?\Z")
_OR_TO = re.compile(r"[ ](?:or|to)[ ]\Z|[ ]?[-–][ ]?\Z")
_TIMES = re.compile(r"[ ]?[x×][ ]?\Z|[ ]\Z")
_TIMES_AFTER = re.compile(r"[ ]?[x×][ ]?\Z")
FORM = re.compile(
    r"[ ]?-?(?:[\w-]+[ ]){0,2}?(?:tablets?|capsules?|pills?|caplets?|sachets?|patch(?:es)?|suppositor(?:y|ies)"
    r"|puffs?|sprays?"
    r"|inhalations?|vials?|ampoules?|doses?|injections?)\b"
)
_BETWEEN = re.compile(r"\bbetween[ ]\Z")
_MOVE = re.compile(
    r"\b(?:increas|rais|reduc|lower|cut|fall|fell|drop|rose|rise|went|go|goes|chang|titrat|declin|shift|improv"
    r"|step|mov|progress)\w*\b"
    r"[^.;]{0,40}\bfrom[ ](?:about[ ])?\Z"
)
_STEP_BY = re.compile(r"\bby[ ]\Z")


def multiple(text: str, parts: list[Part], place: int) -> Joined:
    """Read "two 500 mg tablets", "2 x 500 mg", "500 mg x 2" and "two tablets of 500 mg" as what they come to."""
    if place + 1 >= len(parts):
        return [], 0
    left, right = parts[place], parts[place + 1]
    gap = between(text, left, right)
    follows = parts[place + 2].unit is not None if place + 2 < len(parts) else False
    if left.unit is None and right.unit is None and follows and _OR_TO.match(gap):
        amounts, used = multiple(text, parts, place + 1)
        if used and amounts[0].strength:
            strength = amounts[0].strength
            low = replace(amounts[0], start=left.number.start, low=left.number.value * strength)
            return [replace(low, written=(left.number.value * parts[place + 2].number.value, low.written[1]))], 1 + used
        return [], 0
    if left.unit is None and right.unit is not None and right.unit.measure in SUBSTANCES:
        is_counted = _TIMES.match(gap) and (_TIMES_AFTER.match(gap) or FORM.match(text, right.end))
        if is_counted and left.number.value <= 30:
            return [_times(left, right, left.number.start, right.end)], 2
    if left.unit is not None and left.unit.measure in SUBSTANCES and right.unit is None and _TIMES_AFTER.match(gap):
        return [_times(right, left, left.number.start, right.end)], 2
    if (
        left.unit is not None
        and right.unit is not None
        and left.unit.measure in FORMS
        and right.unit.measure in SUBSTANCES
        and gap == " of "
    ):
        count = replace(amount_of(left), counts=False)
        return [count, _times(left, right, left.number.start, right.end)], 2
    return [], 0


def _times(count: Part, strength: Part, start: int, end: int) -> Amount:
    amount = amount_of(strength)
    value = amount.low * count.number.value
    written = strength.number.value * count.number.value
    return replace(amount, start=start, end=end, low=value, high=value, written=(written, written), strength=amount.low)


def range_of(text: str, parts: list[Part], place: int) -> Joined:
    """Read "5 to 10 mg" and "between 5 and 10 mg" as one amount; the two ends of a move are two."""
    if place + 1 >= len(parts):
        return [], 0
    left, right = parts[place], parts[place + 1]
    gap = between(text, left, right)
    before = text[max(0, left.number.start - 60) : left.number.start]
    is_range = bool(RANGE.match(gap)) or bool(_AND.match(gap) and _BETWEEN.search(before))
    if not is_range:
        return [], 0
    if left.unit is None and right.unit is None and is_ignored(text, left):
        return [], 2
    ends = _in_one_measure(left, right)
    if ends is None or (ends[0].low > ends[1].low and right.unit is None and left.unit is None):
        return [], 0
    low, high = ends
    if _MOVE.search(before) or low.low > high.low or (low.basis and not high.basis) or _STEP_BY.search(before):
        return [replace(low, is_moved=True), replace(high, is_moved=True)], 2
    whole = replace(
        low, end=high.end, high=high.high, written=(low.written[0], high.written[1]), basis=high.basis or low.basis
    )
    return [replace(whole, counts=is_fact(text, whole))], 2


def _in_one_measure(left: Part, right: Part) -> tuple[Amount, Amount] | None:
    """Return two neighbours in one measure: the first may leave the unit to the second. None where they have two."""
    high = amount_of(right)
    if left.unit is None and right.unit is not None:
        unit = right.unit
        value = left.number.value * unit.factor
        low = Amount(
            left.number.start,
            left.number.end,
            measure_of(unit),
            value,
            value,
            (left.number.value,) * 2,
            basis_of(unit),
            is_word=left.number.is_word,
        )
        return low, high
    low = amount_of(left)
    return (low, high) if low.measure == high.measure else None


def pair(text: str, parts: list[Part], place: int) -> Joined:
    """Read "160/800 mg" and "140/90 mmHg" as one amount of two values."""
    if place + 1 >= len(parts):
        return [], 0
    left, right = parts[place], parts[place + 1]
    if left.unit is not None or left.number.is_word or not _SLASH.match(between(text, left, right)):
        return [], 0
    values = _in_one_measure(left, right)
    if values is None:
        return [], 0
    low, high = values
    whole = replace(low, end=high.end, high=high.high, written=(low.written[0], high.written[1]), is_pair=True)
    return [replace(whole, counts=is_fact(text, whole))], 2


def enumeration(text: str, parts: list[Part], place: int) -> Joined:
    """Give "5, 10 or 20 mg" the unit of its last value."""
    last = place
    while (
        last + 1 < len(parts)
        and last - place < 8
        and parts[last].unit is None
        and not parts[last].number.is_word
        and _ALSO.match(between(text, parts[last], parts[last + 1]))
        and not NAMES_BEFORE.search(text, max(0, parts[last].number.start - 24), parts[last].number.start)
    ):
        last += 1
    unit = parts[last].unit
    if last == place or unit is None or unit.measure in TIMES or (unit.measure in FORMS and last - place < 1):
        return [], 0
    if any(YEAR.match(text[part.number.start : part.end]) for part in parts[place:last]):
        return [], 0
    pairs = [_in_one_measure(part, parts[last]) for part in parts[place:last]]
    return [one[0] for one in pairs if one is not None] + [amount_of(parts[last])], last - place + 1
