"""The history of an article as anybody may read it: computed from its events and its signed decisions, never from rows.

What an event or a signature that does not verify says is not repeated: that it does not match the record is.
"""

from datetime import datetime
from typing import Any

from reviews.models import Decision, Event, Review, Voiding
from reviews.record import event_chain, sealing, signatures
from reviews.record.history_entries import History, Mismatch, Round, Signature, Voided

# Verbs that open a review, close it, void what was signed in it, or waive what the checks found.
VERBS = (
    *("submit", "correct", "rereview", "alert", "accept", "decline", "release", "rule", "approve", "void"),
    *("request_changes", "reject", "recall", "retract", "retire", "bind_policy", "catalogue", "waive", "concur"),
)


def of_article(article_id: int, *, revision_id: int | None = None) -> History:
    """Return the history of an article in two queries; `revision_id` is the text that readers see."""
    events = list(Event.objects.of_article(article_id).filter(verb__in=VERBS))
    uncovered = {event.pk for event, _problem in sealing.uncovered(events)}
    history = History()
    for event in events:
        if event.pk in uncovered or not event_chain.is_whole(event):
            history.mismatches.append(Mismatch(event.sequence))
        else:
            _add(history, event)
    decisions = Decision.objects.in_bulk({pk for one in history.rounds.values() for pk in (*one.signed, *one.rests_on)})
    for one in history.rounds.values():
        one.is_public_text = one.revision == revision_id
        if one.outcome == Review.State.APPROVED:
            _verify(one, history, decisions)
    return history


def _add(history: History, event: Event) -> None:
    data = event.data
    history.slug = data.get("slug", history.slug)
    if event.verb in ("waive", "concur"):
        (history.waived if event.verb == "waive" else history.concurred)[data["waiver"]] = event
        return
    _open(history, event)
    for told in (data, data.get("closed") or {}):
        if told.get("review") in history.rounds and told.get("state"):
            _move(history.rounds[told["review"]], told["state"], event.at)
    if event.verb == "bind_policy" and data.get("review") in history.rounds:
        history.rounds[data["review"]].policy = data["policy"]
    if event.verb == "approve" and data["review"] in history.rounds:
        _sign(history, history.rounds[data["review"]], event)
    if event.verb == "void":
        _void(history, event)


def _open(history: History, event: Event) -> None:
    """Begin a round where an event opens a review: it says of which text, and why."""
    data = event.data
    if data.get("review") in history.rounds or "number" not in data:
        return
    history.titles[data["revision"]] = data["title"]
    history.rounds[data["review"]] = _round(event, data)


def _round(event: Event, data: dict[str, Any]) -> Round:
    return Round(
        review=data["review"],
        sequence=event.sequence,
        revision=data["revision"],
        number=data["number"],
        digest=data["digest"],
        reason=data["reason"],
        change_class=data["change_class"],
        summary=data["summary"],
        policy=data["policy"],
        opened_at=event.at,
        outcome=data["state"],
    )


def _move(one: Round, state: str, at: datetime) -> None:
    one.outcome = state
    one.closed_at = None if state in Review.OPEN else at


def _sign(history: History, one: Round, event: Event) -> None:
    data = event.data
    one.signed[data["decision"]] = {"signer": data["signer"], "digest": data["digest"], "covered": data["covered"]}
    if not data["is_complete"]:
        return
    one.rests_on = frozenset(reviewer["decision"] for reviewer in data["reviewers"])
    one.policy = data["policy"]
    second = data.get("second_review")
    if second:
        # Of the second review its approval says which, and until when; the text and the reason are its own.
        told = {**data, **second, "reason": Review.Reason.SECOND_REVIEW.value}
        history.rounds[second["review"]] = _round(event, told)


def _void(history: History, event: Event) -> None:
    """Tell each approval that rested on a signature found void; what it was before the record said so is derived."""
    data = event.data
    decisions = frozenset(data["decisions"])
    carried = {told["review"]: told["still_stands"] for told in data.get("carried", [])}
    latest = max((one for one in history.rounds.values() if one.rests_on), key=_closing, default=None)
    for one in history.rounds.values():
        rested = decisions & one.rests_on
        if not rested:
            continue
        # Events from before it was recorded say it of the text that was public then.
        known = data.get("still_stands", True) if one is latest else True
        one.voided.append(Voided(rested, event.at.date(), _ground(data), carried.get(one.review, known)))


def _closing(one: Round) -> datetime:
    return one.closed_at or one.opened_at


def _ground(data: dict[str, Any]) -> str:
    return data.get("public_ground") or str(Voiding.Ground(data["ground"]).label)


def _verify(one: Round, history: History, decisions: dict[int, Decision]) -> None:
    """Keep the signatures in force when it was approved that verify, and say whether all that it rests on do."""
    signed: dict[int, dict[str, Any]] = {}
    for other in history.rounds.values():
        signed |= other.signed
    verified = {
        pk: decisions[pk]
        for pk in one.rests_on
        if pk in decisions and pk in signed and _is_as_signed(decisions[pk], signed[pk], one)
    }
    one.is_verified = bool(one.rests_on) and len(verified) == len(one.rests_on)
    own = [pk for pk in sorted(one.rests_on) if pk in one.signed]
    covered = {part["key"] for pk in own if pk in verified for part in verified[pk].sections}
    one.signatures = sorted(
        (_signature(one, verified.get(pk), covered) for pk in own),
        key=lambda signature: signature.decision.decided_at.isoformat() if signature.decision else "",
    )


def _signature(one: Round, decision: Decision | None, covered: set[str]) -> Signature:
    if decision is None:
        return Signature()
    voided = next((found for found in one.voided if decision.pk in found.decisions), None)
    covers_all = {part["key"] for part in decision.sections} == covered
    return Signature(decision, covers_all=covers_all, voided=voided)


def _is_as_signed(decision: Decision, told: dict[str, Any], one: Round) -> bool:
    """Say whether a decision's signature verifies, over this text, by the person whom its event names."""
    return (
        decision.verdict == Decision.Verdict.APPROVED
        and decision.revision_digest == one.digest == told["digest"]
        and decision.signer == told["signer"]
        and decision.sections == told["covered"]
        and signatures.is_valid(decision)
    )
