"""Who contributed to a draft: all whose saves changed what readers will see or what the checks are told."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from articles.models import Article, DraftOrigin, Extract, Publication, Revision, Source
from articles.writing.wording import is_minor_change, meaning


class UnknownContributor(Exception):
    """Words of the draft were changed by nobody on record, so nobody can be kept from signing their own text."""


# Of each table the fields that are read as words, and those of which any change counts.
_WORDS: dict[str, tuple[str, ...]] = {
    "articles.historicalarticle": ("title",),
    "articles.historicalsection": ("heading", "professional", "plain", "plain_missing_reason"),
    "articles.historicalcitation": (),
    "articles.historicalsource": ("title",),
    "articles.historicalextract": ("text",),
}
_FACTS: dict[str, tuple[str, ...]] = {
    "articles.historicalarticle": ("language", "template", "not_applicable", "ai_use", "ai_tool", "ai_purpose"),
    "articles.historicalsection": ("position", "kind", "blocks", "certainty", "strength"),
    "articles.historicalcitation": ("key", "source_id", "use", "locator", "quote"),
    "articles.historicalsource": (
        *("kind", "csl", "doi", "pmid", "set_id", "label_version", "effective_date", "marketing_category", "country"),
        *("level", "status", "superseded_by_id", "merged_into_id"),
    ),
    "articles.historicalextract": ("source_id", "pinpoint", "loinc"),
}


def of_draft(article: Article) -> list[int]:
    """Return the ids of all who contributed to the present draft, in order.

    Who changed its words, order, citations, blocks, AI declaration or reasons beyond a minor change, at any time: what
    was approved of theirs still stands in it. Who changed the record of a source that it cites since the library was
    last read for an approved text, or since the draft was begun. Who corrected the published text saved no draft:
    their words came in with the correction that was merged.

    Raises `UnknownContributor` when the history holds such a change of the draft without a person. A record of a source
    without a person was changed by a look-up.
    """
    origin = DraftOrigin.objects.filter(article=article).select_related("revision").first()
    found: set[int] = set(origin.revision.contributors) if origin else set()
    for row in _counting(_of_text(article)):
        if row.history_user_id is None:
            raise UnknownContributor
        found.add(row.history_user_id)
    since = _library_read_at(article)
    found |= {row.history_user_id for row in _counting(_of_sources(article)) if row.history_date > since}
    return sorted(found - {None})


def _of_text(article: Article) -> Iterable[Any]:
    return chain(
        article.history.order_by("id", "history_id"),
        article.sections.model.history.filter(article_id=article.pk).order_by("id", "history_id"),
        article.citations.model.history.filter(article_id=article.pk).order_by("id", "history_id"),
    )


def _of_sources(article: Article) -> Iterable[Any]:
    cited = list(article.citations.exclude(source=None).values_list("source", flat=True))
    return chain(
        Source.history.filter(id__in=cited).order_by("id", "history_id"),
        Extract.history.filter(source_id__in=cited).order_by("id", "history_id"),
    )


def _counting(rows: Iterable[Any]) -> Iterator[Any]:
    """Yield the history rows that count, each judged against the row before it."""
    before = None
    for row in rows:
        is_same_object = before is not None and type(before) is type(row) and before.id == row.id
        if _changes(row, before if is_same_object else None):
            yield row
        before = row


def _changes(row: Any, before: Any) -> bool:
    label = row._meta.label_lower
    words, facts = _WORDS[label], _FACTS[label]
    if row.history_type == "-":
        return any(getattr(row, name) for name in (*words, *facts))
    if before is None:
        return any(meaning(getattr(row, name)) for name in words) or not words or bool(getattr(row, "blocks", ()))
    if any(getattr(row, name) != getattr(before, name) for name in facts):
        return True
    return any(not is_minor_change(getattr(before, name), getattr(row, name)) for name in words)


def _library_read_at(article: Article) -> datetime:
    """Return when the records of the sources in the approved text were copied; the draft's beginning when none is.

    A correction keeps the copies of the text that it corrects: it is passed by.
    """
    publication = Publication.objects.filter(pk=article.pk).select_related("revision").first()
    if publication is None or publication.published_at is None or publication.revision is None:
        return article.created_at
    revision: Revision = publication.revision
    while revision.parent is not None and _copies(revision.parent) == _copies(revision):
        revision = revision.parent
    return revision.created_at


def _copies(revision: Revision) -> list[Any]:
    return [(one["key"], one["source"]) for one in revision.document["citations"]]
