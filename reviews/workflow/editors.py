"""The editor's steps: assign, rule on an interest, reject, review again, retract."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from articles.models import Article
from reviews.models import Assignment, BoardMember, EditorialPolicy, Review, Ruling
from reviews.workflow import assigning
from reviews.workflow.joining import join
from reviews.workflow.step import Refused, sentence, take
from reviews.workflow.texts import describe


def assign(review: Review, *, by: Any, member: BoardMember, seen: int, due_date: date | None = None) -> Assignment:
    """Ask a board member to review. Raises `Refused` when the member cannot (see `assigning.why_not`)."""
    with take("assign", review.article_id, by=by, seen=seen, review=review) as step:
        assignment = assigning.invite(step, member, due_date=due_date)
        step.data.update(
            review=review.pk, member=member.user_id, name=member.printed_name, due=str(assignment.due_date)
        )
    return assignment


def rule(assignment: Assignment, *, by: Any, outcome: str, reason: str, seen: int) -> Assignment:
    """Rule on the interest a member disclosed: clear or manageable lets them join, excluded ends the assignment."""
    review = assignment.review
    with take("rule", review.article_id, by=by, seen=seen, review=review) as step:
        fresh = next(one for one in step.open_review.assignments.all() if one.pk == assignment.pk)
        if not fresh.waits_for_ruling or fresh.disclosure is None:
            raise Refused(_("There is no interest to rule on: it was ruled on already, or the member left."))
        if fresh.member.user_id == by.pk:
            raise Refused(_("Nobody rules on their own interest."))
        ruling = Ruling(disclosure=fresh.disclosure, outcome=outcome, ruled_by=by, ruled_at=step.at)
        ruling.reason = sentence(reason, _("Give the reason for your ruling."))
        ruling.full_clean()
        step.insert(ruling)
        step.data.update(review=review.pk, member=fresh.member.user_id, outcome=outcome, reason=ruling.reason)
        if outcome == Ruling.Outcome.EXCLUDED:
            fresh.state, fresh.decline_kind = Assignment.State.DECLINED, Assignment.DeclineKind.INTEREST
            fresh.decline_reason = ruling.reason
            fresh.save()
        else:
            join(step, fresh)
    return fresh


def reject(review: Review, *, by: Any, reason: str, seen: int) -> Review:
    """End a review without approval; an approved text that readers see stays."""
    with take("reject", review.article_id, by=by, seen=seen, review=review) as step:
        step.close(
            Review.State.REJECTED, reason=sentence(reason, _("Say why the text is rejected: its author reads it."))
        )
        step.data["review"] = review.pk
    return step.open_review


def rereview(article: Article, *, by: Any, reason: str, seen: int, kind: str = Review.Reason.PERIODIC) -> Review:
    """Open a new review of the very revision that is published or was retracted. Marks and signatures do not carry."""
    with take("rereview", article.pk, by=by, seen=seen) as step:
        publication = step.article.publication  # the table's sources say that there is one
        step.review = Review.objects.create(
            article=step.article,
            revision=publication.revision,
            policy=EditorialPolicy.objects.current(),
            reason=kind,
            change_class=Review.ChangeClass.NONE,
            summary=sentence(reason, _("Say why the text is reviewed again.")),
            opened_by=by,
            opened_at=step.at,
        )
        step.data.update(describe(step.review, publication.revision), state=Review.State.SUBMITTED.value)
    return step.review


def retract(article: Article, *, by: Any, reason: str, notice: str, seen: int) -> Article:
    """Take a text from readers for good: its address answers 410 with the notice. An open review ends with it.

    Back only through an approved review that was opened afterwards, so a late quorum never brings it back.
    """
    with take("retract", article.pk, by=by, seen=seen) as step:
        step.data["notice"] = sentence(notice, _("Write the notice that readers will find at this address."))
        if step.review is not None:
            step.close(Review.State.RECALLED, reason=_("The page was retracted."))
            step.data["review"] = step.review.pk
        step.data["reason"] = sentence(reason, _("Give the reason for the record."))
    return step.article
