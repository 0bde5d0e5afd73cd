"""Due dates that the board can meet: so many reviews a week, those first in which a wrong sentence does most harm."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet

from reviews.models import Campaign, CampaignItem, Review
from reviews.rules.urgency import by_risk

_WEEK = timedelta(days=7)
_FRIDAY = 4


@dataclass(frozen=True)
class Week:
    """What the board would have to finish by a Friday: of this campaign, and beside it."""

    due: date
    ours: int
    others: int


def in_order(items: QuerySet[CampaignItem]) -> QuerySet[CampaignItem]:
    """Return items as they are worked on: by risk, then readers, then the longest without a review."""
    age = F("article__publication__reviewed_at").asc(nulls_first=True)
    return items.order_by(*by_risk("article__"), age, "pk")


def due_dates(campaign: Campaign, items: QuerySet[CampaignItem], today: date) -> dict[int, date]:
    """Return a due date for each item: a Friday at least a week away, in whose week the campaign has room."""
    chosen = list(in_order(items).values_list("pk", flat=True))
    taken = Counter(
        campaign.items.filter(state=CampaignItem.State.RECHECK, due_date__isnull=False)
        .exclude(pk__in=chosen)
        .values_list("due_date", flat=True)
    )
    dates, friday = {}, _first_friday(today)
    for pk in chosen:
        while taken[friday] >= campaign.reviews_a_week:
            friday += _WEEK
        taken[friday] += 1
        dates[pk] = friday
    return dates


def _first_friday(today: date) -> date:
    earliest = today + _WEEK
    return earliest + timedelta(days=(_FRIDAY - earliest.weekday()) % 7)


def weeks(campaign: Campaign, dates: Iterable[date]) -> list[Week]:
    """Return for each week in which new reviews fall due how many those are, and how many others are due then."""
    ours = Counter(dates)
    ours_before = campaign.items.filter(state=CampaignItem.State.RECHECK, review__isnull=False).values("review")
    if not ours:
        return []
    others = Review.objects.open().exclude(pk__in=ours_before)
    within = others.filter(due_date__gt=min(ours) - _WEEK, due_date__lte=max(ours))
    due = Counter(_friday_of(day) for day in within.values_list("due_date", flat=True) if day is not None)
    before = Counter(
        campaign.items.filter(state=CampaignItem.State.RECHECK, due_date__in=ours).values_list("due_date", flat=True)
    )
    return [Week(friday, ours[friday], due[friday] + before[friday]) for friday in sorted(ours)]


def _friday_of(day: date) -> date:
    """Return the Friday that ends the working week of a day; a weekend belongs to the week after it."""
    return day + timedelta(days=(_FRIDAY - day.weekday()) % 7)
