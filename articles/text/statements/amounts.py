"""Amounts in a text: numbers with their units, as single values, ranges, pairs, enumerations, multiples and shares."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from articles.text.lexicon.number_words import find_numbers
from articles.text.lexicon.units import SUBSTANCES
from articles.text.parsing.tokens import Token, scan, words_of
from articles.text.statements.amount_parts import Amount, Part, amount_of, is_within, part_at
from articles.text.statements.countable_amounts import is_fact, is_ignored
from articles.text.statements.joined_amounts import FORM, enumeration, multiple, pair, range_of
from articles.text.statements.shares import difference, out_of, share
from articles.text.statements.worded_amounts import worded_amounts

_NUMBER_OF_SHARE = re.compile(r"[ -](?:thirds|quarters|fifths)\b")
_PART_BEFORE = re.compile(r"\b(?P<part>half|(?:a|one)[ -]quarter|(?:a|one)[ -]third)[ ](?:of[ ])?(?:an?|one|the)[ ]\Z")
# "For each kilogram you weigh, 15 mg": the divisor comes first.
_FOR_EACH_KILOGRAM = re.compile(
    r"\b(?:for|per)[ ](?:each[ ]|every[ ])?(?:kg|kilogram|kilo)"
    r"(?:[ ](?:that[ ])?(?:you|they|he|she|your child|the child)[ ]weighs?"
    r"|[ ]of[ ](?:your[ ])?(?:body[ -]?)?weight)?[,:]?[ ](?:give[ ]|take[ ])?\Z"
)
_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3)}
_PREFIX_TIME = re.compile(r"\b(?P<what>day|week|month|year)s?[ ]\Z")
_RATIO_BEFORE = re.compile(r"\b(?:risk|ratio|rr|hr|or|hazard|odds|irr)\b[ ]?(?:[(,:=]|of|was|is|[ ])*\Z")
_NEEDED = re.compile(r"\b(?:numbers?[ ]needed[ ]to[ ](?:treat|harm)|nn[th])\b[a-z ,:=()]{0,40}\Z")
_DATE = re.compile(
    r"\b[0-9]{1,2}[ ](?:january|february|march|april|may|june|july|august|september|october|november|december|jan"
    r"|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
    r"(?:[ ][0-9]{4})?|\b(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)[ ][0-9]{1,2}\b(?:,?[ ][0-9]{4})?"
    r"|\b116[ ]?1(?:11|17|23)\b|\b0[0-9]{2,4}[ ][0-9]{3,4}(?:[ ][0-9]{3,4})?\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b"
    r"|\b[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}\b|\b24/7\b"
    r"|(?<![0-9])(?:\+[0-9]{1,3}[ -])?(?:1-)?\(?[0-9]{3,5}\)?[ -][0-9]{3}[ -][0-9]{3,4}\b(?![ ]?(?:mg|units|people"
    r"|mcg|ml))|\b[0-9]{1,2}:[0-9]{2}\b(?![0-9,])|\b[0-9]{1,2}[ ]?[ap]\.?m\.?\b"
)
_FIRST_OF_DATE = words_of("january february march april may june july august september october november december")
_ALCOHOL = re.compile(r"alcohol|drink")
_OF_ANOTHER = re.compile(r"[ ]of[ ](?!alcohol|drink)")


def find_amounts(text: str, tokens: list[Token], blocked: list[tuple[int, int]]) -> list[Amount]:
    """Return the amounts of a text in lower case, in order; nothing of what is in a blocked span (a frequency)."""
    spans = sorted([*blocked, *(match.span() for match in scan(_DATE, text, tokens, _FIRST_OF_DATE, numbers=True))])
    parts: list[Part] = []
    for number in find_numbers(text, tokens):
        # A number within a unit ("mg/5 mL", "mL/min/1.73 m²") is part of it.
        is_inside = is_within(number.start, spans) or (parts and number.start < parts[-1].end)
        if not is_inside and not (number.is_word and _NUMBER_OF_SHARE.match(text, number.end)):
            parts.append(part_at(text, number))
    found = list(_joined(text, parts))
    found.extend(worded_amounts(text, tokens, [(amount.start, amount.end) for amount in found]))
    return sorted(found, key=lambda amount: amount.start)


def _joined(text: str, parts: list[Part]) -> Iterator[Amount]:
    place = 0
    while place < len(parts):
        for join in (multiple, difference, out_of, share, range_of, pair, enumeration):
            amounts, used = join(text, parts, place)
            if used:
                yield from amounts
                place += used
                break
        else:
            yield from _single(text, parts[place])
            place += 1


def _single(text: str, part: Part) -> Iterator[Amount]:
    amount = amount_of(part)
    prefix = _PREFIX_TIME.search(text, max(0, amount.start - 7), amount.start)
    if part.unit is None and prefix:
        months = {"month": 1, "year": 12}.get(prefix["what"])
        value = amount.low * (months or {"week": 7}.get(prefix["what"], 1))
        yield replace(
            amount, start=prefix.start(), measure="month" if months else "day", low=value, high=value, is_point=True
        )
    elif amount.measure == "unit" and _is_of_alcohol(text, amount):
        yield replace(amount, measure="alcohol")
    elif (whole := _PART_BEFORE.search(text, max(0, amount.start - 22), amount.start)) and _is_of_a_form(text, part):
        value = amount.low * _PARTS[re.split("[ -]", whole["part"])[-1]]
        yield replace(amount, start=whole.start(), low=value, high=value, written=(value, value), strength=amount.low)
    elif (
        part.unit is not None
        and part.unit.measure in SUBSTANCES
        and _FOR_EACH_KILOGRAM.search(text, max(0, amount.start - 60), amount.start)
    ):
        yield replace(amount, measure=f"{amount.measure}/kg")
    elif part.unit is not None or not is_ignored(text, part):
        yield replace(amount, counts=is_fact(text, amount))
        if part.unit is None and amount.low > 1 and _NEEDED.search(text, max(0, amount.start - 60), amount.start):
            # Of 25 who need it, one is helped.
            helped = 100 / amount.low
            yield replace(amount, measure="percent", low=helped, high=helped, counts=False)
        is_ratio = part.unit is None and 0 < amount.low < 2 and amount.low.denominator != 1
        if is_ratio and _RATIO_BEFORE.search(text, max(0, amount.start - 40), amount.start):
            # A relative risk of 0.81 is 19% lower.
            change = abs(1 - amount.low) * 100
            yield replace(amount, measure="percent", low=change, high=change, counts=False)


def _is_of_a_form(text: str, part: Part) -> bool:
    """Return whether an amount is the strength of a tablet or the like: "half a 50 mg tablet"."""
    return part.unit is not None and part.unit.measure in SUBSTANCES and bool(FORM.match(text, part.end))


def _is_of_alcohol(text: str, amount: Amount) -> bool:
    """Return whether units are those of drinks, by the words around them; of "units of insulin" they are not."""
    around = _ALCOHOL.search(text, max(0, amount.start - 40), amount.end + 20)
    return around is not None and not _OF_ANOTHER.match(text, amount.end)
