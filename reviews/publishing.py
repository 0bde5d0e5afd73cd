"""What each event does to the Publication: a fold over the article's chain, used to write it and to verify it.

The oracle is the table "What readers see" of DESIGN §4.
"""

import calendar
from collections.abc import Iterable
from datetime import date
from typing import Any

from articles.canonical import parse_time
from articles.models import Publication
from reviews.models import EditorialPolicy, Event

Standing = dict[str, Any]

_TIMES = ("update_at", "submitted_at", "under_review_at", "published_at", "text_changed_at", "reviewed_at")
TIME_FIELDS = (*_TIMES, "evidence_checked_at", "listed_at")


def apply(standing: Standing | None, event: Event) -> Standing | None:
    """Return the publication's fields after an event; None while nothing was ever submitted."""
    step = _STEPS.get(event.verb)
    if standing is None and event.verb != "submit":
        return None
    after = dict(standing or _NOTHING)
    if step is not None:
        step(after, event.data, event.at)
    after["is_indexed"] = after["status"] == Publication.Status.APPROVED
    after["version"] = event.sequence
    return after


def fold(events: Iterable[Event]) -> Standing | None:
    """Return the publication's fields as the whole chain makes them."""
    standing = None
    for event in events:
        standing = apply(standing, event)
    return standing


def read(publication: Publication) -> Standing:
    """Return the fields of a stored publication, in the form `apply` gives."""
    return {name: getattr(publication, name) for name in _NOTHING}


def publish(article_id: int, event: Event, *, stored: Publication | None) -> Publication | None:
    """Write the publication as it stands after this event. Called by the workflow alone, which holds the article."""
    standing = apply(read(stored) if stored else None, event)
    if standing is None:
        return None
    texts = stored.policy_texts if stored and stored.policy_version == standing["policy_version"] else None
    if texts is None:
        texts = policy_texts(standing["policy_version"])
    publication = Publication(article_id=article_id, **standing, policy_texts=texts)
    publication.save(force_insert=stored is None, force_update=stored is not None)
    return publication


def policy_texts(version: int) -> dict[str, str]:
    """Return the legal words of a policy version."""
    return EditorialPolicy.objects.get(version=version).public_texts()


_NOTHING: Standing = {
    "version": 0,
    "revision_id": None,
    "professional_id": None,
    "plain_id": None,
    "title": "",
    "status": Publication.Status.SUBMITTED.value,
    "is_shown": False,
    "is_indexed": False,
    "update": "",
    "next_review_due": None,
    "reviewers": [],
    "topics": [],
    "notices": [],
    "policy_version": 0,
    **dict.fromkeys(TIME_FIELDS),
}


def _was_approved(standing: Standing) -> bool:
    return standing["published_at"] is not None


def _is_live(standing: Standing) -> bool:
    return standing["status"] == Publication.Status.APPROVED


def _show_text(standing: Standing, data: dict[str, Any]) -> None:
    standing.update(
        revision_id=data["revision"],
        professional_id=data["renderings"]["professional"],
        plain_id=data["renderings"]["plain"],
        title=data["title"],
        topics=data["topics"],
        policy_version=data["policy"],
    )


def _submit(standing: Standing, data: dict[str, Any], at: Any) -> None:
    if not _was_approved(standing):
        _show_text(standing, data)
        standing.update(
            status=Publication.Status.SUBMITTED.value,
            is_shown=data["shows_pending"],
            submitted_at=at,
            under_review_at=None,
            text_changed_at=at,
            listed_at=at,
        )
    elif _is_live(standing):
        standing.update(update=Publication.Update.SUBMITTED.value, update_at=at)


def _rereview(standing: Standing, data: dict[str, Any], at: Any) -> None:
    if _is_live(standing):
        standing.update(update=Publication.Update.REREVIEW.value, update_at=at)


def _move(standing: Standing, data: dict[str, Any], at: Any) -> None:
    """Follow the open review between submitted and under review (accept, rule, decline)."""
    state = data.get("state")
    if state is None or standing["update"] == Publication.Update.REREVIEW:
        return
    if not _was_approved(standing):
        is_under_review = state == Publication.Status.UNDER_REVIEW
        standing.update(status=state, under_review_at=at if is_under_review else None)
    elif _is_live(standing):
        standing.update(update=state)


def _approve(standing: Standing, data: dict[str, Any], at: Any) -> None:
    if not data["is_complete"]:
        return
    is_new_text = standing["revision_id"] != data["revision"] or not _was_approved(standing)
    _show_text(standing, data)
    standing.update(
        status=Publication.Status.APPROVED.value,
        is_shown=True,
        update="",
        update_at=None,
        submitted_at=parse_time(data["submitted_at"]),
        under_review_at=parse_time(data["under_review_at"]),
        published_at=standing["published_at"] or at,
        text_changed_at=at if is_new_text else standing["text_changed_at"],
        listed_at=at if is_new_text else standing["listed_at"],
        reviewed_at=at,
        evidence_checked_at=at if data["is_evidence_checked"] else standing["evidence_checked_at"],
        next_review_due=date.fromisoformat(data["next_review_due"]),
        reviewers=data["reviewers"],
    )


def _send_back(standing: Standing, data: dict[str, Any], at: Any) -> None:
    if not _was_approved(standing):
        standing.update(is_shown=False)
    elif _is_live(standing):
        is_same_text = standing["update"] == Publication.Update.REREVIEW
        outcome = Publication.Update.REREVIEW_ENDED if is_same_text else Publication.Update.SENT_BACK
        standing.update(update=outcome.value, update_at=at)


def _recall(standing: Standing, data: dict[str, Any], at: Any) -> None:
    if not _was_approved(standing):
        standing.update(is_shown=False)
    elif _is_live(standing):
        standing.update(update="", update_at=None)


def _retract(standing: Standing, data: dict[str, Any], at: Any) -> None:
    notice = {"kind": "retraction", "at": at.date().isoformat(), "text": data["notice"]}
    standing.update(
        status=Publication.Status.RETRACTED.value, update="", update_at=None, notices=[*standing["notices"], notice]
    )


def _catalogue(standing: Standing, data: dict[str, Any], at: Any) -> None:
    standing.update(topics=data["topics"])


_STEPS = {
    "submit": _submit,
    "rereview": _rereview,
    "accept": _move,
    "rule": _move,
    "decline": _move,
    "approve": _approve,
    "request_changes": _send_back,
    "reject": _send_back,
    "recall": _recall,
    "retract": _retract,
    "catalogue": _catalogue,
}


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
