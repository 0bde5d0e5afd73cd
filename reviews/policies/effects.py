"""A dry run: what a version of the policy would do to the reviews, texts and members of today."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Prefetch

from articles.models import Article
from reviews.models import Assignment, BoardMember, Decision, EditorialPolicy, LicenceCheck, Review
from reviews.rules import quorum, requirements
from reviews.workflow import policy_binding
from reviews.workflow.assignments import is_checked


@dataclass
class OfReviews:
    """What becomes of the open reviews when the version binds them: it raises what they ask for, and lowers nothing."""

    count: int = 0
    # They have the signatures today and would not under the version.
    lose_quorum: list[Review] = field(default_factory=list)
    need_more: int = 0


@dataclass
class OfTexts:
    """What becomes of the published texts when the version binds them."""

    count: int = 0
    overdue_now: int = 0
    become_overdue: list[str] = field(default_factory=list)
    no_longer_overdue: int = 0
    leave_search: list[str] = field(default_factory=list)
    become_hidden: list[str] = field(default_factory=list)
    # They stand under the version they were signed under; their next review asks for more.
    signed_by_fewer: int = 0


@dataclass
class OfMembers:
    """What becomes of those who sign, bound or not: the version asks it of every review that begins under it."""

    count: int = 0
    need_check: list[BoardMember] = field(default_factory=list)
    # The largest number of signers that the version asks for; more than the board has is a board that cannot approve.
    most_signers: int = 0

    @property
    def is_too_few(self) -> bool:
        return self.count < self.most_signers


@dataclass(frozen=True)
class Effects:
    """The dry run as a whole."""

    reviews: OfReviews
    texts: OfTexts
    members: OfMembers


def of(policy: EditorialPolicy, *, on: date) -> Effects:
    """Return what a version, adopted or not, would do on a day. Nothing is written."""
    return Effects(_of_reviews(policy), _of_texts(policy, on), of_members(policy, on))


def _of_reviews(policy: EditorialPolicy) -> OfReviews:
    found, reviews = OfReviews(), list(_open_reviews())
    specialties = requirements.by_article(review.article_id for review in reviews)
    for review in reviews:
        found.count += 1
        signed = _approvals(review)
        before = quorum.shortfalls(review, signed) if signed else ["no signature"]
        asked = specialties.get(review.article_id, [])
        wanted = requirements.at_opening(policy, review.article, reason=review.reason, specialties=asked)
        wanted_before = review.requirements["signers"]
        review.requirements = requirements.raised(review.requirements, wanted)
        after = quorum.shortfalls(review, signed) if signed else ["no signature"]
        found.need_more += review.requirements["signers"] > wanted_before
        if after and not before:
            found.lose_quorum.append(review)
    return found


def _open_reviews() -> Iterable[Review]:
    decisions = Prefetch("decisions", Decision.objects.order_by("sequence"))
    assignments = Prefetch("assignments", Assignment.objects.prefetch_related(decisions))
    return Review.objects.open().select_related("article", "revision", "policy").prefetch_related(assignments)


def _approvals(review: Review) -> list[Decision]:
    if review.follows_id is not None:
        return quorum.approvals(review)  # signatures of the review before may count here
    last = [list(assignment.decisions.all())[-1:] for assignment in review.assignments.all()]
    return [decision for found in last for decision in found if decision.verdict == Decision.Verdict.APPROVED]


def _of_texts(policy: EditorialPolicy, on: date) -> OfTexts:
    found = OfTexts()
    for publication in policy_binding.published().select_related("article").iterator(chunk_size=500):
        found.count += 1
        is_overdue = publication.is_overdue(on)
        dates = policy_binding.dates(policy, publication, publication.article.risk)
        due = _first(date.fromisoformat(str(dates["next_review_due"])), publication.second_review_due)
        will_be_overdue = publication.status == publication.Status.APPROVED and due < on
        found.overdue_now += is_overdue
        found.no_longer_overdue += is_overdue and not will_be_overdue
        if will_be_overdue and not is_overdue:
            found.become_overdue.append(publication.title)
        if _has_come(dates["noindex_from"], on) and not _has_come(publication.noindex_from, on):
            found.leave_search.append(publication.title)
        if _has_come(dates["hidden_from"], on) and not _has_come(publication.hidden_from, on):
            found.become_hidden.append(publication.title)
        wanted = policy.signers_needed(risk=publication.article.risk, reason=Review.Reason.PERIODIC)
        found.signed_by_fewer += len(publication.reviewers) < wanted
    return found


def _first(due: date, second: Any) -> date:
    return min(due, second.date()) if second else due


def _has_come(day: Any, on: date) -> bool:
    return day is not None and (date.fromisoformat(day) if isinstance(day, str) else day) <= on


def of_members(policy: EditorialPolicy, on: date) -> OfMembers:
    """Return whether the board has the signers that a version asks for."""
    may_sign = ModelBackend().with_perm("reviews.decide_review")
    members = list(BoardMember.objects.able(on).filter(user__in=may_sign).select_related("user"))
    checks = {check.member_id: check for check in LicenceCheck.objects.order_by("checked_at")}
    need = [one for one in members if not is_checked(checks.get(one.pk), policy.licence_check_months, on)]
    most = max(policy.signers_needed(risk=risk, reason=Review.Reason.NEW) for risk in Article.Risk.values)
    return OfMembers(sum(not one.is_guest for one in members), need, most)
