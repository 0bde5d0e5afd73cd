"""Who reviews a text, who could, and what each declared."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.backends import ModelBackend
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models.person import AnyUser
from reviews.models import Assignment, BoardMember, Decision, Review
from reviews.rules import quorum
from reviews.web.forms import ExtendForm, ReleaseForm, RuleForm
from reviews.workflow import assignments


@dataclass
class Reviewer:
    """One who was asked, whether the review still waits for them, and the forms of an editor about them.

    `is_handed_on` says that the review this one took over from had asked them; `consequence` what their release means.
    """

    assignment: Assignment
    is_waiting: bool
    is_overdue: bool
    is_handed_on: bool = False
    rule_form: RuleForm | None = None
    release_form: ReleaseForm | None = None
    extend_form: ExtendForm | None = None
    consequence: str = ""


@dataclass(frozen=True)
class Candidate:
    """A member who may be asked, or the sentence that says why not."""

    member: BoardMember
    specialties: str
    why_not: str
    knows_text: bool = False


def reviewers(review: Review, user: AnyUser, *, seen: int, today: date, verbs: list[str]) -> list[Reviewer]:
    """Return those who were asked, in the order they were asked, each with the forms of an editor about them."""
    found = []
    for assignment in review.assignments.all():
        is_waiting = review.is_open and assignment.state in Assignment.UNANSWERED
        one = Reviewer(assignment, is_waiting, is_waiting and assignment.due_date < today)
        one.is_handed_on = assignment.assigned_at < review.opened_at
        fields = {"assignment": assignment.pk, "seen": seen}
        if "rule" in verbs and assignment.waits_for_ruling and assignment.member.user_id != user.pk:
            one.rule_form = RuleForm(initial=fields)
        if is_waiting and "release" in verbs:
            one.release_form, one.consequence = ReleaseForm(initial=fields), _without(review, assignment)
        if is_waiting and "extend" in verbs:
            one.extend_form = ExtendForm(initial=fields)
        found.append(one)
    return found


def _without(review: Review, assignment: Assignment) -> str:
    """Say what becomes of a review when this member is released from it."""
    others = [one for one in review.assignments.all() if one.pk != assignment.pk]
    is_at_work = any(one.state in Assignment.AT_WORK for one in others)
    if review.state == Review.State.UNDER_REVIEW and not is_at_work:
        return _("Nobody else is working on this text: it goes back to “Submitted” until somebody accepts.")
    is_waited_for = any(one.state in Assignment.UNANSWERED for one in others)
    if any(one.state == Assignment.State.ASKED_CHANGES for one in others) and not is_waited_for:
        return _("Everybody else has answered, and changes were asked for: the text goes back to its author.")
    return _("The others continue. Marks of this member no longer count; remarks stay, and an editor may settle them.")


def candidates(review: Review, today: date, triagers: set[int]) -> list[Candidate]:
    """Return every member who was not asked yet or left, those who can review first; five queries at most.

    `triagers` are those who triaged the review (`reviews.rules.triage`).
    """
    asked = {
        one.member_id
        for one in review.assignments.all()
        if one.state not in (Assignment.State.DECLINED, Assignment.State.RELEASED)
    }
    on_board = set(ModelBackend().with_perm("reviews.decide_review").values_list("pk", flat=True))
    excluded = set(assignments.excluded_from(review).values_list("disclosure__member_id", flat=True))
    members = BoardMember.objects.exclude(pk__in=asked).select_related("user").prefetch_related("specialties")
    checks, carried = assignments.last_checks(review, members), quorum.carried_signers(review)
    known = _signers_of_the_text_before(review)
    found = [
        Candidate(
            member,
            ", ".join(one.name for one in member.specialties.all()),
            assignments.obstacle(
                member,
                review,
                today,
                is_on_board=member.user_id in on_board,
                is_excluded=member.pk in excluded,
                checked=checks.get(member.pk),
                carried=carried,
                triagers=triagers,
            ),
            knows_text=member.pk in known,
        )
        for member in members
    ]
    return sorted(found, key=lambda one: (bool(one.why_not), not one.knows_text))


def too_few(review: Review, found: list[Candidate], triagers: set[int]) -> str:
    """Return the sentence that says how many signers the house lacks for this review, or nothing."""
    at_work = {
        one.member.user_id
        for one in review.assignments.all()
        if one.state in (Assignment.State.INVITED, *Assignment.AT_WORK)
    }
    able = (at_work - triagers) | {one.member.user_id for one in found if not one.why_not}
    lacking: int = review.requirements["signers"] - len(able | quorum.carried_signers(review))
    if lacking <= 0:
        return ""
    words = ngettext(
        "%s more signer is needed than there are members who may sign this text: invite a guest.",
        "%s more signers are needed than there are members who may sign this text: invite guests.",
        lacking,
    )
    return words % lacking


def _signers_of_the_text_before(review: Review) -> set[int]:
    """Return who signed the text that a correction corrects: they know all but the words that changed."""
    if review.reason not in (Review.Reason.CORRECTION, Review.Reason.SECOND_REVIEW):
        return set()
    signed = Decision.objects.filter(
        revision=review.revision.parent_id, verdict=Decision.Verdict.APPROVED, superseded_by__isnull=True
    )
    return set(signed.values_list("assignment__member_id", flat=True))
