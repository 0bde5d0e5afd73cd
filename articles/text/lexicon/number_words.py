"""Numbers in digits and in words: where they stand in a text and what they are worth."""

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from articles.text.parsing.tokens import Token, scan

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORTH = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}
_WORD = "|".join(sorted(_WORTH, key=len, reverse=True))
_TEN = "|".join(_TENS)
_NUMBER = re.compile(
    r"(?P<digits>(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])"
    r"|(?<![a-z])[0-9]{1,3}(?:[ ][0-9]{3}){1,4}(?![0-9])(?=[ ]?[a-z%μ])"
    r"|[0-9]{1,15}(?![0-9]))"
    r"(?:[.·][0-9]{1,12})?|(?<![0-9a-z])[.·][0-9]{1,12})"
    r"(?P<vulgar>[ ]?[½¼¾⅓⅔])?(?:[ ](?P<scale>million|thousand|hundred)\b)?"
    r"|(?P<alone>[½¼¾⅓⅔])"
    rf"|\b(?P<word>(?:(?:{_TEN})[ -](?:one|two|three|four|five|six|seven|eight|nine)|{_WORD}|a(?=[ ](?:hundred"
    rf"|thousand|million)))"
    rf"(?:[ ](?:hundred|thousand|million)(?:[ ](?:and[ ])?(?:(?:{_TEN})[ -](?:one|two|three|four|five|six|seven"
    rf"|eight|nine)|{_WORD}))?){{0,4}})"
    r"(?P<half>[ ]and[ ]a[ ]half)?\b"
)
_MOST_NUMBERS = 4_000
_FIRST = frozenset((*_WORTH, "a"))
_ENDS_IN_UNIT = re.compile(r"[0-9][ ]?(?:mg|mcg|μg|g|ml|l|units?|mmol|days?|weeks?|hours?|years?|months?)-\Z")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: its worth, and whether it is written in words."""

    start: int
    end: int
    value: Fraction
    is_word: bool


def find_numbers(text: str, tokens: list[Token]) -> list[Number]:
    """Return the numbers of a text in lower case, in order. Digits within names (B12, GLP-1) are no numbers.

    No more than the first 4,000, so that the work on any text is bounded: a section of an article has a hundred.
    """
    return [
        Number(match.start(), match.end(), _value(match), match["digits"] is None)
        for match in islice(scan(_NUMBER, text, tokens, _FIRST, numbers=True), _MOST_NUMBERS)
        if match["digits"] is None or not _in_a_name(text, match)
    ]


def value_of(text: str) -> Fraction | None:
    """Return what a number is worth that is all of a text."""
    match = _NUMBER.fullmatch(text)
    return _value(match) if match else None


def _in_a_name(text: str, match: re.Match[str]) -> bool:
    start = match.start()
    if start == 0:
        return False
    before = text[start - 1]
    if before == "-":
        # "CoV-2" and "GLP-1", but neither "4-6" nor "300 mg-600 mg".
        return start > 1 and text[start - 2].isalpha() and not _ENDS_IN_UNIT.search(text, max(0, start - 14), start)
    return before.isalpha() or (before in ".:" and start > 1 and text[start - 2].isdigit())


def _value(match: re.Match[str]) -> Fraction:
    if match["digits"]:
        value = Fraction(re.sub(r"[, ]", "", match["digits"]).replace("·", "."))
        value += _VULGAR[match["vulgar"].strip()] if match["vulgar"] else 0
        return value * _SCALES.get(match["scale"] or "", 1)
    if match["alone"]:
        return _VULGAR[match["alone"]]
    total = current = 0
    for word in re.findall("[a-z]+", match["word"]):
        if word in _WORTH:
            current += _WORTH[word]
        elif word == "a":
            current = 1
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0
    return Fraction(total + current) + (Fraction(1, 2) if match["half"] else 0)
