"""Where a review comes from and whom it waits for: what the head of the desk says in sentences."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models.person import AnyUser
from reviews.models import Assignment, Review
from reviews.rules import permissions


@dataclass(frozen=True)
class Note:
    """A sentence about the review, and the review that it speaks of, when the person may open that."""

    sentence: str
    url: str = ""


def notes(review: Review, user: AnyUser) -> list[Note]:
    """Return what a person must know of this review beyond its state; at most two queries, none for an ordinary one."""
    found = [_followed(review, user)] if review.follows is not None else []
    if review.reason == Review.Reason.CORRECTION and review.state == Review.State.APPROVED:
        found += [_second(second, user) for second in _of(review.followed_by.all())]
    if review.is_open and review.reason == Review.Reason.SECOND_REVIEW:
        found.append(Note(_due(review)))
    if review.is_open and any(_who(review, Assignment.State.ASKED_CHANGES)):
        found.append(Note(_waiting(review)))
    return found


def _of(reviews: Any) -> Any:
    return reviews.select_related("article", "revision").prefetch_related("assignments__member")


def _followed(review: Review, user: AnyUser) -> Note:
    before = review.follows
    assert before is not None  # noqa: S101  (asked by the caller)
    number = before.revision.number
    words = _("It continues the review of revision %s: its people, dates and marks of unchanged sections.")
    if review.reason == Review.Reason.SECOND_REVIEW:
        words = _("It brings the correction (revision %s) to its full number of signers.")
    elif review.reason == Review.Reason.WITHDRAWN:
        words = _(
            "A signature on revision %s was found to be void. The others remain valid; the missing ones are "
            "requested here."
        )
    return Note(words % number, _address(before.pk, review, user))


def _address(pk: int, near: Review, user: AnyUser) -> str:
    """Return the desk of a review of the same article, for who may read it."""
    may_read = user.has_perm("reviews.view_review") or near.article.owner_id == user.pk
    if not may_read:
        found = _of(Review.objects.filter(pk=pk)).first()
        may_read = found is not None and permissions.can_read_review(user, found)
    return reverse("admin:reviews_review_change", args=[pk]) if may_read else ""


def _second(second: Review, user: AnyUser) -> Note:
    words = _("Its second review: %s.") % str(second.get_state_display()).lower()
    is_readable = permissions.can_read_review(user, second)
    return Note(words, reverse("admin:reviews_review_change", args=[second.pk]) if is_readable else "")


def _due(review: Review) -> str:
    publication = getattr(review.article, "publication", None)
    due = publication.second_review_due if publication is not None else None
    if due is None:
        return _("Readers are told that a second review is open.")
    words = _("Readers are told that a second review is due by %s. After that, the page no longer says it is reviewed.")
    return words % date_format(timezone.localtime(due), "j F Y, H:i")


def _waiting(review: Review) -> str:
    asked = ", ".join(_who(review, Assignment.State.ASKED_CHANGES))
    waited_for = ", ".join(_who(review, *Assignment.UNANSWERED))
    words = _(
        "%(asked)s asked for changes. The text goes back to its author when everyone has answered; still to "
        "answer: %(others)s."
    )
    return words % {"asked": asked, "others": waited_for or _("nobody")}


def _who(review: Review, *states: str) -> list[str]:
    return [one.member.user.name for one in review.assignments.all() if one.state in states]


def others_unanswered(review: Review, own: Assignment | None) -> str:
    """Return who else a request for changes has to wait for; nobody unless the policy says so."""
    if not review.policy.waits_for_all:
        return ""
    others = [one for one in review.assignments.all() if own is None or one.pk != own.pk]
    return ", ".join(one.member.user.name for one in others if one.state in Assignment.UNANSWERED)
