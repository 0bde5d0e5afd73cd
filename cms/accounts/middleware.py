"""Private by default: every page asks for sign-in unless it says otherwise."""

from django.contrib.auth.middleware import LoginRequiredMiddleware


class PrivateByDefaultMiddleware(LoginRequiredMiddleware):
    """Ask whether a page is public before asking who is there.

    Django's own reads `request.user` first, which loads the session and puts `Vary: Cookie` on every public page.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
