"""Whether a mark still counts: the words of its section, and the status of its sources, are as when it was made."""

from collections.abc import Iterable
from typing import Any

from articles.models import Source
from reviews.models import SectionMark
from reviews.rules.source_warnings import survivor

Statuses = dict[str, dict[str, str]]

# A first look-up that finds nothing against a source changes nothing for who read it.
_NOTHING_AGAINST = (Source.Status.UNKNOWN, Source.Status.CURRENT)


def statuses(document: dict[str, Any]) -> Statuses:
    """Return the status that the sources of each section have now: by the section's key, then by the source's id."""
    ids = {
        citation["key"]: citation["source"]["csl"]["id"].removeprefix("source-")
        for citation in document["citations"]
        if citation["source"]
    }
    cited = {
        section["key"]: {ids[key] for keys in section["cites"].values() for key in keys if key in ids}
        for section in document["sections"]
    }
    wanted = {int(one) for of_section in cited.values() for one in of_section}
    found = Source.objects.select_related("merged_into").in_bulk(wanted) if wanted else {}
    now = {str(pk): _standing(survivor(source)) for pk, source in found.items()}
    return {key: {one: now[one] for one in sorted(of_section) if one in now} for key, of_section in cited.items()}


def _standing(source: Source) -> str:
    return str(Source.Status.CURRENT if source.status in _NOTHING_AGAINST else source.status)


def counting(marks: Iterable[SectionMark], digests: dict[str, str], now: Statuses | None) -> list[SectionMark]:
    """Return the marks that count for a text with these digests of sections and these statuses of their sources.

    Without statuses those that counted when they were made, for a review that has ended.
    """
    return [
        mark
        for mark in marks
        if digests.get(mark.section_key) == mark.section_digest
        # A mark from before statuses were kept counts by its words alone.
        and (now is None or mark.source_statuses is None or mark.source_statuses == now.get(mark.section_key, {}))
    ]
