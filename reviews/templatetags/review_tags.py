"""What a page of the admin shows of reviews: the overview of what waits, and an article's review panel."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from reviews.notifications import withheld_pages
from reviews.policies.policy_in_force import latest_review
from reviews.web.desk import article_panel, first_steps, overview, record_state

register = template.Library()


@register.inclusion_tag("reviews/_desk_overview.html", takes_context=True)
def desk_overview(context: dict[str, Any]) -> dict[str, Any]:
    """Show what waits for the person who is signed in, by what they may do, each with its page."""
    return {"lines": overview.of_person(context["request"].user, timezone.localdate())}


@register.inclusion_tag("reviews/_first_steps.html", takes_context=True)
def first_steps_of_site(context: dict[str, Any]) -> dict[str, Any]:
    """Show an administrator what a new site still lacks; nothing once it has all of it."""
    return {"steps": first_steps.of_person(context["request"].user, timezone.localdate())}


@register.inclusion_tag("reviews/_withheld_pages.html", takes_context=True)
def pages_withheld(context: dict[str, Any]) -> dict[str, Any]:
    """Show editors and administrators the pages that are withheld because their record does not verify."""
    user = context["request"].user
    may_see = user.has_perm("reviews.triage_review") or user.has_perm("accounts.change_user")
    return {"pages": withheld_pages.standing() if may_see else []}


@register.inclusion_tag("reviews/_record_state.html", takes_context=True)
def state_of_record(context: dict[str, Any]) -> dict[str, Any]:
    """Show who answers for the record that its daily check found a fault, failed, or did not run."""
    return {"line": record_state.line_for(context["request"].user, timezone.now())}


@register.inclusion_tag("reviews/_article_review_panel.html", takes_context=True)
def article_review_panel(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """Show the state of an article's review and its next steps. Holds forms: stands outside of the page's own form."""
    if article is None or article.pk is None:
        return {"panel": None}
    return {"panel": article_panel.of_article(article, context["request"].user)}


@register.inclusion_tag("reviews/_review_state.html")
def review_state(article: Article) -> dict[str, Any]:
    """Show the state of an article's latest review, or that it is a draft."""
    return {"review": latest_review(article)}


@register.inclusion_tag("reviews/_step_form.html", takes_context=True)
def step_form(context: dict[str, Any], form: Any, pk: int, label: Any, style: str = "", audience: str = "") -> dict:
    """Show the form of a step on a review, or on an article, with its button."""
    return {"form": form, "action": _action(form, pk, audience), "label": label, "style": style}


@register.inclusion_tag("reviews/_thread.html", takes_context=True)
def discussion_thread(context: dict[str, Any], discussion: Any, pk: int, level: str, audience: str = "") -> dict:
    """Show a thread with the forms to answer and settle it; `level` is the heading it stands under."""
    return {"discussion": discussion, "thread": discussion.thread, "pk": pk, "level": level, "audience": audience}


@register.simple_tag
def step_url(form: Any, pk: int, audience: str = "") -> str:
    """Return where a step's form is sent; `audience` is what the page shows and comes back to."""
    return _action(form, pk, audience)


def _action(form: Any, pk: int, audience: str) -> str:
    address = reverse(f"reviews:{form.verb}", args=[pk])
    return f"{address}?audience={audience}" if audience else address
