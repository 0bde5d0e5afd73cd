"""A new version of the editorial policy reaches an article that was begun or published under an older one."""

from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from articles.models import Article, Publication
from reviews.models import EditorialPolicy, Review
from reviews.record import publishing
from reviews.rules import requirements
from reviews.workflow.approval import overdue_dates
from reviews.workflow.step import Step, take

LIVE = (Publication.Status.APPROVED, Publication.Status.SUSPENDED)
# Of a few words only: the whole text is due when it was.
_OF_A_PART = (Review.Reason.CORRECTION, Review.Reason.SECOND_REVIEW)


class NothingToBind(Exception):
    """The article follows the version already, or has moved on: nothing is written."""


def reviews_bound_by(policy: EditorialPolicy) -> QuerySet[Review]:
    """Return the open reviews that a version binds and that still follow an older one."""
    if not policy.binds_open_reviews:
        return Review.objects.none()
    return Review.objects.open().filter(policy__version__lt=policy.version)


def publications_bound_by(policy: EditorialPolicy) -> QuerySet[Publication]:
    """Return the published texts whose dates a version binds and that are still dated by an older one."""
    if not policy.binds_published:
        return Publication.objects.none()
    # A text approved later under an older version, by a review that this one does not bind, keeps that one's dates.
    return published().filter(dated_by_policy__lt=policy.version, reviewed_at__lte=policy.adopted_at)


def published() -> QuerySet[Publication]:
    """Return the texts that were approved and still stand, with the day on which the whole was last approved."""
    whole = Review.objects.filter(article=OuterRef("article"), state=Review.State.APPROVED)
    newest = whole.exclude(reason__in=_OF_A_PART).order_by("-closed_at").values("closed_at")[:1]
    live = Publication.objects.filter(Q(status__in=LIVE), reviewed_at__isnull=False)
    return live.annotate(whole_approved_at=Subquery(newest))


def due(policy: EditorialPolicy, publication: Publication, risk: str) -> date:
    """Return when a published text is due as a version has it, counted from the last review of the whole."""
    # `published` adds the one, and asks for the other.
    since: datetime = publication.whole_approved_at or publication.reviewed_at  # type: ignore[attr-defined, assignment]
    return publishing.months_after(since.date(), policy.months_to_rereview(risk))


def dates(policy: EditorialPolicy, publication: Publication, risk: str) -> dict[str, str | None]:
    """Return the dates on which a published text's page changes by itself, as a version has them."""
    next_due = due(policy, publication, risk)
    second = publication.second_review_due
    first_due = min(next_due, second.date()) if second else next_due
    return {"next_review_due": next_due.isoformat(), **overdue_dates(policy, first_due)}


def bind(article: Article, *, policy: EditorialPolicy) -> bool:
    """Let an article's open review and its published dates follow a version, as far as the version binds them.

    Of what the review asks for the version raises what it asks more of, and lowers nothing.

    Says whether anything was left to do: taken twice, the second time does nothing. What people signed, the words
    readers see and the version these name stay as they are.
    """
    try:
        with take("bind_policy", article.pk, by=policy.adopted_by) as step:
            step.data.update({"policy": policy.version, "bound": [*_bind_review(step, policy), *_date(step, policy)]})
            if not step.data["bound"]:
                raise NothingToBind
    except NothingToBind:
        return False
    return True


def _bind_review(step: Step, policy: EditorialPolicy) -> list[str]:
    review = reviews_bound_by(policy).filter(article=step.article).first()
    if review is None:
        return []
    step.data["review"], step.data["from"] = review.pk, review.policy.version
    review.policy = policy
    wanted = requirements.at_opening(policy, step.article, reason=review.reason)
    review.requirements = requirements.raised(review.requirements, wanted)
    step.save(review, update_fields=["policy", "requirements"])
    step.data["requirements"] = review.requirements
    return ["review"]


def _date(step: Step, policy: EditorialPolicy) -> list[str]:
    publication = publications_bound_by(policy).filter(article=step.article).first()
    if publication is None:
        return []
    step.data.update(dates(policy, publication, step.article.risk), dated_by_policy=policy.version)
    return ["dates"]
