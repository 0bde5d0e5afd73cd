"""The findings of a frozen text, and what stands beside each: that it blocks, or who let it stand and why."""

from dataclasses import dataclass

from django.urls import reverse

from articles.models import Article
from articles.models.person import AnyUser
from articles.text.canonical import digest
from articles.text.checks import Finding
from articles.writing import findings
from reviews.models import Review, Waiver
from reviews.rules import permissions, requirements
from reviews.web.forms import ConcurForm


@dataclass
class CheckedFinding:
    """A finding with its waiver, if there is one, and what this person may do about it."""

    finding: Finding
    waiver: Waiver | None
    is_blocking: bool
    waive_url: str = ""
    concur_form: ConcurForm | None = None
    excerpt: findings.Excerpt | None = None

    @property
    def is_settled(self) -> bool:
        return self.waiver is not None and self.waiver.is_in_force


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one rule that stand, or that were let stand; unfolded where somebody has to act, or few are."""

    title: str
    rows: list[CheckedFinding]
    is_open: bool


def grouped(found: list[CheckedFinding]) -> list[FindingGroup]:
    """Return findings by rule, in the order given."""
    groups: dict[str, list[CheckedFinding]] = {}
    for one in found:
        groups.setdefault(one.finding.rule, []).append(one)
    return [
        FindingGroup(findings.rule_words(rule), rows, len(found) <= _FEW or any(_asks(row) for row in rows))
        for rule, rows in groups.items()
    ]


_FEW = 8


def _asks(one: CheckedFinding) -> bool:
    return (one.is_blocking and not one.is_settled) or one.concur_form is not None


def of_review(review: Review, user: AnyUser) -> list[CheckedFinding]:
    """Return the findings of the text under review; what blocks approval first."""
    given = Waiver.objects.filter(article=review.article).select_related("concurrence__member__user", "waived_by")
    waivers = {(one.rule, one.section_key, one.audience, one.words): one for one in given}
    may_waive = review.is_open and may_waive_text(user, review)
    may_concur = review.is_open and permissions.can_mark(user, review)
    checked = []
    blocking = requirements.blocking(review)
    document = review.revision.document
    for finding in findings.of_content(review.article, document):
        waiver = waivers.get(finding.identity)
        one = CheckedFinding(finding, waiver, finding.rule in blocking)
        if waiver is None and may_waive:
            one.waive_url = waive_url(review.article, finding)
        if waiver is not None and may_concur and not waiver.is_in_force and waiver.waived_by_id != user.pk:
            one.concur_form = ConcurForm(review=review, initial={"waiver": waiver.pk})
        one.excerpt = findings.excerpt(document, finding)
        checked.append(one)
    return sorted(checked, key=lambda one: (one.is_settled, not one.is_blocking))


def may_waive_text(user: AnyUser, review: Review) -> bool:
    """Say whether this editor may let a finding of this text stand: nobody does on words of their own."""
    return permissions.can_waive(user, review.article) and user.pk not in review.revision.contributors


def waive_url(article: Article, finding: Finding) -> str:
    return f"{reverse('reviews:waive', args=[article.pk])}?finding={finding_code(finding)}"


def finding_code(finding: Finding) -> str:
    """Return a short name of a finding for an address: what a waiver names, not the words shown."""
    return digest(list(finding.identity))[:16]
