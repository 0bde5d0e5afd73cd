"""A member joins a review, leaves it or answers, and what that makes of the review's state."""

from django.utils.translation import gettext as _

from reviews.models import Assignment, Decision, Review
from reviews.workflow.step import Step
from reviews.workflow.succession import copy_marks


def join(step: Step, assignment: Assignment) -> None:
    """Let a member begin; the first to begin puts the text under review."""
    assignment.state, assignment.accepted_at = Assignment.State.ACCEPTED, step.at
    step.save(assignment)
    if step.open_review.reason == Review.Reason.CORRECTION:
        _keep_own_marks(step, assignment)
    if step.open_review.state == Review.State.SUBMITTED:
        step.move(Review.State.UNDER_REVIEW)


def _keep_own_marks(step: Step, assignment: Assignment) -> None:
    """Who signed the text that a correction corrects still holds its untouched sections accurate."""
    signed = Decision.objects.filter(
        assignment__member=assignment.member,
        revision=step.open_review.revision.parent_id,
        verdict=Decision.Verdict.APPROVED,
        superseded_by__isnull=True,
    )
    for decision in signed.select_related("assignment"):
        copy_marks(step, decision.assignment, assignment)


def leave(step: Step, assignment: Assignment, *, state: str, kind: str, reason: str) -> None:
    """Let a member go; when nobody is left at work the text is back to submitted."""
    assignment.state, assignment.decline_kind, assignment.decline_reason = state, kind, reason
    step.save(assignment)
    review = step.open_review
    assignments = Assignment.objects.filter(review=review)
    if review.state == Review.State.UNDER_REVIEW and not assignments.filter(state__in=Assignment.AT_WORK).exists():
        # Who begins next puts the text under review anew: readers are told of that day, not of an earlier one.
        for one in assignments.exclude(accepted_at=None):
            one.accepted_at = None
            step.save(one, update_fields=["accepted_at"])
        step.move(Review.State.SUBMITTED)
    else:
        close_when_all_answered(step)


def waits_for_answers(review: Review) -> bool:
    """Say whether a request for changes has to wait until everybody who is asked has answered."""
    unanswered = Assignment.objects.filter(review=review, state__in=Assignment.UNANSWERED)
    return review.policy.waits_for_all and unanswered.exists()


def asked_for_changes(review: Review) -> list[int]:
    """Return who has asked for changes in a review that waits for the others, as ids of people."""
    asked = Assignment.objects.filter(review=review, state=Assignment.State.ASKED_CHANGES)
    return list(asked.values_list("member__user", flat=True))


def close_when_all_answered(step: Step) -> None:
    """Send the text back when changes were asked for and nobody's answer is missing any more."""
    review = step.open_review
    if review.is_open and asked_for_changes(review) and not waits_for_answers(review):
        step.close(Review.State.CHANGES_REQUESTED, reason=_("All who were asked have answered: changes are needed."))
