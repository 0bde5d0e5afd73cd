"""What differs between a quantity of the plain text and one of the professional text; nothing: they say the same."""

from collections.abc import Iterator
from fractions import Fraction

from articles.text.checks.quantity_values import fits, fits_range, same_often
from articles.text.lexicon.routes import routes_agree
from articles.text.statements.bounds import LEAST, MOST
from articles.text.statements.quantities import Quantity
from articles.text.statements.stated_quantities import Stated

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


def faults_between(plain: Quantity, professional: Quantity, text: Stated) -> tuple[str, ...]:
    """Return the faults of a quantity against another one, which `text` states; none: the two say the same."""
    return tuple(_faults(plain, professional, text))


def _faults(plain: Quantity, professional: Quantity, text: Stated) -> Iterator[str]:
    if plain.is_dose and professional.is_dose:
        yield from _dose_faults(plain, professional, text)
    elif _has_rate(plain) and _has_rate(professional) and plain.basis != professional.basis:
        if not fits_range(plain, professional.total, total=True):
            yield FREQUENCY if fits(plain, professional) else AMOUNT
    elif not fits(plain, professional) or (plain.is_of_people and professional.is_relative):
        yield AMOUNT
    if is_reversed(plain, professional):
        yield DIRECTION


def _has_rate(quantity: Quantity) -> bool:
    """Return whether drinks or minutes are told of a period ("14 units of alcohol a week")."""
    return bool(quantity.basis) and quantity.measure in ("alcohol", "day")


def _dose_faults(plain: Quantity, professional: Quantity, text: Stated) -> Iterator[str]:
    fault = _regimen_fault(plain, professional, text)
    if fault:
        yield fault
    if is_other_drug(plain, professional, text):
        yield DRUG
    if not routes_agree(plain.routes, professional.routes):
        yield ROUTE
    if plain.people and professional.people and not plain.people & professional.people:
        yield PEOPLE


def _regimen_fault(plain: Quantity, professional: Quantity, text: Stated) -> str:
    """Return AMOUNT or FREQUENCY where what is taken, each time or a day, is not the same; nothing where it is."""
    fits_as_written = fits(plain, professional)
    if plain.times and not plain.basis:
        if professional.times:
            fits_each = fits_range(plain, professional.each)
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
            if not fits_range(plain, professional.total, total=True):
                return FREQUENCY if fits_as_written else AMOUNT
            return "" if not plain.times or _same_times(plain, professional) else FREQUENCY
        return _unless_often(plain, fits_as_written, text)
    if fits_as_written and plain.is_at_once and professional.basis and professional.bound == MOST:
        return "" if professional.times else FREQUENCY
    return "" if fits_as_written or fits_range(plain, professional.each) else AMOUNT


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
    if same_often(plain.times[0], professional.times[0]) and same_often(plain.times[1], professional.times[1]):
        return True
    # "up to four times a day" of "three to four times a day".
    is_end = plain.times[0] == plain.times[1] == professional.times[1]
    return is_end and MOST in (plain.bound, plain.times_bound)


def is_reversed(plain: Quantity, professional: Quantity) -> bool:
    """Return whether one says at least and the other at most, unless one of the two sentences says no."""
    bounds = {plain.bound, professional.bound}
    return (
        bounds == {LEAST, MOST}
        and plain.negative == professional.negative
        and (professional.is_pair or professional.low == professional.high)
    )


def is_other_drug(plain: Quantity, professional: Quantity, text: Stated) -> bool:
    """Return whether the two are doses of different drugs."""
    if not plain.drugs or not professional.drugs or plain.drugs & professional.drugs:
        return False
    if plain.drug_is_named and professional.drug_is_named:
        return True
    # A drug carried over from the lines before is only told apart where the professional text doses both drugs.
    return any(one.is_dose and one.drugs & plain.drugs for one in text.by_measure.get(plain.measure, []))
