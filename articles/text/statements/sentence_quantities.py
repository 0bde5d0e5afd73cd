"""The quantities of one sentence, put together of its amounts, frequencies, routes, drugs and people."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from articles.text.lexicon.frequencies import Frequency
from articles.text.lexicon.routes import Mention
from articles.text.lexicon.units import TIMES
from articles.text.statements.amount_parts import Amount
from articles.text.statements.bounds import bound_of, is_negative
from articles.text.statements.dose_drugs import DoseDrugs, DrugsBefore
from articles.text.statements.dose_frequencies import APART, DoseFrequencies
from articles.text.statements.dose_routes import people_of, routes_of_doses
from articles.text.statements.quantities import BESIDE, DAYS, DOSES, Quantity, Range
from articles.text.statements.visible_words import Reading, Sentence

_HEDGE = re.compile(
    r"\b(?:about|around|roughly|approximately|nearly|almost|some|just (?:over|under)|close to|more than|over"
    r"|less than|under)[ ](?:a[ ])?\Z"
)
_RELATIVE = re.compile(
    r"\brelative[ ](?:risk[ ])?(?:reduction|decrease|increase|benefit)(?:[ ](?:of|was|is|by|about)|[,:])*[ ]\Z"
)
_PEOPLE_AFTER = re.compile(r"[ ](?:people|patients|women|men|adults|children|participants)\b")
# "Less than 1.8 mmol/L (70 mg/dL)": what the brackets say otherwise has the same bound.
_IN_BRACKETS = re.compile(r"[ ]\((?:or|that is|which is|about|=)?[ ]?")
_AT_ONCE = re.compile(r"[ ](?:of[ ][a-z-]+[ ])?(?:at (?:a time|once|one time)|in one go|per dose)\b")


class SentenceQuantities:
    """Puts the parts of one sentence together."""

    def __init__(
        self,
        reading: Reading,
        sentence: Sentence,
        amounts: list[Amount],
        often: list[Frequency],
        routes: list[Mention],
        people: list[Mention],
        before: DrugsBefore,
    ) -> None:
        self._text = reading.lower
        self._sentence = sentence
        self._amounts = amounts
        self._people = people
        self._frequencies = DoseFrequencies(self._text, sentence.start, amounts, often)
        self._drugs = DoseDrugs(self._text, sentence, amounts, self._frequencies, before.drugs(sentence))
        before.note(sentence)
        doses = {number: amounts[number] for number in self._frequencies.doses}
        self._routes = routes_of_doses(self._text, doses, routes)

    def quantities(self) -> Iterator[Quantity]:
        """Yield the amounts of the sentence, each with what is said of it."""
        last: Quantity | None = None
        for number, amount in enumerate(self._amounts):
            quantity = self._plain(amount)
            if last and last.bound and not quantity.bound and last.measure != quantity.measure:
                is_same = _IN_BRACKETS.fullmatch(self._text, last.end, quantity.start)
                quantity = replace(quantity, bound=last.bound, negative=last.negative) if is_same else quantity
            last = quantity
            yield self._dose(number, quantity) if amount.measure in DOSES else quantity

    def free_frequencies(self) -> Iterator[Quantity]:
        """Yield the frequencies that belong to no amount; after `quantities`, which sets some of them free."""
        for one in self._frequencies.free:
            low, high = one.low, one.high
            if low is None or high is None:
                low = high = 1 / DAYS.get(one.basis, Fraction(1))
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
            basis=basis if basis in DAYS else "",
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
        for one in self._frequencies.free:
            is_near = 0 <= one.start - amount.end <= BESIDE and one.basis in ("day", "week", "month")
            if is_near and not APART.search(self._text[amount.end : one.start]):
                return one.basis, (one.start, one.end)
        return "", (0, 0)

    def _dose(self, number: int, quantity: Quantity) -> Quantity:
        all_often = self._frequencies.of(number)
        often = [one for one in all_often if not one.is_time] or all_often
        times, basis = self._times_and_basis(often, quantity.basis)
        span = (often[0].start, often[0].end) if often else (0, 0)
        if often and quantity.low == quantity.high and quantity.bound in ("", "start"):
            end = max(one.end for one in often)
            after = self._bound(quantity.start, end, is_time=False) if end > quantity.end else ""
            quantity = replace(quantity, bound=after or quantity.bound)
        if number in self._frequencies.parts_of_a_day:
            times = (Fraction(2), Fraction(2))
        drugs, is_named = self._drugs.of(number, quantity)
        routes, route_span = self._routes.get(number, (frozenset(), (0, 0)))
        return replace(
            quantity,
            times=times,
            basis=basis,
            times_span=span,
            times_bound=self._bound(*span, is_time=False) if times and span[1] else "",
            routes=routes,
            route_span=route_span,
            people=people_of(self._text, quantity.start, self._people),
            drugs=drugs,
            drug_is_named=is_named,
            is_at_once=bool(_AT_ONCE.match(self._text, quantity.end)),
        )

    def _times_and_basis(self, often: list[Frequency], basis: str) -> tuple[Range | None, str]:
        """Return how often a day a dose is taken, and of what period it is the total; what is neither is set free."""
        times = None
        for one in often:
            if one.basis and not basis:
                basis = one.basis if one.basis in DAYS else "day"
            elif one.basis and one.basis != basis:
                # "every week until it is 10 mg a day": the week is that of a step.
                self._frequencies.free.append(one)
            elif one.low is not None and one.high is not None and times is None:
                times = (one.low, one.high)
                if one.is_split:
                    basis = basis or "day"
                    times = (one.low / max(DAYS[basis], Fraction(1)), one.high / max(DAYS[basis], Fraction(1)))
                elif basis and times != (1 / DAYS[basis],) * 2:
                    # "150 mg/day once a day" says the same twice; "50 mg/day, changed twice a week" says two things.
                    times = None
                    self._frequencies.free.append(one)
        return times, basis

    def _bound(self, start: int, end: int, *, is_time: bool) -> str:
        sentence = self._sentence
        return bound_of(self._text, start, end, floor=sentence.start, ceiling=sentence.end, is_time=is_time)
