"""An update of a source that a person found: recorded by hand, told as one that a service found."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import drafting
from articles.canonical import digest
from articles.models import Source, SourceUpdate
from articles.sources.statuses import STATUS_AFTER
from reviews import ledger, permissions
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
    def identity(self) -> str:
        """What makes two tellings the same, whoever tells: the kind, and the notice or the day."""
        return digest([self.kind, self.notice_doi or self.notice_pmid or self.date or "undated"])


def record(source: Source, told: Recorded, *, by: Any) -> SourceUpdate:
    """Give a source its new status and keep what befell it; a task tells the texts that cite it.

    Raises `PermissionDenied`, and `Refused` for what is on record already or names itself as its successor.
    """
    if not permissions.can_record_update(by, source):
        raise PermissionDenied(_("Only an editor records what befell a source."))
    if told.superseded_by is not None and told.superseded_by.pk == source.pk:
        raise Refused(_("A source cannot supersede itself."))
    with transaction.atomic():
        chain, now = ledger.site_chain(), timezone.now()
        if source.updates.filter(identity=told.identity).exists():
            raise Refused(_("This is on record already."))
        update = SourceUpdate.objects.create(
            source=source,
            kind=told.kind,
            date=told.date,
            notice_doi=told.notice_doi,
            notice_pmid=told.notice_pmid,
            detail=told.detail,
            told_by="person",
            identity=told.identity,
            found_at=now,
        )
        _mark(source, told, update, by=by)
        data = {"update": update.pk, "source": source.pk, "source_title": source.title, "kind": told.kind}
        ledger.append(chain, "record_update", actor=by, data=data, at=now)
    return update


def _mark(source: Source, told: Recorded, update: SourceUpdate, *, by: Any) -> None:
    fresh = Source.objects.get(pk=source.pk)
    fresh.status = STATUS_AFTER.get(told.kind, fresh.status)
    fresh.superseded_by = told.superseded_by or fresh.superseded_by
    fresh.checked_at = update.found_at
    drafting.save(fresh, by=by, reason=str(update.get_kind_display()))
