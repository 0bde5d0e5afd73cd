"""What changed in a text since the one readers see, or since the one before it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from articles.models import Audience, Publication, Revision
from articles.writing import wording
from reviews.models import Review
from reviews.web.desk.comparison import Piece, pieces, shortened


@dataclass(frozen=True)
class Wording:
    """The words that changed in one wording of a section."""

    heading: str
    audience: str
    pieces: list[Piece]


@dataclass
class Changes:
    """The sections of a text against an earlier revision. `since` says which one."""

    since: str = ""
    floor: str = ""
    sections: list[tuple[str, str]] = field(default_factory=list)
    is_title_changed: bool = False
    are_blocks_changed: bool = False
    wordings: list[Wording] = field(default_factory=list)


def of_review(review: Review) -> Changes:
    """Return what changed; `since` is empty when there is no earlier text to compare with."""
    earlier, since = _earlier(review)
    before = _published(review)
    if review.reason == Review.Reason.SECOND_REVIEW:
        before = earlier
    floor = wording.change_floor(before.document if before else None, review.revision.document)
    label = str(Review.ChangeClass(floor).label)
    if earlier is None:
        return Changes(floor=label)
    new = review.revision
    changes = Changes(since, label, _sections(earlier, new), earlier.document["title"] != new.document["title"])
    told = ("template", "not_applicable")
    changes.are_blocks_changed = any(earlier.document.get(name) != new.document.get(name) for name in told)
    changes.wordings = list(_wordings(earlier.document, new.document))
    return changes


def _wordings(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Wording]:
    before = {section["key"]: section for section in old["sections"]}
    for section in new["sections"]:
        for audience in Audience.values:
            was = before.get(section["key"], {}).get(audience)
            if was is not None and was != section[audience]:
                shown = shortened(pieces(was, section[audience]))
                yield Wording(section["heading"], str(Audience(audience).label), shown)


def _earlier(review: Review) -> tuple[Revision | None, str]:
    published = _published(review)
    if review.reason == Review.Reason.SECOND_REVIEW and review.revision.parent is not None:
        return review.revision.parent, _("revision %s, which it corrected") % review.revision.parent.number
    if published is not None:
        return published, _("revision %s, which readers see") % published.number
    parent = review.revision.parent
    if parent is not None:
        return parent, _("revision %s, which came before") % parent.number
    return None, ""


def _published(review: Review) -> Revision | None:
    publication = getattr(review.article, "publication", None)
    if publication is None or publication.status != Publication.Status.APPROVED:
        return None
    return publication.revision if review.is_open or publication.revision_id != review.revision_id else None


def _sections(old: Revision, new: Revision) -> list[tuple[str, str]]:
    before, after = old.section_digests, new.section_digests
    changes = []
    for section in new.document["sections"]:
        key = section["key"]
        if key not in before:
            changes.append((section["heading"], _("added")))
        elif before[key] != after[key]:
            changes.append((section["heading"], _("changed")))
    changes += [(one["heading"], _("removed")) for one in old.document["sections"] if one["key"] not in after]
    return changes
