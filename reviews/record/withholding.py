"""What hides words from readers, or puts a notice beside them: a part of the fold in `publishing`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from articles.models import Publication
from reviews.models.review import printed_name

Standing = dict[str, Any]


def suspend(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    """Put a notice in place of the text, or of one section of it."""
    suspended, day = data["suspended"], at.date().isoformat()
    if suspended["section"]:
        mask = {"section": suspended["section"], "at": day, "text": suspended["notice"]}
        standing["masks"] = [*standing["masks"], mask]
    else:
        standing["status"] = Publication.Status.SUSPENDED.value
        standing["notices"] = [*standing["notices"], {"kind": "suspension", "at": day, "text": suspended["notice"]}]


def lift(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    """End a suspension when the second person has agreed; readers find what is approved then."""
    if not data["is_lifted"]:
        return
    if data["section"]:
        standing["masks"] = [mask for mask in standing["masks"] if mask["section"] != data["section"]]
    else:
        standing["status"] = Publication.Status.APPROVED.value
        standing["notices"] = [one for one in standing["notices"] if one["kind"] != "suspension"]


def is_suspended(standing: Standing) -> bool:
    """Say whether a suspension of the whole page is in force, also while a retraction hides that it is."""
    return any(one["kind"] == "suspension" for one in standing["notices"])


def retract(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    notice = {"kind": "retraction", "at": at.date().isoformat(), "text": data["notice"]}
    standing.update(
        status=Publication.Status.RETRACTED.value, update="", update_at=None, notices=[*standing["notices"], notice]
    )


def retire(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    successor, day = data["successor"], at.date().isoformat()
    standing.update(
        status=Publication.Status.RETIRED.value,
        update="",
        update_at=None,
        successor_id=successor["article"] if successor else None,
        notices=[*standing["notices"], {"kind": "retirement", "at": day, "text": data["notice"]}],
    )


def place_notice(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    notice = {
        "kind": "notice",
        "id": data["notice"],
        "at": at.date().isoformat(),
        "section": data["section"],
        "digest": data["digest"],
        "text": data["text"],
        "signed_by": "",
    }
    standing["notices"] = [*standing["notices"], notice]


def sign_notice(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    signer = data["signer"]
    signed = {
        "signed_by": printed_name(signer),
        "signed_at": at.date().isoformat(),
    }
    standing["notices"] = [{**one, **signed} if one.get("id") == data["notice"] else one for one in standing["notices"]]


def withdraw_notice(standing: Standing, data: dict[str, Any], at: datetime) -> None:
    standing["notices"] = [one for one in standing["notices"] if one.get("id") != data["notice"]]


STEPS: dict[str, Callable[[Standing, dict[str, Any], Any], None]] = {
    "suspend": suspend,
    "lift": lift,
    "notice": place_notice,
    "sign_notice": sign_notice,
    "withdraw_notice": withdraw_notice,
    "retract": retract,
    "retire": retire,
}
# Verbs on a published page that neither hide words nor put a notice beside them.
HIDES_NOTHING = {
    "correct": "readers see the published words until the correction is approved",
    "rereview": "the page says that it is reviewed again; its words stay",
    "alert": "opens a review; what readers are told of the source is the verb `warn`",
    "warn": "stands with the source, not with a section",
    "withdraw_lift": "what is hidden stays hidden",
}


def under_approved_text(notices: list[dict[str, Any]], sections: dict[str, str]) -> list[dict[str, Any]]:
    """Return the notices that stand under a text approved now: one on changed words falls, and so does a retirement."""
    return [
        one
        for one in notices
        if one["kind"] != "retirement" and (one["kind"] != "notice" or sections.get(one["section"]) == one["digest"])
    ]
