"""Who was on the board at a point of the site's chain, as its sealed events say: no row of a member is believed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from reviews.models import Decision, Event
from reviews.record import event_chain

JOINS, LEAVES = ("invite", "reactivate"), ("deactivate",)


@dataclass(frozen=True)
class Membership:
    """The comings and goings of some people, and the heads of the site's chain that their signatures name."""

    moves: dict[int, list[Event]]
    heads: dict[int, str]

    def was_member(self, person: int, head: dict[str, Any]) -> bool:
        """Say whether a person was on the board when the site's chain stood at a head that it has had."""
        if self.heads.get(head["sequence"]) != head["digest"]:
            return False
        before = [event for event in self.moves.get(person, []) if event.sequence <= head["sequence"]]
        return bool(before) and _is_on_board(before[-1], person)


def _is_on_board(event: Event, person: int) -> bool:
    if event.verb == "seal_record":
        return person in event.data["members"]
    return event.verb in JOINS


def of_signers(decisions: Iterable[Decision]) -> Membership:
    """Return what the site's chain says of those who signed, in two queries; events that are not sealed say nothing."""
    signed = list(decisions)
    people = {one.signer.get("id") for one in signed if isinstance(one.signer, dict)}
    heads = {one.site_head["sequence"] for one in signed if one.site_head}
    site = Event.objects.of_site()
    moves: dict[Any, list[Event]] = {}
    for event in filter(event_chain.is_sealed, site.filter(verb__in=(*JOINS, *LEAVES, "seal_record"))):
        for person in people if event.verb == "seal_record" else people & {event.data.get("person")}:
            moves.setdefault(person, []).append(event)
    sealed = filter(event_chain.is_sealed, site.filter(sequence__in=heads))
    return Membership(moves, {event.sequence: event.digest for event in sealed})
