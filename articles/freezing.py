"""Draft to revision: the canonical content, its digests, and the renderings stored with it."""

from datetime import datetime
from typing import Any

from articles import rendering
from articles.canonical import canonical_text, normalised, section_digests, term_digest, text_digest
from articles.models import Article, Audience, GlossaryTerm, Rendering, Revision
from articles.wording import contributors

__all__ = ["SCHEMA", "draft_content", "freeze", "section_digests", "term_digest"]

SCHEMA = 1


def draft_content(article: Article) -> dict[str, Any]:
    """Return the content a revision of the present draft would have (schema 1, DESIGN §2)."""
    sections = [
        {
            "key": str(section.key),
            "kind": section.kind,
            "heading": section.heading,
            "professional": section.professional,
            "plain": section.plain,
            "plain_missing_reason": section.plain_missing_reason,
            # Kept with the text, so that a digest can be checked by somebody who does not parse Markdown.
            "cites": {audience: _keys(getattr(section, audience)) for audience in Audience.values},
        }
        for section in article.sections.all()
    ]
    citations = [
        {
            "key": citation.key,
            "use": citation.use,
            "locator": citation.locator,
            "quote": citation.quote,
            "source": citation.source.frozen() if citation.source else None,
        }
        for citation in article.citations.select_related("source").order_by("key")
    ]
    is_assisted = article.ai_use == Article.AiUse.ASSISTED
    content = {
        "schema": SCHEMA,
        "title": article.title,
        "language": article.language,
        "ai": {
            "declared": article.ai_use != Article.AiUse.UNDECLARED,
            "used": is_assisted,
            "tool": article.ai_tool if is_assisted else "",
            "purpose": article.ai_purpose if is_assisted else "",
        },
        "sections": sections,
        "citations": citations,
        "glossary": _terms_used(sections),
    }
    return normalised(content)


def _keys(text: str) -> list[str]:
    try:
        return rendering.used_citation_keys(text)
    except rendering.TextTooComplex:
        return []  # the check "text-too-complex" says so, and rendering refuses the text


def _terms_used(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    # Only a plain page explains words: its plain text, or the professional passage that stands in for it.
    terms = [term.frozen() for term in GlossaryTerm.objects.approved()]
    used = {
        term["term"]: term
        for section in sections
        for term in _terms_in(section["plain"] or section["professional"], terms)
    }
    return [used[word] for word in sorted(used)]


def _terms_in(text: str, terms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    try:
        return rendering.used_terms(text, terms)
    except rendering.TextTooComplex:
        return []


def freeze(article: Article, *, by: Any, at: datetime) -> Revision:
    """Return the revision of the present draft: a new one, or the last one when the text is the same.

    Must run in a transaction that holds the article's row. Raises `wording.UnknownContributor`, and
    `rendering.TextTooComplex` for a text over the limits.
    """
    text = canonical_text(draft_content(article))
    last = article.revisions.order_by("-number").first()
    if last is not None and last.content == text:
        return last
    revision = Revision.objects.create(
        article=article,
        number=last.number + 1 if last else 1,
        content=text,
        digest=text_digest(text),
        parent=last,
        contributors=contributors(article),
        created_by=by,
        created_at=at,
    )
    revision.sources.set({citation.source_id for citation in article.citations.all() if citation.source_id})
    for audience in Audience.values:
        Rendering.objects.create(
            revision=revision,
            audience=audience,
            version=rendering.RENDERING_VERSION,
            html=str(rendering.render_body(revision.document, audience)),
        )
    return revision
