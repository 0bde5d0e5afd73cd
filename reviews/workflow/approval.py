"""What the last signature needed does: it approves the text, dates it, and says what is still missing."""

from datetime import date, datetime, timedelta

from articles.models import Publication
from articles.text.canonical import time_text
from reviews.models import Decision, EditorialPolicy, Review
from reviews.record import approvals, publishing
from reviews.rules import quorum, requirements, triage
from reviews.workflow import participation
from reviews.workflow.step import Step
from reviews.workflow.submission import describe


def complete(step: Step, decision: Decision) -> bool:
    """Approve the text when this signature was the last one needed; the event says what readers will see."""
    review = step.open_review
    signed = quorum.approvals(review)
    is_complete = not participation.asked_for_changes(review) and not quorum.shortfalls(review, signed)
    step.data.update(
        review=review.pk,
        revision=review.revision_id,
        digest=review.revision.digest,
        decision=decision.pk,
        signer=decision.signer,
        covered=decision.sections,
        signed_under=decision.policy_version,
        is_complete=is_complete,
    )
    if is_complete:
        _approve(step, signed)
    return is_complete


def _approve(step: Step, signed: list[Decision]) -> None:
    review = step.open_review
    began = [one.accepted_at for one in review.assignments.all() if one.accepted_at]
    step.move(Review.State.APPROVED)
    step.data.update(
        describe(review, review.revision) | {"policy": quorum.signed_under(review, signed)},
        reviewers=[approvals.as_reviewer(one) for one in signed],
        submitted_at=time_text(review.opened_at),
        under_review_at=time_text(min(began)),
        is_evidence_checked=any(one.evidence for one in signed if one.assignment.review_id == review.pk),
        unreviewed_specialties=quorum.unreviewed_specialties(review),
    )
    if review.reason == Review.Reason.CORRECTION:
        step.data["correction"] = review.summary
    second_due = _second_review_due(step, signed)
    _date(step, second_due)
    if second_due is not None:
        _open_second_review(step, second_due)


def _second_review_due(step: Step, signed: list[Decision]) -> datetime | None:
    """Return until when the others must sign a correction that went out with fewer signers than its risk asks for."""
    review = step.open_review
    if review.reason != Review.Reason.CORRECTION:
        return None
    ordinary = review.requirements["second_signers"]
    fewest = min(len({signer["id"] for signer in who}) for who in quorum.coverage(review, signed).values())
    return step.at + timedelta(hours=review.policy.second_review_hours) if fewest < ordinary else None


def _date(step: Step, second_due: datetime | None) -> None:
    """Put on the record from which days readers' pages say, by themselves, that the review is out of date."""
    due = _next_review_due(step)
    step.data.update(
        overdue_dates(step.open_review.policy, min(due, second_due.date()) if second_due else due),
        next_review_due=due.isoformat(),
        second_review_due=time_text(second_due) if second_due else None,
        dated_by_policy=step.open_review.policy.version,
    )


def overdue_dates(policy: EditorialPolicy, due: date) -> dict[str, str | None]:
    """Return from which days a text due then is closed to search engines and hidden, as its policy has it."""
    days = {"noindex_from": policy.noindex_after_days, "hidden_from": policy.hide_after_days}
    return {
        name: (due + timedelta(days=after + 1)).isoformat() if after is not None else None
        for name, after in days.items()
    }


def _next_review_due(step: Step) -> date:
    """A correction re-reads a few words: the whole is due when it was."""
    review, publication = step.open_review, step.publication
    is_part = review.reason in (Review.Reason.CORRECTION, Review.Reason.SECOND_REVIEW)
    if is_part and isinstance(publication, Publication) and publication.next_review_due is not None:
        return publication.next_review_due
    return publishing.months_after(step.at.date(), review.policy.months_to_rereview(review.requirements["risk"]))


def _open_second_review(step: Step, due: datetime) -> None:
    """Open the review that brings a correction to the ordinary number of signers; who signed it counts there too."""
    first = step.open_review
    asked = requirements.of_second_review(first.requirements) | {"triaged_by": sorted(triage.people(first))}
    second = step.save(
        Review(
            article=step.article,
            revision=first.revision,
            policy=first.policy,
            requirements=asked,
            reason=Review.Reason.SECOND_REVIEW,
            change_class=first.change_class,
            summary=first.summary,
            opened_by=step.by,
            opened_at=step.at,
            follows=first,
            due_date=due.date(),
        )
    )
    # The event is the approval's; of the review it opened it says which and of what.
    step.data["second_review"] = {
        "review": second.pk,
        "revision": second.revision_id,
        "state": Review.State.SUBMITTED.value,
        "due": time_text(due),
        "requirements": second.requirements,
    }
