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
    # What it asks for: fixed when it began, raised afterwards and never lowered.
    under: Rules = field(default_factory=Rules)  # the version that is signed under
    wanted: int = 0
    wanted_second: int = 0
    fields: list[str] = field(default_factory=list)
    admits_missing: bool = False
    signed_under: dict[str, int] = field(default_factory=dict)
    triaged: set[str] = field(default_factory=set)  # who may therefore not sign it

    def ask(self, rules: Rules, specialty: str) -> None:
        """Fix what it asks for as it begins."""
        self.under, self.wanted, self.wanted_second = rules, rules.signers(self.reason), rules.signers("second_review")
        self.fields = [specialty] if specialty and rules.needs_specialty else []
        self.admits_missing = rules.admits_missing

    def ask_as(self, first: "Review") -> None:
        """Ask for what the correction asked for, with the ordinary number of signers."""
        self.under, self.fields, self.admits_missing = first.under, list(first.fields), first.admits_missing
        self.wanted = self.wanted_second = max(first.wanted, first.wanted_second)
        self.triaged = set(first.triaged)

    def raise_to(self, rules: Rules, specialties: list[str]) -> bool:
        """Ask for what a version asks more of; say whether that was anything."""
        before = (self.wanted, self.wanted_second, len(self.fields), self.admits_missing)
        self.wanted = max(self.wanted, rules.signers(self.reason))
        self.wanted_second = max(self.wanted_second, rules.signers("second_review"))
        if rules.needs_specialty:
            self.fields += [one for one in sorted(specialties) if one not in self.fields]
        self.admits_missing = self.admits_missing and rules.admits_missing
        return before != (self.wanted, self.wanted_second, len(self.fields), self.admits_missing)

    def has_signed(self, name: str) -> bool:
        return self.assigned.get(name) == "signed" or name in self.carried()

    def versions(self) -> dict[str, int]:
        """Return under which version each signature in force was given."""
        carried = self.follows.versions() if self.follows is not None and self.reason in CARRYING else {}
        return {**carried, **{name: self.signed_under[name] for name in self.signed}}

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
