"""What a member's page shows beside the entry: standing, open work, checks, voidings, and what happened."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models.person import AnyUser
from reviews.models import Assignment, BoardMember, EditorialPolicy, Event, LicenceCheck, Voiding
from reviews.people import departures, voidings
from reviews.record import event_sentences
from reviews.record.publishing import months_after
from reviews.rules import permissions
from reviews.web.steps import board_steps

_EVENTS = 30


@dataclass(frozen=True)
class VoidingState:
    """A finding, and how far it is carried out."""

    voiding: Voiding
    done: int
    left: int


@dataclass(frozen=True)
class Page:
    """One member as administrators and editors see them."""

    member: BoardMember
    standing: list[str]
    open_work: list[Assignment]
    checks: list[LicenceCheck]
    voidings: list[VoidingState]
    entries: list[event_sentences.Entry]
    steps: list[tuple[Any, str]]
    may_hand_over: bool


def of(member: BoardMember, user: AnyUser) -> Page:
    """Return what the page shows, in a constant number of queries but for two a voiding."""
    checks = list(member.licence_checks.select_related("checked_by")[:10])
    found = member.voidings.select_related("voided_by", "member__user")
    return Page(
        member,
        _standing(member, checks),
        list(departures.open_assignments(member)),
        checks,
        [VoidingState(row, voidings.done(row), voidings.left(row)) for row in found],
        _entries(member),
        [
            (step.title, reverse(f"admin:reviews_boardmember_{step.verb}", args=[member.pk]))
            for step in board_steps.STEPS
            if step.fits(member) and step.is_open_to(user, member)
        ],
        permissions.can_hand_over(user),
    )


def _standing(member: BoardMember, checks: list[LicenceCheck]) -> list[str]:
    """Return in sentences whether the member can be asked, and what stands in the way."""
    today, said = timezone.localdate(), []
    if not member.is_active:
        said.append(_("Inactive: nobody can ask this member."))
    if member.licence_expires and not member.is_licensed(today):
        said.append(_("The licence has not been valid since %s.") % date_format(member.licence_expires, "j F Y"))
    if member.is_guest and member.verified_at is None:
        said.append(_("Guest not yet verified by an editor: nobody can ask them before that."))
    if member.away_until and member.is_away(today):
        said.append(_("Away until %s.") % date_format(member.away_until, "j F Y"))
    months = EditorialPolicy.objects.current().licence_check_months
    if months and not (checks and checks[0].is_valid and months_after(checks[0].checked_at.date(), months) >= today):
        said.append(_("The policy requires a licence check within the last %s months, and there is none.") % months)
    if not member.user.is_active:
        said.append(_("The account is closed."))
    elif not member.user.has_usable_password():
        said.append(_("Has not set a password yet: the invitation has not been used."))
    return said


def _entries(member: BoardMember) -> list[event_sentences.Entry]:
    about = Q(data__member=member.pk) | Q(data__person=member.user_id)
    return event_sentences.entries(Event.objects.filter(about, chain="site").order_by("-sequence")[:_EVENTS])
