"""Campaigns: a source changed, so every published text that cites it is looked at, sorted, and acted on."""

from reviews.campaigns.carrying_out import carry_on, carry_on_all, try_again
from reviews.campaigns.listing import list_articles
from reviews.campaigns.opening import close_campaign, is_finished, open_by_itself, open_campaign
from reviews.campaigns.schedule import Week, due_dates, in_order, weeks
from reviews.campaigns.sorting import Sorting, guard, sort, sortable

__all__ = [
    "Sorting",
    "Week",
    "carry_on",
    "carry_on_all",
    "close_campaign",
    "due_dates",
    "guard",
    "in_order",
    "is_finished",
    "list_articles",
    "open_by_itself",
    "open_campaign",
    "sort",
    "sortable",
    "try_again",
    "weeks",
]
