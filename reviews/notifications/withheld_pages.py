"""Telling editors and administrators of a page that is withheld because its record does not verify."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Publication
from reviews.models import WithheldPage
from reviews.notifications import outbox
from reviews.notifications.outbox import Notification
from reviews.notifications.recipients import administrators, editors
from reviews.record import page_check
from reviews.record.faults import Fault

KIND = "withheld"
logger = logging.getLogger(__name__)


def report(publication: Publication, faults: Sequence[Fault]) -> None:
    """Keep that a page is withheld and write to those who can mend it: once a day, however often it is asked for."""
    at = timezone.now()
    problem = "\n".join(str(fault) for fault in faults)
    known = WithheldPage.objects.filter(article=publication.pk).first()
    if known is not None and known.problem == problem and known.since.date() == at.date():
        return
    logger.error("The page of article %s is withheld: %s", publication.pk, problem)
    with transaction.atomic():
        WithheldPage.objects.update_or_create(article_id=publication.pk, defaults={"problem": problem, "since": at})
        outbox.put(_rows(publication, problem, at))


def settle(publication: Publication) -> None:
    """Take a page off the list: its record verifies."""
    known = WithheldPage.objects.filter(article=publication.pk)
    if known.exists():
        known.delete()


def _rows(publication: Publication, problem: str, at: datetime) -> "list[outbox.Delivery]":
    words = _(
        "Readers find a notice in place of “%(title)s”: what the page would say of its review does not agree with the "
        "signed record.\n\n%(problem)s\n\nRun “manage.py verify_audit --all” to see whether anything else was changed, "
        "and restore what was changed from a backup. The page comes back by itself when its record verifies."
    )
    told = Notification(
        editors() | administrators(),
        _("Withheld: %(title)s") % {"title": publication.title},
        words % {"title": publication.title, "problem": problem},
        reverse("admin:index"),
    )
    people = get_user_model().objects.filter(told.to, is_active=True).distinct()
    once = f"{KIND}:{publication.pk}:{at.date().isoformat()}"
    return [outbox.row(told, pk, kind=KIND, once=once, at=at) for pk in people.values_list("pk", flat=True)]


def standing() -> list[WithheldPage]:
    """Return the pages that are withheld now; one whose record verifies again is taken off the list."""
    found = []
    for page in WithheldPage.objects.select_related("article"):
        publication = page_check.whole(page.pk) if Publication.objects.filter(pk=page.pk).exists() else None
        if publication is not None and not page_check.faults(publication):
            settle(publication)
        else:
            found.append(page)
    return found
