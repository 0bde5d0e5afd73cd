"""In which case a quantity holds: for whom, at which step, per dose or day, from which level on, of what it speaks."""

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(slots=True)
class Circumstances:
    """What the words around a quantity say of it: values by the name of the circumstance, and what it speaks of."""

    named: dict[str, frozenset[str]] = field(default_factory=dict)
    level: tuple[str, Fraction, Fraction] | None = None
    about: frozenset[str] = frozenset()

    def clashes(self, other: "Circumstances") -> frozenset[str]:
        """Return the circumstances in which the two differ, of those that both name."""
        found = {
            name for name, values in self.named.items() if (theirs := other.named.get(name)) and not values & theirs
        }
        if self.level and other.level and not _overlap(self.level, other.level):
            found.add("level")
        return frozenset(found)

    def shared(self, other: "Circumstances") -> frozenset[str]:
        """Return the circumstances in which the two agree, of those that both name."""
        found = {name for name, values in self.named.items() if values & other.named.get(name, frozenset())}
        if self.level and other.level and _overlap(self.level, other.level):
            found.add("level")
        return frozenset(found)


def _overlap(one: tuple[str, Fraction, Fraction], other: tuple[str, Fraction, Fraction]) -> bool:
    # Two levels that only touch ("50 or less", "above 50") are two cases.
    return one[0] != other[0] or (one[1] < other[2] and other[1] < one[2]) or one[1:] == other[1:]
