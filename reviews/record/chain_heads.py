"""How far each chain had come when an event listed it: a chain that is shorter now, or another, was cut or replaced."""

from collections.abc import Iterable, Iterator
from itertools import islice

from reviews.models import Event
from reviews.record import event_chain, sealing
from reviews.record.faults import BATCH, Fault, read
from reviews.record.sealing import HEADS

# Verbs of the site's chain whose events list chains.
REGISTERS = "register_article"
_LIST_HEADS = (sealing.VERB, "verify_audit")
_TABLE = Event._meta.db_table

Head = tuple[int, str]


def listed() -> dict[str, Head]:
    """Return the last head that the site's chain lists of each chain; of one that only began, its place 0."""
    found: dict[str, Head] = {}
    events = Event.objects.of_site().filter(verb__in=(*_LIST_HEADS, REGISTERS))
    for event in read(events, 50):
        # What cannot be read, or is not sealed, is named where the chain is read.
        if not isinstance(event, Event) or not isinstance(data := event.data, dict):
            continue
        if event.verb == REGISTERS:
            found.setdefault(f"article:{data.get('article')}", (0, ""))
        elif isinstance(heads := data.get(HEADS), dict):
            found.update({chain: tuple(head) for chain, head in heads.items() if is_head(head)})
    return found


def is_head(head: object) -> bool:
    """Say whether a value is a head as events list it."""
    return isinstance(head, list) and len(head) == 2 and type(head[0]) is int and isinstance(head[1], str)


def faults(until: int) -> Iterator[Fault]:
    """Yield each chain that is not what an event listed, and each that no event listed and that had begun by then.

    `until` is the key of the last event that counts.
    """
    heads = listed()
    for part in _parts(heads):
        yield from _shortened({chain: heads[chain] for chain in part})
    known = set(heads)
    for chain in (
        Event.objects.filter(sequence=1, pk__lte=until).order_by("chain").values_list("chain", flat=True).iterator()
    ):
        if chain not in known and chain != event_chain.SITE:
            yield Fault(_TABLE, "", "chain", f"the chain {chain} stands on no list of the site's record")


def _parts(names: Iterable[str]) -> Iterator[list[str]]:
    left = iter(names)
    while part := list(islice(left, BATCH)):
        yield part


def _shortened(heads: dict[str, Head]) -> Iterator[Fault]:
    places = {max(place, 1) for place, _digest in heads.values()}
    events = Event.objects.filter(chain__in=heads, sequence__in=places)
    digests = {(chain, place): digest for chain, place, digest in events.values_list("chain", "sequence", "digest")}
    for chain, (place, digest) in heads.items():
        found = digests.get((chain, max(place, 1)))
        if found is None:
            where = f"an event of the site's record lists it up to event {place}" if place else "it was registered"
            yield Fault(_TABLE, "", "chain", f"the chain {chain} is gone, or was cut: {where}")
        elif place and found != digest:
            yield Fault(_TABLE, "", "digest", f"event {place} of the chain {chain} is not the one that was listed")
