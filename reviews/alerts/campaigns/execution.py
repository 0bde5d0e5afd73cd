"""Carries out what editors decided: one transaction a text, so that whoever is stopped goes on where they were."""

import logging
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from articles.writing import drafting
from reviews import workflow
from reviews.alerts.campaigns.affected_texts import list_articles, passages
from reviews.models import Campaign, CampaignItem, Review

logger = logging.getLogger(__name__)
State = CampaignItem.State


def carry_on_all() -> None:
    """Do what is left of every open campaign: work that was cut short."""
    for pk in Campaign.objects.filter(closed_at__isnull=True).order_by("pk").values_list("pk", flat=True):
        carry_on(pk)


def carry_on(campaign_id: int) -> int:
    """List what is not listed yet and carry out what is decided; return how many were carried out."""
    campaign = Campaign.objects.get(pk=campaign_id)
    if campaign.listed_at is None:
        list_articles(campaign)
    left = campaign.items.exclude(state=State.WAITING).filter(done_at__isnull=True, problem="")
    # Most urgent first: what is dangerous goes before what is only to be looked at.
    first_suspended = left.order_by("-state", "due_date", "pk").values_list("pk", "article_id")
    return sum(_carry_out(pk, article_id) for pk, article_id in list(first_suspended))


def try_again(campaign: Campaign) -> int:
    """Let what met a problem be tried again; return how many that are. Whoever calls this starts the task."""
    stuck = list(campaign.items.exclude(problem="").exclude(state=State.WAITING))
    for item in stuck:
        item.problem = ""
        item.save(update_fields=["problem"])
    return len(stuck)


def _carry_out(item_id: int, article_id: int) -> bool:
    with transaction.atomic():
        article = drafting.lock(article_id, seen=None)
        item = CampaignItem.objects.select_related("campaign", "decided_by").get(pk=item_id)
        if item.done_at is not None or item.problem or item.state == State.WAITING:
            return False  # another worker was faster, or an editor thought again
        now = timezone.now()
        if article.publication.revision_id != item.revision_id:
            _look_again(item, article)
        else:
            _act(item, article, now)
        item.save()
    return item.done_at is not None


def _act(item: CampaignItem, article: Article, now: datetime) -> None:
    try:
        with transaction.atomic():
            item.review = _STEPS[item.state](item, article)
    except (OperationalError, InterfaceError):
        raise
    except (workflow.Refused, workflow.ArticleMoved, PermissionDenied) as refusal:
        item.problem = str(refusal)
    except Exception:
        logger.exception("Campaign item %s was not carried out", item.pk)
        item.problem = _("A system error occurred. Try again; the administrator can find the error in the log.")
    else:
        item.done_at = now


def _recheck(item: CampaignItem, article: Article) -> Review:
    words = " ".join(filter(None, (f"{item.campaign.title}.", item.campaign.reason, item.reason)))
    sections = {passage["section"] for passage in item.passages}
    section = sections.pop() if len(sections) == 1 else ""
    return workflow.alert(article, by=item.decided_by, reason=words, section_key=section, due_date=item.due_date)


def _suspend(item: CampaignItem, article: Article) -> None:
    assert item.decided_by is not None  # noqa: S101  (somebody sorted what does not wait)
    workflow.suspend(article, by=item.decided_by, reason=item.reason, notice=item.notice, seen=None)


_STEPS = {State.RECHECK.value: _recheck, State.SUSPEND.value: _suspend}


def _look_again(item: CampaignItem, article: Article) -> None:
    """Give an item back to the editors: what they looked at is not what readers see any more."""
    revision = article.publication.revision
    item.revision, item.passages = revision, passages(revision.document, item.campaign.source)
    item.state, item.due_date = State.WAITING, None
    item.problem = _("A newer text was published after this was decided. These are its sentences: decide again.")
    if not item.passages:
        item.problem = _("A newer text was published after this was decided, and it does not cite the source.")
