"""Puts changes of accounts on the site's record, which another app keeps: known here by its dotted path alone."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from cms.accounts.models import User


def put(verb: str, person: User, *, by: User | None, **data: Any) -> None:
    """Record one change, in the transaction of the change (Annex 11 §12). `by` is None for the command line."""
    import_string(settings.ACCOUNT_RECORD)(verb, person, by=by, **data)


def is_bound(person: User) -> bool:
    """Say whether the account is as the record says: a hand in the database opens none."""
    return bool(import_string(settings.CREDENTIALS_CHECK)(person))


def facts(person: User) -> dict[str, Any]:
    """Return what is recorded when it changes: who may do what, under which name and address."""
    return {
        "set_name": person.name,
        "set_email": person.email,
        "is_active": person.is_active,
        "set_roles": sorted(group.name for group in person.groups.all()),
    }


def changes(person: User, before: dict[str, Any], *, by: User | None, reason: str) -> list[str]:
    """Record each fact that differs from before; return the verbs."""
    after = facts(person)
    verbs = []
    for name in (name for name in after if after[name] != before[name]):
        verb = name if name != "is_active" else "open_account" if person.is_active else "close_account"
        put(verb, person, by=by, **{"from": before[name], "to": after[name], "reason": reason})
        verbs.append(verb)
    return verbs
