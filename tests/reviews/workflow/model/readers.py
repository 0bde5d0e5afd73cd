"""The public page: what was approved, what stands in front of it, and the table "What readers see" of DESIGN §4."""

import calendar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from tests.reviews.workflow.model.drafts import Revision, Text
from tests.reviews.workflow.model.people import Rules
from tests.reviews.workflow.model.reviews import BESIDE, OF_THE_SAME_TEXT, Review

NEVER = datetime.max.replace(tzinfo=UTC)
WHOLE = None  # a suspension of the whole page, where others name their section


@dataclass
class Line:
    """A notice on a section: whom readers may ask about it."""

    section: int
    placed_by: str
    signed_by: str = ""


@dataclass
class Page:
    """A text that was approved once, and everything that readers are told of it."""

    revision: Revision
    approved_by: Review
    gone: str = ""  # retracted or retired
    successor: str = ""
    suspended: dict[int | None, str] = field(default_factory=dict)  # what is hidden: who agreed first to show it
    lines: dict[int, Line] = field(default_factory=dict)
    corrections: int = 0
    retractions: int = 0
    last_word: str = ""  # how the last review since the approval ended
    signers: dict[str, Review] = field(default_factory=dict)  # and in which review each signed
    unreviewed: list[str] = field(default_factory=list)
    is_withdrawn: bool = False
    reviewed_at: datetime = NEVER
    whole_on: date = date.max
    version: int = 0  # of the policy: the earliest that a signature was given under
    dated_by: int = 0
    next_due: date | None = None
    second_due: datetime | None = None
    noindex_from: date | None = None
    hidden_from: date | None = None

    @property
    def status(self) -> str:
        return self.gone or ("suspended" if WHOLE in self.suspended else "approved")

    @property
    def is_live(self) -> bool:
        return not self.gone

    @property
    def due(self) -> date:
        """A correction that too few signed for is due when the others have to sign."""
        assert self.next_due is not None
        return min(self.next_due, self.second_due.date()) if self.second_due else self.next_due

    def approve(self, review: Review, now: datetime, unreviewed: list[str]) -> None:
        """Show the text of a review that ended approved; what was suspended stays hidden."""
        self.lines = {
            key: line
            for key, line in self.lines.items()
            if self.revision.section(line.section) == review.revision.section(line.section)
        }
        self.revision, self.approved_by = review.revision, review
        self.gone = self.successor = self.last_word = ""
        self.is_withdrawn, self.reviewed_at, self.unreviewed = False, now, unreviewed
        self.corrections += review.reason == "correction"
        self.signers = {name: review.follows for name in review.carried() if review.follows is not None}
        for name in self.signers:
            while name not in self.signers[name].signed and self.signers[name].follows is not None:
                self.signers[name] = self.signers[name].follows
        self.signers |= dict.fromkeys(review.signed, review)
        self.version = min(review.versions().values())
        self._date(review, now)

    def _date(self, review: Review, now: datetime) -> None:
        if review.reason not in BESIDE:
            self.whole_on, self.next_due = now.date(), later(now.date(), review.rules.months)
        fewest = min(len(review.signers_of(section)) for section in (0, 1))
        is_short = review.reason == "correction" and fewest < review.wanted_second
        self.second_due = now + timedelta(hours=review.rules.second_review_hours) if is_short else None
        self.stage(review.rules)

    def stage(self, rules: Rules) -> None:
        """Set from which days the page is closed to search engines, then hidden."""
        self.dated_by = rules.version
        self.noindex_from = _after(self.due, rules.noindex_after)
        self.hidden_from = _after(self.due, rules.hide_after)


def later(day: date, months: int) -> date:
    """Return the day so many months later; the last of a month that is too short for it."""
    first = day.replace(day=1)
    for _ in range(months):
        first += timedelta(days=calendar.monthrange(first.year, first.month)[1])
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def _after(day: date, days: int | None) -> date | None:
    return None if days is None else day + timedelta(days=days + 1)


@dataclass(frozen=True)
class Seen:
    """What a visitor finds at the address. No status: nothing is there."""

    status: str = ""
    text: Text | None = None  # None: a notice stands in its place
    hidden: frozenset[int] = frozenset()
    update: str = ""
    is_overdue: bool = False
    is_hidden: bool = False
    is_indexed: bool = False
    is_withdrawn: bool = False


def seen(page: Page | None, review: Review | None, today: date) -> Seen:
    """Return what readers see, line by line as the table has it."""
    is_open = review is not None and review.is_open
    if page is None:
        if not is_open or not review.rules.shows_pending:
            return Seen()
        return Seen(status=review.state, text=review.revision.text)
    hidden = frozenset(one for one in page.suspended if one is not WHOLE)
    if page.gone:
        return Seen(page.gone, None, hidden, is_withdrawn=page.is_withdrawn)
    update = _update(review) if is_open else page.last_word
    if page.status == "suspended":
        return Seen("suspended", None, hidden, update, is_withdrawn=page.is_withdrawn)
    is_hidden = page.hidden_from is not None and page.hidden_from <= today
    is_listed = page.noindex_from is None or today < page.noindex_from
    return Seen(
        "approved",
        None if is_hidden else page.revision.text,
        hidden,
        update,
        is_overdue=page.due < today,
        is_hidden=is_hidden,
        is_indexed=is_listed and not (is_hidden or hidden or page.is_withdrawn),
        is_withdrawn=page.is_withdrawn,
    )


def _update(review: Review) -> str:
    if review.reason in OF_THE_SAME_TEXT:
        return "rereview"
    return {"correction": "correction", "second_review": "second"}.get(review.reason, review.state)
