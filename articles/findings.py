"""The findings of a content of an article, with the facts that the checks ask for."""

from typing import Any

from articles import checks
from articles.models import Article, Source


def of_content(article: Article, content: dict[str, Any]) -> list[checks.Finding]:
    """Return the findings of a content, whatever the draft has become meanwhile."""
    return checks.run(content, checks.Context(risk=article.risk, extracts=_extracts(content)))


def _extracts(content: dict[str, Any]) -> dict[str, list[checks.Passage]]:
    """Return the stored passages of each quoted source, by citation key."""
    sources = {
        citation["key"]: int(citation["source"]["csl"]["id"].removeprefix("source-"))
        for citation in content["citations"]
        if citation["quote"] and citation["source"]
    }
    if not sources:
        return {}
    found = Source.objects.prefetch_related("extracts").in_bulk(set(sources.values()))
    return {
        key: [checks.Passage(one.text, one.pinpoint, one.loinc) for one in found[pk].extracts.all()]
        for key, pk in sources.items()
        if pk in found
    }
