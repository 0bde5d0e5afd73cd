"""What a text states: its quantities, and the frequencies that belong to no amount."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from articles.text.lexicon.drugs import find_drugs
from articles.text.lexicon.frequencies import Frequency, find_frequencies
from articles.text.lexicon.routes import find_people, find_routes
from articles.text.statements.amounts import find_amounts
from articles.text.statements.dose_drugs import DrugsBefore
from articles.text.statements.quantities import Quantity, Range
from articles.text.statements.sentence_quantities import SentenceQuantities
from articles.text.statements.visible_words import Reading, Sentence, read

_MOST_AMOUNTS = 80


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
    drugs_before = DrugsBefore(reading, subject)
    for sentence, own, often, by, who in _by_sentence(reading, amounts, frequencies, routes, people):
        made = SentenceQuantities(reading, sentence, own, often, by, who, drugs_before)
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
