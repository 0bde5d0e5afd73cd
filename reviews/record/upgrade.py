"""An existing site goes over to this form of its record: one event lists what was there and how it stood."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from reviews.models import Event
from reviews.record import event_chain, row_states
from reviews.record.chain_heads import HEADS
from reviews.record.row_states import STATES

VERB = "upgrade"


def take_over(*, using: str = "default") -> None:
    """Write that event, once, on a site whose record began in an older form."""
    events = Event.objects.using(using).of_site()
    first = events.first()
    # The first event of a site that began in this form says so (`reviews.policies.first_policy`).
    if first is None or STATES in first.data or events.filter(verb=VERB).exists():
        return
    with transaction.atomic(using=using):
        chain = event_chain.site_chain(using=using)
        data = {HEADS: _heads(using), STATES: _states(using)}
        event_chain.append(chain, VERB, actor=None, data=data, at=timezone.now())


def _heads(using: str) -> dict[str, list[Any]]:
    """Return the last event of each chain: its place and its digest."""
    found = Event.objects.using(using).order_by("chain", "sequence").values_list("chain", "sequence", "digest")
    return {chain: [sequence, digest] for chain, sequence, digest in found.iterator(chunk_size=5000)}


def _states(using: str) -> dict[str, dict[str, str]]:
    """Return the code of each row that has to be recorded, by table and key."""
    listed: dict[str, dict[str, str]] = {}
    for table, pk, code in row_states.states(using=using):
        listed.setdefault(table, {})[str(pk)] = code
    return listed


def listed(table: str) -> dict[int, object]:
    """Return the codes of the rows of a table that were taken over, by key."""
    found: dict[int, object] = {}
    for data in Event.objects.of_site().filter(verb=VERB).values_list("data", flat=True):
        tables = data.get(STATES) if isinstance(data, dict) else None
        codes = tables.get(table) if isinstance(tables, dict) else None
        if isinstance(codes, dict):
            found |= {int(pk): code for pk, code in codes.items() if pk.isascii() and pk.isdigit()}
    return found
