"""Appends Events: a hash chain an article and one for the site, written in the transaction of what they record.

Each event is sealed by a key that is not in the database (`articles/signing_keys.py`): who can write there can add
rows, and no event that counts.
"""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from articles import signing_keys
from articles.models.person import Person
from articles.text.canonical import canonical_text, digest, normalised
from reviews.models import Event
from reviews.models.ledger import EventQuerySet
from reviews.record.event_verbs import ON_ARTICLE, ON_SITE, UnknownVerb

SITE = "site"
SEAL = "event"
# Longer values are recorded by digest: the row itself holds the words.
_SHORT = 80
_SALT_BYTES = 16

_acting: ContextVar[str] = ContextVar("acting", default="")


@dataclass
class Chain:
    """The head of a chain, held by the lock its opener took."""

    name: str
    sequence: int
    digest: str
    using: str = "default"
    at: datetime | None = None

    def not_before(self, at: datetime) -> datetime:
        """Return the later of a moment and the last event's: a clock that was set back makes no chain run backwards."""
        return at if self.at is None else max(at, self.at)


def article_chain(article_id: int) -> Chain:
    """Return the head of an article's chain. The caller must hold the article's row."""
    return _head(f"article:{article_id}", Event.objects.all(), "default")


def site_chain(*, using: str = "default") -> Chain:
    """Return the head of the site's chain, locked by its first event until the transaction ends."""
    events = Event.objects.using(using)
    # One who waits here must read the head anew, so the lock is on the first event and not on the last.
    list(events.select_for_update(no_key=True).filter(chain=SITE, sequence=1))
    return _head(SITE, events, using)


def site_head() -> dict[str, Any]:
    """Return where the site's chain stands: who was on the board then is decided by the events that lead there."""
    head = _head(SITE, Event.objects.all(), "default")
    return {"sequence": head.sequence, "digest": head.digest}


def _head(name: str, events: EventQuerySet, using: str) -> Chain:
    last = events.filter(chain=name).order_by("-sequence").values_list("sequence", "digest", "at").first()
    sequence, head, at = last or (0, "", None)
    return Chain(name, sequence, head, using, at)


@contextmanager
def acting_as(kind: str) -> Iterator[None]:
    """Say of the events appended inside how they came to be: `Event.ActorKind`."""
    before = _acting.set(kind)
    try:
        yield
    finally:
        _acting.reset(before)


def append(
    chain: Chain,
    verb: str,
    *,
    actor: Person | None,
    data: dict[str, Any],
    at: datetime,
    rows: Iterable[models.Model] = (),
) -> Event:
    """Write the chain's next event. `rows` are the evidence this step inserted: each field is put on the record.

    Raises `UnknownVerb` for one that is not declared for this chain.
    """
    if not is_known(verb, chain.name):
        raise UnknownVerb(verb)
    recorded = [evidence(row) for row in rows]
    event = Event(
        chain=chain.name,
        sequence=chain.sequence + 1,
        verb=verb,
        actor=actor,
        actor_name=str(actor) if actor else "the system",
        actor_kind=_acting.get() or (Event.ActorKind.PERSON if actor else Event.ActorKind.CLOCK).value,
        data=normalised({**data, "rows": recorded} if recorded else data),
        at=chain.not_before(at),
        previous_digest=chain.digest,
        form=Event.SECOND_FORM,
    )
    seal(event)
    event.save(using=chain.using)
    chain.sequence, chain.digest, chain.at = event.sequence, event.digest, event.at
    return event


def seal(event: Event) -> None:
    """Give an event of the second form its salts, leaves and digest, and the seal of the newest key."""
    event.salts = {name: secrets.token_hex(_SALT_BYTES) for name in _salted(event)}
    event.leaves = leaves(event)
    event.digest = digest(event.leaves)
    event.seal = signing_keys.sign(SEAL, event.digest.encode())


def is_known(verb: str, chain: str) -> bool:
    """Say whether a verb is declared for a chain."""
    return verb in (ON_SITE if chain == SITE else ON_ARTICLE)


_LEAVES = ("chain", "sequence", "verb", "actor_id", "actor_name", "data", "at", "previous_digest")
_PLAIN_LEAVES = ("form", "chain", "sequence", "verb", "actor_id", "actor_kind", "at", "previous_digest")
_DATA = "data."


def leaves(event: Event) -> dict[str, str]:
    """Return the digest of each recorded field; the event's own digest is that of these.

    In the second form a leaf of a name or of a key of `data` covers its salt too: it discloses nothing to who guesses.
    """
    if event.form == Event.FIRST_FORM:
        return {name: digest(getattr(event, name)) for name in _LEAVES}
    plain = {name: digest(getattr(event, name)) for name in _PLAIN_LEAVES}
    salts = event.salts if isinstance(event.salts, dict) else {}
    return plain | {name: digest([salts.get(name), value]) for name, value in _salted(event).items()}


def _salted(event: Event) -> dict[str, Any]:
    data = event.data if isinstance(event.data, dict) else {"": event.data}
    return {"actor_name": event.actor_name, **{f"{_DATA}{key}": value for key, value in data.items()}}


def is_sealed(event: Event) -> bool:
    """Say whether an event is of the second form, sealed by one of the site's keys, and as it was then."""
    return event.form == Event.SECOND_FORM and is_whole(event)


def problems(event: Event, *, sequence: int, previous: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with an event at a place of its chain, as (field, problem): the first thing that is."""
    if event.sequence != sequence:
        yield "sequence", f"an event is missing: {sequence} was expected"
        return
    actual, recorded = leaves(event), event.leaves if isinstance(event.leaves, dict) else {}
    # Leaves that no longer give the digest were altered themselves; the field may be as it was.
    is_of_leaves = digest(event.leaves) == event.digest
    for name in {**actual, **recorded}:
        if recorded.get(name) != actual.get(name):
            yield _field(name) if is_of_leaves else "leaves", "does not match what was recorded"
            return
    if not is_of_leaves:
        yield "digest", "is not the digest of this event"
    elif event.previous_digest != previous:
        yield "previous_digest", "does not name the event before it"
    elif not is_known(event.verb, event.chain):
        yield "verb", f"{event.verb!r} is no verb of this chain"
    elif event.form != Event.FIRST_FORM and not signing_keys.is_signed(SEAL, event.digest.encode(), event.seal):
        yield "seal", "is of none of our keys, or of another event"


def _field(leaf: str) -> str:
    return "data" if leaf.startswith(_DATA) else leaf


def is_whole(event: Event) -> bool:
    """Say whether an event is what was recorded: each field has its leaf, the leaves give the digest, and it is sealed.

    Events of the first form have no seal: whether they count, `sealing.uncovered` says of a whole chain.
    """
    is_of_leaves = event.leaves == leaves(event) and event.digest == digest(event.leaves)
    return is_of_leaves and (
        event.form == Event.FIRST_FORM or signing_keys.is_signed(SEAL, event.digest.encode(), event.seal)
    )


def evidence(row: models.Model) -> dict[str, Any]:
    """Return what an event records of an insert-only row: each field, long ones by digest."""
    return {
        "table": row._meta.db_table,
        "pk": row.pk,
        "fields": {
            field.attname: _recorded(field, row) for field in row._meta.concrete_fields if not field.primary_key
        },
    }


def records(event: Event, row: models.Model) -> bool:
    """Say whether an event recorded this row as it stands; a column added later holds its default in older rows."""
    found = event.data.get("rows", [])
    wanted = evidence(row)
    told = next((one["fields"] for one in found if (one["table"], one["pk"]) == (wanted["table"], row.pk)), None)
    return told is not None and all(
        value == (told[name] if name in told else default(type(row), name)) for name, value in wanted["fields"].items()
    )


def default(model: type[models.Model], attname: str) -> Any:
    """Return what an event would record of a field that holds its default."""
    field = next(one for one in model._meta.concrete_fields if one.attname == attname)
    return _short(None if field.null and not field.has_default() else field.get_default())


def _recorded(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    return _short(getattr(row, field.attname))


def _short(value: Any) -> Any:
    value = normalised(value)
    text = canonical_text(value)
    return value if len(text) <= _SHORT else f"sha256:{digest(value)}"
