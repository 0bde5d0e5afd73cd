"""Appends Events: a hash chain an article and one for the site, written in the transaction of what they record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from articles.models.person import Person
from articles.text.canonical import canonical_text, digest, normalised
from reviews.models import Event
from reviews.models.ledger import EventQuerySet
from reviews.record.event_verbs import ON_ARTICLE, ON_SITE, UnknownVerb

SITE = "site"
# Longer values are recorded by digest: the row itself holds the words.
_SHORT = 80


@dataclass
class Chain:
    """The head of a chain, held by the lock its opener took."""

    name: str
    sequence: int
    digest: str
    using: str = "default"


def article_chain(article_id: int) -> Chain:
    """Return the head of an article's chain. The caller must hold the article's row."""
    return _head(f"article:{article_id}", Event.objects.all(), "default")


def site_chain(*, using: str = "default") -> Chain:
    """Return the head of the site's chain, locked by its first event until the transaction ends."""
    events = Event.objects.using(using)
    # One who waits here must read the head anew, so the lock is on the first event and not on the last.
    list(events.select_for_update(no_key=True).filter(chain=SITE, sequence=1))
    return _head(SITE, events, using)


def _head(name: str, events: EventQuerySet, using: str) -> Chain:
    last = events.filter(chain=name).order_by("-sequence").values_list("sequence", "digest").first()
    sequence, head = last or (0, "")
    return Chain(name, sequence, head, using)


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
        data=normalised({**data, "rows": recorded} if recorded else data),
        at=at,
        previous_digest=chain.digest,
    )
    event.leaves = leaves(event)
    event.digest = digest(event.leaves)
    event.save(using=chain.using)
    chain.sequence, chain.digest = event.sequence, event.digest
    return event


def is_known(verb: str, chain: str) -> bool:
    """Say whether a verb is declared for a chain."""
    return verb in (ON_SITE if chain == SITE else ON_ARTICLE)


_LEAVES = ("chain", "sequence", "verb", "actor_id", "actor_name", "data", "at", "previous_digest")


def leaves(event: Event) -> dict[str, str]:
    """Return the digest of each recorded field; the event's own digest is that of these."""
    return {name: digest(getattr(event, name)) for name in _LEAVES}


def problems(event: Event, *, sequence: int, previous: str) -> Iterator[tuple[str, str]]:
    """Yield field and problem of what is wrong with an event that should stand at this place of its chain."""
    if event.sequence != sequence:
        yield "sequence", f"an event is missing: {sequence} was expected"
        return
    actual, recorded = leaves(event), event.leaves if isinstance(event.leaves, dict) else {}
    is_sealed = digest(event.leaves) == event.digest
    for name, leaf in actual.items():
        if recorded.get(name) != leaf:
            # Leaves that no longer give the digest were altered themselves; the field may be as it was.
            yield (name if is_sealed else "leaves"), "does not match what was recorded"
            return
    if not is_sealed:
        yield ("digest" if set(recorded) == set(actual) else "leaves"), "is not the digest of this event"
    elif event.previous_digest != previous:
        yield "previous_digest", "does not name the event before it"
    elif not is_known(event.verb, event.chain):
        yield "verb", f"{event.verb!r} is no verb of this chain"


def evidence(row: models.Model) -> dict[str, Any]:
    """Return what an event records of an insert-only row: each field, long ones by digest."""
    return {
        "table": row._meta.db_table,
        "pk": row.pk,
        "fields": {
            field.attname: _recorded(field, row) for field in row._meta.concrete_fields if not field.primary_key
        },
    }


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
