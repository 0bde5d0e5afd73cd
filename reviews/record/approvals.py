"""Whether signatures carry what an article's events say of approval: a pure function of events and signed decisions.

The page, the lists and `verify_audit` all ask it. An event alone approves nothing: each signer's decision has to be
there, signed, over the very text, given by somebody who was a member at the point of the site's chain that it names;
and together they have to reach what the event that opened the review asks for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.text.canonical import time_text
from reviews.models import Decision, Event, Review
from reviews.record import event_chain, signatures

# A problem: the table and key of the row, the field, and what is wrong.
Problem = tuple[str, str, str, str]
_CARRY_SIGNATURES = (Review.Reason.SECOND_REVIEW.value, Review.Reason.WITHDRAWN.value)
_DECISIONS = "reviews_decision"
# What an open review asks for may be raised by a later policy, and by a higher risk class or another topic.
_RAISES = ("bind_policy", "catalogue")


@dataclass(frozen=True)
class Requirements:
    """What a text has to reach, as fixed when its review opened: signers a section, and specialties by topic."""

    signers: int
    specialties: list[list[str]] = field(default_factory=list)
    admits_missing_specialty: bool = False


@dataclass
class _Round:
    """One review as the events tell it: its text, what it has to reach, and the signatures in force."""

    digest: str
    sections: dict[str, str]
    requirements: Requirements | None
    contributors: list[int]
    carried: "list[_Signed]" = field(default_factory=list)
    signed: "dict[int, _Signed]" = field(default_factory=dict)
    objections: set[int] = field(default_factory=set)

    @property
    def in_force(self) -> "list[_Signed]":
        return [*self.carried, *self.signed.values()]


@dataclass(frozen=True)
class _Signed:
    """A signature that verifies, and the event that put it on the record."""

    decision: Decision
    event: Event


@dataclass(frozen=True)
class Evidence:
    """What is not on the article's chain itself: its signed decisions, and what the site's chain says of people.

    `was_member(person, head)` says whether a person was on the board at a point of the site's chain. `former(event)`
    returns what the policy of before the record was sealed asked for, for events that carry no requirements.
    """

    decisions: Mapping[int, Decision]
    was_member: Callable[[int, dict[str, Any]], bool]
    former: Callable[[Event], Requirements]


def problems(events: Iterable[Event], evidence: Evidence) -> Iterator[Problem]:
    """Yield each claim of approval that signatures do not carry, in the order of the chain."""
    walk = _Walk(evidence)
    for event in events:
        yield from walk.take(event)


class _Walk:
    """The reviews of an article, event by event."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._rounds: dict[int, _Round] = {}
        self._standing: _Round | None = None

    def take(self, event: Event) -> Iterator[Problem]:
        data = event.data
        if event.verb == "approve":
            yield from self._approve(event)
        elif event.verb == "void":
            yield from self._void(event)
        elif event.verb == "rescind":
            self._take_back(event)
        elif event.verb == "request_changes":
            self._round(event).objections.add(event.actor_id or 0)
            self._take_back(event)
        elif event.verb in _RAISES and "requirements" in data and data.get("review") in self._rounds:
            self._rounds[data["review"]].requirements = _requirements(data["requirements"])
        if opened := _opened(event):
            self._open(opened, event)

    def _open(self, opened: dict[str, Any], event: Event) -> None:
        stated = opened.get("requirements")
        carried = opened.get("reason") in _CARRY_SIGNATURES and self._standing is not None
        self._rounds[opened["review"]] = _Round(
            digest=opened["digest"],
            sections=opened["sections"],
            requirements=_requirements(stated) if stated else None,
            contributors=opened.get("contributors", []),
            carried=list(self._standing.in_force) if carried and self._standing else [],
        )

    def _round(self, event: Event) -> _Round:
        return self._rounds[event.data["review"]]

    def _take_back(self, event: Event) -> None:
        taken = self._evidence.decisions.get(event.data.get("decision", 0))
        if taken is None:
            return
        found = self._round(event)
        found.signed.pop(taken.assignment_id, None)
        if event.verb == "rescind":
            found.objections.discard(event.actor_id or 0)

    def _approve(self, event: Event) -> Iterator[Problem]:
        found = self._round(event)
        decision = self._evidence.decisions.get(event.data["decision"])
        if decision is None:
            yield _DECISIONS, str(event.data["decision"]), "", "is gone: an event recorded it"
            return
        wrong = list(self._signature(decision, event, found))
        yield from wrong
        if not wrong:
            found.objections.discard(event.actor_id or 0)
            found.signed[decision.assignment_id] = _Signed(decision, event)
        if event.data["is_complete"]:
            yield from self._complete(event, found)
            self._standing = found

    def _signature(self, decision: Decision, event: Event, found: _Round) -> Iterator[Problem]:
        def problem(field: str, words: str) -> Problem:
            return _DECISIONS, str(decision.pk), field, words

        person = decision.signer.get("id")
        if decision.verdict != Decision.Verdict.APPROVED or not signatures.is_valid(decision):
            yield problem("signature", "is of none of our keys, or of another text")
        elif signatures.is_former(decision.signature) and event.form != Event.FIRST_FORM:
            yield problem("signature", "is made in the way of before the record was sealed")
        elif decision.revision_digest != found.digest or event.data["digest"] != found.digest:
            yield problem("revision_digest", "is not of the text under review")
        elif decision.sections != event.data["covered"] or not _are_of(decision.sections, found.sections):
            yield problem("sections", "are not those of the text, or not those that the event names")
        elif person != event.actor_id or decision.signer != event.data["signer"]:
            yield problem("signer", "is not the person who took the step")
        elif event_chain.evidence(decision) not in _with_defaults(event.data.get("rows", [])):
            yield problem("", "is not the row that the event recorded")
        elif person in found.contributors:
            yield problem("signer", "wrote parts of the text")
        elif decision.site_head and not self._evidence.was_member(person, decision.site_head):
            yield problem("signer", "was not on the board when they signed")

    def _complete(self, event: Event, found: _Round) -> Iterator[Problem]:
        """Check that the signatures in force reach what was asked for, and that the event names exactly them."""

        def problem(words: str) -> Problem:
            return "reviews_event", str(event.pk), "data", f"{words} (chain {event.chain}, sequence {event.sequence})"

        needed = found.requirements or self._evidence.former(event)
        in_force = found.in_force
        if event.data["sections"] != found.sections:
            yield problem("approves other sections than those under review")
        if found.objections:
            yield problem("approves a text to which a member has asked for changes")
        for key, digest in found.sections.items():
            covering = [one.decision.signer for one in in_force if _covers(one.decision, found.digest, key, digest)]
            if len({signer["id"] for signer in covering}) < needed.signers:
                yield problem(f"approves section {key}, which has not the {needed.signers} signatures it needs")
            elif _lacks(needed.specialties, covering) and not (
                needed.admits_missing_specialty and event.data.get("unreviewed_specialties")
            ):
                yield problem(f"approves section {key} without a specialty that it needs")
        if _by_decision(event.data["reviewers"]) != _by_decision(as_reviewer(one.decision) for one in in_force):
            yield problem("names other reviewers than those whose signatures are in force")

    def _void(self, event: Event) -> Iterator[Problem]:
        voided = set(event.data.get("decisions", []))
        for found in self._rounds.values():
            found.carried = [one for one in found.carried if one.decision.pk not in voided]
            found.signed = {key: one for key, one in found.signed.items() if one.decision.pk not in voided}
        if "reviewers" in event.data:
            left = [as_reviewer(one.decision) for one in self._standing.in_force] if self._standing else []
            if any(one not in left for one in event.data["reviewers"]):
                yield "reviews_event", str(event.pk), "data", "names reviewers whose signatures are not in force"


def as_reviewer(decision: Decision) -> dict[str, Any]:
    """Return a signer as the page prints them: what they signed for, and when."""
    headings = [section["heading"] for section in decision.sections]
    return {
        **decision.signer,
        "sections": headings,
        "signed_at": time_text(decision.decided_at),
        "decision": decision.pk,
    }


def _opened(event: Event) -> dict[str, Any] | None:
    """Return what an event says of the review that it opened."""
    if event.verb in ("submit", "correct", "rereview", "alert", "void") and "sections" in event.data:
        return event.data if "revision" in event.data else None
    second = event.data.get("second_review") if event.verb == "approve" else None
    if second is None:
        return None
    # It is of the text that was approved in the same step.
    of_text = {name: event.data[name] for name in ("digest", "sections", "contributors")}
    return {**of_text, **second, "reason": Review.Reason.SECOND_REVIEW.value}


def _by_decision(reviewers: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(reviewers, key=lambda one: int(one["decision"]))


def _requirements(stated: dict[str, Any]) -> Requirements:
    return Requirements(stated["signers"], stated["specialties"], stated["admits_missing_specialty"])


def _are_of(sections: list[dict[str, str]], digests: Mapping[str, str]) -> bool:
    return bool(sections) and all(digests.get(one["key"]) == one["digest"] for one in sections)


def _covers(decision: Decision, text: str, key: str, digest: str) -> bool:
    return decision.revision_digest == text and any(
        one["key"] == key and one["digest"] == digest for one in decision.sections
    )


def _lacks(specialties: list[list[str]], signers: list[dict[str, Any]]) -> bool:
    held = {name for signer in signers for name in signer["specialties"]}
    return any(not held & set(names) for names in specialties)


def _with_defaults(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return recorded decisions with the columns that were added after they were written, which hold their default."""
    found = [row for row in rows if isinstance(row, dict) and row.get("table") == _DECISIONS]
    names = [one.attname for one in Decision._meta.concrete_fields if not one.primary_key]
    return [
        {
            **row,
            "fields": {
                name: row["fields"][name] if name in row["fields"] else event_chain.default(Decision, name)
                for name in names
            },
        }
        for row in found
    ]
