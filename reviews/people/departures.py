"""A member leaves the board: made inactive first, then each open review handed over, an article at a time."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.person import Person
from articles.writing import drafting
from reviews import workflow
from reviews.models import Assignment, BoardMember, Review
from reviews.people import members
from reviews.rules import permissions
from reviews.workflow.assignments import locked
from reviews.workflow.step import Refused, sentence


@dataclass
class HandOver:
    """What became of the open reviews. `problems` are those nobody has now, each with the sentence that says why."""

    released: list[Review] = field(default_factory=list)
    handed_over: list[Review] = field(default_factory=list)
    problems: list[tuple[Review, str]] = field(default_factory=list)


def open_assignments(member: BoardMember) -> QuerySet[Assignment]:
    """Return what a member was asked and has not answered with a signature, in open reviews."""
    waiting = member.assignments.filter(state__in=Assignment.UNANSWERED, review__state__in=Review.OPEN)
    return waiting.select_related("review__article", "review__revision", "review__policy").order_by("due_date", "pk")


def deactivate(member: BoardMember, *, by: Person, reason: str) -> BoardMember:
    """Make a member inactive: from here on nobody can ask them, and they sign no more. What they signed stays theirs.

    Their open reviews are handed over afterwards (`hand_over`). Whoever is asking them at this moment was first, and
    the review is handed over with the others; or waits for the row, and is refused.
    """
    _allow(by, member)
    with transaction.atomic():
        member, at = locked(member), timezone.now()
        if not member.is_active:
            raise Refused(_("%s is already inactive.") % member)
        words = sentence(reason, _("Say why %s leaves.") % member)
        member.is_active = False
        drafting.save(member, by=by, reason=words)
        data = {"reason": words, "open": open_assignments(member).count()}
        members.of_member("deactivate", member, by=by, data=data, at=at)
    return member


def reactivate(member: BoardMember, *, by: Person, reason: str) -> BoardMember:
    """Let a former member be asked again. What was handed over stays where it is."""
    _allow(by, member)
    with transaction.atomic():
        member, at = locked(member), timezone.now()
        if member.is_active:
            raise Refused(_("%s is already active.") % member)
        words = sentence(reason, _("Say why %s comes back.") % member)
        member.is_active = True
        drafting.save(member, by=by, reason=words)
        members.of_member("reactivate", member, by=by, data={"reason": words}, at=at)
    return member


def _allow(by: Person, member: BoardMember) -> None:
    if not permissions.can_deactivate(by, member):
        raise PermissionDenied(_("You may not do this: a member is deactivated and reactivated by somebody else."))


def hand_over(member: BoardMember, *, by: Person, reason: str, to: BoardMember | None = None) -> HandOver:
    """Release an inactive member from each open review, and ask somebody else with the same due date, if anybody.

    One transaction an article: stopped anywhere, it is called again for what is left. Where the other cannot review a
    text, the member is released all the same and the outcome says why.
    """
    if not permissions.can_hand_over(by):
        raise PermissionDenied(_("Only an editor can hand over reviews."))
    if BoardMember.objects.get(pk=member.pk).is_active:
        raise Refused(
            _("%s is active. An active member is released from reviews one by one, on the page of each review.")
            % member
        )
    words = sentence(reason, _("Say why the reviews are handed over: both members read it."))
    outcome = HandOver()
    for assignment in list(open_assignments(member)):
        _hand_over_one(assignment, by=by, reason=words, to=to, outcome=outcome)
    return outcome


def _hand_over_one(
    assignment: Assignment, *, by: Person, reason: str, to: BoardMember | None, outcome: HandOver
) -> None:
    review = assignment.review
    try:
        with transaction.atomic():
            workflow.release(assignment, by=by, reason=reason, seen=None)
            problem = _ask(review, assignment, by=by, to=to) if to is not None else ""
    except Refused as refused:
        outcome.problems.append((review, str(refused)))
        return
    if problem:
        outcome.problems.append((review, problem))
    elif to is None:
        outcome.released.append(review)
    else:
        outcome.handed_over.append(review)


def _ask(review: Review, assignment: Assignment, *, by: Person, to: BoardMember) -> str:
    """Ask the other member; return the sentence that says why they cannot, or nothing."""
    today = timezone.now().date()
    try:
        with transaction.atomic():
            # A day that is past was the former member's: the new one gets the policy's time.
            due_date = assignment.due_date if assignment.due_date >= today else None
            workflow.assign(review, by=by, member=to, seen=None, due_date=due_date)
    except Refused as refused:
        return str(refused)
    return ""
