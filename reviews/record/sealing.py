"""The event by which a record that was written without seals is taken over: what it lists counts, nothing else does.

It is written once, by the first migrate of a version that seals, while no event has a seal yet.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils import timezone

from articles import signing_keys
from articles.text.canonical import digest
from reviews.models import BoardMember, EditorialPolicy, Event
from reviews.record import credentials, event_chain

VERB, KEY_VERB = "seal_record", "use_key"


def seal(*, using: str = "default") -> Event | None:
    """List every chain's head, the members, roles and policies in one sealed event; None when there is no need."""
    with transaction.atomic(using=using):
        events = Event.objects.using(using)
        chain = event_chain.site_chain(using=using)
        if not events.exists() or events.filter(form=Event.SECOND_FORM).exists():
            return None
        event = event_chain.append(chain, VERB, actor=None, data=_listed(using), at=timezone.now())
        for person in get_user_model().objects.using(using).order_by("pk"):
            credentials.bind(person, event)
        return event


def state_key(*, using: str = "default") -> Event | None:
    """Put the key in use on the site's record when it is another than the one stated last: a rotation, or the first."""
    key, public = next(iter(signing_keys.public_keys().items()))
    with transaction.atomic(using=using):
        chain = event_chain.site_chain(using=using)
        last = Event.objects.using(using).of_site().filter(verb=KEY_VERB).last()
        if last is not None and last.data["key"] == key:
            return None
        data = {"key": key, "public": public, "before": last.data["key"] if last else ""}
        return event_chain.append(chain, KEY_VERB, actor=None, data=data, at=timezone.now())


def replaced_keys(events: Iterable[Event]) -> Iterator[Event]:
    """Yield each event of the site's chain that is sealed by another key than the one stated before it."""
    key = ""
    for event in events:
        if event.verb == KEY_VERB:
            key = event.data["key"]
        if key and event.seal and signing_keys.signed_by(event.seal) != key:
            yield event


def _listed(using: str) -> dict[str, Any]:
    members = BoardMember.objects.using(using).filter(is_active=True)
    return {
        "heads": _heads(Event.objects.using(using)),
        "accounts": sorted(get_user_model().objects.using(using).values_list("pk", flat=True)),
        "members": sorted(members.values_list("user_id", flat=True)),
        "roles": {
            group.name: sorted(group.user_set.values_list("pk", flat=True))
            for group in Group.objects.using(using).order_by("name")
        },
        "policies": {
            str(policy.version): digest(event_chain.evidence(policy)["fields"])
            for policy in EditorialPolicy.objects.using(using).order_by("version")
        },
    }


def _heads(events: "models.QuerySet[Event]") -> dict[str, list[Any]]:
    last = events.filter(chain=models.OuterRef("chain")).order_by("-sequence")
    heads = events.filter(pk=models.Subquery(last.values("pk")[:1])).order_by("chain")
    return {chain: [sequence, head] for chain, sequence, head in heads.values_list("chain", "sequence", "digest")}


def listed_head(chain: str) -> tuple[int, str]:
    """Return the sequence and digest to which a chain's events count without a seal; (0, "") when none does."""
    event = Event.objects.of_site().filter(verb=VERB).first()
    if event is None or not event_chain.is_sealed(event):
        return 0, ""
    sequence, head = event.data["heads"].get(chain, (0, ""))
    return sequence, head


def uncovered(events: Iterable[Event]) -> Iterator[tuple[Event, str]]:
    """Yield each event of one chain that has no seal and is not listed by the event that sealed the record."""
    unsealed = [event for event in events if event.form == Event.FIRST_FORM]
    if not unsealed:
        return
    sequence, head = listed_head(unsealed[0].chain)
    for event in unsealed:
        if event.sequence > sequence:
            yield event, "is missing, and no sealed event lists this one"
        elif event.sequence == sequence and event.digest != head:
            yield event, "is missing, and the event that sealed the record lists another one here"
