"""The findings of a draft or a revision of an article, with the facts the checks ask for."""

from typing import Any

from articles import checks
from articles.models import Article, Citation


def of_content(article: Article, content: dict[str, Any]) -> list[checks.Finding]:
    """Return the findings of a content of this article."""
    is_quoting = any(citation["quote"] for citation in content["citations"])
    extracts = _extracts(article) if is_quoting else {}
    is_declared = article.ai_use != Article.AiUse.UNDECLARED
    return checks.run(content, checks.Context(risk=article.risk, is_ai_declared=is_declared, extracts=extracts))


def _extracts(article: Article) -> dict[str, list[str]]:
    citations = Citation.objects.filter(article=article).exclude(quote="").select_related("source")
    return {
        citation.key: [extract.text for extract in citation.source.extracts.all()]
        for citation in citations.prefetch_related("source__extracts")
        if citation.source
    }
