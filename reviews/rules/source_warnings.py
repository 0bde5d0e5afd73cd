"""The updates of the sources of a frozen text, from the library's facts: what its page tells readers of each."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from articles.library.source_statuses import GRAVEST_FIRST, LABEL_VERSION, STATUS_AFTER
from articles.library.source_uses import Use, cites_changed, uses
from articles.models import Revision, Source, SourceUpdate

SourceWarning = dict[str, Any]

_TOLD = tuple(STATUS_AFTER.values())


def of_revision(revision: Revision, *, at_top: Iterable[str]) -> list[SourceWarning]:
    """Return the warnings that belong beside a text now, the gravest first; one query when its sources have no updates.

    `at_top` are the states of which the policy warns at the top of the page. What a text only discusses is told at its
    reference alone.
    """
    used = uses(revision.document)
    found = [
        warning
        for source in _with_news(used)
        for warning in _warnings(used[source.pk], survivor(source), frozenset(at_top))
    ]
    return sorted(found, key=lambda one: (GRAVEST_FIRST.index(one["status"]), one["source"]))


def _with_news(used: dict[int, Use]) -> list[Source]:
    has_new_label = Exists(SourceUpdate.objects.filter(source=OuterRef("pk"), kind=LABEL_VERSION))
    news = Q(status__in=_TOLD) | Q(merged_into__isnull=False) | has_new_label
    return list(Source.objects.filter(news, pk__in=used).select_related("merged_into", "superseded_by"))


def survivor(source: Source) -> Source:
    """Return the source into which a duplicate was merged, or the source itself."""
    while source.merged_into is not None:
        source = source.merged_into
    return source


def _warnings(use: Use, source: Source, at_top: frozenset[str]) -> list[SourceWarning]:
    updates = sorted(source.updates.all(), key=lambda one: (one.date or one.found_at.date(), one.pk))
    labels = [one for one in updates if one.kind == LABEL_VERSION]
    found = []
    if source.status in _TOLD and not _is_told_by_label(source, updates):
        of_status = [one for one in updates if STATUS_AFTER.get(one.kind) == source.status]
        is_at_top = source.status in at_top and not use.is_discussed
        found.append(
            _warning(use, source.status, of_status, is_at_top=is_at_top)
            | ({"successor": _successor(source)} if source.status == Source.Status.SUPERSEDED else {})
        )
    if labels:
        changed = _sections_changed(use, labels, source)
        is_at_top = Source.Status.SUPERSEDED in at_top and changed is not False and not use.is_discussed
        found.append(_warning(use, LABEL_VERSION, labels, is_at_top=is_at_top) | {"sections_changed": changed})
    return found


def _is_told_by_label(source: Source, updates: list[SourceUpdate]) -> bool:
    """Say whether “superseded” says no more than that there is a newer version of a label."""
    kinds = {one.kind for one in updates}
    return source.status == Source.Status.SUPERSEDED and LABEL_VERSION in kinds and "superseded" not in kinds


def _warning(use: Use, status: str, updates: list[SourceUpdate], *, is_at_top: bool) -> SourceWarning:
    last = updates[-1] if updates else None
    return {
        "source": use.source_id,
        "title": use.title,
        "status": str(status),
        "date": _iso(last.date if last else None),
        "known": _iso(last.found_at.date() if last else None),
        "notice_doi": last.notice_doi if last else "",
        "notice_pmid": last.notice_pmid if last else "",
        "sections": list(use.sections),
        "is_discussed": use.is_discussed,
        "is_at_top": is_at_top,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _successor(source: Source) -> dict[str, str] | None:
    newer = source.superseded_by
    return {"title": newer.title, "doi": newer.doi} if newer is not None else None


def _sections_changed(use: Use, labels: list[SourceUpdate], source: Source) -> bool | None:
    """Say whether what the text cites differs in any later version; None while it is not known of one."""
    passages = [(one.pinpoint, one.loinc, one.text) for one in source.extracts.all()]
    answers = {cites_changed(use, one.changed_sections, passages) for one in labels}
    return True if True in answers else None if None in answers else False


def matters(update: SourceUpdate, revision: Revision, ids: Iterable[int]) -> bool:
    """Say whether an update of a source asks for a review of a text that cites it under one of these ids.

    It does when the text relies on it; of a new version of a label, unless the sections cited are known not to have
    changed.
    """
    used = uses(revision.document)
    relied_on = [used[pk] for pk in ids if pk in used and not used[pk].is_discussed]
    if update.kind != LABEL_VERSION:
        return bool(relied_on)
    passages = [(one.pinpoint, one.loinc, one.text) for one in update.source.extracts.all()]
    return any(cites_changed(use, update.changed_sections, passages) is not False for use in relied_on)


def relying_sections(revision: Revision, ids: Iterable[int]) -> list[str]:
    """Return the keys of the sections in which a text cites a source that it relies on, under one of these ids."""
    used = uses(revision.document)
    keys = {key for pk in ids if pk in used and not used[pk].is_discussed for key in used[pk].sections}
    return [section["key"] for section in revision.document["sections"] if section["key"] in keys]
