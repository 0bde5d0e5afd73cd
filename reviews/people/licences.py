"""Looking a member's licence up in its register, and verifying a guest: neither by the member themself."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.person import Person
from articles.writing import drafting
from reviews.models import BoardMember, LicenceCheck
from reviews.people import people_record
from reviews.rules import permissions
from reviews.workflow.assignments import locked
from reviews.workflow.step import Refused, sentence


def check(
    member: BoardMember,
    *,
    by: Person,
    licence: str,
    register: str,
    is_valid: bool,
    valid_until: date | None = None,
    note: str = "",
) -> LicenceCheck:
    """Keep that a licence was looked up, where, by whom, and what was found; the member's page follows.

    One found not valid keeps the member from signing from this moment. Raises `PermissionDenied` and `Refused`.
    """
    if not permissions.can_check_licence(by, member):
        raise PermissionDenied(_("You may not check this licence: nobody checks their own."))
    with transaction.atomic():
        member, at = locked(member), timezone.now()
        row = LicenceCheck(member=member, is_valid=is_valid, valid_until=valid_until, note=note.strip())
        row.licence = sentence(licence, _("Write the licence: its number, and who issued it."))
        row.register = sentence(register, _("Name the register you consulted."))
        row.checked_by, row.checked_at = by, at
        if is_valid and valid_until is not None and valid_until < at.date():
            raise Refused(_("A licence that ended on %s is not valid. Say so, or correct the date.") % valid_until)
        if not is_valid:
            sentence(note, _("Say what you found: why is the licence not valid?"))
        row.save(force_insert=True)
        member.licence, member.licence_expires = row.licence, _holds_until(row, at.date())
        drafting.save(member, by=by, reason=_("licence check"))
        people_record.of_member("check_licence", member, by=by, data=_data(row), at=at, rows=[row])
    return row


def _holds_until(row: LicenceCheck, today: date) -> date | None:
    if row.is_valid:
        return row.valid_until
    yesterday = today - timedelta(days=1)
    return min(row.valid_until or yesterday, yesterday)


def _data(row: LicenceCheck) -> dict[str, Any]:
    until = row.valid_until.isoformat() if row.valid_until else None
    return {"register": row.register, "is_valid": row.is_valid, "valid_until": until, "note": row.note}


def verify(member: BoardMember, *, by: Person, reason: str) -> BoardMember:
    """Say that a guest is who they say and fit to review; before that nobody can ask them for a text."""
    if not permissions.can_check_licence(by, member):
        raise PermissionDenied(_("You may not verify this guest: nobody verifies themself."))
    with transaction.atomic():
        member, at = locked(member), timezone.now()
        if not member.is_guest:
            raise Refused(_("%s is a member of the board, not a guest.") % member)
        if member.verified_at is not None:
            raise Refused(_("%s is verified already.") % member)
        words = sentence(reason, _("Say how you know who this is, and that they may judge such texts."))
        member.verified_by, member.verified_at = by, at
        drafting.save(member, by=by, reason=words)
        people_record.of_member("verify_guest", member, by=by, data={"reason": words}, at=at)
    return member
