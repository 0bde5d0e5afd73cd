"""The reader's pages: lists, an article for each audience, and the choice between the two."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from articles.models import Audience, Publication, Topic
from articles.reading import article_page, listing, responses

AUDIENCE_COOKIE = "audience"
_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the newest articles and the topics."""
    today = timezone.localdate()
    found = _listing(request, Publication.objects.readable(today))
    context = {"listing": found, "topics": article_page.topics(today), "today": today}
    return responses.public(request, render(request, "articles/article_list.html", context))


@login_not_required
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the newest articles of one topic."""
    chosen, today = get_object_or_404(Topic, slug=slug), timezone.localdate()
    found = _listing(request, Publication.objects.readable(today).about(chosen))
    context = {"listing": found, "topic": chosen, "today": today}
    return responses.public(request, render(request, "articles/topic_detail.html", context))


@login_not_required
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead the reader to the audience they chose, or to plain language."""
    chosen = request.COOKIES.get(AUDIENCE_COOKIE)
    audience = chosen if chosen in Audience.values else Audience.PLAIN.value
    return responses.private(redirect(f"articles:{audience}", slug))


@login_not_required
@require_safe
def professional(request: HttpRequest, slug: str) -> HttpResponse:
    return _article(request, slug, Audience.PROFESSIONAL.value)


@login_not_required
@require_safe
def plain(request: HttpRequest, slug: str) -> HttpResponse:
    return _article(request, slug, Audience.PLAIN.value)


@login_not_required
@require_safe
def choose(request: HttpRequest, audience: str) -> HttpResponse:
    """Remember an audience and go back to the article, in its words."""
    if audience not in Audience.values:
        raise Http404
    response = redirect(_in_words_of(audience, request.GET.get("next", "")))
    response.set_cookie(
        AUDIENCE_COOKIE, audience, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return responses.private(response)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    # Pages that must not be indexed stay open to crawlers: a rule here would hide their `noindex`.
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in ("/admin/", "/accounts/", "/audience/"))]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _article(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    page = article_page.page(slug, audience, today=timezone.localdate())
    if page is None:
        slug_now = article_page.address_now(slug)
        if slug_now is None:
            raise Http404
        return _moved(request, audience, slug_now)
    if page.moved_to:
        return _moved(request, audience, page.moved_to)
    return responses.kept(request, page)


def _moved(request: HttpRequest, audience: str, slug: str) -> HttpResponse:
    return responses.public(request, redirect(f"articles:{audience}", slug, permanent=True))


def _listing(request: HttpRequest, publications) -> listing.Listing:
    try:
        return listing.newest(publications, before=request.GET.get("before", ""))
    except listing.UnknownPlace as unknown:
        raise Http404 from unknown


def _in_words_of(audience: str, address: str) -> str:
    """Return the address of the same article in an audience's words, built anew; home for any other address."""
    home_page = reverse("articles:home")
    try:
        if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
            return home_page
        match = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return home_page
    if match.app_names != ["articles"] or match.url_name not in ("detail", *Audience.values):
        return home_page
    return reverse(f"articles:{audience}", args=[match.kwargs["slug"]])
