"""The lists people start from: the editors' queue, and a board member's own reviews. Neither shows a text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models.person import Person
from reviews.models import Assignment, Review, Thread
from reviews.rules.urgency import by_risk
from reviews.web.desk.overview import interests_waiting

PAGE_SIZE = 50

STATES = {
    "open": gettext_lazy("Open"),
    "submitted": gettext_lazy("Submitted"),
    "under_review": gettext_lazy("Under Review"),
    "interests": gettext_lazy("With an interest to rule on"),
    "closed": gettext_lazy("Closed"),
}

ORDERS = {
    "risk": gettext_lazy("High risk first, then many readers, then the oldest"),
    "due": gettext_lazy("Earliest due date first"),
    "age": gettext_lazy("Oldest first"),
}


@dataclass
class QueueRow:
    """One review in the queue, and what keeps it from being approved as far as a list can say."""

    review: Review
    assignments: list[Assignment]
    is_overdue: bool
    waits: list[str] = field(default_factory=list)


def queue(
    user: Person, *, state: str, is_mine: bool, is_overdue: bool, today: date, order: str = "risk"
) -> QuerySet[Review]:
    """Return the reviews of the editors' queue, in one of ORDERS; closed ones with the last closed first."""
    reviews = _in_state(Review.objects.all(), state)
    if is_mine:
        mine = Q(opened_by=user) | Q(article__owner=user)
        asked = Assignment.objects.filter(review=OuterRef("pk"), assigned_by=user)
        reviews = reviews.filter(mine | Q(pk__in=Subquery(asked.values("review"))))
    if is_overdue:
        reviews = overdue(reviews, today)
    return reviews.order_by(*(("-closed_at", "-pk") if state == "closed" else _ordering(order)))


def _ordering(order: str) -> tuple[Any, ...]:
    if order == "due":
        # What has no date yet waits for somebody to be asked.
        return F("due_date").asc(nulls_first=True), *by_risk("article__"), "opened_at", "pk"
    if order == "age":
        return "opened_at", "pk"
    return *by_risk("article__"), "opened_at", "pk"


def overdue(reviews: QuerySet[Review], today: date) -> QuerySet[Review]:
    return reviews.filter(state__in=Review.OPEN, due_date__lt=today)


def _in_state(reviews: QuerySet[Review], state: str) -> QuerySet[Review]:
    if state == "closed":
        return reviews.exclude(state__in=Review.OPEN)
    if state == "interests":
        return reviews.filter(pk__in=interests_waiting().values("review"))
    if state in Review.OPEN:
        return reviews.filter(state=state)
    return reviews.filter(state__in=Review.OPEN)


def queue_rows(reviews: Any, today: date) -> list[QueueRow]:
    """Return a page of the queue, in six queries however long it is. `reviews` is a slice of `queue`."""
    # First which ones, from the rows that the order needs; what is shown of them afterwards, for this page alone.
    places = {pk: place for place, pk in enumerate(reviews.values_list("pk", flat=True))}
    blocking = Thread.objects.blocking().filter(review__article=OuterRef("article")).order_by()
    counted = blocking.values("review__article").annotate(count=Count("pk")).values("count")
    people = Assignment.objects.select_related("member__user", "disclosure__ruling").order_by("assigned_at", "id")
    found = (
        Review.objects.filter(pk__in=places)
        .select_related("article", "revision", "opened_by")
        .defer("revision__content")
        .prefetch_related("policy", "article__topics", Prefetch("assignments", people))
        .annotate(blocking_threads=Coalesce(Subquery(counted), 0))
    )
    return [_row(review, today) for review in sorted(found, key=lambda review: places[review.pk])]


def _row(review: Review, today: date) -> QueueRow:
    assignments = list(review.assignments.all())
    is_late = review.is_open and review.due_date is not None and review.due_date < today
    return QueueRow(review, assignments, is_late, list(_waits(review, assignments)) if review.is_open else [])


def _waits(review: Review, assignments: list[Assignment]) -> Iterable[str]:
    asked = [one for one in assignments if one.state not in (Assignment.State.DECLINED, Assignment.State.RELEASED)]
    interests = sum(one.waits_for_ruling for one in assignments)
    signed = sum(one.state == Assignment.State.SIGNED for one in assignments)
    wanted = review.requirements["signers"]
    if not asked:
        yield _("No reviewer yet")
    elif len(asked) < wanted:
        yield _("%(asked)s of %(wanted)s reviewers asked") % {"asked": len(asked), "wanted": wanted}
    if interests:
        yield ngettext("%s interest to rule on", "%s interests to rule on", interests) % interests
    # Counted with the rows of the page.
    if count := review.blocking_threads:  # type: ignore[attr-defined]
        yield ngettext("%s remark to settle", "%s remarks to settle", count) % count
    yield _("%(signed)s of %(wanted)s signed") % {"signed": signed, "wanted": wanted}


@dataclass
class MyReviews:
    """What a board member has to do, could take on, and did."""

    to_do: list[Assignment]
    signed: list[Assignment]
    to_take: list[Review]
    finished: list[Assignment]


_FINISHED_SHOWN = 20
_TO_TAKE_SHOWN = 10


def my_reviews(user: Person, today: date) -> MyReviews:
    """Return a board member's reviews: open work by due date, then what could be taken, then what is over."""
    mine = (
        Assignment.objects.filter(member__user=user)
        .select_related("review__article", "review__revision", "disclosure__ruling", "assigned_by")
        .defer("review__revision__content")
        .prefetch_related("review__article__topics")
    )
    waiting = (Assignment.State.INVITED, Assignment.State.ACCEPTED)
    open_ones = list(mine.filter(review__state__in=Review.OPEN, state__in=(*waiting, Assignment.State.SIGNED)))
    for one in open_ones:
        one.is_overdue = one.due_date < today  # type: ignore[attr-defined]
    over = mine.exclude(review__state__in=Review.OPEN, state__in=(*waiting, Assignment.State.SIGNED))
    return MyReviews(
        to_do=[one for one in open_ones if one.state in waiting],
        signed=[one for one in open_ones if one.state == Assignment.State.SIGNED],
        to_take=_to_take(user),
        finished=list(over.order_by(F("review__closed_at").desc(nulls_first=True), "-pk")[:_FINISHED_SHOWN]),
    )


def _to_take(user: Person) -> list[Review]:
    """Return open reviews with fewer people than they need, of texts this member had no hand in."""
    asked = Count("assignments", filter=Q(assignments__state__in=(*Assignment.AT_WORK, Assignment.State.INVITED)))
    found = (
        Review.objects.open()
        .exclude(article__owner=user)
        .exclude(pk__in=Assignment.objects.filter(member__user=user).values("review"))
        .annotate(asked=asked)
        .select_related("article", "revision")
        .defer("revision__content")
        .prefetch_related("policy", "article__topics")
        .order_by(F("due_date").asc(nulls_first=True), "opened_at")
    )
    lacking: list[Review] = [
        one
        for one in found[: 10 * _TO_TAKE_SHOWN]
        if user.pk not in one.revision.contributors and one.asked < one.requirements["signers"]
    ]
    return lacking[:_TO_TAKE_SHOWN]
