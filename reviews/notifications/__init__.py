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
from reviews.notifications.event_facts import Happening
from reviews.notifications.outbox import Telling

__all__ = ["of_event"]

# A verb that is not here is told to nobody: the record has it.
_TELL: dict[str, Callable[[Happening], Iterator[Telling]]] = {
    **review_messages.TELL,
    **board_messages.TELL,
    **page_messages.TELL,
    **site_messages.TELL,
}


def of_event(event: Event, *, article: Article | None = None, review: Review | None = None) -> None:
    """Write whom an event is told to. Must run in the event's transaction; costs a step two statements, or none.

    Each person is told once, in the first words meant for them: never who acted, and nobody who was deactivated.
    """
    tell = _TELL.get(event.verb)
    tellings = list(tell(Happening(event, article, review))) if tell else []
    if not tellings:
        return
    rows, told = [], set()
    for person in _hearers(tellings):
        for number, telling in enumerate(tellings):
            is_meant = getattr(person, f"hears_{number}") and (telling.tells_actor or person.pk != event.actor_id)
            if is_meant and person.pk not in told:
                told.add(person.pk)
                once = telling.once or f"event:{event.pk}"
                rows.append(outbox.row(telling, person.pk, kind=event.verb, once=once, at=event.at, event=event))
    outbox.put(rows)


def _hearers(tellings: list[Telling]) -> Any:
    meant = {
        f"hears_{number}": ExpressionWrapper(telling.to, output_field=BooleanField())
        for number, telling in enumerate(tellings)
    }
    people = get_user_model().objects.filter(reduce(or_, (telling.to for telling in tellings)), is_active=True)
    return people.annotate(**meant).only("pk")
