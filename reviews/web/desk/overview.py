"""What waits for a person: counts for the start page, each with the page that lists it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models.person import Person
from reviews.models import Assignment, Review
from reviews.rules import permissions
from reviews.web.desk import lowering_page


@dataclass(frozen=True)
class Waiting:
    """One line of the overview."""

    label: str
    count: int
    url: str
    note: str = ""
    is_urgent: bool = False


def of_person(user: Person, today: date) -> list[Waiting]:
    """Return what waits for a person, by what they may do."""
    lines = []
    if permissions.is_on_board(user):
        lines.append(_my_reviews(user, today))
    if user.has_perm("reviews.view_review"):
        lines += _queue(user, today)
    if waiting := lowering_page.count_to_answer(user):
        label = _("Lower requirements that need a second person")
        lines.append(Waiting(label, waiting, reverse("reviews:lowerings"), is_urgent=True))
    if user.has_perm("reviews.submit_review"):
        texts = _my_texts(user)
        # Editors may write too; most do not, and then these lines say nothing.
        lines += texts if not lines else [line for line in texts if line.count]
    return lines


def _my_reviews(user: Person, today: date) -> Waiting:
    to_do = Assignment.objects.filter(
        member__user=user,
        state__in=(Assignment.State.INVITED, Assignment.State.ACCEPTED),
        review__state__in=Review.OPEN,
    )
    counts = to_do.aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_date__lt=today)))
    return Waiting(
        _("My reviews"),
        counts["all"],
        reverse("admin:reviews_assignment_changelist"),
        _overdue(counts["late"]),
        bool(counts["late"]),
    )


def _queue(user: Person, today: date) -> list[Waiting]:
    url = reverse("admin:reviews_review_changelist")
    counts = Review.objects.open().aggregate(
        all=Count("pk"),
        submitted=Count("pk", filter=Q(state=Review.State.SUBMITTED)),
        late=Count("pk", filter=Q(due_date__lt=today)),
    )
    lines = [
        Waiting(_("Open reviews"), counts["all"], url, _overdue(counts["late"]), bool(counts["late"])),
        Waiting(_("Submitted, not yet started"), counts["submitted"], f"{url}?state=submitted"),
    ]
    if user.has_perm("reviews.triage_review"):
        waiting = interests_waiting().count()
        lines.append(Waiting(_("Interests to rule on"), waiting, f"{url}?state=interests", is_urgent=bool(waiting)))
    return lines


def _my_texts(user: Person) -> list[Waiting]:
    url = reverse("admin:articles_article_changelist")
    newest = Review.objects.filter(article=OuterRef("article")).newest_first()
    counts = Review.objects.filter(article__owner=user, pk=Subquery(newest.values("pk")[:1])).aggregate(
        at_board=Count("pk", filter=Q(state__in=Review.OPEN)),
        sent_back=Count("pk", filter=Q(state=Review.State.CHANGES_REQUESTED)),
    )
    return [
        Waiting(_("My texts in review"), counts["at_board"], url),
        Waiting(_("My texts sent back"), counts["sent_back"], url, is_urgent=bool(counts["sent_back"])),
    ]


def interests_waiting():
    """Return the assignments whose declared interest no editor has ruled on."""
    return Assignment.objects.filter(
        state=Assignment.State.INVITED,
        disclosure__isnull=False,
        disclosure__ruling__isnull=True,
        review__state__in=Review.OPEN,
    )


def _overdue(count: int) -> str:
    return ngettext("%s overdue", "%s overdue", count) % count if count else ""
