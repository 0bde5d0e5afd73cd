"""What a member finds before the text: what the review is about, and the declaration that opens it."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.person import AnyUser, Person, signed_in
from reviews.models import Review
from reviews.rules import permissions
from reviews.web.forms import AcceptForm, DeclineForm
from reviews.workflow import assignments


@dataclass
class Intake:
    """The page before the text. Holds nothing of it but the title."""

    title: str
    topics: str
    due_date: date | None
    why_closed: str = ""
    is_waiting_for_ruling: bool = False
    standing_since: date | None = None
    accept_form: AcceptForm | None = None
    decline_form: DeclineForm | None = None


def of_review(review: Review, user: AnyUser, *, seen: int) -> Intake:
    """Return the intake for a member who is asked, or who may take this review."""
    assignment = review.assignment_of(user)
    intake = Intake(
        title=review.revision.document["title"],
        topics=", ".join(topic.name for topic in review.article.topics.all()),
        due_date=assignment.due_date if assignment else review.due_date,
    )
    if not review.is_open:
        intake.why_closed = _("This review is closed: nothing is left to do.")
        return intake
    if assignment is not None and permissions.can_decline(user, review):
        intake.decline_form = DeclineForm(initial={"seen": seen})
    intake.is_waiting_for_ruling = assignment is not None and assignment.waits_for_ruling
    if not intake.is_waiting_for_ruling:
        _offer_acceptance(intake, review, signed_in(user), seen)
    return intake


def _offer_acceptance(intake: Intake, review: Review, user: Person, seen: int) -> None:
    member, now = user.board_member, timezone.now()
    intake.why_closed = assignments.why_not(member, review, timezone.localdate())
    if intake.why_closed or not permissions.can_accept(user, review):
        return
    last = member.disclosures.first()
    if last is not None and last.is_standing(now):
        intake.standing_since = last.declared_at.date()
    intake.accept_form = AcceptForm(initial={"seen": seen})
