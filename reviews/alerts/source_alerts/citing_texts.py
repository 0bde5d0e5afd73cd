"""Which published texts cite a source, and which of them an update of it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from articles.library import duplicates
from articles.models import Publication, Revision, Source, SourceUpdate
from reviews.rules import source_warnings
from reviews.rules.urgency import by_risk

PUBLISHED = (Publication.Status.APPROVED, Publication.Status.SUSPENDED)
_PENDING = (Publication.Status.SUBMITTED, Publication.Status.UNDER_REVIEW)
_BATCH = 100


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


@dataclass(frozen=True)
class Concerned:
    """How many published texts cite a source, and how many of them the board has to look at again."""

    publications: int
    reviews: int


def concerned(update: SourceUpdate) -> Concerned:
    """Return whom an update concerns: their readers are warned, and those that rely on what changed are reviewed."""
    ids = duplicates.family(update.source)
    publications = reviews = 0
    found: Any = citing(update.source).select_related("revision").only("article", "status", "revision__content")
    for publication in found.iterator(chunk_size=_BATCH):
        publications += 1
        reviews += is_reviewed_for(update, publication, ids)
    return Concerned(publications, reviews)
