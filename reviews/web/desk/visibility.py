"""Which review a person finds at an address, and whether they see its text yet."""

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from articles import permissions as article_permissions
from articles.models import Article
from articles.models.person import AnyUser
from reviews.models import Assignment, Decision, Event, Review
from reviews.rules import permissions


def load(user: AnyUser, pk: int) -> Review:
    """Return a review with all that its desk shows of people. Raises `Http404` for one the person may not see."""
    review = _whole(Review.objects.filter(pk=pk)).first()
    if review is None or not (permissions.can_read_review(user, review) or may_take(user, review)):
        raise Http404
    return review


def _whole(reviews: QuerySet[Review]) -> QuerySet[Review]:
    assignments = Assignment.objects.select_related("member__user", "assigned_by", "disclosure__ruling__ruled_by")
    return reviews.select_related(
        "article__owner", "article__publication", "revision__created_by", "policy", "opened_by", "follows__revision"
    ).prefetch_related(
        "article__topics__specialties",
        Prefetch("assignments", assignments.order_by("assigned_at", "id")),
        "assignments__marks",
        Prefetch("assignments__decisions", Decision.objects.order_by("sequence")),
    )


def may_take(user: AnyUser, review: Review) -> bool:
    """Say whether a board member finds this open review on the intake page, to take it on without being asked."""
    return review.is_open and permissions.can_accept(user, review)


def sees_text(user: AnyUser, review: Review) -> bool:
    """Say whether a person sees the frozen text: a member only once interests are declared and dealt with."""
    if user.has_perm("reviews.view_review") or review.article.owner_id == user.pk:
        return True
    assignment = review.assignment_of(user)
    return assignment is not None and assignment.state in Assignment.AT_WORK and permissions.is_on_board(user)


def may_see_queue(user: AnyUser) -> bool:
    return user.has_perm("reviews.view_review")


def sees_interests(user: AnyUser) -> bool:
    """Say whether a person may know who declared which interest, and why somebody declined."""
    return user.has_perm("reviews.view_disclosure")


def load_article(user: AnyUser, pk: int) -> Article:
    """Return an article whose draft a person may see; raises `Http404`."""
    article = Article.objects.select_related("owner", "publication").filter(pk=pk).first()
    if article is None or not article_permissions.can_view(user, article):
        raise Http404
    return article


def last_sequence(article_id: int) -> int:
    """Return the sequence of the article's last event: what a form on the page carries as `seen`."""
    last = Event.objects.of_article(article_id).values_list("sequence", flat=True).last()
    return last or 0
