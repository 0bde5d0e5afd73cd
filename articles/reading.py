"""The reader's page of an article: what a Publication lets it say, built once a version, audience and day."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from articles import json_ld, page_cache, responses
from articles.models import Article, Audience, Publication, Topic
from articles.rendering.sanitising import script_data, stored

# What a page shows of a publication beside the body.
_FRAME = (
    *("version", "title", "status", "is_shown", "is_indexed", "update", "update_at", "next_review_due"),
    *("submitted_at", "under_review_at", "published_at", "text_changed_at", "reviewed_at", "evidence_checked_at"),
    *("noindex_from", "hidden_from", "second_review_due", "withdrawn_at", "unreviewed_specialties", "masks"),
    *("reviewers", "topics", "notices", "successor", "policy_version", "policy_texts"),
    *("article__slug", "revision__number", "revision__digest", "revision__content"),
)


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

    @property
    def printed(self) -> str:
        return ", ".join(filter(None, (self.name, self.credentials)))

    @property
    def fields(self) -> str:
        return ", ".join(self.specialties)


@dataclass(frozen=True)
class Stage:
    """One of the three stages that every text passes."""

    label: str
    at: datetime | None
    is_current: bool


def page(slug: str, audience: str, *, today: date) -> page_cache.Page | None:
    """Return the page of an article for an audience, or None when readers find nothing at this address.

    One query at most; none when the shared cache knows the version and the page.
    """
    # What a page says of its age depends on the day.
    variant = f"{audience}:{today.isoformat()}:{_layout()}"
    version = page_cache.current_version(slug)
    kept = page_cache.page(slug, version, variant) if version is not None else None
    if kept is not None:
        return kept
    publication = _publication(slug, audience)
    if publication is None or not publication.is_shown:
        return None
    page_cache.remember_version(slug, publication.version)
    kept = page_cache.page(slug, publication.version, variant)
    if kept is None:
        kept = build(publication, audience, today=today)
        page_cache.keep_page(slug, publication.version, variant, kept)
    return kept


def _publication(slug: str, audience: str) -> Publication | None:
    # A column and an order that nobody needs cost more here than the row does.
    found = Publication.objects.for_reading(slug, audience).only(*_FRAME, f"{audience}__html").order_by()
    return next(iter(found), None)


def build(publication: Publication, audience: str, *, today: date) -> page_cache.Page:
    """Return the page's bytes; those of a retracted article are its notice and nothing of its text."""
    if publication.status == Publication.Status.RETRACTED:
        body = render_to_string("410.html", {**_site(), "publication": publication}).encode()
        return page_cache.Page(body, responses.entity_tag(body), status=410, is_indexed=False)
    body = render_to_string("articles/article_detail.html", context(publication, audience, today=today)).encode()
    return page_cache.Page(body, responses.entity_tag(body), is_indexed=publication.is_indexed)


def context(publication: Publication, audience: str, *, today: date) -> dict[str, Any]:
    """Return what the article's template shows; every claim of review stands on the publication."""
    document = publication.revision.document
    html = getattr(publication, audience).html
    facts = {
        **_site(),
        **_addresses(publication.article.slug, audience),
        **_review(publication, today),
        "publication": publication,
        "language": document["language"],
        "today": today,
        "audience": audience,
        "is_plain": audience == Audience.PLAIN,
        "ai": document["ai"],
        "ai_purpose": document["ai"]["purpose"].rstrip("."),
        "disclaimer": publication.policy_texts[f"{audience}_disclaimer"],
        "body": stored(html),
    }
    facts["json_ld"] = script_data(json_ld.graph(facts, citations=document["citations"], html=html))
    return facts


def _review(publication: Publication, today: date) -> dict[str, Any]:
    """Return what a page says of the review today; signers stand only beside the badge."""
    is_approved = publication.status == Publication.Status.APPROVED
    is_overdue = publication.is_overdue(today)
    signers = signed_by(publication) if is_approved and not is_overdue else []
    return {
        "is_approved": is_approved,
        "is_overdue": is_overdue,
        "signers": signers,
        "signer_names": get_text_list([signer.printed for signer in signers], _("and")),
        "interests": [signer for signer in signers if signer.interests],
        "stages": stages(publication),
    }


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
        )
        for reviewer in publication.reviewers
    ]


def stages(publication: Publication) -> list[Stage]:
    """Return the three stages; one that is still to come has no date."""
    is_approved = publication.status == Publication.Status.APPROVED
    reached = {
        Publication.Status.SUBMITTED: publication.submitted_at,
        Publication.Status.UNDER_REVIEW: publication.under_review_at,
        Publication.Status.APPROVED: publication.reviewed_at if is_approved else None,
    }
    return [Stage(str(status.label), at, status == publication.status) for status, at in reached.items()]


def address_now(former_slug: str) -> str | None:
    """Return the present slug of a shown article that once had another."""
    articles = Article.objects.filter(former_slugs__slug=former_slug, publication__is_shown=True)
    return articles.values_list("slug", flat=True).first()


def topics(today: date) -> QuerySet[Topic]:
    """Return the topics on which there is something to read."""
    readable = Publication.objects.readable(today).filter(article__topics=OuterRef("pk"))
    return Topic.objects.filter(Exists(readable))


def _site() -> dict[str, str]:
    return {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL}


def _addresses(slug: str, audience: str) -> dict[str, str]:
    other = next(value for value in Audience.values if value != audience)
    return {
        "other": other,
        "address": settings.SITE_URL + reverse(f"articles:{audience}", args=[slug]),
        "other_address": settings.SITE_URL + reverse(f"articles:{other}", args=[slug]),
    }


@cache
def _layout() -> str:
    """Return a digest of the templates and style sheets, so that a new release serves no page of the old one."""
    folder = Path(settings.BASE_DIR) / "templates"
    parts = [part.read_bytes() for part in (folder / "410.html", *sorted(folder.glob("articles/*.html")))]
    return hashlib.sha256(render_to_string("base.html", _site()).encode() + b"".join(parts)).hexdigest()[:12]
