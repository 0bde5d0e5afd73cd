"""Previews of drafts: a whole article as its readers would see it, and one text while it is being written."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from articles import permissions
from articles.models import Article, Audience
from articles.models.translation import translated
from articles.text import rendering
from articles.writing import freezing


@require_GET
def page(request: HttpRequest, article: Article, audience: str) -> HttpResponse:
    """Return the saved draft in the reader's look, marked as a draft and kept out of every cache and index."""
    if audience not in Audience.values or not permissions.can_view(request.user, article):
        raise Http404
    body, problem = "", ""
    try:
        body = rendering.render_body(freezing.draft_content(article), audience)
    except rendering.TextTooComplex as refusal:
        problem = translated(refusal.message)
    others = [(one.value, one.label) for one in Audience]
    context = {"article": article, "audience": audience, "audiences": others, "body": body, "problem": problem}
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return TemplateResponse(request, "admin/articles/article/preview.html", context, headers=headers)


@require_POST
def text(request: HttpRequest) -> HttpResponse:
    """Return the safe HTML of the posted Markdown, or the sentence that refuses it."""
    if not permissions.can_list(request.user) or not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    headers = {"Cache-Control": "no-store"}
    try:
        return HttpResponse(rendering.render_text(request.POST.get("text", "")), headers=headers)
    except rendering.TextTooComplex as refusal:
        words = translated(refusal.message)
        return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8", headers=headers)
