"""The reader's lists: publications by date, a page at a time, each page as cheap as the first."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from articles.models import Publication
from articles.models.publication import PublicationQuerySet
from articles.text.canonical import parse_time, time_text
from articles.writing.editorial_policy import editorial_policy

PAGE_SIZE = 20
_PLACE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)-(\d{1,18})\Z", re.ASCII)
# What a card shows, and what proves it: the stored texts and legal words stay in the database.
_CARD = (*(name for name in Publication.LISTED if name != "article_id"), "mac", "article__slug")


class UnknownPlace(ValueError):
    """A place in the list that no page of ours has linked to."""


@dataclass(frozen=True)
class Listing:
    """One page of a list, and the place after which the next begins; empty on the last page."""

    publications: list[Publication]
    before: str


def newest(publications: PublicationQuerySet, *, before: str = "") -> Listing:
    """Return the newest publications listed before a place, in one query. Raises `UnknownPlace`.

    A row that the workflow did not write as it stands, or that is not the last it wrote, is left out.
    """
    last = editorial_policy().listable(publications)
    rows = last.newest_first().select_related("article").only(*_CARD)
    if before:
        listed_at, article_id = _read(before)
        # The first condition is what the index is searched by; the second settles equal times.
        rows = rows.filter(
            Q(listed_at__lte=listed_at), Q(listed_at__lt=listed_at) | Q(listed_at=listed_at, article_id__lt=article_id)
        )
    found = list(rows[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    proved = [one for one in shown if getattr(one, "last_version", None) == one.version and one.is_as_listed()]
    return Listing(proved, _place(shown[-1]) if len(found) > PAGE_SIZE else "")


def _place(publication: Publication) -> str:
    return f"{time_text(publication.listed_at)}-{publication.article_id}"


def _read(place: str) -> tuple[datetime, int]:
    match = _PLACE.match(place)
    if match is None:
        raise UnknownPlace(place)
    try:
        return parse_time(match[1]), int(match[2])
    except ValueError as error:
        raise UnknownPlace(place) from error
