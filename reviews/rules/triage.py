"""Nobody triages and signs one review: who decided with whom, how fast or on what terms a text is approved.

What was done before a review opened is written down, as ids of people, in what it asks for; what is done while it is
open is read from the article's events. Who takes a review themself, or agrees to what somebody else asked, triages
nothing.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from articles.models import Article, Topic
from articles.models.person import AnyUser
from reviews.models import EditorialPolicy, Event, Review
from reviews.rules import lowered_terms, quorum

_ABOUT_A_REVIEW = ("assign", "release", "extend", "rule")
_VERBS = (*_ABOUT_A_REVIEW, "waive", "catalogue", "confirm_lowering")


def people(review: Review) -> set[int]:
    """Return who triaged a review, as ids of people; one query."""
    events = Event.objects.of_article(review.article_id).filter(verb__in=_VERBS, at__gte=review.opened_at)
    return set(review.requirements.get("triaged_by", ())) | _of_events(events, {review.pk})


def before_opening(
    article: Article, policy: EditorialPolicy, *, superseded: Review | None, follows: Review | None
) -> set[int]:
    """Return who has triaged a review that opens now: since the text was last approved, or since it was begun.

    An open review that it takes the place of hands on its people; one whose signatures count in it too, who triaged it.
    """
    events = list(Event.objects.of_article(article.pk).filter(verb__in=(*_VERBS, "approve")))
    approved = [number for number, event in enumerate(events) if event.data.get("is_complete")]
    since = events[approved[-1]].at if approved else article.created_at
    later = events[approved[-1] + 1 :] if approved else events
    found = _of_events(later, {superseded.pk} if superseded else set())
    found |= _of_policy(policy) | _of_risk(article, since) | _of_topics(article, since)
    if superseded is not None:
        found |= set(superseded.requirements.get("triaged_by", ()))
    if follows is not None:
        found |= people(follows)
    return found


def _of_events(events: Iterable[Event], reviews: set[int]) -> set[int]:
    return {person for event in events if (person := _triager(event, reviews)) is not None}


def _triager(event: Event, reviews: set[int]) -> int | None:
    data: dict[str, Any] = event.data
    if event.verb in _ABOUT_A_REVIEW:
        is_triage = data["review"] in reviews and data["member"] != event.actor_id
        return event.actor_id if is_triage else None
    if event.verb == "confirm_lowering":
        return int(data["asked_by"])
    if event.verb == "catalogue":
        return event.actor_id if changes_terms(data) else None
    return event.actor_id if event.verb == "waive" else None


def changes_terms(data: dict[str, Any]) -> bool:
    """Say whether an event of the catalogue changed the risk class, or the specialties that the topics ask for."""
    before: dict[str, Any] = data["from"]
    is_other_risk = before["risk"] != data["risk"]
    return bool(is_other_risk or before.get("specialties", ()) != data.get("specialties", ()))


def _of_policy(policy: EditorialPolicy) -> set[int]:
    """Return who put the version in force when it asks for less than the one before."""
    before = EditorialPolicy.objects.filter(version__lt=policy.version).order_by("-version").first()
    is_lower = policy.adopted_by_id is not None and before is not None and bool(lowered_terms.of_policy(before, policy))
    return {policy.adopted_by_id} if is_lower and policy.adopted_by_id else set()


def _of_risk(article: Article, since: datetime) -> set[int]:
    rows = article.history.order_by("history_id").values_list("risk", "history_user_id", "history_date")
    found, before = set(), None
    for risk, person, at in rows:
        if before is not None and risk != before and at > since and person is not None:
            found.add(person)
        before = risk
    return found


def _of_topics(article: Article, since: datetime) -> set[int]:
    """Return who took from a topic of the article a specialty that it had asked for."""
    rows = list(Topic.history.filter(id__in=article.topics.values("pk")).order_by("id", "history_id"))
    named: dict[int, set[int]] = {row.pk: set() for row in rows}
    through = HistoricalRecords.m2m_models[Topic._meta.get_field("specialties")]
    for row, specialty in through.objects.filter(history__in=named).values_list("history", "specialty"):
        named[row].add(specialty)
    return {
        row.history_user_id
        for before, row in pairwise(rows)
        if before.id == row.id and not named[before.pk] <= named[row.pk]
        if row.history_date > since and row.history_user_id is not None
    }


def refusal_after_signing(user: AnyUser, review: Review | None) -> str:
    """Return the sentence that keeps who has signed an open review from triaging it as well, or nothing."""
    if review is None or not review.is_open:
        return ""
    assignment = review.assignment_of(user)
    has_signed = assignment is not None and assignment.state == assignment.State.SIGNED
    if not has_signed and user.pk not in quorum.carried_signers(review):
        return ""
    return _("You have signed this text. Somebody else has to do this: nobody triages and signs one review.")
