"""What the desk shows of drafts: a person's own, and the findings of one."""

from dataclasses import dataclass
from typing import Any

from django import template

from articles import permissions
from articles.models import Article
from articles.text import checks
from articles.text.checks import plain_words
from articles.text.messages import Message
from articles.text.rendering import TextTooComplex
from articles.writing import findings, freezing
from articles.writing.editorial_policy import editorial_policy

register = template.Library()


@register.inclusion_tag("admin/articles/_my_drafts.html", takes_context=True)
def my_drafts(context: dict[str, Any]) -> dict[str, Any]:
    """Show the drafts this person wrote last, each with its state, and the way to a new one."""
    user = context["request"].user
    may_write = user.has_perm("articles.add_article")
    own = Article.objects.filter(owner=user).select_related("publication")
    drafts = editorial_policy().with_reviews(own)[:6] if may_write else []
    return {"may_write": may_write, "drafts": drafts, "reads_all": permissions.can_list(user)}


@dataclass(frozen=True)
class Row:
    """A finding, the words it is about, and the place of its section on the page."""

    finding: checks.Finding
    excerpt: findings.Excerpt | None
    place: int | None
    is_blocking: bool


@dataclass(frozen=True)
class Group:
    """The findings of one rule. It is unfolded where they keep the text from being approved, and are not many."""

    rule: str
    title: Message
    rows: list[Row]

    @property
    def blocking(self) -> int:
        return sum(row.is_blocking for row in self.rows)

    @property
    def is_open(self) -> bool:
        return self.blocking > 0 and len(self.rows) <= _MANY


_MANY = 8


@register.inclusion_tag("admin/articles/_findings.html")
def draft_findings(article: Article) -> dict[str, Any]:
    """Show how the draft as it is saved reads, and what the checks find in it: first what keeps it from approval."""
    try:
        content = freezing.draft_content(article)
        found = findings.of_content(article, content)
    except TextTooComplex as refusal:
        return {"groups": [], "refusal": refusal.message, "reading": None}
    blocking = {finding.identity for finding in editorial_policy().findings_that_block(article, found)}
    places = {section["key"]: place for place, section in enumerate(content["sections"])}
    groups: dict[str, Group] = {}
    for finding in found:
        group = groups.setdefault(finding.rule, Group(finding.rule, checks.RULES[finding.rule], []))
        is_blocking = finding.identity in blocking
        place = places.get(finding.section_key)
        group.rows.append(Row(finding, findings.excerpt(content, finding), place, is_blocking))
    return {
        "groups": sorted(groups.values(), key=lambda group: group.blocking == 0),
        "refusal": None,
        "count": len(found),
        "blocking": len(blocking),
        "reading": plain_words.reading(content),
    }
