"""Which reviews the clock has to open, found by facts: what a person decided after the clock is left to people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from articles.models import Article, Publication
from reviews.models import EditorialPolicy, Review

_LIVE = (Publication.Status.APPROVED, Publication.Status.SUSPENDED)


@dataclass(frozen=True)
class Due:
    """A review to be opened of the text that is published."""

    article: Article
    kind: str
    reason: str


def reviews_to_open(today: date) -> Iterator[Due]:
    """Yield what has no open review and needs one: one line an article."""
    found: dict[int, Due] = {}
    for due in (*_withdrawn(), *_superseded(), *_periodic(today)):
        found.setdefault(due.article.pk, due)
    yield from found.values()


def _without_review() -> Any:
    """Of publications: those of which no review is open."""
    return ~Exists(Review.objects.open().filter(article=OuterRef("pk")))


def _periodic(today: date) -> Iterator[Due]:
    """Texts that are due soon, by the lead of the policy in force, and were not opened by the clock for this date.

    Where the review that the clock opened ended without approval, it is not opened over and over.
    """
    lead = timedelta(days=EditorialPolicy.objects.current().rereview_lead_days)
    by_clock = Review.objects.filter(
        article=OuterRef("pk"),
        reason=Review.Reason.PERIODIC,
        opened_by__isnull=True,
        opened_at__gt=OuterRef("reviewed_at"),
    )
    pages = Publication.objects.filter(_without_review(), status=Publication.Status.APPROVED)
    for page in pages.filter(next_review_due__lte=today + lead).exclude(Exists(by_clock)).select_related("article"):
        yield Due(page.article, Review.Reason.PERIODIC, _("Its next review is due soon."))


def _withdrawn() -> Iterator[Due]:
    """Texts that lost a signature while another review was open, which has ended without making up for it."""
    since = Review.objects.filter(
        article=OuterRef("pk"), reason=Review.Reason.WITHDRAWN, opened_at__gte=OuterRef("withdrawn_at")
    )
    pages = Publication.objects.filter(_without_review(), status__in=_LIVE, withdrawn_at__isnull=False)
    for page in pages.exclude(Exists(since)).select_related("article"):
        reason = _("A signature that this text needs was found to be void. The others remain valid.")
        yield Due(page.article, Review.Reason.WITHDRAWN, reason)


def _superseded() -> Iterator[Due]:
    """Re-reviews that gave way to another text: what they were opened for is looked at until a text is approved."""
    again = Review.objects.filter(article=OuterRef("article"), reason__in=Review.REREVIEWS, pk__gt=OuterRef("pk"))
    gave_way = Review.objects.filter(
        ~Exists(Review.objects.open().filter(article=OuterRef("article"))),
        ~Exists(again),
        state=Review.State.SUPERSEDED,
        reason__in=Review.REREVIEWS,
        article__publication__status__in=_LIVE,
    )
    # Who approved an update since had the matter in front of them.
    settled = Review.objects.filter(
        article=OuterRef("article"), state=Review.State.APPROVED, reason=Review.Reason.UPDATE, pk__gt=OuterRef("pk")
    )
    for review in gave_way.exclude(Exists(settled)).select_related("article"):
        yield Due(review.article, review.reason, review.summary)
