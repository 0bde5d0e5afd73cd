"""Which findings still stand: those a policy blocks on, less those waived in words that did not change."""

from collections.abc import Iterable

from articles.models import Article
from articles.text.checks import Finding
from reviews.models import Waiver

# An editor's word alone does not let these pass: an assigned board member agrees too.
# Doses, label limits, retracted sources and quotations; and the plain text that doses and high risk ask for.
NEEDS_CONCURRENCE = frozenset(
    {
        "dose-without-label",
        "dose-above-label",
        "off-label-unmarked",
        "numbers-disagree",
        "label-numbers-disagree",
        "error-prone-dose",
        "source-retracted",
        "quote-not-found",
        "plain-missing",
    }
)


def in_force(article: Article) -> set[tuple[str, str, str, str]]:
    """Return what is waived for an article: rule, section, audience and words."""
    waivers = Waiver.objects.filter(article=article).select_related("concurrence")
    return {(one.rule, one.section_key, one.audience, one.words) for one in waivers if one.is_in_force}


def standing(article: Article, found: Iterable[Finding], rules: Iterable[str]) -> list[Finding]:
    """Return the findings of the given rules that no waiver covers."""
    rules = set(rules)
    blocking = [finding for finding in found if finding.rule in rules]
    if not blocking:
        return []
    waived = in_force(article)
    return [finding for finding in blocking if finding.identity not in waived]
