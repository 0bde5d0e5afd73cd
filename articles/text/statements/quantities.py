"""A quantity that a text states: an amount with its unit, how often, by which route, of which drug, for whom."""

from dataclasses import dataclass, replace
from fractions import Fraction

from articles.text.lexicon.units import FORMS, SUBSTANCES

# Characters between an amount and its frequency that are read as one expression.
BESIDE = 40
DAYS = {"minute": Fraction(1, 1440), "hour": Fraction(1, 24), "day": Fraction(1), "week": Fraction(7)}
DAYS |= {"month": Fraction(30), "year": Fraction(365)}

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
        near = -BESIDE <= start - self.end <= BESIDE or -BESIDE <= self.start - end <= BESIDE
        return (min(start, self.start), max(end, self.end)) if near else (self.start, self.end)

    @property
    def each(self) -> Range | None:
        """What is taken each time, where the text says how often."""
        if self.times is None or not self.times[0]:
            return None
        if not self.basis:
            return (self.low, self.high)
        days = DAYS[self.basis]
        return (self.low / days / self.times[0], self.high / days / self.times[1])

    @property
    def total(self) -> Range | None:
        """What is taken a day, where the text says it or says how often."""
        if self.basis:
            days = DAYS[self.basis]
            return (self.low / days, self.high / days)
        return (self.low * self.times[0], self.high * self.times[1]) if self.times else None


DOSES = frozenset(
    {*(SUBSTANCES), *(f"{one}/{by}" for one in ("mg", "unit", "mmol", "mEq", "mL") for by in ("kg", "m2")), *FORMS}
    - {"vial"}
)
