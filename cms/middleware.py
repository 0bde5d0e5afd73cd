"""What every answer passes through: compression of pages, and the refusal of a character no database takes."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


class CompressionMiddleware(GZipMiddleware):
    """Compress pages. A download stays as it is: its bytes are what was signed.

    Django varies the length by chance and masks the form token anew each time, so the length tells nothing of it.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if response.status_code == 304:
            return self._unchanged(request, response)
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)

    def _unchanged(self, request: HttpRequest, response: Any) -> Any:
        """Give a 304 the headers of the 200 that it stands for (RFC 9110, 15.4.5)."""
        patch_vary_headers(response, ("Accept-Encoding",))
        accepts = re_accepts_gzip.search(request.headers.get("Accept-Encoding", ""))
        if accepts and response.get("ETag", "").startswith('"'):
            response["ETag"] = f"W/{response['ETag']}"
        return response


class NulMiddleware:
    """Answer 400 where an address holds the character NUL, which PostgreSQL keeps in no text.

    Forms say by themselves which of their fields holds one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "\0" in query or "%00" in query:
            return render(request, "400.html", status=400)
        return self.get_response(request)
