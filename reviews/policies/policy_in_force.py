"""What `articles` may ask of reviews: the answers of the policy in force (the setting EDITORIAL_POLICY)."""

from collections.abc import Iterable

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from articles.models import Article, Publication
from articles.models.publication import PublicationQuerySet
from articles.text.checks import Finding
from articles.writing.editorial_policy import PolicyPort
from reviews.models import EditorialPolicy, Event, Review
from reviews.notifications import withheld_pages
from reviews.record import page_check
from reviews.rules import waivers


class PolicyInForce(PolicyPort):
    """The answers, each read anew: a policy may be adopted at any moment."""

    def reference_style(self) -> str:
        return EditorialPolicy.objects.current().reference_style

    def reading_grades(self) -> tuple[int, int]:
        policy = EditorialPolicy.objects.current()
        return policy.warn_grade, policy.block_grade

    def findings_that_block(self, article: Article, found: Iterable[Finding]) -> list[Finding]:
        return waivers.standing(article, found, EditorialPolicy.objects.current().findings_that_block_approval())

    def with_reviews(self, articles: QuerySet[Article]) -> QuerySet[Article]:
        return articles.prefetch_related("reviews")

    def review_state(self, article: Article) -> str:
        review = latest_review(article)
        return review.get_state_display() if review is not None else ""

    def proved(self, publication: Publication) -> Publication | None:
        # What is shown is the very rows that were checked.
        try:
            publication = page_check.whole(publication.pk)
        except Publication.DoesNotExist:
            return None  # a row that it names is gone
        found = page_check.faults(publication)
        if not found:
            withheld_pages.settle(publication)
            return publication
        withheld_pages.report(publication, found)
        return page_check.withheld_by_record(publication)

    def listable(self, publications: PublicationQuerySet) -> PublicationQuerySet:
        chain = Concat(Value("article:"), Cast(OuterRef("article_id"), CharField()))
        events = Event.objects.filter(chain=chain).order_by("-sequence").values("sequence")[:1]
        return publications.filter(article__withheld=None).annotate(last_version=Subquery(events))


def latest_review(article: Article) -> Review | None:
    """Return the review that was opened last, from the prefetched rows when there are any."""
    reviews: Iterable[Review] = article.reviews.all()
    return next(iter(reviews), None)
