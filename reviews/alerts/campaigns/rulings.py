"""What an editor decides of the texts on a campaign's list: not affected, to be re-checked, to be suspended."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.person import Person
from articles.writing import drafting
from reviews.alerts.campaigns.schedule import due_dates
from reviews.models import Campaign, CampaignItem
from reviews.record import event_chain, row_states
from reviews.rules import permissions
from reviews.workflow.step import Refused, sentence

State = CampaignItem.State


@dataclass(frozen=True)
class Sorting:
    """One decision about some texts. `notice` is what readers find in place of a suspended one."""

    decision: str
    reason: str = ""
    notice: str = ""


def sortable(items: QuerySet[CampaignItem]) -> QuerySet[CampaignItem]:
    """Return those that may be sorted, or sorted anew: a review that is open, or a page suspended, is past that."""
    return items.filter(Q(done_at__isnull=True) | Q(state=State.NOT_AFFECTED))


def sort(campaign: Campaign, chosen: Iterable[int], sorting: Sorting, *, by: Person) -> list[CampaignItem]:
    """Decide of items, by id, what is to become of their texts. Carrying it out is a task's work.

    Raises `Refused` when one of them was dealt with meanwhile, `PermissionDenied`; then nothing is decided.
    """
    with transaction.atomic():
        # In the order of the workflow: articles first, so that no item is carried out while it is sorted anew.
        wanted = campaign.items.filter(pk__in=list(chosen))
        for article_id in wanted.order_by("article_id").values_list("article_id", flat=True):
            drafting.lock(article_id, seen=None)
        chain, now = event_chain.site_chain(), timezone.now()
        fresh = Campaign.objects.get(pk=campaign.pk)
        items = list(wanted.select_related("article"))
        guard(fresh, items, sorting, by=by)
        dates = due_dates(fresh, wanted, timezone.localdate(now)) if sorting.decision == State.RECHECK else {}
        for item in items:
            _decide(item, sorting, by, now, dates.get(item.pk))
        data = {
            "campaign": fresh.pk,
            "title": fresh.title,
            "decision": str(sorting.decision),
            "articles": sorted(item.article_id for item in items),
            "reason": sorting.reason.strip(),
            "notice": sorting.notice.strip(),
            "last_due": str(max(dates.values())) if dates else "",
        }
        event_chain.append(chain, "sort_campaign", actor=by, data=data | row_states.told(items), at=now)
    return items


def guard(campaign: Campaign, items: list[CampaignItem], sorting: Sorting, *, by: Person) -> None:
    """Refuse a sorting that cannot stand. Raises `Refused`, `PermissionDenied`."""
    if not by.has_perm("reviews.change_campaign"):
        raise PermissionDenied(_("Only an editor can decide on the texts of a campaign."))
    if campaign.closed_at is not None:
        raise Refused(_("This campaign is closed."))
    if not items:
        raise Refused(_("Choose at least one text."))
    if any(item.done_at is not None and item.state != State.NOT_AFFECTED for item in items):
        raise Refused(_("One of these texts has been dealt with in the meantime. Look at the list again."))
    if sorting.decision not in State.values[1:]:
        raise Refused(_("Choose what to do with these texts."))
    if sorting.decision == State.NOT_AFFECTED:
        sentence(sorting.reason, _("Say why these texts are not affected."))
    if sorting.decision == State.SUSPEND:
        if not all(permissions.can_suspend(by, item.article) for item in items):
            raise PermissionDenied(_("You may not suspend these texts."))
        sentence(sorting.reason, _("Give the reason for the record."))
        sentence(sorting.notice, _("Write the notice that readers will see in place of the text."))


def _decide(item: CampaignItem, sorting: Sorting, by: Person, now: Any, due: Any) -> None:
    item.state = sorting.decision
    item.reason, item.notice = sorting.reason.strip(), sorting.notice.strip()
    item.decided_by, item.decided_at, item.due_date = by, now, due
    item.problem = ""
    # Nothing is to be done with a text that is not affected.
    item.done_at = now if sorting.decision == State.NOT_AFFECTED else None
    item.save()
