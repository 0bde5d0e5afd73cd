"""Campaigns: a source changed, so every published text that cites it is looked at, sorted, and acted on."""

from reviews.alerts.campaigns.affected_texts import list_articles
from reviews.alerts.campaigns.course import close_campaign, is_finished, open_by_itself, open_campaign
from reviews.alerts.campaigns.execution import carry_on, carry_on_all, try_again
from reviews.alerts.campaigns.rulings import Sorting, guard, sort, sortable
from reviews.alerts.campaigns.schedule import Week, due_dates, in_order, weeks

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
