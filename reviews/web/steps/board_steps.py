"""The steps of board administration: invite, check a licence, absences, leaving, and voiding signatures."""

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.person import Person
from reviews.models import BoardMember, LicenceCheck
from reviews.people import departures, invitations, members
from reviews.rules import permissions
from reviews.web.forms import board as forms
from reviews.web.steps import departure_steps
from reviews.web.steps.board_subjects import INVITATION, MEMBER, OWN_ABSENCE
from reviews.web.steps.step_page import Attempt, Facts, Messages, StepPage


def _checked(attempt: Attempt, found: LicenceCheck) -> str:
    if found.is_valid:
        return _("The check is saved. The licence of %s is valid.") % attempt.found
    return _("The check is saved. %s cannot sign.") % attempt.found


def _verified(attempt: Attempt, member: BoardMember) -> str:
    return _("%s is verified and can be asked to review single texts.") % attempt.found


def _away(member: BoardMember) -> Facts:
    return {"away_from": member.away_from, "away_until": member.away_until}


def _absent(attempt: Attempt, fresh: BoardMember) -> str:
    if fresh.away_until is None:
        return _("%s is not away.") % attempt.found
    return _("%(name)s is away until %(day)s.") % {"name": attempt.found, "day": date_format(fresh.away_until, "j F Y")}


def _absent_myself(attempt: Attempt, fresh: BoardMember) -> str:
    if fresh.away_until is None:
        return _("You are not away: editors may ask you.")
    return _("You will not be asked to review until %s.") % date_format(fresh.away_until, "j F Y")


def _own_work(attempt: Attempt) -> Facts:
    member = attempt.found.board_member
    return {"member": member, "open_work": list(departures.open_assignments(member))}


def _invite(nobody: None, *, by: Person, **typed: Any) -> invitations.Invitation:
    return invitations.invite(by=by, **typed)


def _invited(attempt: Attempt, invitation: invitations.Invitation) -> Messages:
    member = invitation.member
    if not invitation.needs_link:
        return [(messages.SUCCESS, _("%s is invited and signs in with their existing password.") % member)]
    named = {"name": member, "address": member.user.email}
    if invitation.is_sent:
        words = _("%(name)s is invited. An email with a link to set a password was sent to %(address)s.")
        return [(messages.SUCCESS, words % named)]
    words = _("%(name)s is invited, but the email to %(address)s could not be sent. Send the link again later.")
    return [(messages.ERROR, words % named)]


def _sent(attempt: Attempt, is_sent: bool) -> Messages:
    address = attempt.found.user.email
    if is_sent:
        return [(messages.SUCCESS, _("The invitation was sent to %s again.") % address)]
    return [(messages.ERROR, _("The email to %s could not be sent. Try again later.") % address)]


INVITE = StepPage(
    "invite",
    INVITATION,
    forms.InviteForm,
    _invite,
    _invited,
    gettext_lazy("Invite"),
    label=gettext_lazy("Invite somebody to review"),
    help=gettext_lazy(
        "The person gets an email with a link, sets a password that nobody else knows, and signs in with it. A "
        "guest is verified by an editor before the first text; a licence is checked on the member’s page."
    ),
    may=lambda user, nobody: permissions.can_invite(user),
    leads_to=lambda attempt: reverse("admin:reviews_boardmember_change", args=[attempt.outcome.member.pk]),
)

MY_ABSENCE = StepPage(
    "my_absence",
    OWN_ABSENCE,
    forms.AbsenceForm,
    lambda user, **typed: members.set_absence(user.board_member, **typed),
    _absent_myself,
    gettext_lazy("Save these days"),
    label=gettext_lazy("My absence"),
    part="admin/reviews/boardmember/_my_absence.html",
    may=lambda user, person: permissions.is_on_board(user),
    facts=_own_work,
    initial=lambda attempt: _away(attempt.found.board_member),
)


# In the order of their buttons on a member's page.
STEPS = (
    StepPage(
        "check_licence",
        MEMBER,
        forms.CheckLicenceForm,
        members.check_licence,
        _checked,
        gettext_lazy("Save this check"),
        label=gettext_lazy("Check the licence"),
        help=gettext_lazy("Check the licence in its register first. The check cannot be changed afterwards."),
        may=permissions.can_check_licence,
        initial=lambda attempt: {"licence": attempt.found.licence},
    ),
    StepPage(
        "verify",
        MEMBER,
        forms.VerifyGuestForm,
        members.verify_guest,
        _verified,
        gettext_lazy("Verify"),
        label=gettext_lazy("Verify this guest"),
        help=gettext_lazy(
            "After that, editors can ask the guest to review single texts. Pages name them as a guest reviewer."
        ),
        may=permissions.can_check_licence,
        fits=lambda member: member.is_guest and member.verified_at is None,
    ),
    StepPage(
        "absence",
        MEMBER,
        forms.AbsenceForm,
        members.set_absence,
        _absent,
        gettext_lazy("Save these days"),
        label=gettext_lazy("Absence"),
        help=gettext_lazy("Clear both days to end an absence. Members enter their own under “My absence”."),
        may=permissions.can_set_absence,
        initial=lambda attempt: _away(attempt.found),
        fits=lambda member: member.is_active,
    ),
    StepPage(
        "send_link",
        MEMBER,
        forms.SendLinkForm,
        invitations.send_link,
        _sent,
        gettext_lazy("Send it again"),
        label=gettext_lazy("Send the invitation again"),
        help=gettext_lazy("An email with a new link to set a password is sent to the member’s address."),
        may=lambda user, member: permissions.can_invite(user),
        fits=lambda member: member.user.is_active and not member.user.has_usable_password(),
    ),
    *departure_steps.STEPS,
)
