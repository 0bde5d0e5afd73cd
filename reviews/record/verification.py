"""Whether the record is whole: recomputes chains, evidence, signatures and publications, and names what is wrong.

Designed to meet 21 CFR 11.10(a): able to discern altered records. What it cannot see is a chain whose last events
were cut off together with all they recorded; comparing a chain's head with a copy kept elsewhere shows that.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from articles import insert_only
from articles.models import Publication, Revision, address_triggers
from articles.text.canonical import text_digest
from reviews.models import Decision, Event, Notice, Review, Suspension
from reviews.record import credentials, event_chain, page_check, publishing, sealing, signatures
from reviews.record.page_check import Fault

_BATCH = 500


def faults() -> Iterator[Fault]:
    """Yield every fault, the records first and the guards of their tables last."""
    recorded = _Recorded()
    yield from _chains(recorded)
    yield from recorded.faults()
    yield from _revisions()
    yield from _signatures()
    yield from _accounts()
    for name in (*insert_only.missing(), *address_triggers.missing()):
        yield Fault(name.rsplit(" ", 1)[1], "", "", f"{name} is missing, disabled or altered")


def _chains(recorded: "_Recorded") -> Iterator[Fault]:
    chain: str | None = None
    events: list[Event] = []
    for event in Event.objects.order_by("chain", "sequence").iterator(chunk_size=_BATCH):
        if event.chain != chain:
            yield from _chain(events)
            chain, events = event.chain, []
        events.append(event)
        recorded.add(event)
        if recorded.is_full:
            yield from recorded.compare()
    yield from _chain(events)
    yield from recorded.compare()
    yield from _publications_without_events()


def _chain(events: list[Event]) -> Iterator[Fault]:
    found = [Fault(*problem) for problem in page_check.chain_problems(events)]
    yield from found
    if events and events[0].chain == event_chain.SITE:
        for event in sealing.replaced_keys(events):
            yield Fault("reviews_event", str(event.pk), "seal", "is of a key that was replaced before")
    # Events that were altered say nothing reliable about the page they made.
    if not found and events and events[0].chain.startswith("article:"):
        yield from _publication(int(events[0].chain.removeprefix("article:")), events)


def _publication(article_id: int, events: list[Event]) -> Iterator[Fault]:
    table = "articles_publication"
    try:
        expected = publishing.fold(events)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        # What the events hold is not what their verbs ask for, though each digest is right.
        yield Fault(table, str(article_id), "", f"cannot be made from the events: {error!r}")
        return
    stored = Publication.objects.filter(pk=article_id).first()
    if expected is None or stored is None:
        if (expected is None) != (stored is None):
            yield Fault(
                table, str(article_id), "", "does not exist as the events say" if expected else "no event made it"
            )
        return
    for field, problem in publishing.differences(stored, expected):
        yield Fault(table, str(article_id), field, problem)
    for unproved in page_check.approval_problems(events):
        yield Fault(*unproved)
    for compare, verbs in _COMPARISONS.items():
        yield from compare(article_id, [event for event in events if event.verb in verbs])


def _reviews(article_id: int, events: list[Event]) -> Iterator[Fault]:
    """Compare each review's state and revision with what the events say of it."""
    states: dict[int, str] = {}
    revisions: dict[int, int] = {}
    for event in events:
        # A step may close another review than its own, or open one more.
        for told in (event.data, event.data.get("closed"), event.data.get("second_review")):
            if told and told.get("review") is not None:
                states[told["review"]] = told.get("state") or states.get(told["review"], "")
                revisions.setdefault(told["review"], told.get("revision", 0))
    for review in Review.objects.filter(article=article_id):
        if review.state != states.get(review.pk):
            yield Fault(
                "reviews_review",
                str(review.pk),
                "state",
                f"is {review.state!r}; the events make it {states.get(review.pk)!r}",
            )
        if review.revision_id != revisions.get(review.pk):
            yield Fault("reviews_review", str(review.pk), "revision_id", "is not the revision that was submitted")


def _notices(article_id: int, events: list[Event]) -> Iterator[Fault]:
    """Compare each notice with what the events say of it, and its signature with what was signed."""
    placed = {event.data["notice"]: event for event in events if event.verb == "notice"}
    signed = {event.data["notice"]: event for event in events if event.verb == "sign_notice"}
    withdrawn = {event.data["notice"] for event in events if event.verb == "withdraw_notice"}
    for notice in Notice.objects.filter(article=article_id).select_related("revision"):
        event = placed.pop(notice.pk, None)
        for field, problem in _notice(notice, event, signed.get(notice.pk), is_withdrawn=notice.pk in withdrawn):
            yield Fault("reviews_notice", str(notice.pk), field, problem)
    for pk in placed:
        yield Fault("reviews_notice", str(pk), "", "is gone: an event recorded it")


def _notice(
    notice: Notice, placed: Event | None, signed: Event | None, *, is_withdrawn: bool
) -> Iterator[tuple[str, str]]:
    if placed is None:
        yield "", "no event recorded it"
        return
    if placed.data["text"] != notice.text:
        yield "text", "is not what was recorded when it was placed"
    if placed.data["section"] != notice.section_key:
        yield "section_key", "is not what was recorded when it was placed"
    if (notice.withdrawn_at is not None) != is_withdrawn:
        yield "withdrawn_at", "is not as the events make it"
    if bool(notice.signature) != (signed is not None):
        yield "signature", "is not as the events make it"
    elif signed is not None and not signatures.is_valid_notice(notice, signed.data):
        yield "signature", "is of none of our keys, or of another notice"


def _suspensions(article_id: int, events: list[Event]) -> Iterator[Fault]:
    """Compare each suspension with what the events say: its place, its notice, and whether it is in force."""
    found = [event.data["suspended"] for event in events if "suspended" in event.data]
    told = {one["suspension"]: one for one in found}
    lifted = {event.data["suspension"] for event in events if event.verb == "lift" and event.data["is_lifted"]}
    for suspension in Suspension.objects.filter(article=article_id):
        expected = told.pop(suspension.pk, None)
        actual = {"section": suspension.section_key, "notice": suspension.notice, "reason": suspension.reason}
        if expected is None:
            yield Fault("reviews_suspension", str(suspension.pk), "", "no event recorded it")
            continue
        for name, value in actual.items():
            if expected[name] != value:
                yield Fault("reviews_suspension", str(suspension.pk), name, "is not what was recorded")
        if (suspension.lifted_at is not None) != (suspension.pk in lifted):
            yield Fault("reviews_suspension", str(suspension.pk), "lifted_at", "is not as the events make it")
    for pk in told:
        yield Fault("reviews_suspension", str(pk), "", "is gone: an event recorded it")


# What compares the rows that a verb changes, which are no evidence by themselves, with what its events say.
_COMPARISONS: dict[Callable[[int, list[Event]], Iterator[Fault]], frozenset[str]] = {
    _reviews: frozenset(
        (
            *("submit", "correct", "accept", "decline", "release", "rule", "approve", "request_changes"),
            *("reject", "recall", "rereview", "alert", "retract", "retire", "void"),
        )
    ),
    _notices: frozenset({"notice", "sign_notice", "withdraw_notice"}),
    _suspensions: frozenset({"suspend", "lift", "request_changes"}),
}
# Verbs whose rows are evidence, which is compared whole, or are compared with nothing because the event says it all.
NOT_COMPARED = {
    "merge": "saves the draft, which has a history of its own",
    **dict.fromkeys(("assign", "extend"), "whom it asks, until when, stands in the event; later steps change the row"),
    **dict.fromkeys(("rescind", "waive", "concur"), "what it writes is evidence"),
    "warn": "what readers are told stands in the publication, which is compared",
    "withdraw_lift": "who has agreed so far changes nothing that readers see",
    "catalogue": "saves the draft, which has a history of its own",
    "mark": "its words and digest stand in the event; a mark may be taken off",
    "unmark": "a mark may be taken off",
    **dict.fromkeys(("open_thread", "comment", "resolve"), "its words stand in the event"),
    "sign_refused": "writes no row but the event",
    **dict.fromkeys(("request_lowering", "refuse_lowering", "withdraw_lowering"), "what it writes is evidence"),
    "confirm_lowering": "what it writes is evidence; it saves the draft, which has a history of its own",
    "bind_policy": "the dates stand in the publication, which is compared",
}


def _publications_without_events() -> Iterator[Fault]:
    chains = set(Event.objects.filter(sequence=1).values_list("chain", flat=True))
    for article_id in Publication.objects.values_list("pk", flat=True).iterator():
        if f"article:{article_id}" not in chains:
            yield Fault("articles_publication", str(article_id), "", "no event made it")


def _revisions() -> Iterator[Fault]:
    for revision in Revision.objects.only("content", "digest").iterator(chunk_size=_BATCH):
        if text_digest(revision.content) != revision.digest:
            yield Fault("articles_revision", str(revision.pk), "digest", "is not the digest of the content")


def _signatures() -> Iterator[Fault]:
    signed = Decision.objects.filter(verdict=Decision.Verdict.APPROVED).select_related("revision")
    for decision in signed.iterator(chunk_size=_BATCH):
        if not signatures.is_valid(decision):
            yield Fault("reviews_decision", str(decision.pk), "signature", "is of none of our keys, or of another text")
        if decision.revision_digest != decision.revision.digest:
            yield Fault("reviews_decision", str(decision.pk), "revision_digest", "is not the digest of its revision")


def _accounts() -> Iterator[Fault]:
    """Name each fact of an account that the record has not set as it stands."""
    for pk in get_user_model().objects.order_by("pk").values_list("pk", flat=True):
        for fact in credentials.problems(pk):
            yield Fault("accounts_user", str(pk), fact, "is not what an event on the record has set")


class _Recorded:
    """The evidence that events name, compared with the rows in batches."""

    def __init__(self) -> None:
        self._models = {
            model._meta.db_table: model for model in apps.get_models() if getattr(model, "is_evidence", False)
        }
        self._waiting: dict[str, dict[int, dict[str, Any]]] = {}
        self._seen: dict[str, set[int]] = {table: set() for table in self._models if table != Event._meta.db_table}
        self._count = 0

    @property
    def is_full(self) -> bool:
        return self._count >= _BATCH

    def add(self, event: Event) -> None:
        for row in event.data.get("rows", []) if isinstance(event.data, dict) else []:
            if isinstance(row, dict) and row.get("table") in self._seen:
                self._waiting.setdefault(row["table"], {})[row["pk"]] = row["fields"]
                self._seen[row["table"]].add(row["pk"])
                self._count += 1

    def compare(self) -> Iterator[Fault]:
        for table, rows in self._waiting.items():
            present = self._models[table]._default_manager.in_bulk(rows)
            for pk, fields in rows.items():
                yield from _row(table, pk, fields, present.get(pk))
        self._waiting, self._count = {}, 0

    def faults(self) -> Iterator[Fault]:
        """Yield the rows that no event recorded."""
        for table, seen in self._seen.items():
            for pk in self._models[table]._default_manager.order_by("pk").values_list("pk", flat=True).iterator():
                if pk not in seen:
                    yield Fault(table, str(pk), "", "no event recorded it")


def _row(table: str, pk: int, fields: dict[str, Any], present: models.Model | None) -> Iterator[Fault]:
    if present is None:
        yield Fault(table, str(pk), "", "is gone: an event recorded it")
        return
    for name, value in event_chain.evidence(present)["fields"].items():
        # A column that was added later holds its default in the rows that are older than it.
        expected = fields[name] if name in fields else event_chain.default(type(present), name)
        if expected != value:
            yield Fault(table, str(pk), name, "is not what was recorded when it was written")
