"""Who hears of an event, and in which words: rows of the outbox, written in the event's own transaction."""

from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import BooleanField, ExpressionWrapper

from articles.models import Article
from reviews.models import Event, Review
from reviews.notifications import board_messages, outbox, page_messages, review_messages, site_messages
from reviews.notifications.event_facts import EventFacts
from reviews.notifications.outbox import Notification
from reviews.record.event_verbs import UnknownVerb

__all__ = ["of_event"]

_NOTIFY: dict[str, Callable[[EventFacts], Iterator[Notification]]] = {
    **review_messages.NOTIFY,
    **board_messages.NOTIFY,
    **page_messages.NOTIFY,
    **site_messages.NOTIFY,
}
# Verbs of which no mail is written: the record has them.
NOTIFIES_NOBODY = {
    "seal_record": "done by an upgrade, which its operator has just run",
    "use_key": "done by an operator, who has just set the key",
    "mark": "said of a section, hundreds of times",
    "unmark": "said of a section, hundreds of times",
    "concur": "the signers see it above their statement",
    "bind_policy": "the policy itself is told once",
    "withdraw_lowering": "nothing changes, and nobody has anything left to do",
    "warn": "the update itself is told once, with its counts",
    "register_article": "the step that begins the record is told",
    "record_update": "what follows from it is told, text by text",
    "sort_campaign": "what follows from it is told, text by text",
    "close_campaign": "every text of it was told of",
    "change_member": "a fact of the entry, which the member sees there",
    "add_person": "the accounts send the link for a password themselves",
    "set_roles": "the person sees at once what they may do",
    "set_email": "the accounts write to the old address themselves",
    "set_name": "the person sees it on every page",
    "open_account": "the person hears of it from who opened it",
    "close_account": "nobody who was deactivated is written to",
    "make_superuser": "done by the command line, before there is anybody to tell",
    "send_password_link": "the link itself is the mail",
    "ask_password_link": "the link itself is the mail",
    "set_password": "done by the person themselves",
}


def of_event(event: Event, *, article: Article | None = None, review: Review | None = None) -> None:
    """Write whom an event is told to. Must run in the event's transaction; costs a step two statements, or none.

    Each person is told once, in the first words meant for them: never who acted, and nobody who was deactivated.
    Raises `UnknownVerb` for one that is neither told nor said to be told to nobody.
    """
    if event.verb in NOTIFIES_NOBODY:
        return
    if event.verb not in _NOTIFY:
        raise UnknownVerb(event.verb)
    notifications = list(_NOTIFY[event.verb](EventFacts(event, article, review)))
    if not notifications:
        return
    rows, notified = [], set()
    for person in _recipients(notifications):
        for number, notification in enumerate(notifications):
            is_meant = getattr(person, f"is_recipient_{number}") and (
                notification.notifies_actor or person.pk != event.actor_id
            )
            if is_meant and person.pk not in notified:
                notified.add(person.pk)
                once = notification.once or f"event:{event.pk}"
                rows.append(outbox.row(notification, person.pk, kind=event.verb, once=once, at=event.at, event=event))
    outbox.put(rows)


def _recipients(notifications: list[Notification]) -> Any:
    meant = {
        f"is_recipient_{number}": ExpressionWrapper(notification.to, output_field=BooleanField())
        for number, notification in enumerate(notifications)
    }
    people = get_user_model().objects.filter(
        reduce(or_, (notification.to for notification in notifications)), is_active=True
    )
    return people.annotate(**meant).only("pk")
