"""Imported drafts that were never submitted, and their way into review: one by one, most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles.models import Article, Topic
from articles.models.person import Person
from reviews import workflow
from reviews.models import Review
from reviews.rules.urgency import by_risk


@dataclass(frozen=True)
class Outcome:
    """What became of one draft: its review, or why there is none."""

    article: Article
    review: Review | None
    reason: str = ""


def waiting(topic: Topic | None = None) -> QuerySet[Article]:
    """Return imported drafts that were never submitted, in the order of the queue."""
    drafts = Article.objects.filter(imported_from__isnull=False, revisions__isnull=True)
    if topic is not None:
        drafts = drafts.filter(topics=topic)
    return drafts.order_by(*by_risk(""), "created_at", "pk")


def submit(drafts: QuerySet[Article], *, by: Person, limit: int | None = None) -> Iterator[Outcome]:
    """Submit drafts until so many are in review; one that is refused keeps none of the others."""
    submitted = 0
    for pk in list(drafts.values_list("pk", flat=True)):
        if limit is not None and submitted >= limit:
            return
        outcome = _submit(Article.objects.get(pk=pk), by)
        submitted += outcome.review is not None
        yield outcome


def _submit(article: Article, by: Person) -> Outcome:
    try:
        review = workflow.submit(article, by=by, seen=article.version, summary=_("Imported text."))
    except (workflow.Refused, workflow.ArticleMoved, PermissionDenied) as refusal:
        return Outcome(article, None, str(refusal))
    return Outcome(article, review)
