"""What takes a published text from readers: suspend and lift, and retire."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from articles.models import Article, Publication
from articles.models.person import Person
from reviews.models import Review, Suspension
from reviews.rules import permissions
from reviews.workflow.step import Refused, Step, sentence, take


def suspend(
    article: Article, *, by: Person, reason: str, notice: str, seen: int | None, section_key: str = ""
) -> Suspension:
    """Hide the approved text, or one section of it, behind a notice, at once and by one person alone.

    A review that is open goes on: what it approves stays hidden until two people lift the suspension.
    """
    with take("suspend", article.pk, by=by, seen=seen) as step:
        suspension = _suspend(step, reason=reason, notice=notice, section_key=section_key)
    return suspension


def suspend_within(step: Step, *, reason: str, notice: str) -> None:
    """Suspend the whole page as part of another step: a member finds while reviewing that it is unsafe today."""
    publication = step.publication
    if publication is None or publication.status not in (Publication.Status.APPROVED, Publication.Status.SUSPENDED):
        raise Refused(_("Readers see no approved text, so nothing can be suspended."))
    if not permissions.can_suspend(step.person, step.article):
        raise PermissionDenied(_("You may not suspend this page."))
    if publication.status == Publication.Status.APPROVED:
        _suspend(step, reason=reason, notice=notice, section_key="")


def _suspend(step: Step, *, reason: str, notice: str, section_key: str) -> Suspension:
    if section_key and section_key not in step.article.publication.revision.section_digests:
        raise Refused(_("The published text no longer has this section."))
    if Suspension.objects.in_force().filter(article=step.article, section_key=section_key).exists():
        raise Refused(_("This is already suspended."))
    suspension = step.save(
        Suspension(
            article=step.article,
            section_key=section_key,
            reason=sentence(reason, _("Give the reason for the record.")),
            notice=sentence(notice, _("Write the notice that readers will see in place of the text.")),
            suspended_by=step.person,
            suspended_at=step.at,
        )
    )
    step.data["suspended"] = {
        "suspension": suspension.pk,
        "section": section_key,
        "notice": suspension.notice,
        "reason": suspension.reason,
    }
    return suspension


def lift(suspension: Suspension, *, by: Person, reason: str, seen: int) -> Suspension:
    """Agree that a suspension may end. The second person to agree ends it; one of the two is on the board.

    Readers then find what is approved at that moment.
    """
    with take("lift", suspension.article_id, by=by, seen=seen) as step:
        fresh = _in_force(suspension)
        words = sentence(reason, _("Say why the text may be shown again."))
        if fresh.lift_asked_by is None:
            fresh.lift_asked_by, fresh.lift_asked_at, fresh.lift_reason = by, step.at, words
        else:
            _guard_second(step, fresh.lift_asked_by)
            fresh.lifted_by, fresh.lifted_at = by, step.at
        step.save(fresh)
        step.data.update(_told(fresh, reason=words), is_lifted=fresh.lifted_at is not None)
    return fresh


def _guard_second(step: Step, first: Person) -> None:
    if first == step.person:
        raise Refused(_("You have already agreed. Somebody else has to agree too."))
    if not any(vouches(person, step) for person in (first, step.person)):
        raise Refused(
            _("One of the two has to be an active, licensed member of the board who wrote none of this text.")
        )


def vouches(person: Person, step: Step) -> bool:
    """Say whether a person answers for this text as a member of the board; who wrote words of it cannot."""
    return (
        permissions.is_active_on_board(person)
        and person.board_member.is_licensed(step.at.date())
        and person.pk not in step.article.publication.revision.contributors
    )


def withdraw_lift(suspension: Suspension, *, by: Person, reason: str, seen: int) -> Suspension:
    """Take one's own agreement back before a second person has agreed: the text stays hidden."""
    with take("withdraw_lift", suspension.article_id, by=by, seen=seen) as step:
        fresh = _in_force(suspension)
        if fresh.lift_asked_by != by:
            raise Refused(_("You have not agreed to lift this suspension, so there is nothing to withdraw."))
        words = sentence(reason, _("Say why the text must stay hidden."))
        fresh.lift_asked_by, fresh.lift_asked_at, fresh.lift_reason = None, None, ""
        step.save(fresh)
        step.data.update(_told(fresh, reason=words))
    return fresh


def _in_force(suspension: Suspension) -> Suspension:
    fresh = Suspension.objects.select_related("lift_asked_by").get(pk=suspension.pk)
    if fresh.lifted_at is not None:
        raise Refused(_("This suspension has already been lifted."))
    return fresh


def _told(suspension: Suspension, *, reason: str) -> dict[str, Any]:
    return {"suspension": suspension.pk, "section": suspension.section_key, "reason": reason}


def retire(
    article: Article, *, by: Person, reason: str, notice: str, seen: int | None, successor: Article | None = None
) -> Article:
    """Take an obsolete or merged text from readers: its address leads to the successor, or answers with the notice.

    An open review ends with it. Back only through an approved review that was opened afterwards.
    """
    with take("retire", article.pk, by=by, seen=seen) as step:
        step.data["notice"] = sentence(notice, _("Write the notice that readers will find at this address."))
        step.data["successor"] = _successor(step, successor)
        if step.review is not None:
            step.close(Review.State.RECALLED, reason=_("The page was retired."))
            step.data["review"] = step.review.pk
        step.data["reason"] = sentence(reason, _("Give the reason for the record."))
    return step.article


def _successor(step: Step, successor: Article | None) -> dict[str, Any] | None:
    if successor is None:
        return None
    if successor.pk == step.article.pk:
        raise Refused(_("A text cannot be its own successor."))
    readable = Publication.objects.readable(step.at.date()).filter(status=Publication.Status.APPROVED)
    found = readable.filter(pk=successor.pk).first()
    if found is None:
        raise Refused(_("The successor has to be an approved text that readers can open today."))
    return {"article": found.pk, "title": found.title}
