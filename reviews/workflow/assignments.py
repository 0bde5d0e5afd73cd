"""Who may be asked to review, and the asking."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models.person import Person
from reviews.models import Assignment, BoardMember, LicenceCheck, Review, Ruling
from reviews.record import publishing
from reviews.rules import quorum, triage
from reviews.workflow.step import Refused, Step


def why_not(member: BoardMember, review: Review, on: date) -> str:
    """Return the sentence that says why a member cannot review this text, or nothing."""
    is_on_board = member.user.is_active and member.user.has_perm("reviews.decide_review")
    is_excluded = excluded_from(review).filter(disclosure__member=member).exists()
    checks = last_checks(review, [member])
    return obstacle(
        member,
        review,
        on,
        is_on_board=is_on_board,
        is_excluded=is_excluded,
        checked=checks.get(member.pk),
        carried=quorum.carried_signers(review),
        triagers=triage.people(review),
    )


def excluded_from(review: Review) -> QuerySet[Ruling]:
    """Return the rulings that keep a member from every text of the review's article."""
    return Ruling.objects.filter(outcome=Ruling.Outcome.EXCLUDED, disclosure__review__article=review.article_id)


def last_checks(review: Review, members: Iterable[BoardMember]) -> dict[int, LicenceCheck]:
    """Return each member's last licence check, by the member's key; none where the review asks for none."""
    if not review.requirements["licence_check_months"]:
        return {}
    return {check.member_id: check for check in LicenceCheck.objects.filter(member__in=members).order_by("checked_at")}


def is_checked(check: LicenceCheck | None, months: int, on: date) -> bool:
    """Say whether a licence check found the licence valid and is not older than these months; 0 asks for none."""
    if not months:
        return True
    return check is not None and check.is_valid and publishing.months_after(check.checked_at.date(), months) >= on


def obstacle(
    member: BoardMember,
    review: Review,
    on: date,
    *,
    is_on_board: bool,
    is_excluded: bool,
    checked: LicenceCheck | None = None,
    carried: Collection[int] = (),
    triagers: Collection[int] = (),
) -> str:
    """Return the same sentence from facts that a page loaded for all members at once."""
    named = {"name": member.printed_name}
    if not (member.is_active and is_on_board):
        return _("%(name)s is not an active member of the board.") % named
    if not member.is_licensed(on):
        return _("The licence of %(name)s has lapsed.") % named
    if member.is_guest and member.verified_at is None:
        return _("%(name)s is a guest reviewer who has not been verified by an editor yet.") % named
    if not is_checked(checked, review.requirements["licence_check_months"], on):
        return _("The licence of %(name)s has to be checked before they can sign again.") % named
    if member.away_until and member.is_away(on):
        return _("%(name)s is away until %(until)s.") % {**named, "until": date_format(member.away_until, "j F Y")}
    return _obstacle_of_text(member, review, carried, triagers) or (
        _("%(name)s is excluded from this article because of an interest.") % named if is_excluded else ""
    )


def _obstacle_of_text(member: BoardMember, review: Review, carried: Collection[int], triagers: Collection[int]) -> str:
    """Return why a member cannot review this text in particular, whoever else may."""
    named = {"name": member.printed_name}
    if member.user_id in review.revision.contributors:
        return _("%(name)s wrote parts of this text and cannot review it.") % named
    if member.user_id in carried:
        return _("%(name)s has already signed it: somebody else has to sign.") % named
    if member.user_id in triagers:
        words = _(
            "%(name)s has triaged this text (assigned others, ruled, waived, extended, released, or changed what it "
            "has to meet), and cannot sign it as well."
        )
        return words % named
    return ""


def must_not_have_signed(step: Step) -> None:
    """Raise `Refused` when the acting person has signed the open review: nobody signs and triages one."""
    if refusal := triage.refusal_after_signing(step.person, step.review):
        raise Refused(refusal)


def locked(member: BoardMember) -> BoardMember:
    """Return the member as stored now, held until the transaction ends: who deactivates them was first, or waits.

    Whoever holds an article too has locked that first.
    """
    return BoardMember.objects.select_for_update(no_key=True, of=("self",)).select_related("user").get(pk=member.pk)


def invite(step: Step, member: BoardMember, *, due_date: date | None = None) -> Assignment:
    """Ask a member to review. Raises `Refused` with the reason when they cannot, or are asked already."""
    review, today = step.open_review, step.at.date()
    member = locked(member)
    refusal = why_not(member, review, today)
    if refusal:
        raise Refused(refusal)
    if due_date is not None and due_date < today:
        raise Refused(_("The due date is in the past."))
    present = review.assignments.filter(member=member).first()
    if present is not None and present.state not in (Assignment.State.DECLINED, Assignment.State.RELEASED):
        raise Refused(_("%s has already been asked.") % member.printed_name)
    assignment = present or Assignment(review=review, member=member)
    assignment.state = Assignment.State.INVITED
    assignment.due_date = due_date or today + timedelta(days=review.policy.due_days)
    assignment.assigned_by, assignment.assigned_at = step.person, step.at
    assignment.disclosure, assignment.accepted_at = None, None
    assignment.decline_kind = assignment.decline_reason = ""
    step.save(assignment)
    review.due_date = max(assignment.due_date, review.due_date or assignment.due_date)
    step.save(review, update_fields=["due_date"])
    return assignment


def invite_again(step: Step, previous: Review) -> None:
    """Ask those who worked on the text before it was sent back: they know it. Who cannot is left to the editor."""
    review = step.open_review
    members = BoardMember.objects.filter(assignments__review=previous, assignments__state__in=Assignment.AT_WORK)
    asked = []
    for member in members.select_related("user"):
        if not why_not(member, review, step.at.date()):
            invite(step, member)
            asked.append(member.user_id)
    step.data["invited"] = asked


def own_assignment(step: Step, by: Person) -> Assignment:
    """Return the acting member's assignment on the step's review."""
    assignment = step.open_review.assignment_of(by)
    assert assignment is not None  # noqa: S101  (the rule of each verb that asks for it lets nobody else pass)
    return assignment
