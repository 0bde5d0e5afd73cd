"""Whether the record is whole: recomputes chains, rows, signatures, renderings and publications, and names what is wrong.

Designed to meet 21 CFR 11.10(a): able to discern altered records. What it cannot see is a past that was cut off
together with all that lists it; comparing a chain's head with a copy kept elsewhere shows that.

Memory stays flat: chains are read in spans of neighbours, tables by their keys, and a key takes a bit. Spans and parts
of tables are checked by as many processes as are asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles import insert_only
from reviews.models import Event
from reviews.record import chain_heads, event_chain
from reviews.record.chain_heads import HEADS, Head
from reviews.record.faults import Fault, guarded
from reviews.record.reconciliation import chains, publications, recorded_rows, roles
from reviews.record.reconciliation.chains import Span
from reviews.record.reconciliation.key_set import KeySets
from reviews.record.verification_work import Work, results, tables

__all__ = ["Earlier", "Fault", "Verified", "faults", "last_whole", "record", "verify"]

VERB = "verify_audit"
_EVENTS = Event._meta.db_table
# So many events make a piece of work: big enough to be worth a process, small enough to share out.
_EVENTS_A_SPAN = 5_000
# Keys are given out before a transaction ends: events with lower keys may come to be seen after higher ones.
_OVERLAP = 1_000


@dataclass
class Verified:
    """What a run has read: how many events, up to which, and the heads of the chains that it found whole."""

    events: int = 0
    until: int = 0
    heads: dict[str, Head] = field(default_factory=dict)
    is_whole: bool = True


@dataclass(frozen=True)
class Earlier:
    """A run that found no fault: the last event that it read, the head of the site's chain, and when it was."""

    until: int
    site: Head
    at: datetime


def faults(*, processes: int = 1) -> Iterator[Fault]:
    """Yield every fault of the whole record, the guards of its tables last."""
    return verify(Verified(), processes=processes)


def verify(verified: Verified, *, since: Earlier | None = None, processes: int = 1) -> Iterator[Fault]:
    """Yield every fault, and say in `verified` what was read.

    `since` is an earlier run that found no fault: articles of which nothing was recorded after it are left out, the
    site's chain is read on from there, and of the tables only what those chains say is compared.
    """
    verified.until = Event.objects.aggregate(one=Max("pk"))["one"] or 0
    verified.is_whole = since is None
    newest = recorded_rows.newest()
    seen = KeySets()
    for outcome in results(_work(since), processes):
        yield from outcome.faults
        verified.events += outcome.events
        verified.heads |= outcome.heads
        seen.merge(outcome.seen.items())
    yield from guarded(chain_heads.faults, _EVENTS, None, verified.until)
    if verified.is_whole:
        yield from guarded(recorded_rows.of_later_events, _EVENTS, None, seen, verified.until)
        yield from guarded(recorded_rows.taken_over, _EVENTS, None, seen)
        yield from guarded(recorded_rows.unrecorded, _EVENTS, None, seen, newest)
        yield from guarded(publications.without_events, "articles_publication", None)
    yield from guarded(roles.faults, "auth_group", None)
    yield from guarded(_guards, "", None)


def _work(since: Earlier | None) -> Iterator[Work]:
    """Yield what is to be read: the site's chain, the articles' in spans, and parts of the other tables."""
    if since is None:
        yield Work(span=Span(names=(event_chain.SITE,)))
        for span in chains.spans(_EVENTS_A_SPAN):
            yield Work(span=span)
        yield from tables()
    else:
        yield Work(span=Span(names=(event_chain.SITE,), after=since.site))
        for span in chains.spans_since(since.until - _OVERLAP):
            yield Work(span=span)


def _guards() -> Iterator[Fault]:
    for one in insert_only.problems():
        yield Fault(one.table, "", "", one.problem)


def last_whole() -> Earlier | None:
    """Return the last run that found no fault; None when there is none, or what it recorded cannot be read."""
    runs = Event.objects.of_site().filter(verb=VERB, data__faults=0).order_by("-sequence")
    for event in runs.iterator(chunk_size=1):
        until, head = event.data.get("until"), event.data.get("site")
        if type(until) is int and chain_heads.is_head(head):
            return Earlier(until, tuple(head), event.at)
    return None


def record(verified: Verified, count: int) -> Event:
    """Put a run on the site's chain: what it read, what it found, and each chain's head that was not listed yet."""
    with transaction.atomic():
        chain = event_chain.site_chain()
        known = chain_heads.listed()
        heads = {name: list(head) for name, head in verified.heads.items() if known.get(name) != head}
        data = {
            "events": verified.events,
            "faults": count,
            "is_whole": verified.is_whole,
            "until": verified.until,
            "site": list(verified.heads.get(event_chain.SITE, (0, ""))),
            HEADS: heads,
        }
        return event_chain.append(chain, VERB, actor=None, data=data, at=timezone.now())
