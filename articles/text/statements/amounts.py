"""Amounts in a text: numbers with their units, as single values, ranges, pairs, enumerations, multiples and shares."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from articles.text.lexicon.number_words import Number, find_numbers
from articles.text.lexicon.units import FORMS, SUBSTANCES, TIMES, Unit, unit_at
from articles.text.parsing.tokens import Token, scan, words_of

_RANGE = re.compile(r"[ ]?(?:[-–—]|to|up to|through|or up to)[ ]?\Z")
_AND = re.compile(r"[ ]?and[ ]?\Z")
_ALSO = re.compile(r"(?:,[ ]|,?[ ](?:or|and)[ ])\Z")
_SLASH = re.compile(r"[ ]?/[ ]?\Z")
_OR_TO = re.compile(r"[ ](?:or|to)[ ]\Z|[ ]?[-–][ ]?\Z")
_TIMES = re.compile(r"[ ]?[x×][ ]?\Z|[ ]\Z")
_TIMES_AFTER = re.compile(r"[ ]?[x×][ ]?\Z")
_EACH_OF = re.compile(r"[ ]of[ ]\Z|[ ]?\([ ]?\Z")
_FORM = re.compile(
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
_NUMBER_OF_SHARE = re.compile(r"[ -](?:thirds|quarters|fifths)\b")
_PART_BEFORE = re.compile(r"\b(?P<part>half|(?:a|one)[ -]quarter|(?:a|one)[ -]third)[ ](?:of[ ])?(?:an?|one|the)[ ]\Z")
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
# "For each kilogram you weigh, 15 mg": the divisor comes first.
_FOR_EACH_KILOGRAM = re.compile(
    r"\b(?:for|per)[ ](?:each[ ]|every[ ])?(?:kg|kilogram|kilo)"
    r"(?:[ ](?:that[ ])?(?:you|they|he|she|your child|the child)[ ]weighs?"
    r"|[ ]of[ ](?:your[ ])?(?:body[ -]?)?weight)?[,:]?[ ](?:give[ ]|take[ ])?\Z"
)
_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3)}
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
_PREFIX_TIME = re.compile(r"\b(?P<what>day|week|month|year)s?[ ]\Z")
_ONE = re.compile(
    r"\b(?:single|another)[ ](?:\w+[ ])?(?P<form>tablet|capsule|pill|puff|inhalation|spray|drop|patch|sachet|dose)\b"
)

# A bare number after these is a name or a rank; before those it counts what the text itself lists.
_NAMES_BEFORE = re.compile(
    r"\b(?:types?|phases?|stages?|steps?|grades?|class|figure|fig\.?|table|section|chapter|part|page|option"
    r"|version|no\.|number|group|question|line|tier|peptide"
    r"|cotransporter|covid|omega|vitamin b|vitamin d|factor|schedule|trial|study|cohort|arm|protocol|appendix|box"
    r"|module|room|key|top|point|level of evidence"
    r"|interleukin|receptor|il|h|chapter|reference|ref\.?|item|example|goal|tip|rule|reason|recommendation"
    r"|statement|sars-cov|hiv|hpv|influenza a|isoform)[ -]?\Z"
)
_CALL_BEFORE = re.compile(
    r"\b(?:call(?:ing)?|dial(?:ling|ing)?|phone|ring|ringing|text|telephone|line|on|or|number is"
    r"|,)[ ](?:[0-9]{3,6}[ ](?:or|in)?[ ]?)?\Z"
)
_CALLED = re.compile(r"(?:911|112|999|111|000|988|101|116[ ]117|116[ ]123|13[ ]11[ ]26|811|119|110)\Z")
_CALL_NEAR = re.compile(r"\b(?:call|dial|phone|ring|text|telephone|emergency|ambulance|helpline|hotline)\w*\b")
_LISTED_AFTER = re.compile(
    r"[ ](?:\w+[ ]){0,2}?(?:steps?|things?|ways?|tips?|reasons?|questions?|kinds?|types?|groups?|parts?|points?"
    r"|options?|choices?|goals?|rules?|signs?"
    r"|main|key|important|simple|families|classes|medicines?|drugs?|treatments?|trials?|studies|guidelines?"
    r"|others?|areas?|sections?|topics?)\b"
)
_COUNTED_AT_ONCE = re.compile(
    r"[ ](?:people|patients|women|men|adults|children|participants|cases|deaths|infants|babies|cigarettes|drinks"
    r"|glasses|cups|meals|snacks|portions"
    r"|injections|infusions|jabs|vaccines|blood tests|visits|scans|sessions)\b"
)
# How many criteria must be met: also one of them, where the words before say that it is enough.
_CRITERIA = re.compile(
    r"[ ](?:criteri(?:on|a)|risk factors?|features?|of (?:the |these )?(?:following|criteria|risk factors|features"
    r"|conditions|these|them))\b"
)
_ENOUGH_BEFORE = re.compile(
    r"\b(?:at least|at most|any|all|only|just|if|when)[ ](?:you (?:have|meet)[ ]|there (?:is|are)[ ])?\Z"
)
_SCORED_BEFORE = re.compile(
    r"\b(?:score|scores|scoring|egfr|inr|bmi|index|ratio|level|tsh|psa|ph|count|nnt|number needed to treat|pain"
    r"|scale|hba1c|a1c|ldl|hdl|potassium|sodium|creatinine"
    r"|pressure|pulse|rate|age|aged|ages)\b[ ](?:\w+[ ]){0,4}\Z"
)
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
# "Between fifty and seventy-four" says an age, where it is said of people.
_WHO_BEFORE = re.compile(
    r"\b(?:people|adults|women|men|children|anyone|everyone|everybody|patients|you are|aged?|ages)"
    r"(?:[ ](?:who[ ]are[ ]|aged[ ])?(?:between|from))?[ ]\Z"
)
_YOUNGER_BEFORE = re.compile(
    r"\b(?:(?:younger|older)[ ]than"
    r"|(?:people|adults|women|men|children|anyone|everyone)[ ](?:who[ ]are[ ])?(?:under|over|above|below))[ ]\Z"
)
_LEAST_AGE = 13
_FIRST_OF_DATE = words_of("january february march april may june july august september october november december")
_FIRST_OF_SHARE = words_of("half one two three four a an")
_FIRST_OF_TIME = words_of("for within after in over at about last lasts take takes until every another than")
_FIRST_OF_ONE = frozenset(("single", "another"))
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}\Z")
_BOUND_BEFORE_UNIT = re.compile(r"[ ](?:or|and)[ ](?:more|over|above|fewer|less|under|below)(?=[ ])")
_ALCOHOL = re.compile(r"alcohol|drink")
_OF_ANOTHER = re.compile(r"[ ]of[ ](?!alcohol|drink)")


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
class _Part:
    """A number with the unit behind it, while neighbours are being joined."""

    number: Number
    unit: Unit | None
    end: int
    is_used: bool = False


def find_amounts(text: str, tokens: list[Token], blocked: list[tuple[int, int]]) -> list[Amount]:
    """Return the amounts of a text in lower case, in order; nothing of what is in a blocked span (a frequency)."""
    spans = sorted([*blocked, *(match.span() for match in scan(_DATE, text, tokens, _FIRST_OF_DATE, numbers=True))])
    parts: list[_Part] = []
    for number in find_numbers(text, tokens):
        # A number within a unit ("mg/5 mL", "mL/min/1.73 m²") is part of it.
        is_inside = _is_within(number.start, spans) or (parts and number.start < parts[-1].end)
        if not is_inside and not (number.is_word and _NUMBER_OF_SHARE.match(text, number.end)):
            parts.append(_part(text, number))
    found = list(_joined(text, parts))
    found.extend(_others(text, tokens, [(amount.start, amount.end) for amount in found]))
    return sorted(found, key=lambda amount: amount.start)


def _part(text: str, number: Number) -> _Part:
    unit = unit_at(text, number.end)
    if unit is not None:
        return _Part(number, unit, unit.end)
    # "10 or more days": the bound stands before the unit.
    bound = _BOUND_BEFORE_UNIT.match(text, number.end)
    return _Part(number, unit_at(text, bound.end()) if bound else None, number.end)


def _is_within(place: int, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (place, 1 << 60)) - 1
    return index >= 0 and spans[index][0] <= place < spans[index][1]


def _joined(text: str, parts: list[_Part]) -> Iterator[Amount]:
    place = 0
    while place < len(parts):
        for join in (_multiple, _difference, _out_of, _share, _range, _pair, _enumeration):
            amounts, used = join(text, parts, place)
            if used:
                yield from amounts
                place += used
                break
        else:
            yield from _single(text, parts[place])
            place += 1


def _gap(text: str, left: _Part, right: _Part) -> str:
    return text[left.end : right.number.start]


Joined = tuple[list[Amount], int]


def _multiple(text: str, parts: list[_Part], place: int) -> Joined:
    """Read "two 500 mg tablets", "2 x 500 mg", "500 mg x 2" and "two tablets of 500 mg" as what they come to."""
    if place + 1 >= len(parts):
        return [], 0
    left, right = parts[place], parts[place + 1]
    gap = _gap(text, left, right)
    follows = parts[place + 2].unit is not None if place + 2 < len(parts) else False
    if left.unit is None and right.unit is None and follows and _OR_TO.match(gap):
        amounts, used = _multiple(text, parts, place + 1)
        if used and amounts[0].strength:
            strength = amounts[0].strength
            low = replace(amounts[0], start=left.number.start, low=left.number.value * strength)
            return [replace(low, written=(left.number.value * parts[place + 2].number.value, low.written[1]))], 1 + used
        return [], 0
    if left.unit is None and right.unit is not None and right.unit.measure in SUBSTANCES:
        is_counted = _TIMES.match(gap) and (_TIMES_AFTER.match(gap) or _FORM.match(text, right.end))
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
        count = replace(_amount(left), counts=False)
        return [count, _times(left, right, left.number.start, right.end)], 2
    return [], 0


def _times(count: _Part, strength: _Part, start: int, end: int) -> Amount:
    amount = _amount(strength)
    value = amount.low * count.number.value
    written = strength.number.value * count.number.value
    return replace(amount, start=start, end=end, low=value, high=value, written=(written, written), strength=amount.low)


def _share(text: str, parts: list[_Part], place: int) -> Joined:
    """Read "1 in 10" and "3 to 10 cases per 100,000" as percent; "from 109 to 52 per 1,000" as two of them."""
    rest = parts[place : place + 3]
    if len(rest) < 2 or any(part.unit is not None for part in rest[:1]):
        return [], 0
    counts = [rest[0]]
    if len(rest) == 3 and rest[1].unit is None and _RANGE.match(_gap(text, rest[0], rest[1])):
        counts.append(rest[1])
    of = rest[len(counts)] if len(rest) > len(counts) else None
    if of is None or of.unit is not None or of.number.value < 2 or counts[-1].number.value > of.number.value:
        return [], 0
    gap = _gap(text, counts[-1], of)
    if not (_SHARE.match(gap) or _SHARE_AFTER_NOUN.match(gap)) or _YEAR.match(text[of.number.start : of.end]):
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


def _difference(text: str, parts: list[_Part], place: int) -> Joined:
    """Read "3 fewer people in 100" as a share that is no fault: it is worked out from two."""
    if place + 1 >= len(parts):
        return [], 0
    count, of = parts[place], parts[place + 1]
    if count.unit or of.unit or of.number.value not in _ROUND or not _DIFFERENCE.fullmatch(_gap(text, count, of)):
        return [], 0
    value = 100 * count.number.value / of.number.value
    written = (count.number.value,) * 2
    return [Amount(count.number.start, of.end, "percent", value, value, written, counts=False)], 2


def _out_of(text: str, parts: list[_Part], place: int) -> Joined:
    """Read "of 100 people who took it, 38" as percent."""
    if place + 1 >= len(parts):
        return [], 0
    of, count = parts[place], parts[place + 1]
    is_share = (
        of.unit is None
        and count.unit is None
        and (of.number.value in _ROUND or count.number.value == 1)
        and count.number.value <= of.number.value
        and _OF_WHOM.match(_gap(text, of, count))
        and _OUT_OF.search(text, max(0, of.number.start - 14), of.number.start)
    )
    if not is_share or (len(parts) > place + 2 and _SHARE.match(_gap(text, count, parts[place + 2]))):
        return [], 0
    value = 100 * count.number.value / of.number.value
    found = [Amount(of.number.start, count.end, "percent", value, value, (count.number.value,) * 2)]
    for left, other in pairwise(parts[place + 1 : place + 1 + _MOST_COUNTS]):
        if other.unit or other.number.value > of.number.value or not _ALSO_OF_THEM.fullmatch(_gap(text, left, other)):
            break
        value = 100 * other.number.value / of.number.value
        found.append(Amount(other.number.start, other.end, "percent", value, value, (other.number.value,) * 2))
    return found, 1 + len(found)


def _range(text: str, parts: list[_Part], place: int) -> Joined:
    if place + 1 >= len(parts):
        return [], 0
    left, right = parts[place], parts[place + 1]
    gap = _gap(text, left, right)
    before = text[max(0, left.number.start - 60) : left.number.start]
    is_range = bool(_RANGE.match(gap)) or bool(_AND.match(gap) and _BETWEEN.search(before))
    if not is_range:
        return [], 0
    if left.unit is None and right.unit is None and _is_ignored(text, left):
        return [], 2
    low, high = _amounts(left, right)
    if low is None or high is None or (low.low > high.low and right.unit is None and left.unit is None):
        return [], 0
    if _MOVE.search(before) or low.low > high.low or (low.basis and not high.basis) or _STEP_BY.search(before):
        return [replace(low, is_moved=True), replace(high, is_moved=True)], 2
    whole = replace(
        low, end=high.end, high=high.high, written=(low.written[0], high.written[1]), basis=high.basis or low.basis
    )
    return [replace(whole, counts=_counts(text, whole))], 2


def _amounts(left: _Part, right: _Part) -> tuple[Amount, Amount] | tuple[None, None]:
    """Return two neighbours in one measure: the first may leave the unit to the second."""
    high = _amount(right)
    if left.unit is None and right.unit is not None:
        unit = right.unit
        value = left.number.value * unit.factor
        low = Amount(
            left.number.start,
            left.number.end,
            _name(unit),
            value,
            value,
            (left.number.value,) * 2,
            _basis(unit),
            is_word=left.number.is_word,
        )
        return low, high
    low = _amount(left)
    if low.measure != high.measure:
        if left.unit is not None and right.unit is None and not right.number.is_word:
            return None, None
        return None, None
    return low, high


def _pair(text: str, parts: list[_Part], place: int) -> Joined:
    """Read "160/800 mg" and "140/90 mmHg" as one amount of two values."""
    if place + 1 >= len(parts):
        return [], 0
    left, right = parts[place], parts[place + 1]
    if left.unit is not None or left.number.is_word or not _SLASH.match(_gap(text, left, right)):
        return [], 0
    low, high = _amounts(left, right)
    if low is None or high is None:
        return [], 0
    pair = replace(low, end=high.end, high=high.high, written=(low.written[0], high.written[1]), is_pair=True)
    return [replace(pair, counts=_counts(text, pair))], 2


def _enumeration(text: str, parts: list[_Part], place: int) -> Joined:
    """Give "5, 10 or 20 mg" the unit of its last value."""
    last = place
    while (
        last + 1 < len(parts)
        and last - place < 8
        and parts[last].unit is None
        and not parts[last].number.is_word
        and _ALSO.match(_gap(text, parts[last], parts[last + 1]))
        and not _NAMES_BEFORE.search(text, max(0, parts[last].number.start - 24), parts[last].number.start)
    ):
        last += 1
    unit = parts[last].unit
    if last == place or unit is None or unit.measure in TIMES or (unit.measure in FORMS and last - place < 1):
        return [], 0
    if any(_YEAR.match(text[part.number.start : part.end]) for part in parts[place:last]):
        return [], 0
    amounts = [_amounts(part, parts[last])[0] for part in parts[place:last]]
    return [amount for amount in amounts if amount is not None] + [_amount(parts[last])], last - place + 1


def _single(text: str, part: _Part) -> Iterator[Amount]:
    amount = _amount(part)
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
    elif part.unit is not None or not _is_ignored(text, part):
        yield replace(amount, counts=_counts(text, amount))
        if part.unit is None and amount.low > 1 and _NEEDED.search(text, max(0, amount.start - 60), amount.start):
            # Of 25 who need it, one is helped.
            share = 100 / amount.low
            yield replace(amount, measure="percent", low=share, high=share, counts=False)
        is_ratio = part.unit is None and 0 < amount.low < 2 and amount.low.denominator != 1
        if is_ratio and _RATIO_BEFORE.search(text, max(0, amount.start - 40), amount.start):
            # A relative risk of 0.81 is 19% lower.
            change = abs(1 - amount.low) * 100
            yield replace(amount, measure="percent", low=change, high=change, counts=False)


def _is_of_a_form(text: str, part: _Part) -> bool:
    """Return whether an amount is the strength of a tablet or the like: "half a 50 mg tablet"."""
    return part.unit is not None and part.unit.measure in SUBSTANCES and bool(_FORM.match(text, part.end))


def _is_of_alcohol(text: str, amount: Amount) -> bool:
    """Return whether units are those of drinks, by the words around them; of "units of insulin" they are not."""
    around = _ALCOHOL.search(text, max(0, amount.start - 40), amount.end + 20)
    return around is not None and not _OF_ANOTHER.match(text, amount.end)


def _is_ignored(text: str, part: _Part) -> bool:
    start, end = part.number.start, part.end
    if part.number.is_word:
        return False
    digits = text[start:end]
    following = text[end : end + 2]
    if following[:1].isalpha() or (following[:1] == "-" and following[1:].isalpha()):
        return True
    if _YEAR.match(digits) or _NAMES_BEFORE.search(text, max(0, start - 24), start):
        return True
    if _CALLED.match(digits) and (
        _CALL_BEFORE.search(text, max(0, start - 24), start) or _CALL_NEAR.search(text, max(0, start - 60), end + 40)
    ):
        return True
    return part.number.value <= 12 and bool(_LISTED_AFTER.match(text, end))


def _counts(text: str, amount: Amount) -> bool:
    """Return whether the amount can be a fault. Words and the number one mostly count what the text itself says."""
    if amount.measure == "number":
        if amount.is_word:
            return _word_counts(text, amount)
        return (
            amount.low != 1
            or amount.high != 1
            or bool(_SCORED_BEFORE.search(text, max(0, amount.start - 48), amount.start))
        )
    if amount.is_word and amount.high == 1 and amount.measure in (FORMS | {"dose"}):
        return False
    return not (amount.measure == "dose" and amount.high <= 1)


def _word_counts(text: str, amount: Amount) -> bool:
    """Return whether a number in words is a fact: a rule, an age, a large number, or a count of what is at once."""
    before = text[max(0, amount.start - 40) : amount.start]
    is_rule = _CRITERIA.match(text, amount.end) and _ENOUGH_BEFORE.search(before[-32:])
    is_age = amount.low >= _LEAST_AGE and (
        _YOUNGER_BEFORE.search(before) or (amount.low != amount.high and _WHO_BEFORE.search(before))
    )
    is_many = amount.low > 100 and text[amount.start : amount.start + 2] != "a "
    return bool(is_rule or is_age or is_many) or (amount.low >= 2 and bool(_COUNTED_AT_ONCE.match(text, amount.end)))


def _amount(part: _Part) -> Amount:
    number, unit = part.number, part.unit
    if unit is None:
        return Amount(
            number.start, number.end, "number", number.value, number.value, (number.value,) * 2, is_word=number.is_word
        )
    value = number.value * unit.factor
    if unit.measure == "degF":
        value = Fraction(round((number.value - 32) * Fraction(5, 9) * 10), 10)
    return Amount(
        number.start, part.end, _name(unit), value, value, (number.value,) * 2, _basis(unit), is_word=number.is_word
    )


def _name(unit: Unit) -> str:
    """Return the measure by which amounts are compared: millilitres a minute are a level of kidney function."""
    if unit.measure == "mL" and unit.basis == "minute":
        return "mL/min"
    return {"degF": "degC"}.get(unit.measure, unit.measure)


def _basis(unit: Unit) -> str:
    return "" if unit.measure == "mL" and unit.basis == "minute" else unit.basis


def _others(text: str, tokens: list[Token], taken: list[tuple[int, int]]) -> Iterator[Amount]:
    """Yield what is said without digits: halves and thirds, "a week", "the first day", "a single tablet"."""
    taken.sort()
    for match in scan(_VAGUE, text, tokens, _FIRST_OF_SHARE):
        if match["form"]:
            value = _WORTH[match.lastgroup if match.lastgroup in _WORTH else _share_name(match)] / 100
            yield Amount(match.start(), match.end(), "tablet", value, value, (value, value), is_word=True)
        elif not _is_within(match.start(), taken):
            value = _WORTH[_share_name(match)]
            yield Amount(
                match.start(),
                match.end(),
                "percent",
                value,
                value,
                (value, value),
                is_vague=True,
                is_word=True,
                counts=bool(match["of"] or _BY_BEFORE.search(text, max(0, match.start() - 18), match.start())),
            )
    for match in scan(_HALVED, text, tokens, _FIRST_OF_HALVED):
        value = Fraction(50)
        yield Amount(*match.span(), "percent", value, value, (value, value), is_vague=True, is_word=True, counts=False)
    for match in scan(_A_TIME, text, tokens, _FIRST_OF_TIME):
        count = Fraction(3, 2) if match["half"] else Fraction(1)
        yield _time(match, match.start("what"), count, counts=match[0].startswith(("for", "within", "after")))
    for match in scan(_PART_OF_A_TIME, text, tokens, _FIRST_OF_PART):
        part = {"half": Fraction(1, 2), "three": Fraction(3, 4)}.get(re.split("[ -]", match["part"])[0], Fraction(1, 4))
        yield _time(match, match.start(), part, counts=True)
    for match in scan(_ORDINAL_TIME, text, tokens, frozenset(_ORDINALS)):
        yield _time(match, match.start(), Fraction(_ORDINALS.index(match["which"]) + 1), counts=False)
    for match in scan(_ONE, text, tokens, _FIRST_OF_ONE):
        measure = {"capsule": "tablet", "pill": "tablet", "inhalation": "puff"}.get(match["form"], match["form"])
        yield Amount(
            match.start(),
            match.end(),
            measure,
            Fraction(1),
            Fraction(1),
            (Fraction(1),) * 2,
            is_word=True,
            counts=False,
        )


def _share_name(match: re.Match[str]) -> str:
    return next(name for name in _WORTH if match[name])


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
