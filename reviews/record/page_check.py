"""Whether the record of one article verifies, and with it what a page says: asked when a page or a list's row is made.

It reads the article's whole chain and little of the site's: what proves the page, and nothing else. That no event of
another chain is missing or altered is for `verify_audit` to say.
"""

import json
from collections.abc import Iterator
from typing import Any

from articles.models import Publication, Rendering
from articles.text import rendering
from articles.text.canonical import text_digest
from reviews.models import Decision, EditorialPolicy, Event
from reviews.record import approvals, event_chain, membership, publishing, sealing
from reviews.record.approvals import Evidence, Problem, Requirements
from reviews.record.faults import Fault

_PUBLICATION = "articles_publication"
# What a row or an event that was altered by hand can make the code that reads it raise.
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError)


def whole(article_id: int) -> Publication:
    """Return a publication with all that is checked of it, in one query."""
    related = ("article", "revision", "professional", "plain", "successor")
    return Publication.objects.select_related(*related).get(pk=article_id)


def faults(publication: Publication) -> list[Fault]:
    """Return what keeps a publication, loaded `whole`, from being shown: none when every claim on it verifies."""
    events = list(Event.objects.of_article(publication.pk))
    found = [Fault(*problem) for problem in chain_problems(events)]
    # Events that were altered say nothing reliable about the page they made.
    return found or [Fault(*problem) for problem in _page(publication, events)]


def list_proved() -> None:
    """Let lists print each publication that its record proves: after an upgrade none has a MAC yet."""
    for pk in Publication.objects.filter(mac="").values_list("pk", flat=True):
        publication = whole(pk)
        if not faults(publication):
            publishing.list_again(publication)


def withheld_by_record(publication: Publication) -> Publication | None:
    """Return a publication that is suspended, retracted or retired as its sealed events say, without reviewers.

    A fault withholds the text; it must not hide that the text was withheld for a reason that readers have to know.
    None when nothing of the kind is sealed.
    """
    events = list(Event.objects.of_article(publication.pk))
    try:
        unlisted = {event.pk for event, _ in sealing.uncovered(events)}
        sealed = [one for one in events if one.pk not in unlisted and _is_whole(one)]
        standing = publishing.fold(sealed)
    except UNREADABLE:
        return None
    if standing is None or standing["status"] not in Publication.WITHHELD:
        return None
    return publishing.without_reviewers(publication, standing)


def _is_whole(event: Event) -> bool:
    return not any(event_chain.problems(event, sequence=event.sequence, previous=event.previous_digest))


def chain_problems(events: list[Event]) -> Iterator[Problem]:
    """Yield what is wrong with the events of one chain, given whole and in its order."""
    previous = ""
    for sequence, event in enumerate(events, start=1):
        try:
            for field, problem in event_chain.problems(event, sequence=sequence, previous=previous):
                yield "reviews_event", str(event.pk), field, problem
        except UNREADABLE as error:
            yield "reviews_event", str(event.pk), "", f"cannot be read: {error!r}"
        previous = event.digest
    for event, problem in sealing.uncovered(events):
        yield "reviews_event", str(event.pk), "seal", problem


def _page(publication: Publication, events: list[Event]) -> Iterator[Problem]:
    parts = (
        approval_problems(events),
        _standing(publication, events),
        _address(publication, events),
        _texts(publication),
    )
    for part in parts:
        try:
            yield from part
        except UNREADABLE as error:
            yield _PUBLICATION, str(publication.pk), "", f"cannot be made from the events: {error!r}"


def approval_problems(events: list[Event]) -> Iterator[Problem]:
    """Yield each claim of approval in a chain that signatures do not carry."""
    if any(event.verb in ("approve", "void") for event in events):
        yield from approvals.problems(events, evidence(events))


def evidence(events: list[Event]) -> Evidence:
    """Return what stands beside an article's chain and proves its approvals, in a constant number of queries."""
    named = {event.data.get("decision") for event in events if isinstance(event.data, dict)}
    decisions = Decision.objects.in_bulk(pk for pk in named if isinstance(pk, int))
    return Evidence(decisions, membership.of_signers(decisions.values()).was_member, _former)


def _former(event: Event) -> Requirements:
    """Return what the policy asked for when an event carries no requirements: it was before the record was sealed."""
    policy = EditorialPolicy.objects.get(version=event.data["policy"])
    return Requirements(policy.signers_needed(risk=event.data["risk"], reason=event.data["reason"]))


def _standing(publication: Publication, events: list[Event]) -> Iterator[Problem]:
    for field, problem in publishing.differences(publication, publishing.fold(events)):
        yield _PUBLICATION, str(publication.pk), field, problem


def _address(publication: Publication, events: list[Event]) -> Iterator[Problem]:
    """Compare the article's address with the one it was last given on the record."""
    given = [event.data["slug"] for event in events if "slug" in event.data]
    if given and given[-1] != publication.article.slug:
        yield "articles_article", str(publication.pk), "slug", f"is not the address on record, {given[-1]!r}"


def _texts(publication: Publication) -> Iterator[Problem]:
    """Compare the text's bytes with their digest, and each stored body with what the text renders to."""
    revision = publication.revision
    if text_digest(revision.content) != revision.digest:
        yield "articles_revision", str(revision.pk), "digest", "is not the digest of the content"
        return
    document = json.loads(revision.content)
    for one in (publication.professional, publication.plain):
        if problem := rendering_problem(one, document):
            yield "articles_rendering", str(one.pk), *problem


def rendering_problem(one: Rendering, document: dict[str, Any]) -> tuple[str, str] | None:
    """Return the field of a stored body that is not what its text renders to, and what is wrong; None when it is.

    A body of an earlier renderer cannot be made again: that it is as recorded is for the chain to say.
    """
    if one.version > rendering.RENDERING_VERSION:
        return "version", "is of no renderer that there is"
    if one.version == rendering.RENDERING_VERSION and str(rendering.render_body(document, one.audience)) != one.html:
        return "html", "is not what the text renders to"
    return None
