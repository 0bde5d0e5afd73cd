"""How two versions of the editorial policy differ, field by field."""

from dataclasses import dataclass

from reviews.models import EditorialPolicy
from reviews.policies import policy_text


@dataclass(frozen=True)
class Difference:
    """One field that differs, in words. `is_long` is a text of paragraphs."""

    name: str
    label: str
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        return self.name in policy_text.LEGAL_TEXTS


def between(before: EditorialPolicy, after: EditorialPolicy) -> list[Difference]:
    """Return the fields in which two versions differ, in the order in which a person reads a policy."""
    return [
        Difference(name, policy_text.label(name), policy_text.value(before, name), policy_text.value(after, name))
        for name in policy_text.FIELDS
        if getattr(before, name) != getattr(after, name)
    ]
