"""Private by default: every page asks for sign-in unless it says otherwise."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class PrivateByDefaultMiddleware(LoginRequiredMiddleware):
    """Ask whether a page is public before asking who is there.

    Django's own reads `request.user` first, which loads the session and puts `Vary: Cookie` on every public page.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
