"""Alerts: a source is updated, so its readers are warned and the board is asked, text after text, once each."""

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.library import duplicates, source_updates
from articles.library.services.facts import Update
from articles.models import Article, Publication, Revision, Source, SourceUpdate
from articles.models.person import Person
from articles.writing import drafting
from reviews import notifications, workflow
from reviews.alerts import campaigns
from reviews.models import EditorialPolicy, Event
from reviews.record import event_chain
from reviews.rules import permissions, source_warnings
from reviews.rules.urgency import by_risk
from reviews.workflow.reader_warnings import was_warned
from reviews.workflow.step import Refused

VERB = "tell_of_source"
PUBLISHED = (Publication.Status.APPROVED, Publication.Status.SUSPENDED)
_PENDING = (Publication.Status.SUBMITTED, Publication.Status.UNDER_REVIEW)
_BATCH = 100


@dataclass(frozen=True)
class Concerned:
    """How many published texts cite a source, and how many of them the board has to look at again."""

    publications: int
    reviews: int


@dataclass(frozen=True)
class Recorded:
    """What a person read of a source: which kind of update, when, and where that is written."""

    kind: str
    date: datetime.date | None = None
    notice_doi: str = ""
    notice_pmid: str = ""
    detail: str = ""
    superseded_by: Source | None = None

    @property
    def as_reported(self) -> Update:
        return Update(
            kind=self.kind,
            told_by="person",
            date=self.date,
            notice_doi=self.notice_doi,
            notice_pmid=self.notice_pmid,
            detail=self.detail,
        )


def record(source: Source, told: Recorded, *, by: Person) -> SourceUpdate:
    """Give a source its new status and keep the update; a task tells the texts that cite it.

    Raises `PermissionDenied`, and `Refused` for what is on record already or names itself as its successor.
    """
    if not permissions.can_record_update(by, source):
        raise PermissionDenied(_("Only an editor can record a source update."))
    if told.superseded_by is not None and told.superseded_by.pk == source.pk:
        raise Refused(_("A source cannot supersede itself."))
    with transaction.atomic():
        chain, now = event_chain.site_chain(), timezone.now()
        new = source_updates.record(source, [told.as_reported], by=by, at=now)
        if not new:
            raise Refused(_("This is already on record."))
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


logger = logging.getLogger(__name__)


def tell_all() -> int:
    """Tell of every update that is not handled, the oldest first; return how many texts were told now."""
    updates = SourceUpdate.objects.filter(handled_at=None).select_related("source").order_by("pk")
    return sum(tell(update) for update in list(updates))


def tell(update: SourceUpdate) -> int:
    """Tell of one update; return how many texts were told now. What fails for one text is tried again next time."""
    made = plan(update)
    opens_review = made is not None and made["campaign"] is None
    ids = duplicates.family(update.source)
    told = failed = 0
    for article_id in list(citing(update.source).values_list("pk", flat=True)) if made is not None else []:
        try:
            told += _tell(update, article_id, ids, opens_review=opens_review)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            failed += 1
            logger.exception("Article %s was not told of update %s of a source", article_id, update.pk)
    if not failed:
        update.handled_at = timezone.now()
        update.save(update_fields=["handled_at"])
    return told


def _tell(update: SourceUpdate, article_id: int, ids: list[int], *, opens_review: bool) -> bool:
    """Warn the readers of one text and, where it relies on what changed, alert the board; say whether it was done."""
    with transaction.atomic():
        article = drafting.lock(article_id, seen=None)
        # Between the list and the lock it may have been told, taken from readers, or changed so that it does not cite.
        publication = citing(update.source).select_related("revision").filter(pk=article_id).first()
        if publication is None or was_warned(article_id, update):
            return False
        workflow.warn(article, by=None, update=update)
        if opens_review and is_reviewed_for(update, publication, ids):
            _alert(update, article, publication, ids)
    return True


def _alert(update: SourceUpdate, article: Article, publication: Publication, ids: list[int]) -> None:
    sections = source_warnings.relying_sections(publication.revision, ids)
    section = sections[0] if len(sections) == 1 else ""
    workflow.alert(article, by=None, reason=in_words(update), section_key=section, update=update)


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
    """Return what reviewers are told of an update: what happened to which source, when, and where it is written."""
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


def citing(source: Source) -> QuerySet[Publication]:
    """Return the texts that cite a source, or a duplicate that was merged into it; high risk first.

    Those that are published, and those that the policy shows while they are pending.
    """
    frozen = Revision.sources.through.objects.filter(source__in=duplicates.family(source))
    is_seen = Q(status__in=PUBLISHED) | Q(status__in=_PENDING, is_shown=True)
    found = Publication.objects.filter(is_seen, revision__in=frozen.values("revision"))
    return found.order_by(*by_risk("article__"), "pk")


def is_reviewed_for(update: SourceUpdate, publication: Publication, ids: Iterable[int]) -> bool:
    """Say whether an update opens a review: a text that is not approved yet is under review already."""
    return publication.status in PUBLISHED and source_warnings.matters(update, publication.revision, ids)


def concerned(update: SourceUpdate) -> Concerned:
    """Return whom an update concerns: their readers are warned, and those that rely on what changed are reviewed."""
    ids = duplicates.family(update.source)
    publications = reviews = 0
    found: Any = citing(update.source).select_related("revision").only("article", "status", "revision__content")
    for publication in found.iterator(chunk_size=_BATCH):
        publications += 1
        reviews += is_reviewed_for(update, publication, ids)
    return Concerned(publications, reviews)
