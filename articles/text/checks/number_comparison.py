"""Whether what a plain text states is what the professional text states: it may leave out, never add or change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.translation import gettext as _

from articles.text.checks.number_placement import misplaced
from articles.text.lexicon.routes import routes_agree
from articles.text.lexicon.units import FORMS, TIMES
from articles.text.statements.bounds import LEAST, MOST, START
from articles.text.statements.quantities import DOSES, Quantity, Range, Stated, stated

# Faults of a pair of quantities, the gravest first; a pair without any says the same.
AMOUNT, FREQUENCY, DRUG, ROUTE, PEOPLE, DIRECTION, ADDED = (
    "amount",
    "frequency",
    "drug",
    "route",
    "population",
    "direction",
    "added",
)
_MONTH = Fraction(365, 12)
# A month is 28 to 31 days.
_MONTH_SLACK = Fraction(8, 100)
# Up to three months are told in weeks of which four are one.
_SHORT, _SHORT_SLACK = 92, Fraction(9, 100)
_VAGUE_SLACK = 3
_HEDGED_SLACK = Fraction(8, 100)
# Characters within which the two ends of a range are looked for.
_NEAR = 60
# Beside those of the same value; a text that states more of one measure is no article.
_MOST_CANDIDATES = 120
_LOOSE = frozenset(("percent", "number", "day", "month", "frequency"))


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
    message: str


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
    return not tuple(_compared(plain, professional, text))


def counterparts(quantity: Quantity, text: Stated) -> list[Quantity]:
    """Return the quantities of a text that say the same as this one."""
    same = {one.identity for one in _candidates(quantity, text) if not tuple(_compared(quantity, one, text))}
    values = {(one.measure, one.low, one.high) for one in same}
    return [
        one
        for one in text.quantities
        if one.measure == quantity.measure and (one.measure, one.low, one.high) in values and one.identity in same
    ]


def is_supported(quantity: Quantity, texts: Iterable[Stated]) -> bool:
    """Return whether any of the texts states the quantity."""
    return any(_best(quantity, text)[0] == () for text in texts)


def faults_between(quantity: Quantity, other: Quantity, text: Stated) -> tuple[str, ...]:
    """Return the faults of a quantity against another one, which `text` states; none: the two say the same."""
    return tuple(_compared(quantity, other, text))


def _faults(quantity: Quantity, plain: Stated, professional: Sequence[Stated]) -> Iterator[Disagreement]:
    best: tuple[tuple[str, ...], Quantity | None] | None = None
    source = professional[0] if professional else None
    for text in professional:
        faults, candidate = _best(quantity, text)
        if not faults:
            return
        if best is None or (candidate is not None and (best[1] is None or _weight(faults) < _weight(best[0]))):
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
            if _fits(one, other) and not _is_flipped(one, other):
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


def _best(quantity: Quantity, text: Stated) -> tuple[tuple[str, ...], Quantity | None]:
    """Return the faults of the quantity of a text that is most like this one, and that quantity; none: no faults."""
    best: tuple[tuple[str, ...], Quantity | None] = ((ADDED,), None)
    for candidate in _candidates(quantity, text):
        faults = tuple(_compared(quantity, candidate, text))
        if not faults:
            return (), candidate
        if best[1] is None or _rank(quantity, faults, candidate) < _rank(quantity, best[0], best[1]):
            best = (faults, candidate)
    if best[0] and quantity.low != quantity.high and not quantity.is_pair and _has_both_ends(quantity, text):
        return (), best[1]
    return best


def _candidates(quantity: Quantity, text: Stated) -> list[Quantity]:
    key = quantity.measure if quantity.measure != "number" else ""
    alike = text.by_value.get((quantity.written, key), [])
    return [*alike[:_MOST_CANDIDATES], *_others(quantity, text)[:_MOST_CANDIDATES]]


def _others(quantity: Quantity, text: Stated) -> list[Quantity]:
    if quantity.measure == "number":
        return text.distinct
    measures = [quantity.measure]
    if quantity.measure in TIMES:
        measures = ["day", "month"]
    found = [one for measure in measures for one in text.by_measure.get(measure, [])]
    if quantity.is_dose and quantity.basis and quantity.bound == MOST:
        # A stated limit is compared with the stated limit, not with what a dose could come to.
        limits = [one for one in found if one.bound == MOST and one.basis and not _is_other_drug(quantity, one, text)]
        return limits or found
    # A level or an age may stand in the professional text without its unit: "eGFR <30".
    if quantity.measure not in DOSES and quantity.measure != "percent":
        found += text.by_measure.get("number", [])
    return found


def _weight(faults: tuple[str, ...]) -> tuple[int, int]:
    return (AMOUNT in faults or ADDED in faults, len(faults))


def _rank(quantity: Quantity, faults: tuple[str, ...], candidate: Quantity) -> tuple[bool, int, bool, Fraction]:
    is_other_drug = bool(quantity.drugs and candidate.drugs and not quantity.drugs & candidate.drugs)
    return (AMOUNT in faults, len(faults), is_other_drug, abs(candidate.low - quantity.low))


def _compared(plain: Quantity, professional: Quantity, text: Stated) -> Iterator[str]:
    if plain.is_dose and professional.is_dose:
        yield from _dose_faults(plain, professional, text)
    elif _has_rate(plain) and _has_rate(professional) and plain.basis != professional.basis:
        if not _fits_range(plain, professional.total, total=True):
            yield FREQUENCY if _fits(plain, professional) else AMOUNT
    elif not _fits(plain, professional) or (plain.is_of_people and professional.is_relative):
        yield AMOUNT
    if _is_flipped(plain, professional):
        yield DIRECTION


def _has_rate(quantity: Quantity) -> bool:
    """Return whether drinks or minutes are told of a period ("14 units of alcohol a week")."""
    return bool(quantity.basis) and quantity.measure in ("alcohol", "day")


def _dose_faults(plain: Quantity, professional: Quantity, text: Stated) -> Iterator[str]:
    fault = _regimen_fault(plain, professional, text)
    if fault:
        yield fault
    if _is_other_drug(plain, professional, text):
        yield DRUG
    if not routes_agree(plain.routes, professional.routes):
        yield ROUTE
    if plain.people and professional.people and not plain.people & professional.people:
        yield PEOPLE


def _regimen_fault(plain: Quantity, professional: Quantity, text: Stated) -> str:
    """Return AMOUNT or FREQUENCY where what is taken, each time or a day, is not the same; nothing where it is."""
    fits_as_written = _fits(plain, professional)
    if plain.times and not plain.basis:
        if professional.times:
            fits_each = _fits_range(plain, professional.each)
            if fits_each and _same_times(plain, professional):
                return ""
            return FREQUENCY if fits_each or fits_as_written else AMOUNT
        if professional.basis:
            days = _period(professional.basis)
            is_once = plain.times == (1 / days, 1 / days)
            return "" if fits_as_written and is_once else FREQUENCY if fits_as_written else AMOUNT
        return _unless_often(plain, fits_as_written, text)
    if plain.basis:
        if professional.total:
            if not _fits_range(plain, professional.total, total=True):
                return FREQUENCY if fits_as_written else AMOUNT
            return "" if not plain.times or _same_times(plain, professional) else FREQUENCY
        return _unless_often(plain, fits_as_written, text)
    if fits_as_written and plain.is_at_once and professional.basis and professional.bound == MOST:
        return "" if professional.times else FREQUENCY
    return "" if fits_as_written or _fits_range(plain, professional.each) else AMOUNT


def _unless_often(plain: Quantity, fits: bool, text: Stated) -> str:
    """Accept a frequency that the professional text gives apart from the amount ("Give it twice daily.")."""
    if not fits:
        return AMOUNT
    wanted = plain.times or (1 / _period(plain.basis),) * 2
    return "" if any((one.low, one.high) == wanted for one in text.frequencies) else FREQUENCY


def _period(basis: str) -> Fraction:
    return {"day": Fraction(1), "week": Fraction(7), "month": Fraction(30), "year": Fraction(365)}.get(
        basis, Fraction(1, 24)
    )


def _same_times(plain: Quantity, professional: Quantity) -> bool:
    if plain.times is None or professional.times is None:
        return False
    if _same_often(plain.times[0], professional.times[0]) and _same_often(plain.times[1], professional.times[1]):
        return True
    # "up to four times a day" of "three to four times a day".
    is_end = plain.times[0] == plain.times[1] == professional.times[1]
    return is_end and MOST in (plain.bound, plain.times_bound)


def _same_often(one: Fraction, other: Fraction) -> bool:
    """Return whether two frequencies are the same; a month is as good as 28 to 31 days, a year as 12 months."""
    slack = _MONTH_SLACK if max(one, other) < Fraction(1, 13) else 0
    return abs(one - other) <= slack * max(one, other)


def _fits(plain: Quantity, professional: Quantity) -> bool:
    if plain.measure == "number" or professional.measure == "number":
        return _fits_values(plain, plain.written, professional.written, is_loose=True)
    mine, theirs, slack = (plain.low, plain.high), (professional.low, professional.high), Fraction(0)
    if plain.measure != professional.measure and {plain.measure, professional.measure} <= TIMES:
        mine, theirs, slack = _in_days(plain), _in_days(professional), _MONTH_SLACK
        slack = _SHORT_SLACK if mine[1] <= _SHORT else slack
    is_loose = plain.measure in _LOOSE
    if plain.is_pair != professional.is_pair and plain.is_dose:
        return False
    # "Day 1" is no duration: "at least 1 day" cannot rest on it.
    if professional.is_point and not plain.is_point and plain.bound in (LEAST, MOST):
        return False
    return _fits_values(plain, mine, theirs, is_loose=is_loose, slack=slack)


def _fits_range(plain: Quantity, theirs: Range | None, *, total: bool = False) -> bool:
    if theirs is None:
        return False
    mine = plain.total if total else (plain.low, plain.high)
    return mine is not None and _fits_values(plain, mine, theirs, is_loose=False)


def _fits_values(plain: Quantity, mine: Range, theirs: Range, *, is_loose: bool, slack: Fraction = Fraction(0)) -> bool:
    """Return whether a value or range is the other, or the end of it that its words name."""
    low, high = mine
    if low != high:
        return _same(plain, low, theirs[0], slack) and _same(plain, high, theirs[1], slack)
    if theirs[0] == theirs[1]:
        return _same(plain, low, theirs[0], slack)
    may_be_high = is_loose or plain.bound == MOST
    may_be_low = is_loose or plain.bound in (LEAST, START)
    return (may_be_low and _same(plain, low, theirs[0], slack)) or (may_be_high and _same(plain, low, theirs[1], slack))


def _same(plain: Quantity, mine: Fraction, theirs: Fraction, slack: Fraction) -> bool:
    if mine == theirs or abs(mine - theirs) <= slack * theirs:
        return True
    if plain.measure == "frequency":
        return _same_often(mine, theirs)
    if plain.is_point and mine - theirs in (1, 7) and theirs % (mine - theirs) == 0:
        return True
    if plain.is_dose or theirs == 0:
        return False
    if plain.is_vague:
        return abs(mine - theirs) <= _VAGUE_SLACK * (2 if plain.is_hedged else 1)
    if plain.measure == "percent" and mine.denominator != 1 and abs(mine - theirs) < Fraction(1, 2):
        return theirs.denominator == 1 or plain.is_hedged
    if not plain.is_hedged or plain.measure not in _LOOSE:
        return False
    return _rounded(theirs, mine) == mine or (plain.measure == "percent" and abs(mine - theirs) <= _HEDGED_SLACK * mine)


def _rounded(value: Fraction, like: Fraction) -> Fraction:
    """Return a value rounded to as many digits as another one shows: 71,683 like 70,000 is 70,000."""
    if like.denominator != 1:
        return Fraction(round(value * like.denominator), like.denominator)
    step = 1
    while like and like % (step * 10) == 0:
        step *= 10
    return Fraction(round(value / step) * step)


def _in_days(quantity: Quantity) -> Range:
    factor = _MONTH if quantity.measure == "month" else Fraction(1)
    return (quantity.low * factor, quantity.high * factor)


def _is_flipped(plain: Quantity, professional: Quantity) -> bool:
    """Return whether one says at least and the other at most, unless one of the two sentences says no."""
    bounds = {plain.bound, professional.bound}
    return (
        bounds == {LEAST, MOST}
        and plain.negative == professional.negative
        and (professional.is_pair or professional.low == professional.high)
    )


def _is_other_drug(plain: Quantity, professional: Quantity, text: Stated) -> bool:
    if not plain.drugs or not professional.drugs or plain.drugs & professional.drugs:
        return False
    if plain.drug_is_named and professional.drug_is_named:
        return True
    # A drug carried over from the lines before is only told apart where the professional text doses both drugs.
    return any(one.is_dose and one.drugs & plain.drugs for one in text.by_measure.get(plain.measure, []))


def _has_both_ends(quantity: Quantity, text: Stated) -> bool:
    """Return whether a range is made of two values that the text states."""
    ends = []
    for value, written in zip((quantity.low, quantity.high), quantity.written, strict=True):
        end = _as_single(quantity, value, written)
        ends.append(any(not tuple(_compared(end, one, text)) for one in _candidates(quantity, text)))
    return all(ends)


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


def _as_single(quantity: Quantity, value: Fraction, written: Fraction) -> Quantity:
    return replace(quantity, low=value, high=value, written=(written, written), bound="")


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


def _message(kind: str, words: str, theirs: str) -> str:
    named = {"words": " ".join(words.split()), "theirs": theirs}
    if kind == ADDED:
        return (
            _(
                "The plain text says “%(words)s”; the professional text does not. Take it out, or add it to the "
                "professional"
                " text with its source."
            )
            % named
        )
    reason = {
        AMOUNT: _("The plain text says “%(words)s” where the professional text says “%(theirs)s”."),
        FREQUENCY: _(
            "The plain text says “%(words)s” where the professional text says “%(theirs)s”: how often differs."
        ),
        DRUG: _("The plain text gives “%(words)s” to another drug than the professional text (“%(theirs)s”)."),
        ROUTE: _("The plain text gives “%(words)s” by another route than the professional text (“%(theirs)s”)."),
        PEOPLE: _("The plain text gives “%(words)s” to other people than the professional text (“%(theirs)s”)."),
        DIRECTION: _("The plain text turns a limit round: “%(words)s” where the professional text says “%(theirs)s”."),
    }[kind]
    return reason % named + " " + _("Make the two say the same.")
