"""Amounts in words: halves and thirds, "a week", "the first day", "a single tablet"."""

import re
from collections.abc import Iterator
from fractions import Fraction

from articles.text.parsing.tokens import Token, scan, words_of
from articles.text.statements.amount_parts import Amount, is_within

_VAGUE = re.compile(
    r"\b(?:(?P<half>(?:one[ -])?half)|(?P<two_thirds>two[ -]thirds)|(?P<third>(?:a|one)[ -]third)"
    r"|(?P<three_quarters>three[ -]quarters)"
    r"|(?P<quarter>(?:a|one)[ -]quarter)|(?P<fifth>(?:a|one)[ -]fifth)|(?P<two_fifths>two[ -]fifths)"
    r"|(?P<three_fifths>three[ -]fifths)"
    r"|(?P<four_fifths>four[ -]fifths)|(?P<sixth>(?:a|one)[ -]sixth)|(?P<eighth>(?:an|one)[ -]eighth)"
    r"|(?P<tenth>(?:a|one)[ -]tenth))\b"
    r"(?P<of>[ ](?:of[ ])?(?:all[ ]|the[ ]|those[ ]|these[ ]|our[ ])*(?:people|patients|women|men|adults|children"
    r"|participants|them)\b)?"
    r"(?P<form>[ ](?:of[ ])?a[ ](?:tablet|pill|capsule)\b|[ ]tablets?\b)?"
)
# "Falls by half" says a number as "50%" does; "is half as common" is looser. Halved: the same, left open.
_BY_BEFORE = re.compile(r"\bby[ ](?:about|around|roughly|nearly|almost|some|over|more than|up to)?[ ]?\Z")
_HALVED = re.compile(r"\bhalv(?:ed|es|e|ing)\b")
_FIRST_OF_HALVED = words_of("halved halves halve halving")
_WORTH = {
    "half": Fraction(50),
    "two_thirds": Fraction(200, 3),
    "third": Fraction(100, 3),
    "three_quarters": Fraction(75),
    "quarter": Fraction(25),
    "fifth": Fraction(20),
    "two_fifths": Fraction(40),
    "three_fifths": Fraction(60),
    "four_fifths": Fraction(80),
    "sixth": Fraction(100, 6),
    "eighth": Fraction(25, 2),
    "tenth": Fraction(10),
}
_A_TIME = re.compile(
    r"\b(?:for|within|after|in|over|at least|about|lasts?|takes?|until|every|another|than)[ ](?:a|an)[ ]"
    r"(?P<what>hour|day|week|fortnight|month|year)\b(?P<half>[ ]and[ ]a[ ]half\b)?"
)
_PART_OF_A_TIME = re.compile(
    r"\b(?P<part>half|(?:a|one)[ -]quarter[ ]of|three[ -]quarters[ ]of)[ ](?:an|a|the)[ ](?P<what>hour|day|year)\b"
)
_FIRST_OF_PART = words_of("half a one three")
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_ORDINAL_TIME = re.compile(rf"\b(?P<which>{'|'.join(_ORDINALS)})[ ](?P<what>hour|day|week|fortnight|month|year)s?\b")
_ONE = re.compile(
    r"\b(?:single|another)[ ](?:\w+[ ])?(?P<form>tablet|capsule|pill|puff|inhalation|spray|drop|patch|sachet|dose)\b"
)
_FIRST_OF_SHARE = words_of("half one two three four a an")
_FIRST_OF_TIME = words_of("for within after in over at about last lasts take takes until every another than")
_FIRST_OF_ONE = frozenset(("single", "another"))


def worded_amounts(text: str, tokens: list[Token], taken: list[tuple[int, int]]) -> Iterator[Amount]:
    """Yield what is said without digits; no share of what is in the spans `taken`, which has digits."""
    yield from _shares(text, tokens, sorted(taken))
    yield from _times(text, tokens)
    for match in scan(_ONE, text, tokens, _FIRST_OF_ONE):
        measure = {"capsule": "tablet", "pill": "tablet", "inhalation": "puff"}.get(match["form"], match["form"])
        one = Fraction(1)
        yield Amount(*match.span(), measure, one, one, (one, one), is_word=True, counts=False)


def _shares(text: str, tokens: list[Token], taken: list[tuple[int, int]]) -> Iterator[Amount]:
    for match in scan(_VAGUE, text, tokens, _FIRST_OF_SHARE):
        value = _WORTH[next(name for name in _WORTH if match[name])]
        if match["form"]:
            part = value / 100
            yield Amount(*match.span(), "tablet", part, part, (part, part), is_word=True)
        elif not is_within(match.start(), taken):
            is_fact = bool(match["of"] or _BY_BEFORE.search(text, max(0, match.start() - 18), match.start()))
            yield _share(match, value, counts=is_fact)
    for match in scan(_HALVED, text, tokens, _FIRST_OF_HALVED):
        yield _share(match, Fraction(50), counts=False)


def _share(match: re.Match[str], value: Fraction, *, counts: bool) -> Amount:
    return Amount(*match.span(), "percent", value, value, (value, value), is_vague=True, is_word=True, counts=counts)


def _times(text: str, tokens: list[Token]) -> Iterator[Amount]:
    for match in scan(_A_TIME, text, tokens, _FIRST_OF_TIME):
        count = Fraction(3, 2) if match["half"] else Fraction(1)
        yield _time(match, match.start("what"), count, counts=match[0].startswith(("for", "within", "after")))
    for match in scan(_PART_OF_A_TIME, text, tokens, _FIRST_OF_PART):
        part = {"half": Fraction(1, 2), "three": Fraction(3, 4)}.get(re.split("[ -]", match["part"])[0], Fraction(1, 4))
        yield _time(match, match.start(), part, counts=True)
    for match in scan(_ORDINAL_TIME, text, tokens, frozenset(_ORDINALS)):
        yield _time(match, match.start(), Fraction(_ORDINALS.index(match["which"]) + 1), counts=False)


def _time(match: re.Match[str], start: int, count: Fraction, *, counts: bool) -> Amount:
    what = match["what"]
    months = {"month": 1, "year": 12}.get(what)
    days = {"hour": Fraction(1, 24), "day": Fraction(1), "week": Fraction(7), "fortnight": Fraction(14)}.get(
        what, Fraction(1)
    )
    value = count * months if months else count * days
    return Amount(
        start,
        match.end(),
        "month" if months else "day",
        value,
        value,
        (count,) * 2,
        is_word=True,
        counts=counts,
    )
