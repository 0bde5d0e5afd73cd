"""How two versions of the editorial policy differ, field by field."""

from dataclasses import dataclass

from reviews.models import EditorialPolicy
from reviews.policies import wording


@dataclass(frozen=True)
class Difference:
    """One field that differs, in words. `is_long` is a text of paragraphs."""

    name: str
    label: str
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        return self.name in wording.LEGAL_TEXTS


def between(before: EditorialPolicy, after: EditorialPolicy) -> list[Difference]:
    """Return the fields in which two versions differ, in the order in which a person reads a policy."""
    return [
        Difference(name, wording.label(name), wording.value(before, name), wording.value(after, name))
        for name in wording.FIELDS
        if getattr(before, name) != getattr(after, name)
    ]
