"""Which work comes first: where a wrong sentence does most harm, and where many read it."""

from typing import Any

from django.db.models import Case, IntegerField, Value, When

from articles.models import Article

_RISKS = (Article.Risk.HIGH, Article.Risk.MODERATE, Article.Risk.LOW)


def by_risk(article: str) -> tuple[Any, ...]:
    """Return how rows are ordered: high risk first, then many readers. `article` is the path to it, as `article__`."""
    ranks = [When(**{f"{article}risk": risk}, then=Value(rank)) for rank, risk in enumerate(_RISKS)]
    return Case(*ranks, default=Value(len(_RISKS)), output_field=IntegerField()), f"-{article}readers"
