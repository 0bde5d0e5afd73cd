"""What an event is told from: the event, the article, and the pages a sentence leads to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article, Publication
from reviews.models import Event, Review


@dataclass(frozen=True)
class EventFacts:
    """One event with the article and the review it is about. A mail tells of it and never repeats its reasons."""

    event: Event
    about: Article | None = None  # none for an event of the site
    review: Review | None = None

    @property
    def data(self) -> dict[str, Any]:
        return self.event.data

    @property
    def article(self) -> Article:
        assert self.about is not None  # noqa: S101  (whoever asks tells of an event of an article)
        return self.about

    @property
    def publication(self) -> Publication | None:
        return getattr(self.about, "publication", None)

    def words(self, **more: Any) -> dict[str, Any]:
        """Return what sentences name: who acted, the article's title, and more."""
        who = self.event.actor_name if self.event.actor_id else _("The system")
        return {"who": who, "title": self.about.title if self.about else "", **more}

    @property
    def review_page(self) -> str:
        """The review's page at the desk: those who work on it, the author and editors may open it."""
        review_id = self.review.pk if self.review else self.data.get("review")
        return reverse("admin:reviews_review_change", args=[review_id]) if review_id else self.article_page

    @property
    def article_page(self) -> str:
        """The draft with its steps: the author and editors may open it."""
        return reverse("admin:articles_article_change", args=[self.article.pk])

    @property
    def published_page(self) -> str:
        """What readers see, with the steps on it: editors and members of the board may open it."""
        return reverse("reviews:published_text", args=[self.article.pk])

    @property
    def public_page(self) -> str:
        return reverse("articles:detail", args=[self.article.slug])


def my_reviews() -> str:
    """Return the list that every member may open, also one who was released from the review."""
    return reverse("admin:reviews_assignment_changelist")


def day(value: date | datetime | str | None) -> str:
    """Return a day in words; accepts the form that an event records."""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    return date_format(value) if value else ""
