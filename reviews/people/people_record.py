"""Puts what becomes of members and accounts on the site's record, and tells those who are to hear of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from articles.models.person import Person
from reviews import notifications
from reviews.models import BoardMember, Event
from reviews.record import event_chain


def of_member(
    verb: str,
    member: BoardMember,
    *,
    by: Person,
    data: dict[str, Any],
    at: datetime,
    rows: Iterable[models.Model] = (),
) -> Event:
    """Append an event about a member to the site's chain, in the caller's transaction."""
    named = {"member": member.pk, "person": member.user_id, "name": member.printed_name}
    event = event_chain.append(event_chain.site_chain(), verb, actor=by, data=named | data, at=at, rows=rows)
    notifications.of_event(event)
    return event


def of_account(verb: str, person: Person, *, by: Person | None, **data: Any) -> None:
    """Append an event about a person's account: who may do what here, since when, by whose word (Annex 11 §12).

    The accounts know this function by its dotted path alone (`ACCOUNT_RECORD` in the settings).
    """
    with transaction.atomic():
        named = {"person": person.pk, "name": str(person)}
        event_chain.append(event_chain.site_chain(), verb, actor=by, data=named | data, at=timezone.now())
