"""One article as everybody finds it: its draft, its reviews, its public page, and what all steps ask of these."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.reviews.workflow.model.drafts import SECTIONS, Draft, Revision
from tests.reviews.workflow.model.people import Person, Rules
from tests.reviews.workflow.model.readers import Page
from tests.reviews.workflow.model.reviews import OF_THE_SAME_TEXT, Review

DAYS_TO_REVIEW = 14


@dataclass
class Table:
    """Each `may_` of the steps says whether one will be done; the step's name alone does it."""

    people: dict[str, Person]
    rules: Rules = field(default_factory=Rules)
    adopted: list[Rules] = field(default_factory=list)
    draft: Draft = field(default_factory=Draft)
    specialty: str = "Neurology"
    reviews: list[Review] = field(default_factory=list)
    # Open remarks that hold approval, by their place among all ever made: who made it, and on which review.
    remarks: dict[int, tuple[str | None, Review]] = field(default_factory=dict)
    remarks_made: int = 0
    waived: set[int] = field(default_factory=set)  # sections whose unresolved citation may stand
    excluded: set[str] = field(default_factory=set)
    page: Page | None = None
    # Who changed what the text has to meet, or waived a finding of it, since it was last approved.
    triagers: set[str] = field(default_factory=set)

    @property
    def review(self) -> Review | None:
        return self.reviews[-1] if self.reviews else None

    @property
    def open_review(self) -> Review | None:
        return self.review if self.review is not None and self.review.is_open else None

    @property
    def present(self) -> Review:
        assert self.review is not None
        return self.review

    @property
    def published(self) -> Revision | None:
        return self.page.revision if self.page is not None and self.page.is_live else None

    @property
    def is_live(self) -> bool:
        return self.page is not None and self.page.is_live

    def is_editing(self, name: str) -> bool:
        return self.people[name].is_author or self.people[name].is_editor

    def can_review(self, name: str, review: Review, today: date) -> bool:
        is_strange = name not in review.revision.writers and name not in self.excluded
        is_free = name not in review.carried() and name not in review.triaged
        return self.people[name].may_sign_on(today) and is_strange and is_free

    def begin(self, review: Review, superseded: Review | None = None) -> Review:
        if review.reason == "second_review" and review.follows is not None:
            review.ask_as(review.follows)
        else:
            review.ask(review.rules, self.specialty)
            before = [one.triaged for one in (superseded, review.follows) if one is not None]
            review.triaged = self.triagers.union(*before)
        self.reviews.append(review)
        return review

    def has_signed(self, by: str) -> bool:
        """Say whether somebody has signed the open review: they do not triage it as well."""
        return self.open_review is not None and self.open_review.has_signed(by)

    def triage(self, by: str, about: str = "") -> None:
        """Keep from signing who decided about somebody else in the open review."""
        if by != about:
            self.present.triaged.add(by)

    def change_terms(self, by: str) -> None:
        self.triagers.add(by)
        if self.open_review is not None:
            self.present.triaged.add(by)

    def invite(self, name: str, today: date, due: date | None = None) -> None:
        self.present.assigned[name] = "invited"
        self.present.due[name] = due or today + timedelta(DAYS_TO_REVIEW)

    def remark(self, by: str | None, review: Review) -> None:
        self.remarks[self.remarks_made] = by, review
        self.remarks_made += 1

    def end(self, state: str) -> None:
        """Close the open review without approval; readers of an approved text are told how it ended."""
        self.present.state = state
        if self.page is not None and self.page.is_live:
            is_same = self.present.reason in (*OF_THE_SAME_TEXT, "second_review")
            self.page.last_word = "" if state == "recalled" else "rereview_end" if is_same else "sent_back"

    def leave(self, name: str, state: str) -> None:
        review = self.present
        review.assigned[name] = state
        if review.state == "under_review" and not review.who_is("accepted", "signed", "asked_changes"):
            review.state = "submitted"
        elif review.is_answered:
            self.end("changes_requested")

    def lacks(self, review: Review) -> bool:
        """Say whether a section still needs signers, by number or by field, for its text to be approved."""
        needed = [one for one in review.fields if one not in self._missing(review)]
        for section in SECTIONS:
            present = {self.people[name].specialty for name in review.signers_of(section)}
            if len(review.signers_of(section)) < review.wanted or not set(needed) <= present:
                return True
        return False

    def unreviewed(self, review: Review) -> list[str]:
        """Return the fields of a text that nobody on the board has and that the policy lets it pass without."""
        by_section = [{self.people[name].specialty for name in review.signers_of(section)} for section in SECTIONS]
        return [one for one in self._missing(review) if not all(one in present for present in by_section)]

    def _missing(self, review: Review) -> list[str]:
        if not review.admits_missing:
            return []
        return [one for one in review.fields if not self._board_has(one, review.last_signed_at())]

    def _board_has(self, specialty: str, at: datetime) -> bool:
        board = [person for person in self.people.values() if person.may_sign_on(at.date()) and not person.is_guest]
        return any(person.specialty == specialty for person in board)
