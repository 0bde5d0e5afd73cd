"""The parts of an article's public history: reviews, signatures, what voided them, and what does not verify."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.reading import standing
from reviews.models import Decision, Event, Review
from reviews.models.review import printed_name


@dataclass(frozen=True)
class Mismatch:
    """An entry that does not match the record: only that it is there is told."""

    sequence: int
    is_whole = False


@dataclass(frozen=True)
class Signature:
    """A decision to approve, as signed and verified; without a decision when what is stored does not verify."""

    decision: Decision | None = None
    covers_all: bool = False
    voided: "Voided | None" = None

    @property
    def is_whole(self) -> bool:
        return self.decision is not None

    @property
    def signer(self) -> dict[str, Any]:
        return self.decision.signer if self.decision is not None else {}

    @property
    def printed_name(self) -> str:
        return printed_name(self.signer)

    @property
    def fields(self) -> str:
        return ", ".join(self.signer.get("specialties", []))

    @property
    def declared(self) -> str:
        return standing.declared(self.signer.get("interests", []), self.signer.get("disclosure", {}))


@dataclass(frozen=True)
class Voided:
    """Signatures of one review found void in one step: when, on which ground, and whether the others carry it."""

    decisions: frozenset[int]
    on: date
    ground: str
    still_stands: bool

    @property
    def in_words(self) -> str:
        facts = {"date": standing.day_in_words(self.on.isoformat()), "ground": self.ground.rstrip(".")}
        if not self.still_stands:
            return _("approval withdrawn on %(date)s: %(ground)s") % facts
        count = len(self.decisions)
        words = ngettext(
            "one signature voided on %(date)s: %(ground)s", "%(count)s signatures voided on %(date)s: %(ground)s", count
        )
        return words % {**facts, "count": count}


@dataclass
class Round:
    """One review of one revision, as far as it is public."""

    review: int
    sequence: int
    revision: int
    number: int
    digest: str
    reason: str
    change_class: str
    summary: str
    policy: int
    opened_at: datetime
    outcome: str
    closed_at: datetime | None = None
    signed: dict[int, dict[str, Any]] = field(default_factory=dict)
    rests_on: frozenset[int] = frozenset()
    voided: list[Voided] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    is_public_text: bool = False
    is_verified: bool = True
    is_whole = True

    @property
    def is_approved(self) -> bool:
        """Say whether it ended in an approval whose signatures verify; a later voiding does not change that."""
        return self.outcome == Review.State.APPROVED and self.is_verified

    @property
    def is_withdrawn(self) -> bool:
        return any(not one.still_stands for one in self.voided)

    @property
    def reason_in_words(self) -> str:
        return _label(Review.Reason, self.reason)

    @property
    def change_in_words(self) -> str:
        return _label(Review.ChangeClass, self.change_class)

    @property
    def state_class(self) -> str:
        if not self.is_verified:
            return "mismatch"
        return "withdrawn" if self.is_withdrawn else self.outcome

    @property
    def state_in_words(self) -> str:
        """Return what became of the review; never plainly "Approved" once a signature was found void."""
        if not self.is_verified:
            return _("Does not match the record")
        if not self.voided or self.closed_at is None:
            return _label(Review.State, self.outcome)
        approved = _("Approved on %s") % standing.day_in_words(self.closed_at.date().isoformat())
        return "; ".join([approved, *(one.in_words for one in self.voided)])


@dataclass
class History:
    """What the record says of an article: its reviews in the order of their opening, its title and its address."""

    rounds: dict[int, Round] = field(default_factory=dict)
    mismatches: list[Mismatch] = field(default_factory=list)
    slug: str = ""
    titles: dict[int, str] = field(default_factory=dict)
    # Each waiver and concurrence by the waiver's id: who, in the name they had then, and what was said.
    waived: dict[int, Event] = field(default_factory=dict)
    concurred: dict[int, Event] = field(default_factory=dict)

    @property
    def entries(self) -> list[Round | Mismatch]:
        """The newest first."""
        return sorted([*self.rounds.values(), *self.mismatches], key=lambda one: -one.sequence)

    @property
    def approved(self) -> list[Round]:
        """The texts that were approved, each once, the newest first."""
        newest = [one for one in self.entries if isinstance(one, Round) and one.is_approved]
        return list({one.revision: one for one in newest}.values())


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value
