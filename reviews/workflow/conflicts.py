"""What stands in the way of a step whose page did not show it: by verb, one table (docs/decisions/0004).

A signature conflicts with what changes what is signed, or what the text has to meet before it is approved. What
colleagues say, mark or try in vain stands in nobody's way; who joins, leaves or answers stands in the way of steps on
people alone.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from reviews.models import Event
from reviews.record.event_verbs import UnknownVerb
from reviews.rules import triage

Data = dict[str, Any]


class Weight(Enum):
    """In whose way an event stands."""

    NOBODY = "nobody's: what it says changes nothing of what another person's step does"
    PEOPLE = "of steps about who reviews the text, of those that end its review, and of the person's own"
    EVERYBODY = "everybody's"


def _remark(data: Data) -> Weight:
    return Weight.EVERYBODY if data.get("kind") == "blocking" else Weight.NOBODY


def _answer(data: Data) -> Weight:
    """A signature that approves the text changes what readers see; another is one person's answer."""
    return Weight.EVERYBODY if data.get("is_complete") else Weight.PEOPLE


def _catalogue(data: Data) -> Weight:
    is_relied_on = triage.changes_terms(data) or "requirements" in data
    return Weight.EVERYBODY if is_relied_on else Weight.NOBODY


WEIGHTS: dict[str, Weight | Callable[[Data], Weight]] = {
    # Said of the text, or tried in vain.
    **dict.fromkeys(("mark", "unmark", "comment", "resolve", "sign_refused"), Weight.NOBODY),
    "open_thread": _remark,
    # The draft, and what is asked for and not yet done.
    **dict.fromkeys(("merge", "request_lowering", "refuse_lowering", "withdraw_lowering"), Weight.NOBODY),
    # Who reviews the text, until when, and what one of them answered.
    **dict.fromkeys(("assign", "accept", "decline", "release", "extend", "rule", "rescind"), Weight.PEOPLE),
    "approve": _answer,
    # What is signed: its text, what it has to meet, the waivers and sources that it rests on.
    **dict.fromkeys(
        ("submit", "correct", "rereview", "alert", "request_changes", "reject", "recall"), Weight.EVERYBODY
    ),
    **dict.fromkeys(("waive", "concur", "bind_policy", "confirm_lowering", "warn", "void"), Weight.EVERYBODY),
    "catalogue": _catalogue,
    # What readers see.
    **dict.fromkeys(("suspend", "lift", "withdraw_lift", "notice", "sign_notice"), Weight.EVERYBODY),
    **dict.fromkeys(("withdraw_notice", "retract", "retire"), Weight.EVERYBODY),
}
# The steps about who reviews a text, and those that end its review for everybody.
ABOUT_PEOPLE = frozenset({"assign", "release", "extend", "rule", "reject", "recall"})
# The steps by which a member joins or leaves: what an editor did about this member meanwhile stands in their way.
ABOUT_ONESELF = frozenset({"accept", "decline"})
_OWN_MARKS = ("mark", "unmark")


def stands_in_the_way(events: Iterable[Event], verb: str, *, by: int | None) -> bool:
    """Say whether any of the events that a page did not show conflicts with a step this person takes from it."""
    return any(_is_minded(event, verb, by) for event in events)


def _is_minded(event: Event, verb: str, by: int | None) -> bool:
    weight = _weight(event)
    if verb == "approve" and event.verb in _OWN_MARKS and event.actor_id == by:
        return True  # the statement that the page showed names other sections than would be signed for
    is_about_them = verb in ABOUT_ONESELF and event.data.get("member") == by
    return weight is Weight.EVERYBODY or (weight is Weight.PEOPLE and (verb in ABOUT_PEOPLE or is_about_them))


def _weight(event: Event) -> Weight:
    weight = WEIGHTS.get(event.verb)
    if weight is None:
        raise UnknownVerb(event.verb)
    return weight(event.data) if callable(weight) else weight
