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
from reviews.record import credentials, event_chain, row_states
from reviews.record.row_states import STATES

VERB, KEY_VERB = "seal_record", "use_key"
# The key under which an event lists chains: the place and the digest of the last event of each, by its name.
HEADS = "heads"


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


def _listed(using: str) -> dict[str, Any]:
    members = BoardMember.objects.using(using).filter(is_active=True)
    return {
        HEADS: _heads(Event.objects.using(using)),
        STATES: _states(using),
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


def _states(using: str) -> dict[str, dict[str, str]]:
    """Return the code of each row that has to be recorded, by table and key."""
    listed: dict[str, dict[str, str]] = {}
    for table, pk, code in row_states.states(using=using):
        listed.setdefault(table, {})[str(pk)] = code
    return listed


def listed_states(table: str) -> dict[int, object]:
    """Return the codes of the rows of a table that were taken over when the record was sealed, by key."""
    data = _taken_over()
    tables = data.get(STATES)
    codes = tables.get(table) if isinstance(tables, dict) else None
    if not isinstance(codes, dict):
        return {}
    return {int(pk): code for pk, code in codes.items() if pk.isascii() and pk.isdigit()}


def _taken_over() -> dict[str, Any]:
    """Return what the event that sealed the record lists; nothing when there is none, or it is not sealed itself."""
    event = Event.objects.of_site().filter(verb=VERB).first()
    is_whole = event is not None and isinstance(event.data, dict) and event_chain.is_sealed(event)
    return dict(event.data) if event is not None and is_whole else {}


def listed_heads() -> dict[str, Any]:
    """Return the sequence and digest to which each chain's events count without a seal."""
    heads = _taken_over().get(HEADS)
    return heads if isinstance(heads, dict) else {}


def listed_head(chain: str) -> tuple[int, str]:
    """Return the sequence and digest to which a chain's events count without a seal; (0, "") when none does."""
    sequence, head = listed_heads().get(chain, (0, ""))
    return sequence, head


def uncovered(events: Iterable[Event]) -> Iterator[tuple[Event, str]]:
    """Yield each event of one chain that has no seal and is not listed by the event that sealed the record."""
    unsealed = [event for event in events if event.form == Event.FIRST_FORM]
    if not unsealed:
        return
    sequence, head = listed_head(unsealed[0].chain)
    for event in unsealed:
        for problem in not_listed(event, sequence, head):
            yield event, problem


def not_listed(event: Event, sequence: int, head: str) -> Iterator[str]:
    """Yield what keeps an event without a seal from counting, when its chain was listed up to this event."""
    if event.sequence > sequence:
        yield "is missing, and no sealed event lists this one"
    elif event.sequence == sequence and event.digest != head:
        yield "is missing, and the event that sealed the record lists another one here"
