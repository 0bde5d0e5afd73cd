"""What the desk shows of drafts: a person's own, and the findings of one."""

from typing import Any

from django import template

from articles import checks, findings, freezing, permissions
from articles.checks import plain_words
from articles.models import Article
from articles.rendering import TextTooComplex

register = template.Library()


@register.inclusion_tag("admin/articles/_my_drafts.html", takes_context=True)
def my_drafts(context: dict[str, Any]) -> dict[str, Any]:
    """Show the drafts this person wrote last, each with its state, and the way to a new one."""
    user = context["request"].user
    may_write = user.has_perm("articles.add_article")
    own = Article.objects.filter(owner=user).select_related("publication").prefetch_related("reviews")
    drafts = [(article, next(iter(article.reviews.all()), None)) for article in own[:6]] if may_write else []
    return {"may_write": may_write, "drafts": drafts, "reads_all": permissions.can_list(user)}


@register.inclusion_tag("admin/articles/_findings.html")
def draft_findings(article: Article) -> dict[str, Any]:
    """Show how the draft as it is saved reads, and what the checks find in it by rule, each with its section."""
    try:
        content = freezing.draft_content(article)
        found = findings.of_content(article, content)
    except TextTooComplex as refusal:
        return {"groups": [], "refusal": str(refusal), "reading": None}
    places = {section["key"]: place for place, section in enumerate(content["sections"])}
    groups: dict[str, list[tuple[str, int | None]]] = {}
    for finding in found:
        place = places.get(finding.section_key)
        groups.setdefault(finding.rule, []).append((finding.message, place))
    return {
        "groups": [(checks.RULES[rule], rows) for rule, rows in groups.items()],
        "refusal": "",
        "reading": plain_words.reading(content),
    }
