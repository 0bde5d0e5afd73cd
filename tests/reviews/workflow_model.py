"""An independent telling of DESIGN §4 in plain Python: what may happen to one article, and what readers then see.

It shares no code with the workflow, so that a mistake has to be made twice to pass unseen.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

# The words an author may choose from, by number; two texts of one meaning differ in dress only.
TEXTS = (
    "Start with 300 mg once daily [@first].",
    "Start with 600 mg once daily [@second].",
    "START with 300 mg, once daily [@first].",
    "Start with 300 mg once daily [@third].",
    "Start with 300 mg once daily [@nowhere].",
)
MEANINGS = ("300", "600", "300", "300 third", "300 nowhere")
# Its key has no source yet: may be submitted and not approved. Its key is in no list: may not even be submitted.
UNRESOLVED, UNKNOWN = 3, 4
SECTIONS = (0, 1)

Text = tuple[int, int, int]  # the words of both sections, and which state the cited source was in


@dataclass
class Person:
    """Somebody with what they may do by role; `specialty` is set for members of the board."""

    name: str
    is_author: bool = False
    is_editor: bool = False
    specialty: str = ""
    licensed_until: date = date.max
    is_active: bool = True
    stood_by: datetime | None = None  # when they last declared to have no interests
    has_interest: bool = False

    @property
    def is_on_board(self) -> bool:
        return bool(self.specialty)


@dataclass
class Rules:
    """What a version of the editorial policy says."""

    quorum: int = 2
    shows_pending: bool = False
    needs_specialty: bool = True


@dataclass
class Revision:
    text: Text
    writers: frozenset[str]


@dataclass
class Review:
    revision: Revision
    rules: Rules
    is_again: bool = False  # of the text that is, or was, public
    state: str = "submitted"
    assigned: dict[str, str] = field(default_factory=dict)
    marks: dict[str, set[int]] = field(default_factory=dict)
    signed: dict[str, set[int]] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.state in ("submitted", "under_review")

    def at_work(self) -> set[str]:
        return {name for name, state in self.assigned.items() if state in ("accepted", "signed")}


@dataclass
class Desk:
    """One article: its draft, revisions, reviews and public page. Each `may_` says whether a step will be done."""

    people: dict[str, Person]
    rules: Rules = field(default_factory=Rules)
    words: list[int] = field(default_factory=lambda: [0, 1])
    source: int = 0
    specialty: str = "Neurology"
    writers: set[str] = field(default_factory=lambda: {"author"})
    revisions: list[Revision] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    remarks: dict[int, str] = field(default_factory=dict)  # open blocking ones: who made it
    waived: set[int] = field(default_factory=set)  # sections whose unresolved citation may stand
    excluded: set[str] = field(default_factory=set)
    approved: Revision | None = None
    is_retracted: bool = False
    last_word: str = ""  # how the last review since the approval ended

    @property
    def text(self) -> Text:
        return (*self.words, self.source)

    @property
    def review(self) -> Review | None:
        return self.reviews[-1] if self.reviews else None

    @property
    def open_review(self) -> Review | None:
        return self.review if self.review is not None and self.review.is_open else None

    # The draft

    def edit(self, name: str, section: int, text: int) -> None:
        if MEANINGS[self.words[section]] != MEANINGS[text]:
            self.writers.add(name)
        self.words[section] = text

    def may_submit(self, name: str) -> bool:
        is_same = self.approved is not None and not self.is_retracted and self.approved.text == self.text
        return self._is_editing(name) and self.open_review is None and UNKNOWN not in self.words and not is_same

    def submit(self, today: date) -> None:
        if not self.revisions or self.revisions[-1].text != self.text:
            self.revisions.append(Revision(self.text, frozenset(self.writers)))
        before = self.review
        review = Review(self.revisions[-1], self.rules)
        self.reviews.append(review)
        if before is not None and before.state in ("changes_requested", "recalled"):
            for name in before.at_work():
                if self.can_review(name, review, today):
                    review.assigned[name] = "invited"

    def _is_editing(self, name: str) -> bool:
        return self.people[name].is_author or self.people[name].is_editor

    # The editor

    def may_assign(self, by: str, name: str, today: date) -> bool:
        review = self.open_review
        if review is None or not self.people[by].is_editor or not self.can_review(name, review, today):
            return False
        return review.assigned.get(name, "declined") == "declined"

    def can_review(self, name: str, review: Review, today: date) -> bool:
        person = self.people[name]
        is_fit = person.is_on_board and person.is_active and today <= person.licensed_until
        return is_fit and name not in review.revision.writers and name not in self.excluded

    def may_rule(self, by: str, name: str) -> bool:
        review = self.open_review
        is_waiting = review is not None and review.assigned.get(name) == "waiting"
        return is_waiting and self.people[by].is_editor and by != name

    def rule(self, name: str, outcome: str) -> None:
        if outcome == "excluded":
            self.excluded.add(name)
            self._review.assigned[name] = "declined"
        else:
            self.join(name)

    def may_end(self, by: str, verb: str) -> bool:
        person = self.people[by]
        return self.open_review is not None and (person.is_editor or (verb == "recall" and person.is_author))

    def end(self, state: str) -> None:
        self._review.state = state
        if self.approved is not None and not self.is_retracted:
            ending = "rereview_end" if self._review.is_again else "sent_back"
            self.last_word = "" if state == "recalled" else ending

    def may_rereview(self, by: str) -> bool:
        return self.people[by].is_editor and self.approved is not None and self.open_review is None

    def rereview(self) -> None:
        assert self.approved is not None
        self.reviews.append(Review(self.approved, self.rules, is_again=True))

    def may_retract(self, by: str) -> bool:
        return self.people[by].is_editor and self.approved is not None and not self.is_retracted

    def retract(self) -> None:
        if self.open_review is not None:
            self.open_review.state = "recalled"
        self.is_retracted, self.last_word = True, ""

    def may_waive(self, by: str, section: int) -> bool:
        revision = self.open_review.revision if self.open_review else Revision(self.text, frozenset(self.writers))
        is_found = revision.text[section] == UNRESOLVED
        return is_found and self.people[by].is_editor and by not in revision.writers

    # The board

    def may_accept(self, name: str, interests: str, now: datetime) -> bool:
        person, review = self.people[name], self.open_review
        if review is None or review.assigned.get(name, "invited") != "invited":
            return False
        stands = person.stood_by is not None and not person.has_interest and now < person.stood_by + timedelta(365)
        return self.can_review(name, review, now.date()) and (interests != "as before" or stands)

    def accept(self, name: str, interests: str, now: datetime) -> None:
        person = self.people[name]
        if interests != "as before":
            person.stood_by, person.has_interest = now, interests == "some"
        if interests == "some":
            self._review.assigned[name] = "waiting"
        else:
            self.join(name)

    def join(self, name: str) -> None:
        self._review.assigned[name] = "accepted"
        self._review.state = "under_review"

    def may_decline(self, name: str) -> bool:
        return self._is("invited", "waiting", "accepted", name=name)

    def decline(self, name: str) -> None:
        review = self._review
        review.assigned[name] = "declined"
        if not review.at_work():
            review.state = "submitted"

    def may_mark(self, name: str) -> bool:
        return self._is("accepted", name=name)

    def may_sign(self, name: str, today: date, *, has_evidence: bool = True) -> bool:
        review = self.open_review
        if review is None or not self._is("accepted", name=name) or not self.can_review(name, review, today):
            return False
        words = review.revision.text[:2]
        is_settled = not any(words[section] == UNRESOLVED and section not in self.waived for section in SECTIONS)
        is_looked_up = has_evidence or not review.is_again
        return is_settled and is_looked_up and not self.remarks and bool(review.marks.get(name))

    def sign(self, name: str) -> bool:
        """Sign for the marked sections; say whether that made the text approved."""
        review = self._review
        review.assigned[name], review.signed[name] = "signed", set(review.marks[name])
        if not all(self._is_covered(review, section) for section in SECTIONS):
            return False
        review.state = "approved"
        self.approved, self.is_retracted, self.last_word = review.revision, False, ""
        return True

    def _is_covered(self, review: Review, section: int) -> bool:
        signers = [name for name, sections in review.signed.items() if section in sections]
        is_field = any(self.people[name].specialty == self.specialty for name in signers)
        return len(signers) >= review.rules.quorum and (
            is_field or not self.specialty or not review.rules.needs_specialty
        )

    def may_rescind(self, name: str) -> bool:
        return self._is("signed", name=name)

    def rescind(self, name: str) -> None:
        self._review.assigned[name] = "accepted"
        del self._review.signed[name]

    def may_request_changes(self, name: str) -> bool:
        return self._is("accepted", "signed", name=name)

    def may_remark(self, name: str) -> bool:
        is_editing_board = (
            self.open_review is not None and self.people[name].is_on_board and self.people[name].is_editor
        )
        return is_editing_board or self._is("accepted", "signed", name=name)

    def may_resolve(self, thread: int, by: str) -> bool:
        if thread not in self.remarks:
            return False
        opener, review = self.remarks[thread], self.review
        state = review.assigned.get(opener) if review is not None else None
        is_at_work = state in ("invited", "waiting", "accepted", "signed") and self.people[opener].is_active
        return by == opener or (self.people[by].is_editor and not is_at_work)

    def _is(self, *states: str, name: str) -> bool:
        review = self.open_review
        return review is not None and self.people[name].is_on_board and review.assigned.get(name) in states

    @property
    def _review(self) -> Review:
        assert self.review is not None
        return self.review

    # The readers: the table of DESIGN §4, line by line

    def readers_see(self) -> tuple[Text | None, str, str]:
        """Return the text, its status and what is said of an update; no text means the page is not there."""
        review = self.open_review
        if self.is_retracted:
            return None, "retracted", ""
        if self.approved is None:
            if review is None or not review.rules.shows_pending:
                return None, "", ""
            return review.revision.text, review.state, ""
        if review is None:
            return self.approved.text, "approved", self.last_word
        return self.approved.text, "approved", "rereview" if review.is_again else review.state
