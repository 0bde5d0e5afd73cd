"""The desk of one review as a page: loaded once, a refused form put back where it was filled in."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models.person import AnyUser
from reviews.record import event_sentences
from reviews.rules import permissions
from reviews.web.desk import intake_page, visibility
from reviews.web.desk.frozen_text import chosen_audience
from reviews.web.desk.review_desk import load
from reviews.web.forms import StepForm


@dataclass
class Refusal:
    """A step that was not done: the form as it was filled in, and what happened since if that is why."""

    form: StepForm
    moved: list[event_sentences.Entry] = field(default_factory=list)
    is_moved: bool = False


def respond(request: HttpRequest, pk: int, *, refusal: Refusal | None = None, status: int = 200) -> TemplateResponse:
    """Return the page of a review for who asks; raises `Http404` for a review the person may not see.

    A member who has not declared interests, or waits for a ruling on one, gets the intake page: no word of the text.
    """
    review = visibility.load(request.user, pk)
    seen = visibility.last_sequence(review.article_id)
    context: dict[str, Any] = {**admin.site.each_context(request), "review": review, "refusal": refusal}
    context.update(_way_here(request.user))
    if refusal is not None:
        refusal.form.renew(seen)
    if visibility.sees_text(request.user, review):
        desk = load(review, request.user, seen=seen, audience=chosen_audience(request.GET.get("audience")))
        context.update(desk=desk, title=desk.document["title"])
    if visibility.may_take(request.user, review) or "desk" not in context:
        _add_intake(context, intake_page.of_review(review, request.user, seen=seen))
    is_put_back = refusal is not None and _put_back(context, refusal.form)
    context["is_put_back"] = is_put_back
    context["typed"] = refusal.form.typed() if refusal is not None and not is_put_back else []
    template = "admin/reviews/review/desk.html" if "desk" in context else "admin/reviews/review/intake.html"
    return TemplateResponse(request, template, context, status=status)


def _way_here(user: AnyUser) -> dict[str, Any]:
    """Return the list this person comes from, for the path at the top of the page."""
    if permissions.is_on_board(user):
        return {"list_url": reverse("admin:reviews_assignment_changelist"), "list_title": _("My reviews")}
    if visibility.may_see_queue(user):
        return {"list_url": reverse("admin:reviews_review_changelist"), "list_title": _("Reviews")}
    return {}


def _add_intake(context: dict[str, Any], found: intake_page.Intake) -> None:
    """Show the intake: alone, or on the desk of an editor who is asked to review as a member of the board too."""
    if "desk" not in context:
        context.update(intake=found, title=found.title)
    elif found.accept_form is not None:
        context["intake"] = found
        context["desk"].endings = [one for one in context["desk"].endings if one.form.verb != "decline"]


def _put_back(context: dict[str, Any], form: StepForm) -> bool:
    """Put a form that came back in its place. Says whether the page still has that place."""
    places = [one for part in ("intake", "desk") if part in context for one in _places(context[part])]
    for holder, name in places:
        present = holder[name] if isinstance(holder, dict) else getattr(holder, name)
        if present is not None and present.slot == form.slot:
            if isinstance(holder, dict):
                holder[name] = form
            else:
                setattr(holder, name, form)
            return True
    return False


def _places(part: Any) -> list[tuple[Any, str]]:
    """Return where a page keeps its forms."""
    if isinstance(part, intake_page.Intake):
        return [(part, "accept_form"), (part, "decline_form")]
    places: list[tuple[Any, str]] = [(part.forms, slot) for slot in part.forms] + [(part, "remark_form")]
    places += [(one, "form") for one in part.endings] + [(one, "concur_form") for one in part.findings]
    places += [(one, name) for one in part.discussions for name in ("comment_form", "resolve_form")]
    places += [(one, name) for one in part.text.sections for name in ("mark_form", "remark_form")]
    return places + [(one, name) for one in part.reviewers for name in ("rule_form", "release_form", "extend_form")]
