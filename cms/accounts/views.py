"""Sign-in, sign-out, setting one's own password, and the pages a refusal ends on."""

import logging
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.accounts import account_record, password_links
from cms.accounts.forms import ForgottenForm, SignInForm
from cms.accounts.models import User

# Whoever asks again sooner gets the same answer and no second mail.
_SECONDS_BETWEEN_LINKS = 120

logger = logging.getLogger(__name__)

login = login_not_required(
    auth_views.LoginView.as_view(authentication_form=SignInForm, redirect_authenticated_user=True)
)
logout = login_not_required(auth_views.LogoutView.as_view())


class _OnRecord:
    """Puts on the site's record that a person set a password, in the same transaction."""

    def form_valid(self, form: Any) -> Any:
        with transaction.atomic():
            answer = super().form_valid(form)  # type: ignore[misc]
            account_record.put("set_password", form.user, by=form.user)
        return answer


class _PasswordChange(_OnRecord, auth_views.PasswordChangeView):
    success_url = reverse_lazy("admin:index")


class _PasswordSet(_OnRecord, auth_views.PasswordResetConfirmView):
    """The page a link leads to. Afterwards the person signs in as ever."""

    template_name = "registration/password_set.html"
    success_url = reverse_lazy("accounts:login")

    def form_valid(self, form: Any) -> Any:
        answer = super().form_valid(form)
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return answer


password_change = _PasswordChange.as_view()
password_set = login_not_required(_PasswordSet.as_view())


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """Mail a person the link to set a password. The answer is the same whether there is such an account or not."""
    form = ForgottenForm(request.POST or None)
    if not form.is_valid():
        return render(
            request, "registration/password_forgotten.html", {"form": form}, status=422 if form.errors else 200
        )
    address = form.cleaned_data["email"].strip().lower()
    person = User.objects.filter(email=address, is_active=True).first()
    if person is not None and _may_have_link(person):
        password_links.send(person, by=None)
    words = _("If there is an account with this address, an email with a link has been sent to it.")
    if not settings.SENDS_MAIL:
        words = _("This site sends no email. Ask an administrator for a new password.")
    messages.info(request, words)
    return redirect("accounts:login")


def _may_have_link(person: User) -> bool:
    try:
        return cache.add(f"password-link:{person.pk}", 1, _SECONDS_BETWEEN_LINKS)
    except Exception as error:  # a cache that is down keeps nobody from their account
        logger.warning("The cache does not answer; a link is sent without asking it: %s", error)
        return True


def admin_login(request: HttpRequest):
    """Lead a visitor to the sign-in page; a person who is signed in but may not enter gets a 403, not a loop."""
    if request.user.is_authenticated:
        raise PermissionDenied(_("Your account has no role at the editorial desk. Ask an administrator for one."))
    return redirect_to_login(request.GET.get("next", str(reverse_lazy("admin:index"))))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say why the person may not, in the words of the rule that refused."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form that outlived its sign-in, the usual cause of a failed check."""
    explanation = _("This form was open for too long or your sign-in changed. Go back, reload the page and try again.")
    return render(request, "403.html", {"reason": explanation}, status=403)
