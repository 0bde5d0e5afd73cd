"""How often: in words, in prescribers' abbreviations, by intervals; all as times a day."""

import re
from dataclasses import dataclass
from fractions import Fraction

from articles.text.lexicon.number_words import value_of
from articles.text.parsing.tokens import Token, scan, words_of

_DIGITS = r"[0-9]{1,3}(?:\.[0-9])?"
_WORDS = r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen"
_N = rf"(?:{_DIGITS}|{_WORDS})"
_COUNT = rf"(?:once|twice|thrice|{_N})"
_TO = r"(?:[ ]?[-–][ ]?|[ ]to[ ]|[ ]or[ ])"
_DAYS = {
    "minute": Fraction(1, 1440),
    "hour": Fraction(1, 24),
    "day": Fraction(1),
    "night": Fraction(1),
    "morning": Fraction(1),
    "evening": Fraction(1),
    "week": Fraction(7),
    "fortnight": Fraction(14),
    "month": Fraction(30),
    "year": Fraction(365),
}
_ADVERBS = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "night",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
}
_PERIOD = r"hour|day|night|week|month|year|24[ ]hours?"
# Of Latin: how often a day. Upper case where the lower-case letters are words of their own.
_LATIN = {"bid": 2, "bd": 2, "tid": 3, "tds": 3, "qid": 4, "qds": 4, "qd": 1, "qhs": 1, "qam": 1, "qpm": 1, "nocte": 1}
_UPPER = {"OD": 1, "HS": 1, "BDS": 2}
# "Every third day" is once in three.
_NTH = {"third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "seventh": 7, "tenth": 10}
_MEALS = r"(?:meal|main[ ]meal)"

_FREQUENCY = re.compile(
    r"(?P<latin>\b(?:[btq]\.[ ]?i\.[ ]?d\b\.?|[btq]id\b|q\.d\b\.?|b\.d\b\.?|(?:t\.d\.s|q\.d\.s|q\.h\.s)\b\.?"
    r"|(?:qd|bd|tds|qds|qhs|qam|qpm|nocte)\b))"
    rf"|(?P<other>\b(?:q\.?o\.?d\b\.?|every[ ](?:other|second|2nd)[ ](?P<otherwhat>day|week|month|night)"
    rf"|every[ ](?P<nth>{'|'.join(_NTH)})[ ](?P<nthwhat>day|night|week|month)\b"
    rf"|(?:on[ ])?alternate[ ](?P<altwhat>days?|weeks?)))"
    rf"|\bq[ ]?(?P<qlow>[0-9]{{1,2}})(?:{_TO}(?P<qhigh>[0-9]{{1,2}}))?[ ]?(?P<qwhat>hours|hour|hrs?|h|days?|d"
    rf"|weeks?|wk|w|months?)\b"
    rf"|\b(?P<hourly>{_N})(?:{_TO}(?P<hourlyhigh>{_N}))?[ ]?-?[ ]?hourly\b"
    rf"|\b(?P<low>{_COUNT})(?:{_TO}(?P<high>{_COUNT}))?(?:[ ](?:separate[ ])?times?)?"
    rf"(?:[ ](?:a|per|each|every|in[ ](?:a|one|any|each|every))[ ](?P<in>{_PERIOD})\b|[ ]?/[ ]?(?P<slash>day|week"
    rf"|month|year)\b"
    rf"|[ -](?P<adverb>{'|'.join(_ADVERBS)})\b|[ ]in[ ](?P<in24>24[ ]hours)\b|[ ]every[ ](?P<everynight>night"
    rf"|morning|evening)\b"
    rf"|[ ]with[ ]each[ ]{_MEALS})"
    rf"|\bevery[ ](?P<elow>{_N})(?:{_TO}(?P<ehigh>{_N}))?(?:[ ]|-)?(?P<ewhat>minutes?|hours?|hrs?|h|days?|weeks?"
    rf"|months?|years?)\b"
    r"|(?P<nightly>\b(?:(?:once[ ])?(?:at|before|each|every)[ ](?:bedtime|night|bed)|nightly"
    r"|before[ ](?:going[ ]to[ ]bed|you[ ]go[ ]to[ ]bed|sleep)))\b"
    r"|(?P<twice>\b(?:in[ ]the[ ]|every[ ]|each[ ])?(?:morning[ ]and[ ](?:at[ ]|in[ ]the[ ])?(?:night|evening)"
    r"|(?:night|evening)[ ]and[ ]morning))\b"
    r"|(?P<morning>\b(?:in[ ]the|each|every)[ ](?:morning|evening))\b"
    r"|(?P<each>\b(?:each|every)[ ](?P<eachwhat>day|week|month|year)|\b(?P<alone>daily|weekly|fortnightly|monthly"
    r"|yearly|annually)\b)"
    r"|(?P<single>\b(?:single[ ]daily[ ]dose|one[ ]dose[ ](?:a|per|each|every)[ ]day))"
    r"|(?P<aday>\b(?:in|over|within|during)[ ](?:a|one|any|each|the[ ]same|any[ ]one)[ ](?:(?:24[ -]?hour[ ]period"
    r"|24[ ]hours|day))"
    r"|\b(?:in|over|within|during|per|each|every|any)[ ](?:any[ ])?24[ ](?:hours|h)\b|\ba[ ]day\b(?![ ](?:or"
    r"|before|after|later))|\bper[ ]day\b"
    r"|\bin[ ]a[ ]single[ ]day\b)"
    r"|(?P<wide>\b(?:a|per)[ ](?P<widewhat>week|month|year)\b(?![ ](?:or|before|after|later|of|old)))"
    rf"|(?P<divided>\b(?:(?:divided|split|given|taken|spread)[ ](?:in|into|as|over)|in|as"
    rf"|into)[ ](?P<parts>{_N})(?:{_TO}(?P<partshigh>{_N}))?[ ](?:(?:equally[ ])?(?:divided|equal|separate"
    rf"|smaller)[ ])?(?:doses|parts|portions))"
    rf"|(?P<divided2>\b(?P<parts2>{_N})(?:{_TO}(?P<parts2high>{_N}))?[ ](?:equally[ ])?(?:divided|equal"
    rf"|separate)[ ]doses)"
)


# The words that a frequency begins with.
_FIRST = words_of(
    "b bid bd t tid tds q qid qds qd qod qhs qam qpm nocte every each on alternate once twice thrice one two "
    "three four five six"
    " seven eight nine ten eleven twelve fourteen at before nightly in morning night evening daily weekly "
    "fortnightly monthly"
    " yearly annually single over within during a per any divided split given taken spread as into"
)


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often something happens: times a day, `low` to `high`.

    `basis` is set where only a period is named ("300 mg daily", "a week": the amount may be of that whole period);
    `is_split` where an amount a day comes in so many parts; `is_time` where a time of day is all that is said.
    """

    start: int
    end: int
    low: Fraction | None
    high: Fraction | None
    basis: str = ""
    is_split: bool = False
    is_time: bool = False


def find_frequencies(lower: str, words: str, tokens: list[Token]) -> list[Frequency]:
    """Return the frequencies of a text, given in lower case and as it is written, in order."""
    found = [_frequency(match) for match in scan(_FREQUENCY, lower, tokens, _FIRST, numbers=True)]
    for match in re.finditer(r"\b(?:OD|HS|BDS)\b", words):
        found.append(_times(match, Fraction(_UPPER[match[0]])))
    return sorted(found, key=lambda one: one.start)


def _frequency(match: re.Match[str]) -> Frequency:
    parts = match.groupdict()
    if parts["latin"]:
        return _times(match, Fraction(_LATIN[re.sub("[^a-z]", "", parts["latin"])]))
    if parts["nth"]:
        return _times(match, 1 / (_NTH[parts["nth"]] * _days(parts["nthwhat"])))
    if parts["other"]:
        return _times(match, 1 / (2 * _days(parts["otherwhat"] or parts["altwhat"] or "day")))
    if parts["qlow"]:
        return _interval(match, parts["qlow"], parts["qhigh"], parts["qwhat"])
    if parts["elow"]:
        return _interval(match, parts["elow"], parts["ehigh"], parts["ewhat"])
    if parts["hourly"]:
        return _interval(match, parts["hourly"], parts["hourlyhigh"], "hour")
    if parts["low"]:
        return _counted(match, parts)
    if parts["divided"] or parts["divided2"]:
        low, high = parts["parts"] or parts["parts2"], parts["partshigh"] or parts["parts2high"]
        return Frequency(match.start(), match.end(), _number(low), _number(high or low), is_split=True)
    return _named(match, parts)


def _named(match: re.Match[str], parts: dict[str, str]) -> Frequency:
    if parts["nightly"] or parts["morning"]:
        return Frequency(match.start(), match.end(), Fraction(1), Fraction(1), is_time=True)
    if parts["twice"]:
        return _times(match, Fraction(2))
    if parts["single"]:
        return _times(match, Fraction(1))
    what = parts["eachwhat"] or _ADVERBS.get(parts["alone"] or "", "") or parts["widewhat"] or "day"
    return Frequency(match.start(), match.end(), None, None, basis=what)


def _counted(match: re.Match[str], parts: dict[str, str]) -> Frequency:
    period = (
        parts["in"] or parts["in24"] or parts["slash"] or parts["everynight"] or _ADVERBS.get(parts["adverb"] or "")
    )
    days = _days(period or "day")
    counts = sorted(_number(parts[name] or parts["low"]) / days for name in ("low", "high"))
    return Frequency(match.start(), match.end(), counts[0], counts[1])


def _interval(match: re.Match[str], low: str, high: str | None, what: str) -> Frequency:
    days = _days(what)
    counts = sorted(1 / (max(_number(text), Fraction(1, 10)) * days) for text in (low, high or low))
    return Frequency(match.start(), match.end(), counts[0], counts[1])


def _times(match: re.Match[str], count: Fraction) -> Frequency:
    return Frequency(match.start(), match.end(), count, count)


def _number(text: str) -> Fraction:
    return {"once": Fraction(1), "twice": Fraction(2), "thrice": Fraction(3)}.get(text) or value_of(text) or Fraction(1)


def _days(what: str) -> Fraction:
    word = what.rstrip("s")
    return _DAYS.get(
        {"h": "hour", "hr": "hour", "d": "day", "w": "week", "wk": "week", "24 hour": "day"}.get(word, word),
        Fraction(1),
    )
