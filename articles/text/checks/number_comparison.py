"""Whether what a plain text states is what the professional text states: it may leave out, never add or change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from articles.text.checks.number_placement import misplaced
from articles.text.checks.quantity_faults import (
    ADDED,
    AMOUNT,
    DIRECTION,
    DRUG,
    FREQUENCY,
    PEOPLE,
    ROUTE,
    faults_between,
    is_reversed,
)
from articles.text.checks.quantity_matches import best_match, is_supported, weight
from articles.text.checks.quantity_values import fits
from articles.text.lexicon.units import FORMS, TIMES
from articles.text.messages import Message
from articles.text.messages import gettext_noop as _
from articles.text.statements.quantities import DOSES, Quantity
from articles.text.statements.stated_quantities import Stated, stated

# Characters within which the two ends of a range are looked for.
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A quantity of the plain text that the professional text does not support.

    `start` and `end` are its span in the plain text and `words` what stands there; `kind` says what differs: amount,
    frequency, drug, route, population, direction, or added; `professional` is what the professional text says instead,
    empty where it says nothing like it.
    """

    start: int
    end: int
    words: str
    kind: str
    professional: str
    message: Message


def compare(professional: str, plain: str) -> list[Disagreement]:
    """Return where a plain text changes or adds a quantity that its professional text has not; both are Markdown.

    Units are converted (1 g is 1,000 mg), frequencies read in words and abbreviations (BID is twice a day), doses
    compared each time and by the day (300 mg three times a day is 900 mg a day). Of a range the plain text may say
    one end as "up to" or "from". Nothing is raised: a text that cannot be read as Markdown is read as words.
    """
    return list(disagreements(stated(plain), [stated(professional)]))


def disagreements(plain: Stated, professional: Sequence[Stated]) -> Iterator[Disagreement]:
    """Yield what none of the professional texts supports, in the order of the plain text; the first is quoted first."""
    sound: set[Quantity] = set()
    found: list[Disagreement] = []
    for quantity in plain.quantities:
        if quantity.counts and (identity := quantity.identity) not in sound:
            faults = list(_faults(quantity, plain, professional))
            found += faults
            if not faults:
                sound.add(identity)
    found += [fault for one in plain.frequencies if one.counts for fault in _frequency_faults(one, plain, professional)]
    faulty = {fault.start for fault in found}
    for quantity, instead, text in misplaced(plain, professional, _supports):
        if quantity.start not in faulty:
            found.append(_disagreement(quantity, AMOUNT, instead, plain, text))
    yield from sorted(found, key=lambda fault: fault.start)


def _supports(plain: Quantity, professional: Quantity, text: Stated) -> bool:
    """Return whether one quantity of a professional text says what the plain one says."""
    is_alike = plain.measure == professional.measure or "number" in (plain.measure, professional.measure)
    if not is_alike and not {plain.measure, professional.measure} <= TIMES:
        return False
    return not faults_between(plain, professional, text)


def _faults(quantity: Quantity, plain: Stated, professional: Sequence[Stated]) -> Iterator[Disagreement]:
    best: tuple[tuple[str, ...], Quantity | None] | None = None
    source = professional[0] if professional else None
    for text in professional:
        faults, candidate = best_match(quantity, text)
        if not faults:
            return
        if best is None or (candidate is not None and (best[1] is None or weight(faults) < weight(best[0]))):
            best, source = (faults, candidate), text
    if best is None or source is None:
        return
    faults, candidate = best
    if quantity.measure in FORMS and _is_supported_by_strength(quantity, plain, professional):
        return
    if faults == (AMOUNT,) and _has_its_other_end(quantity, plain, professional):
        return
    yield _disagreement(quantity, faults[0] if candidate is not None else ADDED, candidate, plain, source)


def _frequency_faults(one: Quantity, plain: Stated, professional: Sequence[Stated]) -> Iterator[Disagreement]:
    nearest: tuple[Quantity, Stated] | None = None
    for text in professional:
        for other in _frequencies(text):
            if fits(one, other) and not is_reversed(one, other):
                return
            # "Every year" is only a fault where the professional text says how often, too, and it is not every day.
            if not one.is_vague or other.high < 1:
                nearest = nearest or (other, text)
    if not nearest:
        if one.is_vague:
            return
        if professional:
            yield _disagreement(one, ADDED, None, plain, professional[0])
        return
    yield _disagreement(one, FREQUENCY, nearest[0], plain, nearest[1])


def _frequencies(text: Stated) -> Iterator[Quantity]:
    """Yield every frequency of a text, also those of its doses."""
    yield from text.frequencies
    for quantity in text.quantities:
        if quantity.times:
            low, high = quantity.times
            span = quantity.times_span if quantity.times_span[1] else (quantity.start, quantity.end)
            yield Quantity(*span, "frequency", low, high, (low, high))
        elif quantity.basis and quantity.measure in DOSES:
            low = {"day": Fraction(1), "week": Fraction(1, 7), "month": Fraction(1, 30)}.get(
                quantity.basis, Fraction(0)
            )
            yield Quantity(quantity.start, quantity.end, "frequency", low, low, (low, low))


def _is_supported_by_strength(quantity: Quantity, plain: Stated, professional: Sequence[Stated]) -> bool:
    """Return whether a number of tablets comes to what the professional text says, by the strength of a tablet."""
    return any(
        is_supported(
            replace(quantity, measure=one.measure, low=quantity.low * one.strength, high=quantity.high * one.strength),
            professional,
        )
        for one in plain.quantities
        if one.strength
    )


def _has_its_other_end(quantity: Quantity, plain: Stated, professional: Sequence[Stated]) -> bool:
    """Return whether "12.5 mg or 25 mg" names both ends of the professional text's range."""
    near = [
        one for one in plain.within(quantity.start - _NEAR, quantity.end + _NEAR) if one.measure == quantity.measure
    ]
    values = {quantity.low} | {one.low for one in near if one.low == one.high}
    return any(
        {one.low, one.high} <= values and quantity.low in (one.low, one.high) and one.low != one.high
        for text in professional
        for one in text.by_measure.get(quantity.measure, [])
    )


def _disagreement(
    quantity: Quantity, kind: str, candidate: Quantity | None, plain: Stated, professional: Stated
) -> Disagreement:
    start, end = _span(quantity, kind)
    words = plain.reading.text[start:end]
    theirs = _words(candidate, professional) if candidate is not None else ""
    return Disagreement(start, end, words, kind, theirs, _message(kind, words, theirs))


def _span(quantity: Quantity, kind: str) -> tuple[int, int]:
    if kind == FREQUENCY:
        return quantity.span
    if kind == ROUTE and quantity.route_span[1]:
        return min(quantity.start, quantity.route_span[0]), max(quantity.end, quantity.route_span[1])
    return quantity.start, quantity.end


def _words(quantity: Quantity, text: Stated) -> str:
    """Return the words of a quantity with its frequency."""
    start, end = quantity.span
    return " ".join(text.reading.text[start:end].split())


def _message(kind: str, words: str, theirs: str) -> Message:
    return _MESSAGES[kind] % {"words": " ".join(words.split()), "theirs": theirs}


_MESSAGES = {
    ADDED: _(
        "The plain text says “%(words)s”; the professional text does not. Remove it, or add it to the "
        "professional text with its source."
    ),
    AMOUNT: _("The plain text says “%(words)s” where the professional text says “%(theirs)s”. Make them agree."),
    FREQUENCY: _(
        "The plain text says “%(words)s” where the professional text says “%(theirs)s”: the frequency differs. "
        "Make them agree."
    ),
    DRUG: _(
        "The plain text states “%(words)s” for another drug than the professional text (“%(theirs)s”). Make them agree."
    ),
    ROUTE: _(
        "The plain text states “%(words)s” for another route than the professional text (“%(theirs)s”). Make "
        "them agree."
    ),
    PEOPLE: _(
        "The plain text states “%(words)s” for other people than the professional text (“%(theirs)s”). Make them agree."
    ),
    DIRECTION: _(
        "The plain text reverses the limit: “%(words)s” where the professional text says “%(theirs)s”. Make them agree."
    ),
}
