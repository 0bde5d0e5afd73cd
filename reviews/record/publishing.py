"""What each event does to the Publication: a fold over the article's chain, used to write it and to verify it.

What readers then see is written down apart from this code in tests/reviews/record/test_what_readers_see.py.
"""

import calendar
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from articles.models import Article, Publication
from articles.text.canonical import parse_time
from reviews.models import EditorialPolicy, Event, Review
from reviews.record import withholding
from reviews.record.event_verbs import UnknownVerb

Standing = dict[str, Any]

_TIMES = ("update_at", "submitted_at", "under_review_at", "published_at", "text_changed_at", "reviewed_at")
TIME_FIELDS = (*_TIMES, "evidence_checked_at", "listed_at")
_LIVE = (Publication.Status.APPROVED, Publication.Status.SUSPENDED)
# A review of the very text that readers see, and one of a few words of it: neither is "an update".
_OF_THE_SAME_TEXT = (Publication.Update.REREVIEW, Publication.Update.SECOND_REVIEW)


def apply(standing: Standing | None, event: Event) -> Standing | None:
    """Return the publication's fields after an event; None while nothing was ever submitted.

    Raises `UnknownVerb` for one that is not said here to change the page, or to leave it as it is.
    """
    step = _STEPS.get(event.verb)
    if step is None and event.verb not in CHANGES_NO_PAGE:
        raise UnknownVerb(event.verb)
    if standing is None and event.verb != "submit":
        return None
    after = dict(standing or _NOTHING)
    if step is not None:
        step(after, event.data, event.at)
    is_whole = after["status"] == Publication.Status.APPROVED and not after["masks"]
    after["is_indexed"] = is_whole and after["withdrawn_at"] is None
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


def differences(stored: Publication, expected: Standing | None) -> Iterator[tuple[str, str]]:
    """Yield each field of a stored publication that is not as the events make it, and what is wrong with it."""
    if expected is None:
        yield "", "no event made it"
        return
    for name, value in read(stored).items():
        if value != expected[name]:
            yield name, f"is {value!r}; the events make it {expected[name]!r}"
    if stored.policy_texts != policy_texts(expected["policy_version"]):
        yield "policy_texts", "are not those of the policy version"


def publish(article: Article, event: Event, *, stored: Publication | None) -> Publication | None:
    """Write the publication as it stands after this event. Called by the workflow alone, which holds the article."""
    standing = apply(read(stored) if stored else None, event)
    if standing is None:
        return None
    texts = stored.policy_texts if stored and stored.policy_version == standing["policy_version"] else None
    if texts is None:
        texts = policy_texts(standing["policy_version"])
    publication = Publication(article=article, **standing, policy_texts=texts)
    publication.mac = publication.listed_mac()
    publication.save(force_insert=stored is None, force_update=stored is not None)
    return publication


def without_reviewers(publication: Publication, standing: Standing) -> Publication:
    """Return what a notice in the text's place is made of, as the events have it; it is not for storing."""
    facts = {**standing, "reviewers": []}
    return Publication(article=publication.article, **facts, policy_texts=publication.policy_texts)


def list_again(publication: Publication) -> None:
    """Let lists print a publication, whose record was just proved, as it stands."""
    publication.mac = publication.listed_mac()
    publication.save(update_fields=["mac"])


def policy_texts(version: int) -> dict[str, str]:
    """Return the legal words of a policy version."""
    return EditorialPolicy.objects.get(version=version).public_texts()


_NOTHING: Standing = {
    "version": 0,
    "revision_id": None,
    "professional_id": None,
    "plain_id": None,
    "title": "",
    "slug": "",
    "status": Publication.Status.SUBMITTED.value,
    "is_shown": False,
    "is_indexed": False,
    "update": "",
    "next_review_due": None,
    "noindex_from": None,
    "hidden_from": None,
    "dated_by_policy": 0,
    "second_review_due": None,
    "withdrawn_at": None,
    "reviewers": [],
    "voided": [],
    "unreviewed_specialties": [],
    "topics": [],
    "notices": [],
    "masks": [],
    "source_warnings": [],
    "successor_id": None,
    "policy_version": 0,
    **dict.fromkeys(TIME_FIELDS),
}


def _was_approved(standing: Standing) -> bool:
    return standing["published_at"] is not None


def _is_live(standing: Standing) -> bool:
    return standing["status"] in _LIVE


def _show_text(standing: Standing, data: dict[str, Any]) -> None:
    standing.update(
        revision_id=data["revision"],
        professional_id=data["renderings"]["professional"],
        plain_id=data["renderings"]["plain"],
        title=data["title"],
        topics=data["topics"],
        slug=data.get("slug", ""),
        policy_version=data["policy"],
        # The updates of its sources before it was frozen; events from before there was a watch say nothing of it.
        source_warnings=data.get("source_warnings", []),
    )


def _submit(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    if not _was_approved(standing):
        _show_text(standing, data)
        standing.update(
            status=data["state"],
            is_shown=data["shows_pending"],
            submitted_at=at,
            under_review_at=at if data["state"] == Publication.Status.UNDER_REVIEW else None,
            text_changed_at=_text_changed_at(data, at),
            listed_at=at,
        )
    elif _is_live(standing):
        standing.update(update=data["state"], update_at=at)


def _correct(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    standing.update(update=Publication.Update.CORRECTION.value, update_at=at)


def _rereview(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    if _is_live(standing):
        standing.update(update=Publication.Update.REREVIEW.value, update_at=at)


def _alert(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    """Follow an alert that opened a review; one that became a remark on an open review changes no page."""
    if "revision" in data:
        _rereview(standing, data, at)


def _follow(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    """Follow a review whose state this event moved, whichever verb it was."""
    state = data.get("state")
    if state in Review.OPEN:
        _move(standing, state, at)
    elif state == Review.State.RECALLED:
        _recall(standing, data, at)
    elif state in (Review.State.CHANGES_REQUESTED, Review.State.REJECTED):
        _send_back(standing, data, at)


def _move(standing: Standing, state: str, at: datetime) -> None:
    """Follow an open review between submitted and under review."""
    if standing["update"] in (*_OF_THE_SAME_TEXT, Publication.Update.CORRECTION):
        return
    if not _was_approved(standing):
        is_under_review = state == Publication.Status.UNDER_REVIEW
        standing.update(status=state, under_review_at=at if is_under_review else None)
    elif _is_live(standing):
        standing.update(update=state)


def _approve(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    if not data["is_complete"]:
        _follow(standing, data, at)
        return
    is_new_text = standing["revision_id"] != data["revision"] or not _was_approved(standing)
    _show_text(standing, data)
    standing.update(
        # What was suspended stays so until two people lift it: a late signature brings nothing back by itself.
        status=_after_approval(standing).value,
        is_shown=True,
        update="",
        update_at=None,
        withdrawn_at=None,
        successor_id=None,
        submitted_at=parse_time(data["submitted_at"]),
        under_review_at=parse_time(data["under_review_at"]),
        published_at=standing["published_at"] or at,
        text_changed_at=_text_changed_at(data, at) if is_new_text else standing["text_changed_at"],
        listed_at=at if is_new_text else standing["listed_at"],
        reviewed_at=at,
        evidence_checked_at=at if data["is_evidence_checked"] else standing["evidence_checked_at"],
        reviewers=data["reviewers"],
        voided=[],
        unreviewed_specialties=data.get("unreviewed_specialties", []),
        notices=_after_new_text(standing["notices"], data, at),
    )
    _date(standing, data)
    if "second_review" in data:
        standing.update(update=Publication.Update.SECOND_REVIEW.value, update_at=at)


def _text_changed_at(data: dict[str, Any], at: datetime) -> datetime:
    """Return when the words of a text came to be as they are: when its revision was frozen.

    A revision differs from the one before it, and the same text submitted again keeps its revision. So neither a
    review of the same text nor its approval months later changes this date. Events from before it was recorded have
    the date of the step.
    """
    return parse_time(data["text_changed_at"]) if "text_changed_at" in data else at


def _after_approval(standing: Standing) -> Publication.Status:
    is_suspended = withholding.is_suspended(standing)
    return Publication.Status.SUSPENDED if is_suspended else Publication.Status.APPROVED


def _after_new_text(notices: list[dict[str, Any]], data: dict[str, Any], at: datetime) -> list[dict[str, Any]]:
    """Return the notices under an approved text: one on words that changed falls, a correction adds its own."""
    kept = withholding.under_approved_text(notices, data["sections"])
    if "correction" in data:
        kept.append({"kind": "correction", "at": at.date().isoformat(), "text": data["correction"]})
    return kept


def _date(standing: Standing, data: dict[str, Any]) -> None:
    """Take over the dates on which readers' pages change by themselves."""
    for name in ("next_review_due", "noindex_from", "hidden_from"):
        standing[name] = date.fromisoformat(data[name]) if data.get(name) else None
    standing["dated_by_policy"] = data.get("dated_by_policy", 0)
    second = data.get("second_review_due")
    standing["second_review_due"] = parse_time(second) if second else None


def _void(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    """Take a voided signature from the page, and the badge with it when the others do not carry the approval."""
    if "revision" in data:
        _rereview(standing, data, at)
    else:
        _follow(standing, data, at)
    if "reviewers" in data:
        standing["voided"] = [*standing["voided"], *_voided(standing, data, at)]
        standing["reviewers"] = data["reviewers"]
        standing["withdrawn_at"] = standing["withdrawn_at"] if data["still_stands"] else at


def _voided(standing: Standing, data: dict[str, Any], at: datetime) -> list[dict[str, Any]]:
    """Return what readers are told of the signatures on their text that this event voids."""
    printed = {reviewer["decision"] for reviewer in standing["reviewers"]}
    return [
        {"name": one["name"], "at": at.date().isoformat(), "ground": data["public_ground"]}
        for one in data.get("voided", [])
        if one["decision"] in printed
    ]


def _send_back(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    if not _was_approved(standing):
        standing.update(is_shown=False)
    elif _is_live(standing):
        is_same_text = standing["update"] in _OF_THE_SAME_TEXT
        outcome = Publication.Update.REREVIEW_ENDED if is_same_text else Publication.Update.SENT_BACK
        standing.update(update=outcome.value, update_at=at)


def _recall(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    if not _was_approved(standing):
        standing.update(is_shown=False)
    elif _is_live(standing):
        standing.update(update="", update_at=None)


def _request_changes(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    """Send a text back; the member may have found besides that what readers see today is unsafe."""
    _follow(standing, data, at)
    if "suspended" in data:
        withholding.suspend(standing, data, at)


def _catalogue(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    standing.update(topics=data["topics"])
    # Where the address was never recorded with the text, a later one alone would not say which it had.
    if standing["slug"]:
        standing["slug"] = data.get("slug", standing["slug"])


def _warn(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    """Tell readers of all updates of the sources of the text they see: the event holds them, not only the new ones."""
    standing["source_warnings"] = data["source_warnings"]


def _bind_policy(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    """Date a published text anew by a later policy. Its words, and the version its signers signed under, stay."""
    if "dated_by_policy" not in data:
        return
    for name in ("next_review_due", "noindex_from", "hidden_from"):
        standing[name] = date.fromisoformat(data[name]) if data.get(name) else None
    standing["dated_by_policy"] = data["dated_by_policy"]


_STEPS = {
    "submit": _submit,
    "correct": _correct,
    "rereview": _rereview,
    "alert": _alert,
    "warn": _warn,
    "accept": _follow,
    "rule": _follow,
    "decline": _follow,
    "release": _follow,
    "approve": _approve,
    "request_changes": _request_changes,
    "reject": _follow,
    "recall": _follow,
    "void": _void,
    "catalogue": _catalogue,
    "bind_policy": _bind_policy,
    "confirm_lowering": _catalogue,
    **withholding.STEPS,
}
# Verbs after which readers find what they found before.
CHANGES_NO_PAGE = {
    "merge": "changes the draft alone",
    "assign": "who is asked is not public",
    "extend": "when a review is due is not public",
    "rescind": "how members voted before the approval is not public",
    **dict.fromkeys(("waive", "concur"), "read from the waivers themselves"),
    "withdraw_lift": "what is hidden stays hidden",
    **dict.fromkeys(("mark", "unmark"), "what members hold accurate is public with their signature"),
    **dict.fromkeys(("open_thread", "comment", "resolve"), "what members remark is not public"),
    "sign_refused": "nothing was signed",
    "request_lowering": "nothing is lowered before a second person agrees",
    **dict.fromkeys(("refuse_lowering", "withdraw_lowering"), "what the text has to meet stays as it is"),
}


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
