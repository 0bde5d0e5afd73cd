"""Which sources are due to be looked up again: by the risk of the published texts that cite them, oldest first."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from articles.library import source_updates
from articles.models import Article, Publication, Source
from reviews.models import EditorialPolicy

# An hour's work at the pace that the services ask for (MEDICAL.md §6).
MOST_A_RUN = 200
# Who got no answer waits; a cache that forgets it costs a question more.
_PAUSE = timedelta(hours=6)

_PUBLISHED = (Publication.Status.APPROVED, Publication.Status.SUSPENDED)
_HIGHEST_FIRST = (Article.Risk.HIGH, Article.Risk.MODERATE, Article.Risk.LOW)

logger = logging.getLogger(__name__)


def watch(at: datetime, *, most: int = MOST_A_RUN) -> int:
    """Look up the sources that are due; return of how many something was learnt. Nothing when it is switched off.

    What one look-up raises is logged and the next goes on.
    """
    if not settings.LOOKUPS_ENABLED:
        return 0
    return sum(_look_up(source, at) for source in _chosen(at, most))


def _chosen(at: datetime, most: int) -> list[Source]:
    """Return what is due, less what nobody answered for a moment ago: it must not keep the others waiting."""
    waiting = list(due(at)[: 2 * most])
    tried = cache.get_many([_tried(one) for one in waiting])
    return [one for one in waiting if _tried(one) not in tried][:most]


def _look_up(source: Source, at: datetime) -> bool:
    try:
        source_updates.check(source, at=at)
    except Exception:
        logger.exception("Source %s was not looked up", source.pk)
        cache.set(_tried(source), 1, _PAUSE.total_seconds())
        return False
    if Source.objects.filter(pk=source.pk, checked_at__gte=at).exists():
        return True
    cache.set(_tried(source), 1, _PAUSE.total_seconds())
    return False


def _tried(source: Source) -> str:
    return f"source_watch:tried:{source.pk}"


def due(at: datetime) -> QuerySet[Source]:
    """Return the sources to look up: never looked up first, then those looked up the longest ago.

    Only what a published text cites and a service can know by an identifier is watched. The highest risk class of
    those texts decides after how many days, by the policy in force.
    """
    policy = EditorialPolicy.objects.current()
    is_due, higher = Q(pk__in=[]), Q(pk__in=[])
    for risk in _HIGHEST_FIRST:
        is_cited = Q(Exists(_citing(risk)))
        before = at - timedelta(days=policy.days_to_check(risk))
        is_due |= is_cited & ~higher & (Q(checked_at__isnull=True) | Q(checked_at__lte=before))
        higher |= is_cited
    is_known = ~Q(doi="", pmid="", set_id="")
    watched = Source.objects.filter(is_due, is_known, merged_into__isnull=True)
    return watched.order_by(F("checked_at").asc(nulls_first=True), "pk")


def _citing(risk: str) -> Any:
    """Of a source: the published texts of a risk class that cite it, or a duplicate merged into it."""
    cites = Q(revision__sources=OuterRef("pk")) | Q(revision__sources__merged_into=OuterRef("pk"))
    return Publication.objects.filter(cites, status__in=_PUBLISHED, article__risk=risk)
