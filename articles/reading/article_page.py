"""The reader's page of an article: what a Publication lets it say, built once a version, audience and day."""

import gzip
import hashlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from articles.models import Article, Audience, Publication, Topic
from articles.reading import json_ld, page_cache, responses, source_notes, standing
from articles.text import rendering
from articles.text.rendering.sanitising import script_data, stored
from articles.writing.editorial_policy import editorial_policy

# What a page shows of a publication beside the body.
_FRAME = (
    *("version", "title", "status", "is_shown", "is_indexed", "update", "update_at", "next_review_due"),
    *("submitted_at", "under_review_at", "published_at", "text_changed_at", "reviewed_at", "evidence_checked_at"),
    *("noindex_from", "hidden_from", "second_review_due", "withdrawn_at", "unreviewed_specialties", "masks"),
    *("voided", "slug"),
    "source_warnings",
    *("reviewers", "topics", "notices", "successor", "policy_version", "policy_texts"),
    *("article__slug", "revision__number", "revision__digest", "revision__content"),
)


def page(slug: str, audience: str, *, today: date) -> page_cache.Page | None:
    """Return the page of an article for an audience, or None when readers find nothing at this address.

    One small query says which version is current; a second one reads what a page that is not kept is built from.
    """
    # What a page says of its age depends on the day; that it stands at this address was proved when it was built.
    variant = f"{audience}:{slug}:{today.isoformat()}:{_layout()}"
    current = Publication.objects.filter(article__slug=slug, is_shown=True).order_by()
    row = next(iter(current.values_list("article_id", "version")), None)
    if row is None:
        return None
    kept = page_cache.page(page_cache.Place(*row, variant))
    return kept if kept is not None else _built_anew(slug, audience, variant, today)


def _built_anew(slug: str, audience: str, variant: str, today: date) -> page_cache.Page | None:
    publication = _publication(slug, audience)
    if publication is None or not publication.is_shown:
        return None
    if publication.slug not in ("", slug):
        # Not kept: it ends as soon as the stored address is what the record says again.
        return _unproved_page()
    built = _proved_page(publication, audience, today)
    if built.status != _NOT_PROVED:
        page_cache.keep_page(page_cache.Place(publication.article_id, publication.version, variant), built)
    return built


# What the record does not prove is not there for now: mended, it comes back at the same address.
_NOT_PROVED = 503


def _proved_page(publication: Publication, audience: str, today: date) -> page_cache.Page:
    """Return the page of a publication as far as the record proves it; otherwise a notice and nothing of the text."""
    proved = editorial_policy().proved(publication)
    if proved is None:
        return _unproved_page()
    return build(proved, audience, today=today)


def _publication(slug: str, audience: str) -> Publication | None:
    # A column and an order that nobody needs cost more here than the row does.
    found = Publication.objects.for_reading(slug, audience).only(*_FRAME, f"{audience}__html").order_by()
    return next(iter(found), None)


def build(publication: Publication, audience: str, *, today: date) -> page_cache.Page:
    """Return the page's bytes; those of a text taken from readers are its notice and nothing of the text."""
    if publication.successor is not None:
        return page_cache.Page(b"", "", status=301, is_indexed=False, moved_to=publication.successor.slug)
    if publication.status in Publication.WITHHELD or publication.is_hidden(today):
        return _notice_page(publication, audience, today)
    shown = context(publication, audience, today=today)
    body = render_to_string("articles/article_detail.html", shown).encode()
    return _built(body, is_indexed=shown["is_indexed"])


def _notice_page(publication: Publication, audience: str, today: date) -> page_cache.Page:
    """Return what stands at the address of a text that readers do not get to see."""
    is_gone = publication.status in (Publication.Status.RETRACTED, Publication.Status.RETIRED)
    shown = {
        **_site(),
        "publication": publication,
        "language": publication.revision.document["language"],
        "told": [one for one in standing.told(publication) if one.kind in _TAKES_TEXT],
        "is_plain": audience == Audience.PLAIN,
        "is_reviewed_now": publication.update in _BEING_REVIEWED,
        "today": today,
    }
    body = render_to_string("410.html" if is_gone else "articles/article_withheld.html", shown).encode()
    return _built(body, status=410 if is_gone else 200, is_indexed=False)


def _built(body: bytes, *, is_indexed: bool, status: int = 200) -> page_cache.Page:
    # Compressing takes longer than all the rest of serving a kept page, so it is done once.
    packed = gzip.compress(body, mtime=0)
    return page_cache.Page(body, responses.entity_tag(body), status=status, is_indexed=is_indexed, packed=packed)


def _unproved_page() -> page_cache.Page:
    """Return what stands where the record does not prove a page: nothing of the text."""
    body = render_to_string("articles/article_unproved.html", _site()).encode()
    return _built(body, status=_NOT_PROVED, is_indexed=False)


_TAKES_TEXT = ("suspension", "retirement", "retraction")
_BEING_REVIEWED = (
    *(Publication.Update.SUBMITTED, Publication.Update.UNDER_REVIEW, Publication.Update.REREVIEW),
    *(Publication.Update.CORRECTION, Publication.Update.SECOND_REVIEW),
)


def context(publication: Publication, audience: str, *, today: date) -> dict[str, Any]:
    """Return what the article's template shows; every claim of review stands on the publication."""
    document = publication.revision.document
    lines = standing.section_lines(publication)
    html = _body(publication, audience, lines)
    told = _source_notes(publication, audience, lines, html)
    facts = {
        **_site(),
        **_addresses(publication.article.slug, audience),
        **standing.facts(publication, today),
        "publication": publication,
        "language": document["language"],
        "today": today,
        "audience": audience,
        "is_plain": audience == Audience.PLAIN,
        "ai": document["ai"],
        "ai_in_words": standing.ai_in_words(document["ai"]),
        "ai_purpose": document["ai"]["purpose"].rstrip("."),
        "disclaimer": publication.policy_texts[f"{audience}_disclaimer"],
        "source_notes": told,
        "body": stored(_with_notes(html, told)),
    }
    facts["json_ld"] = script_data(json_ld.graph(facts, citations=document["citations"], html=html))
    return facts


def _body(publication: Publication, audience: str, lines: rendering.Lines) -> str:
    """Return the stored body as it was approved; where notices stand at sections, the same content around them."""
    if not lines:
        return getattr(publication, audience).html
    return str(rendering.render_body(publication.revision.document, audience, lines=lines))


def _source_notes(
    publication: Publication, audience: str, lines: rendering.Lines, html: str
) -> list[source_notes.SourceNote]:
    """Return the updates of the sources of the text; only then the numbers of its references are counted."""
    if not publication.source_warnings:
        return []
    counted = rendering.reference_numbers(publication.revision.document, audience, lines=lines)
    listed = rendering.listed_references(html)
    # Should a stored body number its sources in another way, the warning stands at the top: it is never lost.
    numbers = {name: number if number in listed else None for name, number in counted.items()}
    return source_notes.notes(publication, numbers, is_plain=audience == Audience.PLAIN)


def _with_notes(html: str, told: list[source_notes.SourceNote]) -> str:
    by_number: dict[int, list[rendering.ReferenceNote]] = {}
    for one in told:
        if one.number is not None:
            by_number.setdefault(one.number, []).append(one.at_reference)
    return rendering.with_notes(html, by_number)


def address_now(former_slug: str) -> str | None:
    """Return the present slug of a shown article that once had another."""
    articles = Article.objects.filter(former_slugs__slug=former_slug, publication__is_shown=True)
    return articles.values_list("slug", flat=True).first()


def topics(today: date) -> QuerySet[Topic]:
    """Return the topics on which there is something to read."""
    readable = Publication.objects.readable(today).filter(article__topics=OuterRef("pk"))
    return Topic.objects.filter(Exists(readable))


def _site() -> dict[str, str]:
    return {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL}


def _addresses(slug: str, audience: str) -> dict[str, str]:
    other = next(value for value in Audience.values if value != audience)
    return {
        "other": other,
        "address": settings.SITE_URL + reverse(f"articles:{audience}", args=[slug]),
        "other_address": settings.SITE_URL + reverse(f"articles:{other}", args=[slug]),
    }


@cache
def _layout() -> str:
    """Return a digest of the templates and style sheets, so that a new release serves no page of the old one."""
    folder = Path(settings.BASE_DIR) / "templates"
    parts = [part.read_bytes() for part in (folder / "410.html", *sorted(folder.glob("articles/*.html")))]
    return hashlib.sha256(render_to_string("base.html", _site()).encode() + b"".join(parts)).hexdigest()[:12]
