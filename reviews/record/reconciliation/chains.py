"""Chains of events, read from their beginning: each event, the page that they make, and the rows that they record."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Count, Q, QuerySet

from articles import signing_keys
from articles.models import Publication
from reviews.models import Event
from reviews.record import event_chain, publishing, sealing
from reviews.record.chain_heads import Head
from reviews.record.faults import BATCH, Fault, guarded, unreadable
from reviews.record.reconciliation.publications import Publications
from reviews.record.reconciliation.recorded_rows import RecordedRows
from reviews.record.reconciliation.signed_notices import SignedNotices

_TABLE = Event._meta.db_table


@dataclass(frozen=True)
class Span:
    """Chains that are read together: those from one name to another, both included, or those of these names.

    `after` is the last event that is taken as verified.
    """

    first: str = ""
    last: str = ""
    names: tuple[str, ...] = ()
    after: Head = (0, "")

    def events(self) -> "QuerySet[Event]":
        is_in = Q(chain__in=self.names) if self.names else Q(chain__gte=self.first, chain__lte=self.last)
        return Event.objects.filter(is_in, sequence__gt=self.after[0]).order_by("chain", "sequence")


@dataclass
class Reading:
    """What reading a span came to: how many events, and the head of each chain that was found whole."""

    rows: RecordedRows = field(default_factory=RecordedRows)
    publications: Publications = field(default_factory=Publications)
    notices: SignedNotices = field(default_factory=SignedNotices)
    heads: dict[str, Head] = field(default_factory=dict)
    events: int = 0

    def compare(self, *, at_least: int = BATCH) -> Iterator[Fault]:
        yield from self.rows.compare(at_least=at_least)
        yield from self.publications.compare(at_least=at_least)
        yield from self.notices.compare(at_least=at_least)


@dataclass
class _Chain:
    name: str
    sequence: int
    digest: str
    is_whole: bool = True
    # To which event, of which digest, those without a seal count; None while that was not asked.
    listed: Head | None = None
    # The key in use, as the site's chain states it.
    key: str = ""
    standing: publishing.Standing | None = None
    fold_error: str = ""


def faults(span: Span, reading: Reading) -> Iterator[Fault]:
    """Yield what is wrong in the chains of a span. Memory does not grow with the number of their events."""
    chain: _Chain | None = None
    for event in _read(span):
        name = event.chain if isinstance(event, Event) else event[0]
        if chain is None or chain.name != name:
            yield from _ended(chain, reading)
            chain = _Chain(name, *span.after)
        reading.events += 1
        if isinstance(event, Event):
            yield from _event(chain, event, reading)
        else:
            chain.is_whole, chain.sequence, chain.digest = False, event[1], ""
            yield event[2]
        yield from reading.compare()
    yield from _ended(chain, reading)
    yield from reading.compare(at_least=0)


_Unreadable = tuple[str, int, Fault]


def _read(span: Span) -> "Iterator[Event | _Unreadable]":
    """Yield the events of a span; of one that cannot be read its chain, its place in it and the fault."""
    query, place = span.events(), Q()
    events = iter(query.iterator(chunk_size=BATCH))
    try:
        for event in events:
            place = Q(chain=event.chain, sequence__gt=event.sequence) | Q(chain__gt=event.chain)
            yield event
    except Exception:
        # One among the next cannot be read: from here on one by one.
        yield from _read_singly(query.filter(place))


def _read_singly(query: "QuerySet[Event]") -> "Iterator[Event | _Unreadable]":
    for pk, chain, sequence in query.values_list("pk", "chain", "sequence").iterator(chunk_size=BATCH):
        try:
            yield Event.objects.get(pk=pk)
        except Exception as error:
            yield chain, sequence, unreadable(_TABLE, pk, error)


def _event(chain: _Chain, event: Event, reading: Reading) -> Iterator[Fault]:
    found = list(guarded(partial(_problems, chain, event), _TABLE, event.pk))
    chain.sequence, chain.digest = event.sequence, event.digest
    if found:
        chain.is_whole = False
        yield from found
        return
    for take in (reading.rows.add, reading.notices.add):
        yield from guarded(take, _TABLE, event.pk, event)
    if chain.is_whole and chain.name != event_chain.SITE and not chain.fold_error:
        _fold(chain, event)


def _problems(chain: _Chain, event: Event) -> Iterator[Fault]:
    where = f"(chain {event.chain}, sequence {event.sequence})"
    if chain.sequence == 0 and not _is_name(chain.name):
        yield Fault(_TABLE, str(event.pk), "chain", f"{event.chain!r} is no chain of this site {where}")
    for name, problem in event_chain.problems(event, sequence=chain.sequence + 1, previous=chain.digest):
        yield Fault(_TABLE, str(event.pk), name, f"{problem} {where}")
    for problem in _seal(chain, event):
        yield Fault(_TABLE, str(event.pk), "seal", f"{problem} {where}")


def _seal(chain: _Chain, event: Event) -> Iterator[str]:
    if event.form == Event.FIRST_FORM:
        if chain.listed is None:
            chain.listed = sealing.listed_head(chain.name)
        yield from sealing.not_listed(event, *chain.listed)
    elif chain.name == event_chain.SITE:
        if event.verb == sealing.KEY_VERB:
            chain.key = event.data["key"]
        if chain.key and signing_keys.signed_by(event.seal) != chain.key:
            yield "is of a key that was replaced before"


def _is_name(chain: str) -> bool:
    return chain == event_chain.SITE or article_of(chain) is not None


def article_of(chain: str) -> int | None:
    """Return the article whose chain has this name; None when it is no article's."""
    key = chain.removeprefix("article:")
    return int(key) if key != chain and key.isascii() and key.isdigit() and str(int(key)) == key else None


def _fold(chain: _Chain, event: Event) -> None:
    try:
        chain.standing = publishing.apply(chain.standing, event)
    except Exception as error:
        # What the events hold is not what their verbs ask for, though each digest is right.
        chain.fold_error = f"cannot be made from the events: {error!r}"


def _ended(chain: _Chain | None, reading: Reading) -> Iterator[Fault]:
    if chain is None:
        return
    reading.rows.end_chain()
    article = article_of(chain.name)
    if chain.fold_error:
        yield Fault(Publication._meta.db_table, str(article), "", chain.fold_error)
    elif chain.is_whole:
        reading.heads[chain.name] = (chain.sequence, chain.digest)
        # Events that were altered say nothing reliable about the page they made.
        if article is not None:
            reading.publications.add(article, chain.standing)


def spans(size: int) -> Iterator[Span]:
    """Yield spans of the articles' chains, each of about so many events."""
    others = Event.objects.exclude(chain=event_chain.SITE)
    numbers = others.order_by("chain").values("chain").annotate(number=Count("pk")).values_list("chain", "number")
    first, last, count = "", "", 0
    for name, number in numbers.iterator(chunk_size=10 * BATCH):
        first, last, count = first or name, name, count + number
        if count >= size:
            yield Span(first, last)
            first, count = "", 0
    if first:
        yield Span(first, last)


def spans_since(since: int) -> Iterator[Span]:
    """Yield spans of the articles' chains on which something was recorded after an event, by its key."""
    moved = Event.objects.exclude(chain=event_chain.SITE).filter(pk__gt=since)
    names = list(moved.order_by("chain").values_list("chain", flat=True).distinct())
    for start in range(0, len(names), _CHAINS_A_SPAN):
        yield Span(names=tuple(names[start : start + _CHAINS_A_SPAN]))


_CHAINS_A_SPAN = 100
