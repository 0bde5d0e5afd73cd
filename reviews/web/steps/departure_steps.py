"""The steps by which a member leaves the board or comes back, and by which signatures are voided."""

from typing import Any

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models.person import Person
from reviews import tasks
from reviews.models import BoardMember, Voiding
from reviews.people import departures, voidings
from reviews.rules import permissions
from reviews.web.forms import board as forms
from reviews.web.steps.board_subjects import MEMBER
from reviews.web.steps.step_page import Attempt, Confirmation, Facts, Messages, StepPage


def _heirs(attempt: Attempt) -> Facts:
    """Who may hand reviews over is asked to whom; whoever may not leaves them to an editor."""
    if not permissions.can_hand_over(attempt.user):
        return {"others": None}
    able = BoardMember.objects.able(timezone.localdate()).select_related("user")
    return {"others": able.exclude(pk=attempt.found.pk).filter(is_guest=False)}


def _open_work(attempt: Attempt) -> Facts:
    open_work = list(departures.open_assignments(attempt.found))
    return {"open_work": open_work, "hands_over": "to" in attempt.form.fields}


def _deactivate(member: BoardMember, *, by: Person, reason: str, to: BoardMember | None = None) -> Any:
    """Make a member inactive; whoever may hands the open reviews over with that."""
    departures.deactivate(member, by=by, reason=reason)
    if permissions.can_hand_over(by):
        return departures.hand_over(member, by=by, reason=reason, to=to)
    return None


def _deactivated(attempt: Attempt, outcome: departures.HandOver | None) -> Messages:
    words = _("%s is inactive: nobody can ask them to review, and they can no longer sign.") % attempt.found
    return [(messages.SUCCESS, words), *(_handed_over(attempt, outcome) if outcome is not None else [])]


def _handed_over(attempt: Attempt, outcome: departures.HandOver) -> Messages:
    said: Messages = []
    if outcome.handed_over:
        count = len(outcome.handed_over)
        words = ngettext(
            "%(count)s review is handed over to %(name)s.", "%(count)s reviews are handed over to %(name)s.", count
        )
        said.append((messages.SUCCESS, words % {"count": count, "name": attempt.form.cleaned_data["to"]}))
    if outcome.released:
        count = len(outcome.released)
        words = ngettext(
            "%s review has lost its reviewer and is waiting in the queue.",
            "%s reviews have lost a reviewer and are waiting in the queue.",
            count,
        )
        said.append((messages.WARNING, words % count))
    for review, problem in outcome.problems:
        words = _("“%(title)s” could not be handed over: %(why)s")
        said.append((messages.ERROR, words % {"title": review.article.title, "why": problem}))
    return said


def _reactivated(attempt: Attempt, member: BoardMember) -> str:
    return _("%s can be asked again.") % attempt.found


def _dry_run(attempt: Attempt) -> Facts:
    return {"dry_run": voidings.dry_run(attempt.found, since=attempt.form.cleaned_data["since"])}


def _void(member: BoardMember, *, by: Person, **typed: Any) -> Voiding:
    found = voidings.find(member, by=by, **typed)
    tasks.begin(tasks.void_signatures)
    return found


def _voided(attempt: Attempt, found: Voiding) -> str:
    count = voidings.left(found)
    if not count:
        return _("The signatures are void. The texts that relied on them have to be signed for again.")
    words = ngettext("It is being carried out: %s text is left.", "It is being carried out: %s texts are left.", count)
    return words % count


STEPS = (
    StepPage(
        "hand_over",
        MEMBER,
        forms.HandOverForm,
        departures.hand_over,
        _handed_over,
        gettext_lazy("Hand over"),
        label=gettext_lazy("Hand over the open reviews"),
        part="admin/reviews/boardmember/_leaving.html",
        may=lambda user, member: permissions.can_hand_over(user),
        options=_heirs,
        shows=_open_work,
        fits=lambda member: not member.is_active,
    ),
    StepPage(
        "reactivate",
        MEMBER,
        forms.ReactivateForm,
        departures.reactivate,
        _reactivated,
        gettext_lazy("Make active again"),
        label=gettext_lazy("Make active again"),
        may=permissions.can_deactivate,
        fits=lambda member: not member.is_active,
    ),
    StepPage(
        "deactivate",
        MEMBER,
        forms.DeactivateForm,
        _deactivate,
        _deactivated,
        gettext_lazy("Make inactive"),
        style="danger",
        label=gettext_lazy("Make inactive"),
        help=gettext_lazy(
            "After that, nobody can ask the member to review, and they can no longer sign. What they signed "
            "remains theirs."
        ),
        part="admin/reviews/boardmember/_leaving.html",
        may=permissions.can_deactivate,
        options=_heirs,
        shows=_open_work,
        fits=lambda member: member.is_active,
    ),
    StepPage(
        "void",
        MEMBER,
        forms.VoidForm,
        _void,
        _voided,
        gettext_lazy("Void the signatures"),
        style="danger",
        label=gettext_lazy("Void signatures"),
        help=gettext_lazy(
            "Readers of the texts that relied on these signatures are told that the texts are no longer "
            "approved, and the texts are reviewed again."
        ),
        part="admin/reviews/boardmember/_dry_run.html",
        may=permissions.can_void,
        confirmation=Confirmation(gettext_lazy("Preview the effects"), _dry_run),
    ),
)
