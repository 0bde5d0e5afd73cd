"""An update of a source that a person found: recorded by hand, told as one that a service found."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.library import source_updates
from articles.library.services.facts import Update
from articles.models import Source, SourceUpdate
from articles.models.person import Person
from articles.writing import drafting
from reviews.record import event_chain
from reviews.rules import permissions
from reviews.workflow.step import Refused


@dataclass(frozen=True)
class Recorded:
    """What a person read of a source: which kind of thing befell it, when, and where that is written."""

    kind: str
    date: datetime.date | None = None
    notice_doi: str = ""
    notice_pmid: str = ""
    detail: str = ""
    superseded_by: Source | None = None

    @property
    def as_told(self) -> Update:
        return Update(
            kind=self.kind,
            told_by="person",
            date=self.date,
            notice_doi=self.notice_doi,
            notice_pmid=self.notice_pmid,
            detail=self.detail,
        )


def record(source: Source, told: Recorded, *, by: Person) -> SourceUpdate:
    """Give a source its new status and keep what befell it; a task tells the texts that cite it.

    Raises `PermissionDenied`, and `Refused` for what is on record already or names itself as its successor.
    """
    if not permissions.can_record_update(by, source):
        raise PermissionDenied(_("Only an editor records what befell a source."))
    if told.superseded_by is not None and told.superseded_by.pk == source.pk:
        raise Refused(_("A source cannot supersede itself."))
    with transaction.atomic():
        chain, now = event_chain.site_chain(), timezone.now()
        new = source_updates.record(source, [told.as_told], by=by, at=now)
        if not new:
            raise Refused(_("This is on record already."))
        (update,) = new
        _follow(update, told, by=by)
        data = {"update": update.pk, "source": source.pk, "source_title": source.title, "kind": told.kind}
        event_chain.append(chain, "record_update", actor=by, data=data, at=now)
    return update


def _follow(update: SourceUpdate, told: Recorded, *, by: Person) -> None:
    """Write what only a person says: what took its place, and that a status somebody typed has ended."""
    fresh = Source.objects.get(pk=update.source_id)
    fresh.superseded_by = told.superseded_by or fresh.superseded_by
    if told.kind == SourceUpdate.Kind.REINSTATEMENT:
        fresh.status = source_updates.derived_status(fresh.updates.all())
    drafting.save(fresh, by=by, reason=str(update.get_kind_display()))
