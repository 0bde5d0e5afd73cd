"""Runs of the verification, as the site's chain has them: what the last one found, and from where the next goes on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from reviews.models import Event
from reviews.record import chain_heads, event_chain
from reviews.record.chain_heads import Head
from reviews.record.sealing import HEADS

if TYPE_CHECKING:
    from reviews.record.verification import Verified

VERB = "verify_audit"
# What nobody touches is read again as often as this.
_WHOLE_EVERY = timedelta(days=7)
# The clock runs every day: two days without a run are no delay.
_LATE_AFTER = timedelta(days=2)


@dataclass(frozen=True)
class Earlier:
    """A run that found no fault: the last event that it read, and the head of the site's chain."""

    until: int
    site: Head


def last() -> Event | None:
    """Return the event of the last run."""
    return Event.objects.of_site().filter(verb=VERB).last()


def is_clean(event: Event) -> bool:
    """Say whether a run came to its end and found no fault."""
    return event.data.get("faults") == 0 and not event.data.get("failure")


def to_continue(at: datetime) -> Earlier | None:
    """Return the run from which the next may go on; None when it has to read everything.

    That is so after a run that found a fault, and when everything was not read for a week.
    """
    event = last()
    if event is None or not is_clean(event) or not _is_whole_since(at - _WHOLE_EVERY):
        return None
    until, head = event.data.get("until"), event.data.get("site")
    return Earlier(until, (head[0], head[1])) if type(until) is int and chain_heads.is_head(head) else None


def _is_whole_since(day: datetime) -> bool:
    runs = Event.objects.of_site().filter(verb=VERB, at__gt=day)
    return any(is_clean(run) and run.data.get("is_whole") is True for run in runs)


def is_late(at: datetime) -> bool:
    """Say whether no run was recorded for two days, though the site is older than that."""
    event = last() or Event.objects.of_site().first()
    return event is not None and event.at < at - _LATE_AFTER


def record(verified: "Verified", *, faults: int, failure: str = "") -> Event:
    """Put a run on the site's chain: what it read, what it found, and the chains' heads that were not listed yet."""
    with transaction.atomic():
        chain = event_chain.site_chain()
        known = chain_heads.listed() if verified.heads else {}
        heads = {name: list(head) for name, head in verified.heads.items() if known.get(name) != head}
        data = {
            "events": verified.events,
            "faults": faults,
            "is_whole": verified.is_whole,
            "until": verified.until,
            "site": list(verified.heads.get(event_chain.SITE, (0, ""))),
            HEADS: heads,
        }
        told = data | {"failure": failure} if failure else data
        return event_chain.append(chain, VERB, actor=None, data=told, at=timezone.now())
