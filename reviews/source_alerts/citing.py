"""Which published texts cite a source, and which of them an update of it concerns."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from articles.models import Publication, Source, SourceUpdate
from reviews import source_warnings
from reviews.precedence import by_risk

PUBLISHED = (Publication.Status.APPROVED, Publication.Status.SUSPENDED)
_BATCH = 100


def citing(source: Source) -> QuerySet[Publication]:
    """Return the published texts that cite a source, or a duplicate that was merged into it; high risk first."""
    ids = source_warnings.family(source)
    found = Publication.objects.filter(status__in=PUBLISHED, revision__sources__in=ids)
    return found.order_by(*by_risk("article__"), "pk").distinct()


@dataclass(frozen=True)
class Concerned:
    """How many published texts cite a source, and how many of them the board has to look at again."""

    publications: int
    reviews: int


def concerned(update: SourceUpdate) -> Concerned:
    """Return whom an update concerns: their readers are warned, and those that rely on what changed are reviewed."""
    ids = source_warnings.family(update.source)
    publications = reviews = 0
    found: Any = citing(update.source).select_related("revision").only("article", "revision__content")
    for publication in found.iterator(chunk_size=_BATCH):
        publications += 1
        reviews += source_warnings.matters(update, publication.revision, ids)
    return Concerned(publications, reviews)
