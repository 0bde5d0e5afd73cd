"""What a page may say of its review today: the badge, what took its place, the notices, and what is hidden."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.dates import MONTHS
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from articles.models import Publication
from articles.text import rendering


@dataclass(frozen=True)
class Signer:
    """A reviewer as they signed."""

    name: str
    credentials: str
    specialties: list[str]
    orcid: str
    sections: list[str]
    covers_all: bool
    interests: list[str]
    is_guest: bool = False
    disclosure: dict[str, str] = field(default_factory=dict)

    @property
    def printed(self) -> str:
        return ", ".join(filter(None, (self.name, self.credentials)))

    @property
    def fields(self) -> str:
        return ", ".join(self.specialties)

    @property
    def declared(self) -> str:
        return declared(self.interests, self.disclosure)


def declared(interests: list[str], disclosure: dict[str, str]) -> str:
    """Return what a signer declared, as it stood when they signed; nothing where a signature does not say it."""
    if interests:
        words = _("Interests declared: %s.") % "; ".join(interests)
        if disclosure.get("ruling") != "manageable":
            return words
        ruled = _("An editor ruled on %s that they are manageable.") % day_in_words(disclosure["ruled_at"])
        return f"{words} {ruled}"
    if disclosure.get("declared") == "none":
        return _("Interests: none declared.")
    if disclosure.get("ruling") == "clear":
        words = _("Interests: none that has a bearing on this text, as an editor ruled on %s.")
        return words % day_in_words(disclosure["ruled_at"])
    return ""


@dataclass(frozen=True)
class Stage:
    """One of the three stages that every text passes."""

    label: str
    at: datetime | None
    is_current: bool


@dataclass(frozen=True)
class NoticeLine:
    """A line at the top of the page: a notice as readers are told of it, and the section it is about."""

    kind: str
    label: str
    text: str
    heading: str = ""
    anchor: str = ""


def facts(publication: Publication, today: date) -> dict[str, Any]:
    """Return what a page says of the review today; signers stand only beside the badge.

    The badge goes when the review is out of date, and when a signature that the approval needs was withdrawn.
    """
    is_approved = publication.status == Publication.Status.APPROVED
    is_overdue = publication.is_overdue(today)
    is_withdrawn = is_approved and publication.withdrawn_at is not None
    has_badge = is_approved and not is_overdue and not is_withdrawn
    signers = signed_by(publication) if has_badge else []
    return {
        "status_in_words": _status_in_words(publication, is_overdue=is_overdue, is_withdrawn=is_withdrawn),
        "is_approved": is_approved,
        "is_overdue": is_overdue,
        "is_withdrawn": is_withdrawn,
        "is_second_due": is_overdue and publication.due_date != publication.next_review_due,
        "overdue_since": publication.due_date if is_overdue else None,
        "is_indexed": publication.is_open_to_search(today),
        "signers": signers,
        "members": _names([one for one in signers if not one.is_guest]),
        "guests": _names([one for one in signers if one.is_guest]),
        "voided": voided(publication) if is_approved else [],
        "unreviewed": get_text_list(publication.unreviewed_specialties, _("or")) if has_badge else "",
        "correction_signers": _names(signed_by(publication)) if publication.second_review_due else None,
        "stages": stages(publication),
        "told": told(publication),
    }


def _status_in_words(publication: Publication, *, is_overdue: bool, is_withdrawn: bool) -> str:
    """Return the state of the text in the words of its page and of its JSON-LD; never more than the badge says."""
    if is_withdrawn:
        return _("Approval withdrawn")
    if is_overdue:
        return _("Review out of date")
    return str(publication.get_status_display())


def _names(signers: list[Signer]) -> dict[str, Any]:
    return {"count": len(signers), "text": get_text_list([signer.printed for signer in signers], _("and"))}


def signed_by(publication: Publication) -> list[Signer]:
    """Return the reviewers as they signed the text that readers see."""
    sections = len(publication.revision.document["sections"])
    return [
        Signer(
            name=reviewer["name"],
            credentials=reviewer["credentials"],
            specialties=reviewer["specialties"],
            orcid=reviewer["orcid"],
            sections=reviewer["sections"],
            covers_all=len(reviewer["sections"]) == sections,
            interests=reviewer["interests"],
            is_guest=reviewer.get("is_guest", False),
            disclosure=reviewer.get("disclosure", {}),
        )
        for reviewer in publication.reviewers
    ]


def voided(publication: Publication) -> list[str]:
    """Return a sentence for each signature on the text that readers see that was found void."""
    words = _("The signature of %(name)s was voided on %(date)s: %(ground)s.")
    return [
        words % {"name": one["name"], "date": day_in_words(one["at"]), "ground": one["ground"].rstrip(".")}
        for one in publication.voided
    ]


def ai_in_words(ai: dict[str, Any]) -> str:
    """Return what the author declared of help by an AI tool, in a frozen text's own words.

    A text frozen before the author had answered says that nothing was declared: that is not the same as "none".
    """
    if ai["used"]:
        return _("The author declared that %s was used.") % ai["tool"]
    if ai.get("declared"):
        return _("The author declared that no AI tool wrote or rewrote any of this text.")
    return _("The author declared nothing about AI tools.")


def stages(publication: Publication) -> list[Stage]:
    """Return the three stages; one that is still to come, or to come again, has no date."""
    is_approved = publication.status == Publication.Status.APPROVED and publication.withdrawn_at is None
    reached = {
        Publication.Status.SUBMITTED: publication.submitted_at,
        Publication.Status.UNDER_REVIEW: publication.under_review_at,
        Publication.Status.APPROVED: publication.reviewed_at if is_approved else None,
    }
    return [
        Stage(str(status.label), at, status == publication.status and at is not None) for status, at in reached.items()
    ]


def told(publication: Publication) -> list[NoticeLine]:
    """Return the notices above the text: first what is hidden, then what is wrong, then what was put right."""
    document = publication.revision.document
    headings = {section["key"]: section["heading"] for section in document["sections"]}
    anchors = rendering.section_ids(document)
    masks = [_told(mask, "mask", headings, anchors) for mask in publication.masks if mask["section"] in headings]
    notices = [_told(one, one["kind"], headings, anchors) for one in publication.notices]
    return masks + sorted(notices, key=lambda one: _ORDER.index(one.kind))


_ORDER = ("suspension", "retirement", "retraction", "notice", "correction")


def _told(entry: dict[str, Any], kind: str, headings: dict[str, str], anchors: dict[str, str]) -> NoticeLine:
    section = entry.get("section", "")
    return NoticeLine(kind, _label(kind, entry), entry["text"], headings.get(section, ""), anchors.get(section, ""))


def _label(kind: str, entry: dict[str, Any]) -> str:
    words = {
        "mask": _("Hidden since %(date)s"),
        "suspension": _("Suspended on %(date)s"),
        "retirement": _("Retired on %(date)s"),
        "retraction": _("Retracted on %(date)s"),
        "correction": _("Corrected on %(date)s"),
        "notice": _("Notice of %(date)s, not reviewed by the board"),
    }[kind]
    if entry.get("signed_by"):
        words = _("Notice of %(date)s, signed by %(name)s on %(signed)s")
    return words % {
        "date": day_in_words(entry["at"]),
        "name": entry.get("signed_by", ""),
        "signed": day_in_words(entry.get("signed_at") or entry["at"]),
    }


def section_lines(publication: Publication) -> dict[str, list[rendering.Line]]:
    """Return what stands at single sections: the notice in place of a hidden text, and notices before a text."""
    lines: dict[str, list[rendering.Line]] = {}
    for mask in publication.masks:
        label = _("This section has been hidden since %s.") % day_in_words(mask["at"])
        lines.setdefault(mask["section"], []).append(rendering.Line(label, mask["text"], hides_text=True))
    for notice in publication.notices:
        if notice["kind"] == "notice":
            label = f"{_label('notice', notice)}:"
            lines.setdefault(notice["section"], []).append(rendering.Line(label, notice["text"]))
    return lines


def day_in_words(iso: str) -> str:
    """Return an ISO date as the pages write days."""
    day = date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month]} {day.year}"
