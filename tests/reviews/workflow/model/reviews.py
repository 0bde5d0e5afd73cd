"""The board's work on one revision: who is asked, what they hold accurate, who signed, and when it ends."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from tests.reviews.workflow.model.drafts import Revision
from tests.reviews.workflow.model.people import Rules

# Of the very text that is public: the evidence is looked up again.
OF_THE_SAME_TEXT = ("periodic", "reader_report", "source_alert", "withdrawn")
# Of a few words of it: the work on the text itself goes on beside them.
BESIDE = ("correction", "second_review")
# They bring a text to its number of signers: what was signed in the review before them counts there too.
CARRYING = ("second_review", "withdrawn")
# What they are about must not be forgotten when another text takes their place.
ALERTING = ("source_alert", "reader_report", "withdrawn")

NEVER = datetime.max.replace(tzinfo=UTC)
AT_WORK = ("accepted", "signed", "asked_changes")
UNANSWERED = ("invited", "waiting", "accepted")  # "waiting": for an editor's ruling on an interest
ASKED = ("invited", "waiting", *AT_WORK)


@dataclass(eq=False)
class Review:
    revision: Revision
    rules: Rules
    reason: str = "new"
    follows: "Review | None" = None
    state: str = "submitted"
    assigned: dict[str, str] = field(default_factory=dict)
    due: dict[str, date] = field(default_factory=dict)
    marks: dict[str, set[int]] = field(default_factory=dict)
    signed: dict[str, set[int]] = field(default_factory=dict)
    signed_at: dict[str, datetime] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.state in ("submitted", "under_review")

    @property
    def asks_for_evidence(self) -> bool:
        return self.reason in OF_THE_SAME_TEXT

    def who_is(self, *states: str) -> set[str]:
        return {name for name, state in self.assigned.items() if state in states}

    @property
    def asked_changes(self) -> set[str]:
        return self.who_is("asked_changes")

    @property
    def waits_for_answers(self) -> bool:
        return self.rules.waits_for_all and bool(self.who_is(*UNANSWERED))

    @property
    def is_answered(self) -> bool:
        """Somebody wants changes and nobody's answer is missing any more."""
        return self.is_open and bool(self.asked_changes) and not self.waits_for_answers

    def carried(self) -> dict[str, set[int]]:
        return self.follows.in_force() if self.follows is not None and self.reason in CARRYING else {}

    def in_force(self) -> dict[str, set[int]]:
        """Return who holds which sections accurate by a signature that nobody took back."""
        return {**self.carried(), **self.signed}

    def last_signed_at(self) -> datetime:
        earlier = [self.follows.last_signed_at()] if self.follows is not None and self.carried() else []
        return max(earlier + [self.signed_at[name] for name in self.signed], default=NEVER)

    def signers_of(self, section: int) -> set[str]:
        return {name for name, sections in self.in_force().items() if section in sections}

    def hand_on(self, new: "Review", able: set[str]) -> None:
        """Give a review that takes this one's place the people who are able, their dates and what marks still say."""
        new.follows = self
        for name in self.who_is(*ASKED) & able:
            state = self.assigned[name]
            new.assigned[name] = "accepted" if state in AT_WORK else state
            new.due[name] = self.due[name]
            self.copy_marks(name, new)
        if new.who_is("accepted"):
            new.state = "under_review"

    def copy_marks(self, name: str, new: "Review") -> None:
        still = {one for one in self.marks.get(name, ()) if self.revision.section(one) == new.revision.section(one)}
        new.marks.setdefault(name, set()).update(still)
