"""A draft as the person sees it who is about to submit it: what blocks, and how much it changes."""

from dataclasses import dataclass, field
from typing import Any

from articles import findings, freezing, wording
from articles.checks import Finding
from articles.models import Article, Publication
from reviews import permissions, waivers
from reviews.desk.checks import waive_url
from reviews.models import EditorialPolicy, Review


@dataclass
class DraftLook:
    """What stands between a draft and its review. `later` does not block submitting, but approval."""

    floor: str
    is_change: bool
    blocking: list[tuple[Finding, str]] = field(default_factory=list)
    later: list[tuple[Finding, str]] = field(default_factory=list)


def look(article: Article, user: Any) -> DraftLook:
    """Return the findings of the draft as it is saved, each with the address of its waiver for those who may."""
    policy, content = EditorialPolicy.objects.current(), freezing.draft_content(article)
    found = findings.of_content(article, content)
    may_waive = permissions.can_waive(user, article)
    published = _published_document(article)
    later = [rule for rule in policy.blocks_approve if rule not in policy.blocks_submit]

    def standing(rules: list[str]) -> list[tuple[Finding, str]]:
        return [(one, waive_url(article, one) if may_waive else "") for one in waivers.standing(article, found, rules)]

    return DraftLook(
        floor=wording.change_floor(published, content),
        is_change=published != content,
        blocking=standing(policy.blocks_submit),
        later=standing(later),
    )


def findings_now(article: Article) -> list[Finding]:
    """Return the findings a waiver may name: of the text under review, or of the draft when there is none."""
    review = Review.objects.filter(article=article).open().select_related("revision").first()
    content = review.revision.document if review else freezing.draft_content(article)
    return findings.of_content(article, content)


def last_saved(article: Article) -> str:
    """Return who saved the draft last."""
    last = article.history.select_related("history_user").first()
    return str(last.history_user) if last and last.history_user else ""


def _published_document(article: Article) -> dict[str, Any] | None:
    publication = getattr(article, "publication", None)
    is_live = publication is not None and publication.status == Publication.Status.APPROVED
    return publication.revision.document if publication is not None and is_live else None
