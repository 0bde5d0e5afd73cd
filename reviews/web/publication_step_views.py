"""The published text at the desk, and the steps on what readers see of it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article, Audience, Publication
from reviews import workflow
from reviews.models import Notice, Suspension
from reviews.record import signatures
from reviews.rules import permissions
from reviews.web import forms
from reviews.web.desk import article_step, published_page, visibility


@require_safe
def published_texts(request: HttpRequest) -> HttpResponse:
    """List the published texts, for those who may hide one or put a notice on it."""
    if not published_page.may_look(request.user):
        raise PermissionDenied(_("This list is for editors and members of the Medical Advisory Board."))
    wanted = request.GET.get("q", "").replace("\x00", "").strip()
    shown = Paginator(published_page.texts(wanted=wanted), published_page.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"title": _("Published texts"), "page_shown": shown, "wanted": wanted}
    return TemplateResponse(request, "reviews/published_texts.html", {**admin.site.each_context(request), **context})


@require_safe
def published_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what readers see of a text, what hides it, and what can be done about it."""
    publication = published_page.load(request.user, pk)
    chosen = request.GET.get("audience", "")
    audience = chosen if chosen in Audience.values else Audience.PROFESSIONAL.value
    context = {
        "text": published_page.look(publication, request.user, audience),
        "audience": audience,
        "audiences": Audience.choices,
    }
    return TemplateResponse(request, "reviews/published_text.html", {**admin.site.each_context(request), **context})


@article_step.get_or_post
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Suspend in two sendings: the first shows what readers will find, the second confirms."""
    article, publication = _load(request, pk, permissions.can_suspend)
    headings = published_page.headings(publication)
    initial = {"seen": visibility.last_sequence(pk), "section_key": request.GET.get("section", "")}
    form = forms.SuspendForm(request.POST or None, headings=headings, initial=initial)

    def preview() -> dict[str, Any]:
        return _shown(publication, form, heading=headings.get(form.data.get("section_key", ""), ""))

    if form.is_bound and form.is_valid() and not form.cleaned_data["confirmed"]:
        return article_step.page(request, article, form, preview(), status=200)
    done = _("Hidden. Readers now see your notice.")
    return _take(request, article, form, workflow.suspend, done=done, facts=preview)


@article_step.get_or_post
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire in two sendings: the first shows what readers will find, the second confirms."""
    article, publication = _load(request, pk, permissions.can_retire)
    form = forms.RetireForm(request.POST or None, initial={"seen": visibility.last_sequence(pk)})

    def preview() -> dict[str, Any]:
        return _shown(publication, form, successor=getattr(form, "cleaned_data", {}).get("successor"))

    if form.is_bound and form.is_valid() and not form.cleaned_data["confirmed"]:
        return article_step.page(request, article, form, preview(), status=200)
    done = _("Retired. Its address no longer shows the text.")
    return _take(request, article, form, workflow.retire, done=done, facts=preview)


@article_step.get_or_post
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    suspension, article, publication = _suspension(request, pk)
    form = forms.LiftForm(request.POST or None, initial={"seen": visibility.last_sequence(article.pk)})

    def act(article: Article, **form: Any) -> Suspension:
        return workflow.lift(suspension, **form)

    done = _("Readers see it again.") if suspension.lift_asked_by else _("Your agreement is on record.")
    facts = _about(suspension, publication)
    return _take(request, article, form, act, done=done, facts=lambda: facts)


@article_step.get_or_post
def withdraw_lift(request: HttpRequest, pk: int) -> HttpResponse:
    suspension, article, publication = _suspension(request, pk)
    form = forms.WithdrawLiftForm(request.POST or None, initial={"seen": visibility.last_sequence(article.pk)})

    def act(article: Article, **form: Any) -> Suspension:
        return workflow.withdraw_lift(suspension, **form)

    facts = _about(suspension, publication)
    done = _("Your agreement is withdrawn. The text stays hidden.")
    return _take(request, article, form, act, done=done, facts=lambda: facts)


@article_step.get_or_post
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    article, publication = _load(request, pk, permissions.can_suspend)
    initial = {"seen": visibility.last_sequence(pk), "section_key": request.GET.get("section", "")}
    form = forms.NoticeForm(request.POST or None, headings=published_page.headings(publication), initial=initial)
    done = _("Readers now see your notice at the section, marked as not reviewed.")
    return _take(request, article, form, workflow.notice, done=done, facts=lambda: _shown(publication, form))


@article_step.get_or_post
def sign_notice(request: HttpRequest, pk: int) -> HttpResponse:
    placed, article, publication = _notice(request, pk, permissions.can_sign_notice)
    form = forms.SignNoticeForm(request.POST or None, initial={"seen": visibility.last_sequence(article.pk)})

    def act(article: Article, **form: Any) -> Notice:
        return workflow.sign_notice(placed, **form)

    facts = {"notice": placed, "statement": signatures.notice_statement(placed), **_shown(publication, form)}
    return _take(request, article, form, act, done=_("Signed. Readers see who signed."), facts=lambda: facts)


@article_step.get_or_post
def withdraw_notice(request: HttpRequest, pk: int) -> HttpResponse:
    placed, article, publication = _notice(request, pk, permissions.can_suspend)
    if not permissions.can_withdraw_notice(request.user, placed):
        raise PermissionDenied(_("Only an editor, or the person who placed a notice, can withdraw it."))
    form = forms.WithdrawNoticeForm(request.POST or None, initial={"seen": visibility.last_sequence(article.pk)})

    def act(article: Article, **form: Any) -> Notice:
        return workflow.withdraw_notice(placed, **form)

    facts = {"notice": placed, **_shown(publication, form)}
    return _take(request, article, form, act, done=_("Readers no longer see the notice."), facts=lambda: facts)


def _take(request: HttpRequest, article: Article, form: forms.StepForm, act: Any, **rest: Any) -> HttpResponse:
    """Take a step and return to the page of the published text."""
    return article_step.take(
        request, article, form, act, leads_to=reverse("reviews:published_text", args=[article.pk]), **rest
    )


def _load(request: HttpRequest, pk: int, rule: Any) -> tuple[Article, Publication]:
    publication = published_page.load(request.user, pk)
    article = publication.article
    article.publication = publication
    if not rule(request.user, article):
        raise PermissionDenied(_("You may not do this with this article."))
    return article, publication


def _suspension(request: HttpRequest, pk: int) -> tuple[Suspension, Article, Publication]:
    suspension = get_object_or_404(Suspension.objects.select_related("lift_asked_by__board_member"), pk=pk)
    return suspension, *_load(request, suspension.article_id, permissions.can_suspend)


def _notice(request: HttpRequest, pk: int, rule: Any) -> tuple[Notice, Article, Publication]:
    placed = get_object_or_404(Notice.objects.select_related("revision", "placed_by"), pk=pk)
    return placed, *_load(request, placed.article_id, rule)


def _shown(publication: Publication, form: forms.StepForm, **facts: Any) -> dict[str, Any]:
    typed = form.data.get("notice", "") if form.is_bound else ""
    return {"publication": publication, "preview": typed, **facts}


def _about(suspension: Suspension, publication: Publication) -> dict[str, Any]:
    headings = published_page.headings(publication)
    return {
        "publication": publication,
        "suspension": suspension,
        "needed": published_page.needed(suspension),
        "heading": headings.get(suspension.section_key, ""),
    }
