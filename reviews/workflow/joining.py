"""A member joins a review or leaves it, and what that makes of the review's state."""

from reviews.models import Assignment, Review
from reviews.workflow.step import Step


def join(step: Step, assignment: Assignment) -> None:
    """Let a member begin; the first to begin puts the text under review."""
    assignment.state, assignment.accepted_at = Assignment.State.ACCEPTED, step.at
    assignment.save()
    if step.open_review.state == Review.State.SUBMITTED:
        step.move(Review.State.UNDER_REVIEW)


def leave(step: Step, assignment: Assignment, *, kind: str, reason: str) -> None:
    """Let a member go; when nobody is left at work the text is back to submitted."""
    assignment.state, assignment.decline_kind, assignment.decline_reason = Assignment.State.DECLINED, kind, reason
    assignment.save()
    review = step.open_review
    is_anybody_left = review.assignments.model.objects.filter(review=review, state__in=Assignment.AT_WORK).exists()
    if review.state == Review.State.UNDER_REVIEW and not is_anybody_left:
        # Who begins next puts the text under review anew: readers are told of that day, not of an earlier one.
        review.assignments.model.objects.filter(review=review).update(accepted_at=None)
        step.move(Review.State.SUBMITTED)
