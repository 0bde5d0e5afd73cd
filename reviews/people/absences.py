"""When a member is away: they say so themselves, or somebody at the desk does for them."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.person import Person
from articles.writing import drafting
from reviews.models import BoardMember
from reviews.people import people_record
from reviews.rules import permissions
from reviews.workflow.assignments import locked
from reviews.workflow.step import Refused


def set_absence(
    member: BoardMember, *, by: Person, away_from: date | None, away_until: date | None, reason: str = ""
) -> BoardMember:
    """Keep from when to when a member is away; no days at all end an absence. Nobody asks them for those days."""
    if not permissions.can_set_absence(by, member):
        raise PermissionDenied(_("You may not enter this absence."))
    with transaction.atomic():
        member, at = locked(member), timezone.now()
        _guard(away_from, away_until, at.date())
        if (member.away_from, member.away_until) == (away_from, away_until):
            raise Refused(_("These are the days that stand there already."))
        before = _days(member)
        member.away_from, member.away_until = away_from, away_until
        drafting.save(member, by=by, reason=reason.strip() or _("absence"))
        data = {"from": before, "to": _days(member), "reason": reason.strip()}
        people_record.of_member("set_absence", member, by=by, data=data, at=at)
    return member


def _guard(away_from: date | None, away_until: date | None, today: date) -> None:
    if (away_from is None) != (away_until is None):
        raise Refused(_("Give the first day and the last, or neither."))
    if away_from is not None and away_until is not None:
        if away_until < away_from:
            raise Refused(_("The last day comes before the first."))
        if away_until < today:
            raise Refused(_("This absence is over already."))


def _days(member: BoardMember) -> list[str]:
    if member.away_from is None or member.away_until is None:
        return []
    return [member.away_from.isoformat(), member.away_until.isoformat()]
