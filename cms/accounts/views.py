"""Sign-in, sign-out and the pages a refusal ends on."""

from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

login = login_not_required(auth_views.LoginView.as_view(redirect_authenticated_user=True))
logout = login_not_required(auth_views.LogoutView.as_view())
password_change = auth_views.PasswordChangeView.as_view(success_url=reverse_lazy("admin:index"))


def admin_login(request):
    """Lead a visitor to the sign-in page; a person who is signed in but may not enter gets a 403, not a loop."""
    if request.user.is_authenticated:
        raise PermissionDenied(_("Your account has no role at the editorial desk. Ask an administrator for one."))
    return redirect_to_login(request.GET.get("next", str(reverse_lazy("admin:index"))))


def forbidden(request, exception=None):
    """Say why the person may not, in the words of the rule that refused."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


@login_not_required
def csrf_failure(request, reason=""):
    """Explain a form that outlived its sign-in, the usual cause of a failed check."""
    explanation = _("This form was open for too long or your sign-in changed. Go back, reload the page and try again.")
    return render(request, "403.html", {"reason": explanation}, status=403)
