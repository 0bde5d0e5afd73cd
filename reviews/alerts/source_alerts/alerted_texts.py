"""Tells every published text that cites a source what befell it: one transaction a text, so it may stop anywhere."""

import logging

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from articles.library import duplicates
from articles.models import Article, Publication, SourceUpdate
from articles.writing import drafting
from reviews import workflow
from reviews.alerts.source_alerts.citing_texts import citing, is_reviewed_for
from reviews.alerts.source_alerts.plans import in_words, plan
from reviews.rules import source_warnings
from reviews.workflow.reader_warnings import was_warned

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
