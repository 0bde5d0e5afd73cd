"""A member's entry: what is printed of them, absences and licence checks, each on the site's record."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Specialty
from articles.models.person import Person
from articles.writing import drafting
from reviews import notifications
from reviews.models import BoardMember, Event, LicenceCheck
from reviews.record import credentials, event_chain, row_states
from reviews.rules import permissions
from reviews.workflow.assignments import locked
from reviews.workflow.step import Refused, sentence


def of_member(
    verb: str,
    member: BoardMember,
    *,
    by: Person,
    data: dict[str, Any],
    at: datetime,
    rows: Iterable[models.Model] = (),
    people: Iterable[Any] = (),
) -> Event:
    """Append an event about a member to the site's chain, in the caller's transaction: how they stand, too."""
    named = {"member": member.pk, "person": member.user_id, "name": member.printed_name}
    written = row_states.told([member, *people])
    event = event_chain.append(event_chain.site_chain(), verb, actor=by, data=named | data | written, at=at, rows=rows)
    credentials.bind(member.user, event)
    notifications.of_event(event)
    return event


def of_account(verb: str, person: Any, *, by: Person | None, **data: Any) -> None:
    """Append an event about a person's account: who may do what here, since when, by whose word (Annex 11 §12).

    The accounts know this function by its dotted path alone (`ACCOUNT_RECORD` in the settings).
    """
    with transaction.atomic():
        named = {"person": person.pk, "name": str(person), **row_states.told([person])}
        event = event_chain.append(event_chain.site_chain(), verb, actor=by, data=named | data, at=timezone.now())
        credentials.bind(person, event)


def enter(
    member: BoardMember, specialties: Iterable[Specialty], *, by: Person, reason: str, is_new: bool = True
) -> BoardMember:
    """Put a person on the board, in the caller's transaction. `is_new` says that their account is new, too."""
    drafting.save(member, by=by, reason=reason)
    member.specialties.set(specialties)
    member.user.groups.add(permissions.role_of_members())
    data = {
        "email": member.user.email,
        "is_new": is_new,
        "is_guest": member.is_guest,
        "specialties": sorted(one.name for one in member.specialties.all()),
        "reason": reason,
    }
    of_member("invite", member, by=by, data=data, at=timezone.now(), people=[member.user])
    return member


def entry_facts(member: BoardMember) -> dict[str, Any]:
    """Return what is recorded of an entry when it changes."""
    return {
        "credentials": member.credentials,
        "specialties": sorted(one.name for one in member.specialties.all()),
        "orcid": member.orcid,
        "biography": member.biography,
        "is_guest": member.is_guest,
    }


def save_entry(member: BoardMember, names: list[str], *, by: Person, reason: str) -> BoardMember:
    """Write these fields of a member and no others: what a step changes at the same moment stays as the step left it.

    A member of the board who becomes a guest is verified like any other guest. The caller's transaction holds the row.
    """
    fresh = locked(member)
    for name in names:
        setattr(fresh, name, getattr(member, name))
    if "is_guest" in names and fresh.is_guest:
        fresh.verified_by = fresh.verified_at = None
    drafting.save(fresh, by=by, reason=reason)
    return fresh


def record_entry(member: BoardMember, before: dict[str, Any], *, by: Person, reason: str) -> None:
    """Put on the record what differs from before."""
    fresh = BoardMember.objects.get(pk=member.pk)
    after = entry_facts(fresh)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        data = {
            "from": {name: before[name] for name in changed},
            "to": {name: after[name] for name in changed},
            "reason": reason,
        }
        of_member("change_member", fresh, by=by, data=data, at=timezone.now())


def set_absence(
    member: BoardMember, *, by: Person, away_from: date | None, away_until: date | None, reason: str = ""
) -> BoardMember:
    """Keep from when to when a member is away; no days at all end an absence. Nobody asks them for those days."""
    if not permissions.can_set_absence(by, member):
        raise PermissionDenied(_("You may not enter this absence."))
    with transaction.atomic():
        member, at = locked(member), timezone.now()
        _check_days(away_from, away_until, at.date())
        if (member.away_from, member.away_until) == (away_from, away_until):
            raise Refused(_("These days are already entered."))
        before = _days(member)
        member.away_from, member.away_until = away_from, away_until
        drafting.save(member, by=by, reason=reason.strip() or _("absence"))
        data = {"from": before, "to": _days(member), "reason": reason.strip()}
        of_member("set_absence", member, by=by, data=data, at=at)
    return member


def _check_days(away_from: date | None, away_until: date | None, today: date) -> None:
    if (away_from is None) != (away_until is None):
        raise Refused(_("Give the first day and the last, or neither."))
    if away_from is not None and away_until is not None:
        if away_until < away_from:
            raise Refused(_("The last day is before the first."))
        if away_until < today:
            raise Refused(_("This absence is already over."))


def _days(member: BoardMember) -> list[str]:
    if member.away_from is None or member.away_until is None:
        return []
    return [member.away_from.isoformat(), member.away_until.isoformat()]


def check_licence(
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
        raise PermissionDenied(_("You may not check this licence: nobody may check their own."))
    with transaction.atomic():
        member, at = locked(member), timezone.now()
        row = LicenceCheck(member=member, is_valid=is_valid, valid_until=valid_until, note=note.strip())
        row.licence = sentence(licence, _("Enter the licence: its number, and who issued it."))
        row.register = sentence(register, _("Name the register you consulted."))
        row.checked_by, row.checked_at = by, at
        if is_valid and valid_until is not None and valid_until < at.date():
            raise Refused(_("A licence that ended on %s is not valid. Say so, or correct the date.") % valid_until)
        if not is_valid:
            sentence(note, _("Say what you found: why is the licence not valid?"))
        row.save(force_insert=True)
        member.licence, member.licence_expires = row.licence, _holds_until(row, at.date())
        drafting.save(member, by=by, reason=_("licence check"))
        of_member("check_licence", member, by=by, data=_licence_data(row), at=at, rows=[row])
    return row


def _holds_until(row: LicenceCheck, today: date) -> date | None:
    if row.is_valid:
        return row.valid_until
    yesterday = today - timedelta(days=1)
    return min(row.valid_until or yesterday, yesterday)


def _licence_data(row: LicenceCheck) -> dict[str, Any]:
    until = row.valid_until.isoformat() if row.valid_until else None
    return {"register": row.register, "is_valid": row.is_valid, "valid_until": until, "note": row.note}


def verify_guest(member: BoardMember, *, by: Person, reason: str) -> BoardMember:
    """Say that a guest is who they say and fit to review; before that nobody can ask them for a text."""
    if not permissions.can_check_licence(by, member):
        raise PermissionDenied(_("You may not verify this guest: nobody may verify themselves."))
    with transaction.atomic():
        member, at = locked(member), timezone.now()
        if not member.is_guest:
            raise Refused(_("%s is a member of the board, not a guest.") % member)
        if member.verified_at is not None:
            raise Refused(_("%s is already verified.") % member)
        words = sentence(reason, _("Say how you know who this is, and that they are qualified to judge such texts."))
        member.verified_by, member.verified_at = by, at
        drafting.save(member, by=by, reason=words)
        of_member("verify_guest", member, by=by, data={"reason": words}, at=at)
    return member
