"""Which work comes first: where a wrong sentence does most harm, and where many read it."""

from typing import Any

from django.db.models import Case, Value, When

from articles.models import Article

_RISKS = (Article.Risk.HIGH, Article.Risk.MODERATE, Article.Risk.LOW)


def by_risk(article: str) -> tuple[Any, ...]:
    """Return how rows are ordered: high risk first, then many readers. `article` is the path to it, as `article__`."""
    # No article has another risk: the constraint article_risk_is_known says so.
    ranks = [When(**{f"{article}risk": risk}, then=Value(rank)) for rank, risk in enumerate(_RISKS)]
    return Case(*ranks), f"-{article}readers"
