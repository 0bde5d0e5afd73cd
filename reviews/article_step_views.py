"""The steps on an article: each a small page with a form, whose POST takes the step."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.checks import Finding
from articles.models import Article
from reviews import chronicle, forms, permissions, workflow
from reviews.desk import checks, draft, seeing
from reviews.models import Review
from reviews.workflow import Refused
from reviews.workflow.step import ArticleMoved

_get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _take_step(
    request: HttpRequest,
    article: Article,
    form: forms.StepForm,
    act: Callable[..., Any],
    *,
    done: str,
    facts: Callable[[], dict[str, Any]] = dict,
) -> HttpResponse:
    """Show a step's form, or take the step; a refused one comes back with what was typed.

    `facts` is what the page shows beside the form. After the step the person is at the review, if there is one.
    """
    if request.method != "POST":
        return _page(request, article, form, facts(), status=200)
    if not form.is_valid():
        return _page(request, article, form, facts(), status=422)
    try:
        act(article, by=request.user, **form.values())
    except ArticleMoved as moved:
        form.renew(_seen(Article.objects.get(pk=article.pk), form.verb))
        return _page(request, article, form, facts() | _since(moved, article, request.user), status=409)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, article, form, facts(), status=422)
    messages.success(request, done)
    return redirect(_next(article, request.user))


def _since(moved: ArticleMoved, article: Article, user: Any) -> dict[str, Any]:
    """Return what happened while the person filled in the form; a draft that was saved leaves no event."""
    told = chronicle.entries(moved.events, tells_interests=seeing.sees_interests(user))
    return {"is_moved": True, "moved": told, "saved_by": draft.last_saved(article)}


def _page(
    request: HttpRequest, article: Article, form: forms.StepForm, facts: dict[str, Any], *, status: int
) -> TemplateResponse:
    shown = {"article": article, "form": form, "verb": form.verb, **facts}
    template = f"reviews/article_{form.verb}.html"
    return TemplateResponse(request, template, {**admin.site.each_context(request), **shown}, status=status)


def _seen(article: Article, verb: str) -> int:
    return article.version if verb == "submit" else seeing.last_sequence(article.pk)


def _next(article: Article, user: Any) -> str:
    review = Review.objects.filter(article=article).newest_first().select_related("article").first()
    if review is not None and review.is_open and permissions.can_read_review(user, review):
        return reverse("admin:reviews_review_change", args=[review.pk])
    return reverse("admin:articles_article_change", args=[article.pk])


def _article(request: HttpRequest, pk: int, rule: Callable[[Any, Any], bool]) -> Article:
    """Return an article whose draft the person may see and on which they may take the step."""
    article = seeing.load_article(request.user, pk)
    if not rule(request.user, article):
        raise PermissionDenied(_("You may not do this with this article."))
    return article


@_get_or_post
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    article = _article(request, pk, permissions.can_submit)
    look = draft.look(article, request.user)
    initial = {"seen": article.version, "summary": "", "change_class": look.floor}
    form = forms.SubmitForm(request.POST or None, floor=look.floor, initial=initial)
    done = _("Submitted. The editors ask members of the board to review it.")
    return _take_step(request, article, form, workflow.submit, done=done, facts=lambda: {"look": look})


@_get_or_post
def rereview(request: HttpRequest, pk: int) -> HttpResponse:
    article = _article(request, pk, permissions.can_rereview)
    form = forms.RereviewForm(request.POST or None, initial={"seen": _seen(article, "rereview")})
    done = _("A new review is open. Readers see the text as before, and that it is being reviewed again.")
    return _take_step(request, article, form, workflow.rereview, done=done)


@_get_or_post
def retract(request: HttpRequest, pk: int) -> HttpResponse:
    """Retract in two sendings: the first shows the notice as readers will find it, the second confirms."""
    article = _article(request, pk, permissions.can_retract)
    form = forms.RetractForm(request.POST or None, initial={"seen": _seen(article, "retract")})
    if form.is_bound and form.is_valid() and not form.cleaned_data["confirmed"]:
        return _page(request, article, form, {"preview": form.cleaned_data["notice"]}, status=200)
    done = _("Retracted. The page’s address shows your notice now.")
    preview = {"preview": request.POST.get("notice", "")}
    return _take_step(request, article, form, workflow.retract, done=done, facts=lambda: preview)


@_get_or_post
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    article = _article(request, pk, permissions.can_waive)
    finding = _finding(article, request.POST.get("finding") or request.GET.get("finding", ""))
    form = forms.WaiveForm(request.POST or None, initial={"finding": checks.finding_code(finding)})

    def act(article: Article, *, by: Any, reason: str, **rest: Any) -> Any:
        return workflow.waive(article, by=by, finding=finding, reason=reason)

    done = _("The finding stands, with your reason. Those who sign read it.")
    return _take_step(request, article, form, act, done=done, facts=lambda: {"finding": finding})


def _finding(article: Article, code: str) -> Finding:
    """Return the finding with this code in the text under review, or in the draft. Raises `Http404`."""
    found = next((one for one in draft.findings_now(article) if checks.finding_code(one) == code), None)
    if found is None:
        raise Http404(_("The text has no such finding any more."))
    return found


@_get_or_post
def catalogue(request: HttpRequest, pk: int) -> HttpResponse:
    article = _article(request, pk, lambda user, article: user.has_perm("articles.edit_any_article"))
    present = {
        "slug": article.slug,
        "risk": article.risk,
        "owner": article.owner_id,
        "readers": article.readers,
        "topics": list(article.topics.values_list("pk", flat=True)),
    }
    form = forms.CatalogueForm(request.POST or None, initial=present)
    done = _("The facts of the catalogue are changed, and on the record.")
    return _take_step(request, article, form, workflow.catalogue, done=done)
