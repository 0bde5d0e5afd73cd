"""The beginning and the end of a campaign, each on the site's record."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Source
from articles.models.person import Person
from reviews import notifications
from reviews.models import Campaign, CampaignItem
from reviews.record import event_chain, row_states
from reviews.workflow.step import Refused, sentence


def open_campaign(source: Source, *, by: Person, title: str, reason: str, reviews_a_week: int) -> Campaign:
    """Open a campaign about what changed in a source. The texts that cite it are listed afterwards, by a task."""
    if not by.has_perm("reviews.add_campaign"):
        raise PermissionDenied(_("Only an editor can open a campaign."))
    if reviews_a_week < 1:
        raise Refused(_("The board has to finish at least one review per week."))
    return _open(source, by=by, title=title, reason=reason, reviews_a_week=reviews_a_week)


def open_by_itself(source: Source, *, title: str, reason: str) -> Campaign:
    """Open a campaign that nobody asked for, because a change of a source concerns many texts. Editors sort it."""
    most = Campaign._meta.get_field("title").max_length
    return _open(source, by=None, title=title[:most], reason=reason, reviews_a_week=_REVIEWS_A_WEEK)


_REVIEWS_A_WEEK: int = Campaign._meta.get_field("reviews_a_week").default


def _open(source: Source, *, by: Person | None, title: str, reason: str, reviews_a_week: int) -> Campaign:
    with transaction.atomic():
        chain, now = event_chain.site_chain(), timezone.now()
        campaign = Campaign.objects.create(
            source=source,
            title=sentence(title, _("Say what changed.")),
            reason=sentence(reason, _("Say why it matters: reviewers read it.")),
            reviews_a_week=reviews_a_week,
            opened_by=by,
            opened_at=now,
        )
        told = {"title": campaign.title, "reason": campaign.reason, "reviews_a_week": reviews_a_week}
        data = {"campaign": campaign.pk, "source": source.pk, "source_title": source.title, **told}
        event = event_chain.append(chain, "open_campaign", actor=by, data=data | row_states.told([campaign]), at=now)
        if by is not None:  # of one that opened by itself editors hear with the update of the source
            notifications.of_event(event)
    return campaign


def is_finished(campaign: Campaign) -> bool:
    """Say whether every text is listed, sorted and acted on."""
    return campaign.listed_at is not None and not left(campaign).exists()


def left(campaign: Campaign) -> Any:
    """Return what is still to be sorted or carried out."""
    return campaign.items.filter(Q(state=CampaignItem.State.WAITING) | Q(done_at__isnull=True))


def close_campaign(campaign: Campaign, *, by: Person) -> Campaign:
    """End a campaign in which nothing is left to do."""
    if not by.has_perm("reviews.change_campaign"):
        raise PermissionDenied(_("Only an editor can close a campaign."))
    with transaction.atomic():
        chain, now = event_chain.site_chain(), timezone.now()
        fresh = Campaign.objects.get(pk=campaign.pk)
        if fresh.closed_at is not None:
            raise Refused(_("This campaign is closed already."))
        if not is_finished(fresh):
            raise Refused(_("Some texts have not been decided on and dealt with yet."))
        fresh.closed_at = now
        fresh.save(update_fields=["closed_at"])
        counts = {decision: fresh.items.filter(state=decision).count() for decision in CampaignItem.State.values[1:]}
        data = {"campaign": fresh.pk, "title": fresh.title, "counts": counts}
        event_chain.append(chain, "close_campaign", actor=by, data=data | row_states.told([fresh]), at=now)
    return fresh
