"""Answers that any cache may keep and must ask about again, so that no stale byte outlives a decision."""

import hashlib
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from articles.reading.page_cache import Page

KEPT_AND_CHECKED = "public, max-age=0, must-revalidate"


def entity_tag(body: bytes) -> str:
    return quote_etag(hashlib.sha256(body).hexdigest()[:32])


def public(request: HttpRequest, response: HttpResponse, *, etag: str = "", is_indexed: bool = True) -> HttpResponse:
    """Return the response with its entity tag, or 304 to somebody who has these very bytes."""
    response["Cache-Control"] = KEPT_AND_CHECKED
    if not is_indexed:
        response["X-Robots-Tag"] = "noindex"
    if response.status_code != 200:
        return response
    response["ETag"] = etag or entity_tag(response.content)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def kept(request: HttpRequest, page: Page) -> HttpResponse:
    """Return a kept page, compressed for whoever takes that; its tag is weak then, for the bytes are others."""
    is_packed = bool(page.packed) and re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")) is not None
    response = HttpResponse(page.packed if is_packed else page.body, status=page.status)
    response["Vary"] = "Accept-Encoding"
    if is_packed:
        response["Content-Encoding"] = "gzip"
    if page.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        response["Retry-After"] = "3600"
        response["X-Robots-Tag"] = "noindex"
        return private(response)
    etag = f"W/{page.etag}" if is_packed else page.etag
    return public(request, response, etag=etag, is_indexed=page.is_indexed)


def private(response: HttpResponse) -> HttpResponse:
    """Return the response marked as meant for one person only."""
    response["Cache-Control"] = "private, no-store"
    return response
