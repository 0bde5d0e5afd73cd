"""Content to revision: what a draft would freeze to, a revision with its renderings, and which grew from which."""

from datetime import datetime
from typing import Any

from articles.models import Article, Audience, Citation, DraftOrigin, GlossaryTerm, Rendering, Revision, Section
from articles.models.person import Person
from articles.text import rendering
from articles.text.canonical import canonical_text, normalised, section_digests, term_digest, text_digest
from articles.writing import contributors as writers
from articles.writing import drafting
from articles.writing.editorial_policy import editorial_policy

__all__ = ["SCHEMA", "draft_content", "freeze", "section_digests", "term_digest"]

SCHEMA = 2


def draft_content(article: Article) -> dict[str, Any]:
    """Return the content a revision of the present draft would have (schema 2, docs/decisions/0014)."""
    sections = [_section(section) for section in article.sections.all()]
    citations = [_citation(one) for one in article.citations.select_related("source").order_by("key")]
    is_assisted = article.ai_use == Article.AiUse.ASSISTED
    content = {
        "schema": SCHEMA,
        "title": article.title,
        "language": article.language,
        "style": editorial_policy().reference_style(),
        "template": article.template,
        "not_applicable": [
            {"block": block, "reason": reason} for block, reason in sorted(article.not_applicable.items())
        ],
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


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": str(section.key),
        "kind": section.kind,
        "heading": section.heading,
        "professional": section.professional,
        "plain": section.plain,
        "plain_missing_reason": section.plain_missing_reason,
        "blocks": sorted(section.blocks),
        "certainty": section.certainty,
        "strength": section.strength,
        # Kept with the text, so that a digest can be checked by somebody who does not parse Markdown.
        "cites": {audience: _keys(getattr(section, audience)) for audience in Audience.values},
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "key": citation.key,
        "use": citation.use,
        "locator": citation.locator,
        "quote": citation.quote,
        "source": citation.source.frozen() if citation.source else None,
    }


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


def freeze(article: Article, *, by: Person, at: datetime) -> Revision:
    """Return the revision of the present draft: a new one, or the last one when the text is the same.

    Must run in a transaction that holds the article's row. Raises `contributors.UnknownContributor`, and
    `rendering.TextTooComplex` for a text over the limits.
    """
    content = draft_content(article)
    base = origin(article)
    if base is not None and base.content == canonical_text(content):
        return base
    found = writers.of_draft(article)
    revision = freeze_content(article, content, parent=base, contributors=found, by=by, at=at)
    drafting.grew_from(article, revision)
    return revision


def origin(article: Article) -> Revision | None:
    """Return the revision the draft grew from; None for one that was never frozen."""
    found = DraftOrigin.objects.filter(article=article).select_related("revision").first()
    return found.revision if found else None


def freeze_content(
    article: Article,
    content: dict[str, Any],
    *,
    parent: Revision | None,
    contributors: list[int],
    by: Person,
    at: datetime,
) -> Revision:
    """Write a content as the article's next revision, with its renderings. Raises `rendering.TextTooComplex`."""
    text = canonical_text(content)
    last = article.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    revision = Revision.objects.create(
        article=article,
        number=last + 1,
        content=text,
        digest=text_digest(text),
        parent=parent,
        contributors=contributors,
        created_by=by,
        created_at=at,
    )
    revision.sources.set(sources_named(content))
    for audience in Audience.values:
        Rendering.objects.create(
            revision=revision,
            audience=audience,
            version=rendering.RENDERING_VERSION,
            html=str(rendering.render_body(revision.document, audience)),
        )
    return revision


def sources_named(content: dict[str, Any]) -> set[int]:
    """Return the sources that a content holds a copy of, by key."""
    named = (citation["source"] for citation in content["citations"] if citation["source"])
    return {int(source["csl"]["id"].removeprefix("source-")) for source in named}


def has_diverged(article: Article, published: Revision) -> bool:
    """Say whether the draft grew from a text that does not hold what is published: a correction came between."""
    base = origin(article)
    return base is not None and published.pk not in ancestry(article, base.pk)


def common_ancestor(article: Article, one: int, other: int) -> int:
    """Return the newest revision from which both revisions grew. Raises `LookupError` when there is none."""
    line = set(ancestry(article, other))
    for revision in ancestry(article, one):
        if revision in line:
            return revision
    raise LookupError(f"Revisions {one} and {other} have nothing in common.")


def ancestry(article: Article, revision: int) -> list[int]:
    """Return a revision and those it grew from, newest first, in one query."""
    parents = dict(article.revisions.order_by().values_list("pk", "parent"))
    line = [revision]
    while (parent := parents.get(line[-1])) is not None:
        line.append(parent)
    return line
