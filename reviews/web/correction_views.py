"""Correcting a published text, and taking a correction into the draft that lies beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from reviews import workflow
from reviews.models import Event
from reviews.rules import permissions
from reviews.web import forms
from reviews.web.desk import article_step, correction_merge, correction_preview
from reviews.workflow import corrections
from reviews.workflow.step import ArticleMoved


@article_step.get_or_post
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct in two sendings: the first shows the change word by word, the second confirms exactly that change."""
    article = article_step.load(request.user, pk, permissions.can_correct)
    form = _correct_form(request, article)
    facts: dict[str, Any] = {"outlook": correction_preview.outlook(article)}
    published = getattr(article, "publication", None)
    if form.is_bound and published is not None and form.revision != published.revision:
        moved = form.moved_to(published.revision, seen=article_step.seen(article, form.verb))
        facts |= article_step.since(_what_happened(article, form), article, request.user)
        return article_step.page(request, article, moved, facts, status=409)
    if form.is_bound and form.is_valid():
        facts["look"] = correction_preview.look(article, form)
        if not form.is_confirmed:
            form.shown(article_step.seen(article, form.verb))
            return article_step.page(request, article, form, facts, status=200)
    done = _("The correction is open. Readers see the old words until it is approved: ask a member to sign it now.")
    return article_step.take(request, article, form, workflow.correct, done=done, facts=lambda: facts)


def _correct_form(request: HttpRequest, article: Article) -> forms.CorrectForm:
    """Return the form on the words that the person's page showed, which may not be the published ones any more."""
    revision = article.publication.revision if hasattr(article, "publication") else None
    if request.method != "POST":
        initial = {"seen": article_step.seen(article, "correct"), "base": revision.pk if revision else 0}
        return forms.CorrectForm(revision=revision, initial=initial)
    base = request.POST.get("base", "")
    shown = article.revisions.filter(pk=int(base)).first() if base.isdecimal() and len(base) < 19 else None
    return forms.CorrectForm(request.POST, revision=shown or revision)


def _what_happened(article: Article, form: forms.CorrectForm) -> ArticleMoved:
    seen = form.data.get("seen", "")
    events = Event.objects.of_article(article.pk).filter(sequence__gt=int(seen) if seen.isdecimal() else 0)
    return ArticleMoved(article, list(events))


@article_step.get_or_post
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a published correction comes into the draft, and take it in as the editor confirmed it."""
    article = article_step.load(request.user, pk, permissions.can_merge)
    found = corrections.proposal(article)
    parts = found.parts if found is not None else []
    form = forms.MergeForm(request.POST or None, parts=parts, initial={"seen": article.version})
    if found is not None and form.is_bound and form.is_stale(article.version):
        form = form.renewed(article.version)
        facts = {"found": found, "places": correction_merge.places(form), "lost": form.lost()}
        facts |= article_step.since(ArticleMoved(article, []), article, request.user)
        return article_step.page(request, article, form, facts, status=409)
    return article_step.take(
        request,
        article,
        form,
        workflow.merge,
        done=_("The draft now contains the correction. It can be submitted."),
        facts=lambda: {"found": found, "places": correction_merge.places(form)},
        leads_to=reverse("admin:articles_article_change", args=[article.pk]),
    )
