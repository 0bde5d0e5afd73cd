"""The author's steps: submit a text, or take it out of review again."""

from typing import Any

from django.utils.translation import gettext as _

from articles import findings, freezing, wording
from articles.checks import Finding
from articles.models import Article, Publication, Revision
from articles.rendering import TextTooComplex
from reviews import waivers
from reviews.models import EditorialPolicy, Review
from reviews.workflow import assigning
from reviews.workflow.step import ArticleMoved, Refused, Step, sentence, take

_CLASSES: list[str] = [
    Review.ChangeClass.NONE,
    Review.ChangeClass.MINOR,
    Review.ChangeClass.SUBSTANTIVE,
    Review.ChangeClass.SAFETY,
]


class FindingsBlock(Refused):
    """Findings that the policy does not let pass stand in the way. `findings` lists them."""

    def __init__(self, blocking: list[Finding]) -> None:
        super().__init__(" ".join(finding.message for finding in blocking))
        self.findings = blocking


def submit(article: Article, *, by: Any, seen: int, summary: str = "", change_class: str = "") -> Review:
    """Freeze the draft and open a review of it. `seen` is the draft version the person's page showed.

    `change_class` may raise the floor the system computes, never lower it. Raises `ArticleMoved` when the draft was
    saved since, `FindingsBlock`, and `Refused` when the text equals the approved one.
    """
    with take("submit", article.pk, by=by) as step:
        if step.article.version != seen:
            raise ArticleMoved(step.article, [])
        policy = EditorialPolicy.objects.current()
        content = freezing.draft_content(step.article)
        blocking = waivers.standing(step.article, findings.of_content(step.article, content), policy.blocks_submit)
        if blocking:
            raise FindingsBlock(blocking)
        published = _published_revision(step.publication)
        if published is not None and published.document == content:
            raise Refused(_("This text is the one that is approved already. Change something before you submit."))
        revision = _freeze(step)
        floor = wording.change_floor(published.document if published else None, content)
        _open_review(step, revision, policy, floor=floor, change_class=change_class, summary=summary)
        assigning.invite_again(step)
    return step.open_review


def recall(review: Review, *, by: Any, reason: str, seen: int) -> Review:
    """Take a text out of review; an approved text that readers see stays."""
    with take("recall", review.article_id, by=by, seen=seen, review=review) as step:
        step.close(Review.State.RECALLED, reason=sentence(reason, _("Say why you take the text out of review.")))
        step.data["review"] = review.pk
    return step.open_review


def _published_revision(publication: Publication | None) -> Revision | None:
    is_live = publication is not None and publication.status == Publication.Status.APPROVED
    return publication.revision if publication is not None and is_live else None


def _freeze(step: Step) -> Revision:
    try:
        revision = freezing.freeze(step.article, by=step.by, at=step.at)
    except TextTooComplex as refusal:
        raise Refused(str(refusal)) from refusal
    except wording.UnknownContributor as unknown:
        words = _("The history of this text holds a change by nobody we know. Save the article once under your name.")
        raise Refused(words) from unknown
    if revision.created_at == step.at:
        step.rows += [revision, *revision.renderings.all()]
    return revision


def _open_review(
    step: Step, revision: Revision, policy: EditorialPolicy, *, floor: str, change_class: str, summary: str
) -> None:
    is_update = step.publication is not None and step.publication.published_at is not None
    chosen = max(floor, change_class or floor, key=_CLASSES.index)
    step.review = Review.objects.create(
        article=step.article,
        revision=revision,
        policy=policy,
        reason=Review.Reason.UPDATE if is_update else Review.Reason.NEW,
        change_class=chosen,
        summary=summary.strip(),
        opened_by=step.by,
        opened_at=step.at,
    )
    step.data.update(describe(step.review, revision), floor=floor, state=Review.State.SUBMITTED.value)


def describe(review: Review, revision: Revision) -> dict[str, Any]:
    """Return what an event that opens a review or approves it says of the text."""
    document = revision.document
    return {
        "review": review.pk,
        "reason": review.reason,
        "revision": revision.pk,
        "number": revision.number,
        "digest": revision.digest,
        "sections": revision.section_digests,
        "renderings": {rendering.audience: rendering.pk for rendering in revision.renderings.order_by("version")},
        "contributors": revision.contributors,
        "title": document["title"],
        "topics": topics_of(review.article),
        "risk": review.article.risk,
        "policy": review.policy.version,
        "shows_pending": review.policy.shows_pending,
        "change_class": review.change_class,
        "summary": review.summary,
    }


def topics_of(article: Article) -> list[dict[str, str]]:
    return [{"slug": topic.slug, "name": topic.name} for topic in article.topics.all()]
