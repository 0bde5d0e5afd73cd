"""A step on an article: a small page with a form, whose POST takes the step or gives back what was filled in."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.models import Article
from articles.models.person import AnyUser
from reviews.models import Review
from reviews.record import event_sentences
from reviews.record.signatures import WrongPassword
from reviews.rules import permissions
from reviews.web.desk import submission_preview, visibility
from reviews.web.forms import StepForm
from reviews.workflow import Refused
from reviews.workflow.step import ArticleMoved

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
# Steps that carry the version of the draft they saw; the others carry the sequence of the last event.
_ON_DRAFT = ("submit", "merge")


def load(user: AnyUser, pk: int, rule: Callable[[Any, Any], bool]) -> Article:
    """Return an article whose draft the person may see and on which they may take the step."""
    article = visibility.load_article(user, pk)
    if not rule(user, article):
        raise PermissionDenied(_("You may not do this with this article."))
    return article


def take(
    request: HttpRequest,
    article: Article,
    form: StepForm,
    act: Callable[..., Any],
    *,
    done: str,
    facts: Callable[[], dict[str, Any]] = dict,
    leads_to: str = "",
) -> HttpResponse:
    """Show a step's form, or take the step; a refused one comes back with what was typed.

    `facts` is what the page shows beside the form. After the step the person is where it `leads_to`: without that, at
    the review, if there is one.
    """
    if request.method != "POST":
        return page(request, article, form, facts(), status=200)
    if not form.is_valid():
        return page(request, article, form, facts(), status=422)
    try:
        act(article, by=request.user, **form.values())
    except ArticleMoved as moved:
        form.renew(seen(Article.objects.get(pk=article.pk), form.verb))
        return page(request, article, form, facts() | since(moved, article, request.user), status=409)
    except (Refused, WrongPassword) as refused:
        form.add_error("password" if isinstance(refused, WrongPassword) else None, str(refused))
        return page(request, article, form, facts(), status=422)
    messages.success(request, done)
    return redirect(leads_to or after(article, request.user))


def page(
    request: HttpRequest, article: Article, form: StepForm, facts: dict[str, Any], *, status: int
) -> TemplateResponse:
    shown = {"article": article, "form": form, "verb": form.verb, **facts}
    template = f"reviews/article_{form.verb}.html"
    return TemplateResponse(request, template, {**admin.site.each_context(request), **shown}, status=status)


def seen(article: Article, verb: str) -> int:
    """Return what a form opened now carries to say which state of things its person saw."""
    return article.version if verb in _ON_DRAFT else visibility.last_sequence(article.pk)


def since(moved: ArticleMoved, article: Article, user: AnyUser) -> dict[str, Any]:
    """Return what happened while the person filled in the form; a draft that was saved leaves no event."""
    told = event_sentences.entries(moved.events, tells_interests=visibility.sees_interests(user))
    return {"is_moved": True, "moved": told, "saved_by": submission_preview.last_saved(article)}


def after(article: Article, user: AnyUser) -> str:
    """Return where a person is led after a step: to the open review, or back to the article."""
    review = Review.objects.filter(article=article).newest_first().select_related("article").first()
    if review is not None and review.is_open and permissions.can_read_review(user, review):
        return reverse("admin:reviews_review_change", args=[review.pk])
    return reverse("admin:articles_article_change", args=[article.pk])
