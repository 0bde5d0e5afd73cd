"""A draft as the person sees it who is about to submit it: what blocks, how much it changes, and what it takes over."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Revision
from articles.models.person import AnyUser
from articles.text.checks import Finding
from articles.writing import contributors, findings, freezing, wording
from reviews.models import Assignment, EditorialPolicy, Review
from reviews.rules import permissions, section_marks, waivers
from reviews.web.desk.finding_list import waive_url
from reviews.workflow import assignments
from reviews.workflow.submission import published_revision


@dataclass
class DraftPreview:
    """What stands between a draft and its review. `later` does not block submitting, but approval.

    `hindrance` says why the text cannot be submitted at all today; `superseded` is the review that submitting closes.
    """

    floor: str
    content: dict[str, Any]
    is_change: bool
    hindrance: str = ""
    is_unchanged: bool = False
    has_diverged: bool = False
    superseded: Review | None = None
    blocking: list[tuple[Finding, str]] = field(default_factory=list)
    later: list[tuple[Finding, str]] = field(default_factory=list)


def preview(article: Article, user: AnyUser) -> DraftPreview:
    """Return the findings of the draft as it is saved, each with the address of its waiver for those who may."""
    policy, content = EditorialPolicy.objects.current(), freezing.draft_content(article)
    found = findings.of_content(article, content)
    may_waive = permissions.can_waive(user, article)
    published = published_revision(getattr(article, "publication", None))
    before = published.document if published else None
    blocks = policy.findings_that_block_submit(_reason(article))
    later = [rule for rule in policy.findings_that_block_approval() if rule not in blocks]

    def standing(rules: list[str]) -> list[tuple[Finding, str]]:
        return [(one, waive_url(article, one) if may_waive else "") for one in waivers.standing(article, found, rules)]

    shown = DraftPreview(wording.change_floor(before, content), content, before != content)
    shown.blocking, shown.later = standing(blocks), standing(later)
    shown.superseded = Review.objects.filter(article=article).open().select_related("revision", "policy").first()
    _judge(shown, article, published)
    return shown


def _reason(article: Article) -> str:
    """Return for what reason the draft would be submitted, as the workflow has it."""
    publication = getattr(article, "publication", None)
    if publication is not None and publication.published_at is not None:
        return Review.Reason.UPDATE
    is_import = hasattr(article, "imported_from") and not article.revisions.exists()
    return Review.Reason.IMPORT if is_import else Review.Reason.NEW


def _judge(shown: DraftPreview, article: Article, published: Revision | None) -> None:
    """Say before anybody presses the button what the verb would refuse."""
    present = shown.superseded
    shown.has_diverged = published is not None and freezing.has_diverged(article, published)
    if present is not None and present.reason == Review.Reason.CORRECTION:
        shown.hindrance = _("A correction of the published text is under review. Submit yours when that is decided.")
    elif present is not None and present.reason == Review.Reason.SECOND_REVIEW:
        shown.hindrance = _("A published correction is waiting for its second review. Submit yours when that is done.")
    elif shown.has_diverged:
        shown.hindrance = _(
            "A correction was published that this draft does not contain. An editor has to merge it first."
        )
    elif published is not None and not shown.is_change:
        shown.hindrance = _("This draft is, word for word, the text that is already approved.")
        shown.is_unchanged = True
    elif present is not None and present.revision.document == shown.content:
        shown.hindrance = _("This draft is, word for word, the text that is already under review.")
        shown.is_unchanged = True


@dataclass(frozen=True)
class HandedOn:
    """A member of the review before, with how many of their marks still hold; `why_not` when they are not asked."""

    name: str
    marks: int
    why_not: str


@dataclass(frozen=True)
class Succession:
    """The review whose people and marks a submitted draft would take over."""

    review: Review
    people: list[HandedOn]
    unchanged: int
    sections: int


def succession(article: Article, shown: DraftPreview) -> Succession | None:
    """Return what submitting the draft would take over, from the review it closes or one that a correction closed."""
    before = shown.superseded or _closed_by_a_correction(article)
    if before is None or shown.hindrance:
        return None
    digests, writers = freezing.section_digests(shown.content), _writers(article)
    statuses = section_marks.statuses(shown.content)
    # The new review follows the policy of today, not the one that the closed review began with.
    before.policy = EditorialPolicy.objects.current()
    people = before.assignments.select_related("member__user").prefetch_related("marks")
    asked = people.filter(state__in=(Assignment.State.INVITED, *Assignment.AT_WORK))
    return Succession(
        before,
        [_handed_on(one, writers, digests, statuses) for one in asked],
        sum(before.revision.section_digests.get(key) == value for key, value in digests.items()),
        len(digests),
    )


def _closed_by_a_correction(article: Article) -> Review | None:
    beside = (Review.Reason.CORRECTION, Review.Reason.SECOND_REVIEW)
    reviews = Review.objects.filter(article=article).exclude(reason__in=beside).select_related("revision")
    last = reviews.newest_first().first()
    is_free = last is not None and last.state == Review.State.SUPERSEDED and not last.followed_by.exists()
    return last if is_free else None


def _handed_on(
    assignment: Assignment, writers: set[int], digests: dict[str, str], statuses: section_marks.Statuses
) -> HandedOn:
    member = assignment.member
    if member.user_id in writers:
        why_not = _("%s wrote parts of this text and cannot review it.") % member.printed_name
    else:
        why_not = assignments.why_not(member, assignment.review, timezone.localdate())
    marks = section_marks.counting(assignment.marks.all(), digests, statuses)
    return HandedOn(member.printed_name, len({mark.section_key for mark in marks}), why_not)


def _writers(article: Article) -> set[int]:
    try:
        return set(contributors.of_draft(article))
    except contributors.UnknownContributor:
        return set()  # submitting says so itself


def findings_now(article: Article) -> list[Finding]:
    """Return the findings a waiver may name: of the text under review, or of the draft when there is none."""
    review = Review.objects.filter(article=article).open().select_related("revision").first()
    content = review.revision.document if review else freezing.draft_content(article)
    return findings.of_content(article, content)


def last_saved(article: Article) -> str:
    """Return who saved the draft last."""
    last = article.history.select_related("history_user").first()
    return str(last.history_user) if last and last.history_user else ""
