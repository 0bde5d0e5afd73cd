"""The author's steps: submit a text, also while an older one is under review, or take it out of review again."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from articles.models import Article, Publication, Revision
from articles.models.person import Person
from articles.models.translation import translated
from articles.text.canonical import time_text
from articles.text.checks import Finding
from articles.text.rendering import TextTooComplex
from articles.writing import contributors, findings, freezing, wording
from reviews.models import EditorialPolicy, Review
from reviews.rules import lowered_terms, requirements, source_warnings, triage, waivers
from reviews.workflow import assignments, succession, taken_addresses
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
        super().__init__(" ".join(translated(finding.message) for finding in blocking))
        self.findings = blocking


def submit(article: Article, *, by: Person, seen: int, summary: str = "", change_class: str = "") -> Review:
    """Freeze the draft and open a review of it. `seen` is the draft version the person's page showed.

    An open review of an older text closes as superseded and hands on its people, dates, interests and the marks of
    sections that did not change. `change_class` may raise the floor the system computes, never lower it. Raises
    `ArticleMoved` when the draft was saved since, `FindingsBlock`, and `Refused` when the text equals the approved
    one or the one under review, or lies beside a correction.
    """
    with take("submit", article.pk, by=by) as step:
        if step.article.version != seen:
            raise ArticleMoved(step.article, [])
        _guard_risk(step.article)
        policy = EditorialPolicy.objects.current()
        content = freezing.draft_content(step.article)
        reason = _reason(step)
        must_pass(step.article, content, policy.findings_that_block_submit(reason))
        published = published_revision(step.publication)
        _guard_text(step, content, published)
        _guard_address(step)
        revision = _freeze(step)
        floor = wording.change_floor(published.document if published else None, content)
        chosen = max(floor, change_class or floor, key=_CLASSES.index)
        superseded = succession.supersede(step)
        opened = open_review(
            step, revision, policy, reason=reason, change_class=chosen, summary=summary, superseded=superseded
        )
        _name_later_contributors(step, opened)
        step.data["floor"] = floor
        if step.publication is None:
            # From here on the catalogue's facts are an editor's.
            step.wrote(step.article)
        _carry_on(step, superseded or succession.predecessor(step))
    return step.open_review


def _guard_risk(article: Article) -> None:
    """Raise `Refused` when the risk class is lower than the one last settled, and no second person agreed to that."""
    highest = lowered_terms.highest_risk(article)
    if requirements.is_lower_risk(article.risk, highest):
        words = _(
            "The risk class was lowered from “%(before)s” to “%(after)s”. Set it back: an editor asks for the lower "
            "class under “Catalogue”, and a second person confirms it."
        )
        labels = {"before": Article.Risk(highest).label, "after": Article.Risk(article.risk).label}
        raise Refused(words % labels)


def _name_later_contributors(step: Step, review: Review) -> None:
    """Keep from signing who changed what the checks are told of a text that was frozen before: its words are the same.

    Their names cannot be added to the revision, which is written once; the review has them.
    """
    later = set(contributors.of_draft(step.article)) - set(review.revision.contributors)
    if later:
        review.requirements["triaged_by"] = sorted({*review.requirements["triaged_by"], *later})
        step.save(review, update_fields=["requirements"])


def _reason(step: Step) -> str:
    if step.publication is not None and step.publication.published_at is not None:
        return Review.Reason.UPDATE
    is_first = not step.article.revisions.exists()
    return Review.Reason.IMPORT if is_first and hasattr(step.article, "imported_from") else Review.Reason.NEW


def must_pass(article: Article, content: dict[str, Any], rules: Iterable[str]) -> None:
    """Raise `FindingsBlock` when a content has findings of these rules that no waiver covers."""
    blocking = waivers.standing(article, findings.of_content(article, content), rules)
    if blocking:
        raise FindingsBlock(blocking)


def _guard_text(step: Step, content: dict[str, Any], published: Revision | None) -> None:
    if published is not None and published.document == content:
        raise Refused(_("This text is already approved. Change something before you submit it."))
    if step.review is not None:
        if step.review.reason == Review.Reason.CORRECTION:
            raise Refused(_("A correction of the published text is under review. Submit yours when that is decided."))
        if step.review.reason == Review.Reason.SECOND_REVIEW:
            raise Refused(_("A published correction is waiting for its second review. Submit yours when that is done."))
        if step.review.revision.document == content:
            raise Refused(_("This text is already under review. Change something before you submit it again."))
    if published is not None and freezing.has_diverged(step.article, published):
        words = _(
            "The published text has been corrected since this draft was begun. An editor has to merge the correction "
            "first."
        )
        raise Refused(words)


def _guard_address(step: Step) -> None:
    """Refuse a first submission under an address that the record gives to another article."""
    if step.publication is None and taken_addresses.belongs_to_another(step.article.slug, step.article):
        raise Refused(_("Another article had this address. Choose another one: readers may still follow the old."))


def _carry_on(step: Step, previous: Review | None) -> None:
    if previous is None:
        return
    if previous.state == Review.State.SUPERSEDED:
        succession.hand_on(step, previous)
    elif previous.state in (Review.State.CHANGES_REQUESTED, Review.State.RECALLED):
        assignments.invite_again(step, previous)


def recall(review: Review, *, by: Person, reason: str, seen: int) -> Review:
    """Take a text out of review; an approved text that readers see stays."""
    with take("recall", review.article_id, by=by, seen=seen, review=review) as step:
        step.close(Review.State.RECALLED, reason=sentence(reason, _("Say why you recall the text.")))
        step.data["review"] = review.pk
    return step.open_review


def published_revision(publication: Publication | None) -> Revision | None:
    """Return the approved revision that readers see, or would see but for a suspension."""
    live = (Publication.Status.APPROVED, Publication.Status.SUSPENDED)
    return publication.revision if publication is not None and publication.status in live else None


def _freeze(step: Step) -> Revision:
    return frozen(step, lambda: freezing.freeze(step.article, by=step.person, at=step.at))


def frozen(step: Step, freeze: Callable[[], Revision]) -> Revision:
    """Freeze a text and put it on the record; what keeps it from being frozen is told in the person's words."""
    try:
        revision = freeze()
    except TextTooComplex as refusal:
        raise Refused(translated(refusal.message)) from refusal
    except contributors.UnknownContributor as unknown:
        words = _(
            "The history of this text contains a change by an unknown person. Save the article once under your name."
        )
        raise Refused(words) from unknown
    if revision.created_at == step.at:
        step.rows += [revision, *revision.renderings.all()]
    return revision


def open_review(
    step: Step,
    revision: Revision,
    policy: EditorialPolicy,
    *,
    reason: str,
    change_class: str,
    summary: str,
    follows: Review | None = None,
    superseded: Review | None = None,
) -> Review:
    """Open a review as part of a step; the event says of which text, and what the review asks for from now on.

    `follows` is a review whose signatures count in this one; `superseded` the one that it takes the place of.
    """
    asked = requirements.at_opening(policy, step.article, reason=reason)
    triaged = triage.before_opening(step.article, policy, superseded=superseded, follows=follows)
    step.review = step.save(
        Review(
            requirements={**asked, "triaged_by": sorted(triaged)},
            article=step.article,
            revision=revision,
            policy=policy,
            reason=reason,
            change_class=change_class,
            summary=summary.strip(),
            opened_by=step.by,
            opened_at=step.at,
            follows=follows,
        )
    )
    step.data.update(describe(step.review, revision), state=Review.State.SUBMITTED.value)
    return step.review


def describe(review: Review, revision: Revision) -> dict[str, Any]:
    """Return what an event that opens a review or approves it says of the text."""
    document = revision.document
    return {
        "review": review.pk,
        "reason": review.reason,
        "revision": revision.pk,
        "number": revision.number,
        "slug": review.article.slug,
        "text_changed_at": time_text(revision.created_at),
        "digest": revision.digest,
        "sections": revision.section_digests,
        "renderings": {rendering.audience: rendering.pk for rendering in revision.renderings.order_by("version")},
        "contributors": revision.contributors,
        "title": document["title"],
        "topics": topics_of(review.article),
        "risk": review.requirements["risk"],
        "policy": review.requirements["policy"],
        "requirements": review.requirements,
        "shows_pending": review.policy.shows_pending,
        "change_class": review.change_class,
        "summary": review.summary,
        "source_warnings": source_warnings.of_revision(revision, at_top=review.policy.warns_at_top),
    }


def topics_of(article: Article) -> list[dict[str, str]]:
    return [{"slug": topic.slug, "name": topic.name} for topic in article.topics.all()]
