"""What is done about an update of a source: decided once, on the site's record, before the first text is told."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import SourceUpdate
from reviews import notifications
from reviews.alerts import campaigns
from reviews.alerts.source_alerts.citing_texts import Concerned, concerned
from reviews.models import EditorialPolicy, Event
from reviews.record import event_chain

VERB = "tell_of_source"


def plan(update: SourceUpdate) -> dict[str, Any] | None:
    """Return what is done about an update, which whoever is stopped finds again; None when no published text cites it.

    As many texts to be reviewed as the policy in force says become a campaign, which editors sort; fewer are reviewed
    one by one. Editors are told of it here, once.
    """
    made = _made(update)
    if made is not None:
        return made
    found = concerned(update)
    if not found.publications:
        return None
    with transaction.atomic():
        chain = event_chain.site_chain()
        if (made := _made(update)) is not None:
            return made  # another worker was faster
        data = {
            "update": update.pk,
            "source": update.source_id,
            "source_title": update.source.title,
            "kind": update.kind,
            "publications": found.publications,
            "reviews": found.reviews,
            "campaign": _campaign(update, found),
        }
        chain = event_chain.site_chain()  # opening a campaign moved it
        notifications.of_event(event_chain.append(chain, VERB, actor=None, data=data, at=timezone.now()))
    return data


def _made(update: SourceUpdate) -> dict[str, Any] | None:
    event = Event.objects.of_site().filter(verb=VERB, data__update=update.pk).first()
    return event.data if event is not None else None


def _campaign(update: SourceUpdate, found: Concerned) -> int | None:
    if not found.reviews or found.reviews < EditorialPolicy.objects.current().campaign_from:
        return None
    title = f"{update.get_kind_display()}: {update.source.title}"
    return campaigns.open_by_itself(update.source, title=title, reason=in_words(update)).pk


def in_words(update: SourceUpdate) -> str:
    """Return what reviewers are told of an update: what befell which source, when, and where it is written."""
    told = [_("%(kind)s of “%(title)s”.") % {"kind": update.get_kind_display(), "title": update.source.title}]
    if update.kind == SourceUpdate.Kind.LABEL_VERSION:
        told = [_("There is a new version of the label “%s”.") % update.source.title]
    elif update.kind == SourceUpdate.Kind.SUPERSEDED:
        told = [_("“%s” was superseded by a newer document.") % update.source.title]
    if update.date is not None:
        told.append(_("Date: %s.") % update.date.isoformat())
    if update.notice_doi:
        told.append(_("Notice: %s") % f"https://doi.org/{update.notice_doi}")
    if update.notice_pmid:
        told.append(_("Notice: %s") % f"https://pubmed.ncbi.nlm.nih.gov/{update.notice_pmid}/")
    return " ".join(filter(None, [*told, update.detail.strip()]))
