"""Whether the record is whole: recomputes all that follows from something else, and names what is wrong.

Designed to meet 21 CFR 11.10(a): able to discern altered records. What it cannot see is a past that was cut off
together with all that lists it; comparing a chain's head with a copy kept elsewhere shows that.

Memory stays flat: chains are read in spans of neighbours, tables by their keys, and a key takes a bit. Spans and parts
of tables are checked by as many processes as are asked for.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from django.db.models import Max

from articles import insert_only
from articles.models import address_triggers
from reviews.models import Event
from reviews.record import chain_heads, event_chain
from reviews.record.chain_heads import Head
from reviews.record.faults import Fault, guarded
from reviews.record.reconciliation import chains, publications, recorded_rows, roles
from reviews.record.reconciliation.chains import Span
from reviews.record.reconciliation.key_set import KeySets
from reviews.record.verification_runs import Earlier
from reviews.record.verification_work import Work, results, tables

__all__ = ["Fault", "Verified", "faults", "verify"]
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


def faults(*, processes: int = 1) -> Generator[Fault]:
    """Yield every fault of the whole record, the guards of its tables last."""
    return verify(Verified(), processes=processes)


def verify(verified: Verified, *, since: Earlier | None = None, processes: int = 1) -> Generator[Fault]:
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
    for name in address_triggers.missing():
        yield Fault(name.rsplit(" ", 1)[1], "", "", f"{name} is missing, disabled or altered")
