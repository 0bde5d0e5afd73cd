"""What readers see of an article, for those who may hide it, show it again, or put a notice on it."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Article, Publication
from articles.models.person import AnyUser
from articles.permissions import can_view
from articles.reading.standing import day_in_words
from articles.text.rendering.sanitising import safe
from reviews import workflow
from reviews.models import Event, Notice, Suspension
from reviews.record import event_sentences
from reviews.rules import permissions

PAGE_SIZE = 50
_ON_THE_PAGE = (
    *("suspend", "lift", "withdraw_lift", "notice", "sign_notice", "withdraw_notice"),
    *("approve", "rescind", "retract", "retire", "request_changes", "void"),
)
# What a member signed, and took back again.
_OF_A_SIGNATURE = ("approve", "rescind")


@dataclass(frozen=True)
class Step:
    """A step that has a page of its own."""

    label: Any
    url: str
    is_danger: bool = False


@dataclass(frozen=True)
class Hidden:
    """A suspension in force: who agreed to lift it, what is still needed, and what this person can do."""

    suspension: Suspension
    needed: str
    steps: list[Step]


@dataclass(frozen=True)
class Placed:
    """A notice that readers see."""

    notice: Notice
    steps: list[Step]
    # As the record has it: by whom in the name they had then, and on which day.
    signed: str = ""


@dataclass
class Part:
    """A section of the published text, or all of it (without a key)."""

    key: str
    heading: str
    hidden: Hidden | None = None
    notices: list[Placed] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


@dataclass
class PublishedText:
    """The page of a published text at the desk."""

    publication: Publication
    standing: str
    whole: Part
    parts: list[Part]
    body: SafeString
    event_list: list[event_sentences.Entry]
    address: str
    article_url: str


def may_view(user: AnyUser) -> bool:
    return permissions.can_suspend(user, None) or user.has_perm("articles.view_publication")


def texts(*, wanted: str = "") -> QuerySet[Publication]:
    """Return the texts that were approved, those whose title holds certain words; the newest first."""
    found = Publication.objects.filter(published_at__isnull=False)
    if wanted:
        found = found.filter(title__icontains=wanted)
    return found.only("title", "status", "masks", "reviewed_at", "notices").newest_first()


def load(user: AnyUser, pk: int) -> Publication:
    """Return a publication that was approved once. Raises `Http404`, or `PermissionDenied` for who has no say."""
    if not may_view(user):
        raise PermissionDenied(_("This page is for editors and members of the Medical Advisory Board."))
    found = Publication.objects.select_related("article__owner", "revision", "professional", "plain").filter(pk=pk)
    publication = found.filter(published_at__isnull=False).first()
    if publication is None:
        raise Http404
    return publication


def headings(publication: Publication) -> dict[str, str]:
    """Return the sections' headings by key."""
    return {section["key"]: section["heading"] for section in publication.revision.document["sections"]}


def of_publication(publication: Publication, user: AnyUser, audience: str) -> PublishedText:
    """Return the page of a published text with what this person can do about it."""
    article, named = publication.article, headings(publication)
    article.publication = publication
    review = article.reviews.open().first()
    verbs = workflow.available_verbs(article, review, user)
    whole = Part("", _("The whole page"), steps=_on_whole(article, verbs))
    parts = [Part(key, heading, steps=_on_section(article, key, verbs)) for key, heading in named.items()]
    _fill(publication, {part.key: part for part in (whole, *parts)}, user, verbs)
    return PublishedText(
        publication,
        standing(publication),
        whole,
        parts,
        # Cleaned again on the way out: a page of the desk trusts no stored HTML.
        safe(getattr(publication, audience).html),
        event_sentences.entries(_on_the_page(article.pk), named),
        reverse("articles:detail", args=[article.slug]),
        _article_url(article, user),
    )


def _on_the_page(article_id: int) -> list[Event]:
    """Return the events that changed the page, the newest first.

    Signatures, and that they were taken back, belong to it when their review ended in approval, as in the public
    history: of a text that was never published neither is listed.
    """
    events = list(Event.objects.of_article(article_id).filter(verb__in=_ON_THE_PAGE).reverse())
    approved = {one.data["review"] for one in events if one.verb == "approve" and one.data["is_complete"]}
    return [one for one in events if one.verb not in _OF_A_SIGNATURE or one.data.get("review") in approved]


def _article_url(article: Article, user: AnyUser) -> str:
    return reverse("admin:articles_article_change", args=[article.pk]) if can_view(user, article) else ""


def standing(publication: Publication) -> str:
    """Return what readers find at the address today, in a sentence."""
    if publication.is_hidden(timezone.localdate()):
        return _("The review has been out of date for so long that readers see a notice in place of the text.")
    if publication.status == Publication.Status.APPROVED and publication.masks:
        return _("Readers see the approved text without what is hidden below.")
    return {
        Publication.Status.APPROVED: _("Readers see the approved text."),
        Publication.Status.SUSPENDED: _("Readers see a notice and none of the text."),
        Publication.Status.RETRACTED: _("The text was retracted: readers see the retraction notice."),
        Publication.Status.RETIRED: _("The text was retired."),
    }[Publication.Status(publication.status)]


def _on_whole(article: Article, verbs: list[str]) -> list[Step]:
    return [
        Step(workflow.TRANSITIONS[verb].label, reverse(f"reviews:{verb}", args=[article.pk]), verb != "correct")
        for verb in ("correct", "suspend", "retire", "retract")
        if verb in verbs
    ]


def _on_section(article: Article, key: str, verbs: list[str]) -> list[Step]:
    return [
        Step(workflow.TRANSITIONS[verb].label, f"{reverse(f'reviews:{verb}', args=[article.pk])}?section={key}", danger)
        for verb, danger in (("notice", False), ("suspend", True))
        if verb in verbs
    ]


def _fill(publication: Publication, parts: dict[str, Part], user: AnyUser, verbs: list[str]) -> None:
    for suspension in suspensions(publication):
        # A section that a later text does not have any more: what hides it is told with the whole page.
        part = parts.get(suspension.section_key, parts[""])
        part.hidden = Hidden(suspension, needed(suspension), _on_suspension(suspension, user, verbs))
        part.steps = [step for step in part.steps if "/suspend/" not in step.url]
    told = {one["id"]: one for one in publication.notices if "id" in one}
    for notice in Notice.objects.filter(article=publication.pk, pk__in=told).select_related("placed_by"):
        placed = Placed(notice, _on_notice(notice, user, verbs), _signed(told[notice.pk]))
        parts[notice.section_key].notices.append(placed)


def _signed(told: dict[str, Any]) -> str:
    if not told["signed_by"]:
        return ""
    return _("Signed by %(name)s on %(date)s.") % {
        "name": told["signed_by"],
        "date": day_in_words(told["signed_at"]),
    }


def suspensions(publication: Publication) -> QuerySet[Suspension]:
    """Return the suspensions in force, with the people of each."""
    return (
        Suspension.objects.in_force()
        .filter(article=publication.pk)
        .select_related("suspended_by", "lift_asked_by__board_member")
    )


def needed(suspension: Suspension) -> str:
    """Return who has agreed to lift a suspension and what is still needed, in a sentence."""
    first = suspension.lift_asked_by
    if first is None or suspension.lift_asked_at is None:
        return _("Nobody has agreed to lift it. Two people have to agree, one of them a member of the board.")
    day = day_in_words(suspension.lift_asked_at.date().isoformat())
    names = {"name": first, "date": day, "reason": suspension.lift_reason}
    if permissions.is_active_on_board(first):
        return _("%(name)s agreed on %(date)s: “%(reason)s” One more person has to agree.") % names
    return _("%(name)s agreed on %(date)s: “%(reason)s” A member of the board has to agree too.") % names


def _on_suspension(suspension: Suspension, user: AnyUser, verbs: list[str]) -> list[Step]:
    has_agreed = suspension.lift_asked_by_id == user.pk
    verb = "withdraw_lift" if has_agreed else "lift"
    if verb not in verbs:
        return []
    label = _("Withdraw my agreement") if has_agreed else _("Agree to show it again")
    return [Step(label, reverse(f"reviews:{verb}", args=[suspension.pk]))]


def _on_notice(notice: Notice, user: AnyUser, verbs: list[str]) -> list[Step]:
    steps = []
    if "sign_notice" in verbs and not notice.signature:
        steps.append(Step(_("Sign it"), reverse("reviews:sign_notice", args=[notice.pk])))
    if "withdraw_notice" in verbs and permissions.can_withdraw_notice(user, notice):
        steps.append(Step(_("Withdraw it"), reverse("reviews:withdraw_notice", args=[notice.pk])))
    return steps
