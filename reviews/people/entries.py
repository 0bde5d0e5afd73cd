"""Changing a member's entry: what is printed after the name, the specialties, and whether they are a guest."""

from typing import Any

from django.utils import timezone

from articles.models.person import Person
from articles.writing import drafting
from reviews.models import BoardMember
from reviews.people import people_record
from reviews.workflow.assignments import locked


def facts(member: BoardMember) -> dict[str, Any]:
    """Return what is recorded of an entry when it changes."""
    return {
        "credentials": member.credentials,
        "specialties": sorted(one.name for one in member.specialties.all()),
        "orcid": member.orcid,
        "biography": member.biography,
        "is_guest": member.is_guest,
    }


def save(member: BoardMember, names: list[str], *, by: Person, reason: str) -> BoardMember:
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


def record(member: BoardMember, before: dict[str, Any], *, by: Person, reason: str) -> None:
    """Put on the record what differs from before."""
    after = facts(BoardMember.objects.get(pk=member.pk))
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        data = {
            "from": {name: before[name] for name in changed},
            "to": {name: after[name] for name in changed},
            "reason": reason,
        }
        people_record.of_member("change_member", member, by=by, data=data, at=timezone.now())
