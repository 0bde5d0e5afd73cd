"""Shares of people in a text, read as percent: "1 in 10", "3 to 10 per 100,000", "of 100 people, 38"."""

import re
from dataclasses import replace
from itertools import pairwise

from articles.text.statements.amount_parts import RANGE, YEAR, Amount, Joined, Part, between

_SHARE = re.compile(r"[ ](?:in|out of|of)(?:[ ](?:every|each|all|about))?[ ]\Z")
_SHARE_AFTER_NOUN = re.compile(
    r"[ ](?:\w+[ ]){0,5}?(?:per|in every|out of every|of every|for every|out of|in each)[ ](?:about[ ])?\Z"
)
# "Of 100 people on it, 38 felt better" is 38 in 100.
_OUT_OF = re.compile(r"\b(?:of|out of|for|in)[ ](?:every[ ]|each[ ])?\Z")
_OF_WHOM = re.compile(
    r"[ ](?:people|patients|women|men|adults|children|participants)\b[a-z' -]{0,50},[ ](?:about[ ])?\Z"
)
# "… 3 bled on apixaban and 2 on warfarin": of the same hundred.
_ALSO_OF_THEM = re.compile(
    r"[ ][a-z' -]{1,60}?,?[ ](?:and|but|against|versus|while|compared (?:with|to)|rather than|instead of|than)"
    r"[ ](?:about[ ]|only[ ])?"
)
_DIFFERENCE = re.compile(
    r"[ ](?:fewer|more|extra|additional|less)[ ](?:\w+[ ]){0,3}?(?:in|out of|of|per)[ ](?:every[ ]|each[ ])?"
)
_MOST_COUNTS = 4
_ROUND = frozenset((10, 20, 50, 100, 1000, 10_000))


def share(text: str, parts: list[Part], place: int) -> Joined:
    """Read "1 in 10" and "3 to 10 cases per 100,000" as percent; "from 109 to 52 per 1,000" as two of them."""
    rest = parts[place : place + 3]
    if len(rest) < 2 or any(part.unit is not None for part in rest[:1]):
        return [], 0
    counts = [rest[0]]
    if len(rest) == 3 and rest[1].unit is None and RANGE.match(between(text, rest[0], rest[1])):
        counts.append(rest[1])
    of = rest[len(counts)] if len(rest) > len(counts) else None
    if of is None or of.unit is not None or of.number.value < 2 or counts[-1].number.value > of.number.value:
        return [], 0
    gap = between(text, counts[-1], of)
    if not (_SHARE.match(gap) or _SHARE_AFTER_NOUN.match(gap)) or YEAR.match(text[of.number.start : of.end]):
        return [], 0
    values = sorted(100 * part.number.value / of.number.value for part in counts)
    amounts = [
        Amount(
            counts[0].number.start,
            of.end,
            "percent",
            values[0],
            values[-1],
            (counts[0].number.value, counts[-1].number.value),
            is_word=of.number.is_word,
        )
    ]
    if len(values) == 2 and rest[0].number.value > rest[1].number.value:
        amounts = [replace(amounts[0], low=value, high=value, is_moved=True) for value in values]
    return amounts, len(counts) + 1


def difference(text: str, parts: list[Part], place: int) -> Joined:
    """Read "3 fewer people in 100" as a share that is no fault: it is worked out from two."""
    if place + 1 >= len(parts):
        return [], 0
    count, of = parts[place], parts[place + 1]
    if count.unit or of.unit or of.number.value not in _ROUND or not _DIFFERENCE.fullmatch(between(text, count, of)):
        return [], 0
    value = 100 * count.number.value / of.number.value
    written = (count.number.value,) * 2
    return [Amount(count.number.start, of.end, "percent", value, value, written, counts=False)], 2


def out_of(text: str, parts: list[Part], place: int) -> Joined:
    """Read "of 100 people who took it, 38" as percent."""
    if place + 1 >= len(parts):
        return [], 0
    of, count = parts[place], parts[place + 1]
    is_share = (
        of.unit is None
        and count.unit is None
        and (of.number.value in _ROUND or count.number.value == 1)
        and count.number.value <= of.number.value
        and _OF_WHOM.match(between(text, of, count))
        and _OUT_OF.search(text, max(0, of.number.start - 14), of.number.start)
    )
    if not is_share or (len(parts) > place + 2 and _SHARE.match(between(text, count, parts[place + 2]))):
        return [], 0
    value = 100 * count.number.value / of.number.value
    found = [Amount(of.number.start, count.end, "percent", value, value, (count.number.value,) * 2)]
    for left, other in pairwise(parts[place + 1 : place + 1 + _MOST_COUNTS]):
        if (
            other.unit
            or other.number.value > of.number.value
            or not _ALSO_OF_THEM.fullmatch(between(text, left, other))
        ):
            break
        value = 100 * other.number.value / of.number.value
        found.append(Amount(other.number.start, other.end, "percent", value, value, (other.number.value,) * 2))
    return found, 1 + len(found)
