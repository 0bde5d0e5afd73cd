"""The quantities that a text states: amounts with their unit, how often, by which route, of which drug, for whom."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from articles.text.lexicon.drugs import find_drugs
from articles.text.lexicon.frequencies import Frequency, find_frequencies
from articles.text.lexicon.routes import Mention, find_people, find_routes
from articles.text.lexicon.units import FORMS, SUBSTANCES, TIMES
from articles.text.statements.amounts import Amount, find_amounts
from articles.text.statements.bounds import bound_of, is_negative
from articles.text.statements.visible_words import Reading, Sentence, read

_HEDGE = re.compile(
    r"\b(?:about|around|roughly|approximately|nearly|almost|some|just (?:over|under)|close to|more than|over"
    r"|less than|under)[ ](?:a[ ])?\Z"
)
_OF = re.compile(
    r"[ ]*(?:\([^()]{0,40}\)[ ]*)?(?:(?:tablets?|capsules?|in total|doses?)[ ])?(?:of[ ])?"
    r"(?:(?:oral|intravenous|iv|inhaled|topical|subcutaneous|generic|the|modified-release|immediate-release"
    r"|extended-release)[ ])*\Z"
)
_STEP = re.compile(r"[ ]?(?:,|\(|=|,?[ ]?(?:or|and|to|then|up to|or up to|rising to|increasing to)|/|-|–)*[ ]?\Z")
_RELATIVE = re.compile(
    r"\brelative[ ](?:risk[ ])?(?:reduction|decrease|increase|benefit)(?:[ ](?:of|was|is|by|about)|[,:])*[ ]\Z"
)
_PEOPLE_AFTER = re.compile(r"[ ](?:people|patients|women|men|adults|children|participants)\b")
# "Less than 1.8 mmol/L (70 mg/dL)": what the brackets say otherwise has the same bound.
_IN_BRACKETS = re.compile(r"[ ]\((?:or|that is|which is|about|=)?[ ]?")
_AT_ONCE = re.compile(r"[ ](?:of[ ][a-z-]+[ ])?(?:at (?:a time|once|one time)|in one go|per dose)\b")
_AND_ALSO = re.compile(r",?[ ](?:and|plus|then|and then)[ ](?:another[ ])?|,[ ]")
_NO_UNIT = re.compile(r"[0-9½¼¾⅓⅔]\Z")
_NOT_OF_A_DOSE = re.compile(
    r";|\b(?:check|test|measure|monitor|review|visit|see|blood tests?|tested|checked|measured|monitored|examin"
    r"|for (?:the )?(?:first|next)|then)\w*\b"
)
# "A loading dose of 300 mg, then 75 mg once daily": the first is taken once.
_ONE_OFF = re.compile(
    r"\b(?:loading|single|bolus|one-off|one)\b(?:[ ](?:oral|dose|bolus))*(?:[ ](?:of|is|was)|:)?[ ]\Z"
)
_APART = re.compile(r"[,;.(]|\b(?:up|at|and|or|then|to|for)\b")
_FURTHEST_AFTER, _FURTHEST_BEFORE, _NEAR = 70, 45, 14
_MOST_AMOUNTS = 80
# Characters between an amount and its frequency that are read as one expression.
_BESIDE = 40
_DAYS = {"minute": Fraction(1, 1440), "hour": Fraction(1, 24), "day": Fraction(1), "week": Fraction(7)}
_DAYS |= {"month": Fraction(30), "year": Fraction(365)}

Range = tuple[Fraction, Fraction]


@dataclass(slots=True, frozen=True)
class Quantity:
    """One quantity. `low` to `high` are in the measure's own unit (mg, mL, day …), equal for a single value."""

    start: int
    end: int
    measure: str
    low: Fraction
    high: Fraction
    # The numbers as they are written, before conversion.
    written: Range
    bound: str = ""
    # Whether its sentence says no; only used to compare bounds.
    negative: bool = False
    # Times a day, and of what period the amount is the total.
    times: Range | None = None
    basis: str = ""
    times_span: tuple[int, int] = (0, 0)
    routes: frozenset[str] = frozenset()
    route_span: tuple[int, int] = (0, 0)
    people: frozenset[str] = frozenset()
    drugs: frozenset[str] = frozenset()
    # Whether the drug is named beside the amount, not only in the lines before.
    drug_is_named: bool = False
    is_pair: bool = False
    is_hedged: bool = False
    is_vague: bool = False
    # Of "up to 4 times a day": the bound of the frequency.
    times_bound: str = ""
    strength: Fraction = Fraction(0)
    # Of percentages: "a relative reduction of 25%" is not 25 of 100 people.
    is_relative: bool = False
    is_of_people: bool = False
    # Of "400 mg at a time", which a limit of the day is not.
    is_at_once: bool = False
    is_point: bool = False
    # Whether it can be a fault; otherwise it only supports what another text says.
    counts: bool = True

    @property
    def is_dose(self) -> bool:
        """Whether it is an amount of a medicine, not a level, an age, a count or a share."""
        return self.measure in DOSES

    @property
    def identity(self) -> "Quantity":
        """The quantity without its place: the same for all that say the same."""
        return replace(self, start=0, end=0, times_span=(0, 0), route_span=(0, 0))

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands with its frequency, when the two stand side by side."""
        start, end = self.times_span if self.times_span[1] else (self.start, self.end)
        near = -_BESIDE <= start - self.end <= _BESIDE or -_BESIDE <= self.start - end <= _BESIDE
        return (min(start, self.start), max(end, self.end)) if near else (self.start, self.end)

    @property
    def each(self) -> Range | None:
        """What is taken each time, where the text says how often."""
        if self.times is None or not self.times[0]:
            return None
        if not self.basis:
            return (self.low, self.high)
        days = _DAYS[self.basis]
        return (self.low / days / self.times[0], self.high / days / self.times[1])

    @property
    def total(self) -> Range | None:
        """What is taken a day, where the text says it or says how often."""
        if self.basis:
            days = _DAYS[self.basis]
            return (self.low / days, self.high / days)
        return (self.low * self.times[0], self.high * self.times[1]) if self.times else None


DOSES = frozenset(
    {*(SUBSTANCES), *(f"{one}/{by}" for one in ("mg", "unit", "mmol", "mEq", "mL") for by in ("kg", "m2")), *FORMS}
    - {"vial"}
)


@dataclass(slots=True)
class Stated:
    """What a text states: its quantities, and frequencies that belong to no amount."""

    reading: Reading
    quantities: list[Quantity] = field(default_factory=list)
    frequencies: list[Quantity] = field(default_factory=list)
    routes: frozenset[str] = frozenset()
    # The distinct quantities of each measure, and of all.
    by_measure: dict[str, list[Quantity]] = field(default_factory=dict)
    distinct: list[Quantity] = field(default_factory=list)
    by_value: dict[tuple[Range, str], list[Quantity]] = field(default_factory=dict)

    def within(self, start: int, end: int) -> list[Quantity]:
        """Return the quantities that begin in a span of the text."""
        first = bisect_left(self.quantities, start, key=lambda one: one.start)
        return self.quantities[first : bisect_left(self.quantities, end, key=lambda one: one.start)]


def stated_in(content: dict[str, Any], section: dict[str, Any], audience: str) -> Stated:
    """Return what a section states for one audience; its heading, else the article's title, may name the drug."""
    heading = section["heading"]
    return stated(section[audience], heading if find_drugs(heading.lower()) else content.get("title", ""))


@lru_cache(maxsize=256)
def stated(text: str, heading: str = "") -> Stated:
    """Return what a Markdown text states; `heading` is that of its section, which may name the drug."""
    reading = read(text)
    frequencies = find_frequencies(reading.lower, reading.words, reading.tokens)
    routes = find_routes(reading.lower, reading.words, reading.tokens)
    result = Stated(reading, routes=frozenset(mention.name for mention in routes))
    amounts = find_amounts(reading.lower, reading.tokens, [(one.start, one.end) for one in frequencies])
    taken = [(amount.start, amount.end) for amount in amounts]
    frequencies = [one for one in frequencies if not _is_inside(one, taken)]
    subject = frozenset(name for mention in find_drugs(heading.lower()) for name in mention.names)
    people = find_people(reading.lower, reading.tokens)
    drugs_before = _Before(reading, subject)
    for sentence, own, often, by, who in _by_sentence(reading, amounts, frequencies, routes, people):
        made = _Sentence(reading, sentence, own, often, by, who, drugs_before)
        result.quantities.extend(made.quantities())
        result.frequencies.extend(made.free_frequencies())
    result.quantities.extend(_whole_days(reading, frequencies))
    result.quantities.sort(key=lambda one: one.start)
    _index(result)
    return result


def _index(result: Stated) -> None:
    seen: set[Quantity] = set()
    for quantity in result.quantities:
        identity = quantity.identity
        if identity not in seen:
            seen.add(identity)
            result.distinct.append(quantity)
            result.by_measure.setdefault(quantity.measure, []).append(quantity)
            result.by_value.setdefault((quantity.written, quantity.measure), []).append(quantity)
            result.by_value.setdefault((quantity.written, ""), []).append(quantity)


def _whole_days(reading: Reading, frequencies: list[Frequency]) -> Iterator[Quantity]:
    """Yield "over 24 hours" as a duration too, which a plain text may name as one."""
    one_day = (Fraction(1), Fraction(1))
    for one in frequencies:
        if one.basis == "day" and "24" in reading.lower[one.start : one.end]:
            yield Quantity(one.start, one.end, "day", *one_day, (Fraction(24), Fraction(24)), counts=False)


def _is_inside(frequency: Frequency, spans: list[tuple[int, int]]) -> bool:
    """Return whether a frequency is the "per day" of an amount."""
    place = bisect_right(spans, (frequency.start, 1 << 60)) - 1
    return place >= 0 and frequency.end <= spans[place][1]


def _by_sentence(reading: Reading, *lists: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Give each sentence with what of each list begins in it; the lists are in order."""
    places = [0] * len(lists)
    for sentence in reading.sentences:
        parts = []
        for number, items in enumerate(lists):
            place = places[number]
            while place < len(items) and items[place].start < sentence.start:
                place += 1
            first = place
            while place < len(items) and items[place].start < sentence.end:
                place += 1
            places[number] = place
            parts.append(items[first:place])
        yield from _pieces(sentence, parts)


def _pieces(sentence: Sentence, parts: list[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """Give a sentence whole, or by so many amounts at a time: parts are related all to all, and no prose has more."""
    starts = [sentence.start, *(one.start for one in parts[0][_MOST_AMOUNTS::_MOST_AMOUNTS])]
    if len(starts) == 1:
        yield (sentence, *parts)
        return
    for start, end in zip(starts, [*starts[1:], sentence.end], strict=True):
        drugs = tuple(one for one in sentence.drugs if start <= one.start < end)
        yield (
            replace(sentence, start=start, end=end, drugs=drugs),
            *([one for one in items if start <= one.start < end] for items in parts),
        )


class _Before:
    """Which drug the lines before a sentence speak of: its block, the line that opens its list, its heading."""

    def __init__(self, reading: Reading, subject: frozenset[str]) -> None:
        self._subject = subject
        self._of_block: dict[int, frozenset[str]] = {}
        self._reading = reading
        self._last_paragraph: frozenset[str] = frozenset()

    def drugs(self, sentence: Sentence) -> frozenset[str]:
        block = self._reading.blocks[sentence.block]
        if self._of_block.get(sentence.block):
            return self._of_block[sentence.block]
        for number in (block.intro, block.heading):
            if number >= 0 and self._of_block.get(number):
                return self._of_block[number]
        if sentence.kind == "paragraph" and self._last_paragraph and not self._subject:
            return self._last_paragraph
        return self._subject

    def note(self, sentence: Sentence) -> None:
        names = [mention.names for mention in sentence.drugs if mention.names]
        if names:
            self._of_block[sentence.block] = names[-1]
            self._last_paragraph = names[-1] if len(names) == 1 else frozenset()
        if sentence.kind == "heading":
            self._last_paragraph = names[-1] if names else frozenset()


class _Sentence:
    """Puts the parts of one sentence together."""

    def __init__(
        self,
        reading: Reading,
        sentence: Sentence,
        amounts: list[Amount],
        often: list[Frequency],
        routes: list[Mention],
        people: list[Mention],
        before: _Before,
    ) -> None:
        self._text = reading.lower
        self._sentence = sentence
        self._amounts = amounts
        self._inherited = before.drugs(sentence)
        before.note(sentence)
        self._doses = [number for number, amount in enumerate(amounts) if amount.measure in DOSES]
        self._often: dict[int, list[Frequency]] = {}
        self._free: list[Frequency] = []
        for one in often:
            owner = self._owner(one.start, one.end)
            (self._free if owner is None else self._often.setdefault(owner, [])).append(one)
        self._share_frequencies()
        self._parts_of_a_day = self._at_times_of_one_day()
        self._routes = self._near(routes)
        self._people = people

    def quantities(self) -> Iterator[Quantity]:
        last: Quantity | None = None
        for number, amount in enumerate(self._amounts):
            quantity = self._plain(amount)
            if last and last.bound and not quantity.bound and last.measure != quantity.measure:
                is_same = _IN_BRACKETS.fullmatch(self._text, last.end, quantity.start)
                quantity = replace(quantity, bound=last.bound, negative=last.negative) if is_same else quantity
            last = quantity
            yield self._dose(number, quantity) if amount.measure in DOSES else quantity

    def free_frequencies(self) -> Iterator[Quantity]:
        for one in self._free:
            low, high = one.low, one.high
            if low is None or high is None:
                low = high = 1 / _DAYS.get(one.basis, Fraction(1))
            yield Quantity(
                one.start,
                one.end,
                "frequency",
                low,
                high,
                (low, high),
                bound=self._bound(one.start, one.end, is_time=False),
                counts=(not one.basis or self._is_round(one)) and not one.is_time and not one.is_split,
                is_vague=bool(one.basis),
            )

    def _is_round(self, one: Frequency) -> bool:
        """Return whether "every week" or "yearly" says how often; "a week" and "every day" are said of anything."""
        return bool(
            re.match(r"every (?:week|month|year)\b|(?:week|month|year)ly\b|annually", self._text[one.start : one.end])
        )

    def _plain(self, amount: Amount) -> Quantity:
        before = self._text[max(self._sentence.start, amount.start - 48) : amount.start]
        is_age_or_time = amount.measure in TIMES and not (amount.measure == "month" and amount.high >= 24)
        is_bounded = not amount.is_moved and (amount.low == amount.high or amount.is_pair)
        basis, span = (amount.basis, (0, 0)) if amount.basis else self._rate_of(amount)
        bound = "" if not is_bounded else self._bound(amount.start, amount.end, is_time=is_age_or_time)
        return Quantity(
            amount.start,
            amount.end,
            amount.measure,
            amount.low,
            amount.high,
            amount.written,
            bound=bound,
            negative=bool(bound) and is_negative(self._text, self._sentence.start, self._sentence.end, amount.start),
            basis=basis if basis in _DAYS else "",
            times_span=span,
            is_pair=amount.is_pair,
            is_hedged=bool(_HEDGE.search(before)),
            is_vague=amount.is_vague,
            strength=amount.strength,
            is_relative=amount.measure == "percent" and bool(_RELATIVE.search(before)),
            is_of_people=amount.measure == "percent" and self._is_of_people(amount),
            is_point=amount.is_point,
            counts=amount.counts
            or (bool(bound) and bound != "start" and not amount.is_word and amount.measure == "number"),
        )

    def _is_of_people(self, amount: Amount) -> bool:
        """Return whether a share is told of people ("25 of 100 people"), so that it can only be an absolute one."""
        words = self._text[amount.start : amount.end]
        return words[-1:].isdigit() and bool(_PEOPLE_AFTER.match(self._text, amount.end))

    def _rate_of(self, amount: Amount) -> tuple[str, tuple[int, int]]:
        """Return of what period drinks or minutes of exercise are told ("150 minutes of exercise a week")."""
        if amount.measure != "alcohol" and not (amount.measure == "day" and amount.high < 1):
            return "", (0, 0)
        for one in self._free:
            is_near = 0 <= one.start - amount.end <= _BESIDE and one.basis in ("day", "week", "month")
            if is_near and not _APART.search(self._text[amount.end : one.start]):
                return one.basis, (one.start, one.end)
        return "", (0, 0)

    def _dose(self, number: int, quantity: Quantity) -> Quantity:
        often = [one for one in self._often.get(number, []) if not one.is_time] or self._often.get(number, [])
        times, basis, span = None, quantity.basis, (0, 0)
        for one in often:
            if one.basis and not basis:
                basis = one.basis if one.basis in _DAYS else "day"
            elif one.basis and one.basis != basis:
                # "every week until it is 10 mg a day": the week is that of a step.
                self._free.append(one)
            elif one.low is not None and one.high is not None and (times is None):
                times = (one.low, one.high)
                if one.is_split:
                    basis = basis or "day"
                    times = (one.low / max(_DAYS[basis], Fraction(1)), one.high / max(_DAYS[basis], Fraction(1)))
                elif not one.is_split and basis and times != (1 / _DAYS[basis],) * 2:
                    # "150 mg/day once a day" says the same twice; "50 mg/day, changed twice a week" says two things.
                    times = None
                    self._free.append(one)
            span = span if span[1] else (one.start, one.end)
        if often and quantity.low == quantity.high and quantity.bound in ("", "start"):
            end = max(one.end for one in often)
            after = self._bound(quantity.start, end, is_time=False) if end > quantity.end else ""
            quantity = replace(quantity, bound=after or quantity.bound)
        if number in self._parts_of_a_day:
            times = (Fraction(2), Fraction(2))
        times_bound = self._bound(*span, is_time=False) if times and span[1] else ""
        drugs, is_named = self._drugs(number, quantity)
        routes, route_span = self._routes.get(number, (frozenset(), (0, 0)))
        return replace(
            quantity,
            times=times,
            basis=basis,
            times_span=span,
            times_bound=times_bound,
            routes=routes,
            route_span=route_span,
            people=self._people_of(quantity),
            drugs=drugs,
            drug_is_named=is_named,
            is_at_once=bool(_AT_ONCE.match(self._text, quantity.end)),
        )

    def _bound(self, start: int, end: int, *, is_time: bool) -> str:
        sentence = self._sentence
        return bound_of(self._text, start, end, floor=sentence.start, ceiling=sentence.end, is_time=is_time)

    def _owner(self, start: int, end: int) -> int | None:
        """Return the dose that a frequency belongs to: mostly the one before it."""
        before = [number for number in self._doses if self._amounts[number].end <= start + 1]
        after = [number for number in self._doses if self._amounts[number].start >= end]
        gap_before = start - self._amounts[before[-1]].end if before else 10_000
        gap_after = self._amounts[after[0]].start - end if after else 10_000
        if before and gap_before <= _FURTHEST_AFTER:
            between = self._text[self._amounts[before[-1]].end : start]
            nearer = gap_after <= _NEAR < gap_before and not _APART.search(
                self._text[end : self._amounts[after[0]].start]
            )
            if not _NOT_OF_A_DOSE.search(between) and not nearer:
                return before[-1]
        if (
            after
            and gap_after <= _FURTHEST_BEFORE
            and not _NOT_OF_A_DOSE.search(self._text[end : self._amounts[after[0]].start])
        ):
            return after[0]
        return None

    def _share_frequencies(self) -> None:
        """Let "5, 10 or 20 mg once daily" be once daily for each."""
        for left, right in zip(reversed(self._doses[:-1]), reversed(self._doses[1:]), strict=True):
            if left in self._often or self._amounts[left].basis or right not in self._often:
                continue
            start = self._amounts[left].start
            if _ONE_OFF.search(self._text, max(self._sentence.start, start - _BESIDE), start):
                continue
            between = self._text[self._amounts[left].end : self._amounts[right].start]
            if _STEP.match(between):
                self._often[left] = self._often[right]

    def _at_times_of_one_day(self) -> set[int]:
        """Return the doses of "500 mg in the morning and 500 mg in the evening", which is 500 mg twice a day."""
        found: set[int] = set()
        for left, right in pairwise(self._doses):
            one, other = self._amounts[left], self._amounts[right]
            if (one.measure, one.low, one.high) != (other.measure, other.low, other.high):
                continue
            times = [self._text[often.start : often.end] for often in self._timed(left) + self._timed(right)]
            place = max((often.end for often in self._timed(left)), default=one.end)
            if len(times) == 2 and times[0] != times[1] and _AND_ALSO.fullmatch(self._text, place, other.start):
                found |= {left, right}
        return found

    def _timed(self, number: int) -> list[Frequency]:
        return [one for one in self._often.get(number, []) if one.is_time]

    def _near(self, routes: list[Mention]) -> dict[int, tuple[frozenset[str], tuple[int, int]]]:
        """Give each dose the routes named nearest to it; a route alone in its sentence is that of every dose."""
        found: dict[int, tuple[frozenset[str], tuple[int, int]]] = {}
        if not routes or not self._doses:
            return found
        for mention in routes:
            gaps = [(self._distance(self._amounts[number], mention), number) for number in self._doses]
            _distance, number = min(gaps)
            names, span = found.get(number, (frozenset(), (mention.start, mention.end)))
            found[number] = (names | {mention.name}, span)
        if len({mention.name for mention in routes}) == 1:
            only = routes[0]
            return {
                number: found.get(number, (frozenset((only.name,)), (only.start, only.end))) for number in self._doses
            }
        return found

    def _distance(self, amount: Amount, mention: Mention) -> int:
        """Return how far a route is from a dose; a comma before the dose sets the two apart."""
        is_apart = mention.end <= amount.start and re.search(r"[,;]", self._text[mention.end : amount.start][:_BESIDE])
        return _gap(amount, mention) + (_BESIDE if is_apart else 0)

    def _people_of(self, quantity: Quantity) -> frozenset[str]:
        before = [mention for mention in self._people if mention.start < quantity.start]
        names = {mention.name for mention in self._people}
        if len(names) == 1:
            return frozenset(names)
        if not before:
            return frozenset()
        # "Adults and children": both; "Adults: 10 mg; children: 5 mg": the last one named.
        last = before[-1]
        joined = {last.name}
        for mention in reversed(before[:-1]):
            if re.fullmatch(r"[ ]?(?:,|and|or|/|&|in|aged|older|[ ])*", self._text[mention.end : last.start]):
                joined.add(mention.name)
                last = mention
            else:
                break
        return frozenset(joined)

    def _drugs(self, number: int, quantity: Quantity) -> tuple[frozenset[str], bool]:
        mentions = [mention for mention in self._sentence.drugs if mention.names]
        limit = self._next_dose(number)
        end = max([quantity.end, *(one.end for one in self._often.get(number, []) if one.start >= quantity.end)])
        following = [mention for mention in mentions if quantity.end <= mention.start < limit]
        for place in dict.fromkeys((quantity.end, end, self._end_of_joined(number))):
            if following and _OF.match(self._text[place : following[0].start]) and following[0].start - place >= 1:
                return following[0].names, True
        preceding = [mention for mention in mentions if mention.end <= quantity.start]
        if preceding:
            return preceding[-1].names, True
        # A family ("tricyclics: 10 mg") stands in the way of a drug named further up.
        if any(mention.end <= quantity.start for mention in self._sentence.drugs):
            return frozenset(), False
        if self._inherited:
            return self._inherited, False
        return (following[0].names if following else mentions[0].names if mentions else frozenset()), False

    def _next_dose(self, number: int) -> int:
        """Return where the next dose begins; "250 or 500 mg" are two doses of what follows both."""
        later = [other for other in self._doses if other > number]
        if later and self._shares_its_unit(number, later[0]):
            return self._next_dose(later[0])
        return self._amounts[later[0]].start if later else self._sentence.end

    def _end_of_joined(self, number: int) -> int:
        later = [other for other in self._doses if other > number]
        if later and self._shares_its_unit(number, later[0]):
            return self._end_of_joined(later[0])
        return self._amounts[number].end

    def _shares_its_unit(self, number: int, other: int) -> bool:
        """Return whether a bare number has the unit of the next dose, from which only "or", "and" or "to" part it."""
        left, right = self._amounts[number], self._amounts[other]
        return bool(_NO_UNIT.search(self._text[left.start : left.end])) and bool(
            _STEP.match(self._text[left.end : right.start])
        )


def _gap(amount: Amount, mention: Mention) -> int:
    if mention.start >= amount.end:
        return mention.start - amount.end
    return max(0, amount.start - mention.end)
