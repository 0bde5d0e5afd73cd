"""A member's signatures turn out to be worth nothing: each is superseded, and what it carried is reviewed again."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles.models import Article, Publication
from reviews.models import Assignment, Decision, EditorialPolicy, Review, Voiding
from reviews.models.review import printed_name
from reviews.rules import quorum
from reviews.workflow import participation
from reviews.workflow.editor_steps import last_approval
from reviews.workflow.step import Step, take
from reviews.workflow.submission import open_review


def affected(voiding: Voiding) -> QuerySet[Article]:
    """Return the articles on which signatures of the member are still in force that this voiding names."""
    return Article.objects.filter(reviews__assignments__decisions__in=in_force(voiding)).order_by("pk").distinct()


def in_force(voiding: Voiding) -> QuerySet[Decision]:
    """Return the signatures that a finding names and that nothing has superseded yet."""
    return Decision.objects.filter(
        assignment__member=voiding.member,
        verdict=Decision.Verdict.APPROVED,
        superseded_by__isnull=True,
        decided_at__date__gte=voiding.since,
        decided_at__lte=voiding.voided_at,
    )


class _NothingLeft(Exception):
    """Another worker was faster: what this one began is undone."""


def void(article: Article, *, voiding: Voiding) -> list[Decision]:
    """Supersede the signatures on one article; what they carried loses its badge until it is signed for again.

    May run again, also twice at once: it acts on what is still in force, and leaves no event when nothing is.
    """
    try:
        return _void(article, voiding)
    except _NothingLeft:
        return []


def _void(article: Article, voiding: Voiding) -> list[Decision]:
    with take("void", article.pk, by=voiding.voided_by) as step:
        found = list(in_force(voiding).filter(assignment__review__article=article).select_related("assignment__review"))
        if not found:
            raise _NothingLeft
        voided = [_supersede(step, decision, voiding) for decision in found]
        step.data.update(
            member=voiding.member.user_id,
            name=printed_name(found[-1].signer),
            ground=voiding.ground,
            public_ground=voiding.printed_ground,
            decisions=[decision.pk for decision in found],
            voided=[{"decision": one.pk, "name": printed_name(one.signer)} for one in found],
            carried=_carried(step.article, found),
        )
        _leave_open_review(step, found)
        _weigh_publication(step, found)
    return voided


def _supersede(step: Step, decision: Decision, voiding: Voiding) -> Decision:
    voided = Decision(
        assignment=decision.assignment,
        sequence=decision.sequence + 1,
        supersedes=decision,
        verdict=Decision.Verdict.VOIDED,
        revision_id=decision.revision_id,
        revision_digest=decision.revision_digest,
        statement=f"{voiding.get_ground_display()}: {voiding.reason}",
        signer=decision.signer,
        authenticated_by="editor",
        decided_at=step.at,
    )
    return step.insert(voided)


def _carried(article: Article, found: list[Decision]) -> list[dict[str, Any]]:
    """Return the approvals that rested on these signatures, and whether the others carry each of them."""
    rests_on_them = {one.assignment.review_id for one in found}
    approved = []
    for review in article.reviews.filter(state=Review.State.APPROVED).order_by("opened_at", "pk"):
        if review.pk not in rests_on_them and review.follows_id not in rests_on_them:
            continue
        if review.pk not in rests_on_them and not quorum.carries_signatures(review):
            continue
        rests_on_them.add(review.pk)
        still_stands = not quorum.shortfalls(review, quorum.approvals(review))
        approved.append({"review": review.pk, "still_stands": still_stands})
    return approved


def _leave_open_review(step: Step, found: list[Decision]) -> None:
    """Take the member out of a review that is still open; it goes on without them."""
    review = step.review
    own = [one.assignment_id for one in found if review is not None and one.assignment.review_id == review.pk]
    if review is None or not own:
        return
    assignment = next(one for one in review.assignments.all() if one.pk in own)
    participation.leave(
        step, assignment, state=Assignment.State.RELEASED, kind="", reason=_("The signature was voided.")
    )
    step.data["review"] = review.pk


def _weigh_publication(step: Step, found: list[Decision]) -> None:
    """Take the signers from the page; where the others do not carry the approval, open a review for what is missing."""
    publication, voided = step.publication, {decision.pk for decision in found}
    if publication is None or not any(one["decision"] in voided for one in publication.reviewers):
        return
    approved = last_approval(publication)
    assert approved is not None  # noqa: S101  (a publication with signers was approved by a review)
    approved.article = step.article
    still_stands = not quorum.shortfalls(approved, quorum.approvals(approved))
    # What was retracted or retired comes back only when somebody asks for a review of all of it.
    is_live = publication.status in (Publication.Status.APPROVED, Publication.Status.SUSPENDED)
    if not still_stands and step.review is None and is_live:
        _open_again(step, approved)
    step.data.update(
        reviewers=[one for one in publication.reviewers if one["decision"] not in voided], still_stands=still_stands
    )


def _open_again(step: Step, approved: Review) -> None:
    open_review(
        step,
        approved.revision,
        EditorialPolicy.objects.current(),
        reason=Review.Reason.WITHDRAWN,
        change_class=Review.ChangeClass.NONE,
        summary=_("A signature that this text needs was found to be void. The others remain valid."),
        follows=approved,
    )
