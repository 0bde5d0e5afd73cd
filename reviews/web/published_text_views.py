"""The published texts at the desk: the list of them, and what readers see of each."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Audience
from reviews.web.desk import published_page


@require_safe
def published_texts(request: HttpRequest) -> HttpResponse:
    """List the published texts, for those who may hide one or put a notice on it."""
    if not published_page.may_view(request.user):
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
        "text": published_page.of_publication(publication, request.user, audience),
        "audience": audience,
        "audiences": Audience.choices,
    }
    return TemplateResponse(request, "reviews/published_text.html", {**admin.site.each_context(request), **context})
