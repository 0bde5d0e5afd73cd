"""The link by which a person sets their own password: nobody else ever types it (21 CFR 11.200(a)(2), (3))."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from cms.accounts import account_record
from cms.accounts.models import User

logger = logging.getLogger(__name__)


def send(person: User, *, by: User | None, is_invitation: bool = False) -> bool:
    """Mail a person the link; say whether the mail left. The token exists in the mail and nowhere else.

    It is sent at once and kept in no outbox: a stored token would be a key to the account. Where the mail server is
    down the link is sent again, by whoever reads the answer of this function or by the person on the sign-in page.
    """
    if not person.is_active:
        return False
    account_record.put("send_password_link" if by else "ask_password_link", person, by=by)
    subject = _("Set your password") if not is_invitation else _("Invitation to %s") % settings.SITE_NAME
    context = {
        "person": person,
        "link": settings.SITE_URL + _address(person),
        "again": settings.SITE_URL + reverse("accounts:password_forgotten"),
        "is_invitation": is_invitation,
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        "SITE_NAME": settings.SITE_NAME,
    }
    return _mail(person.email, subject, "registration/password_link_email.txt", context)


def tell_old_address(address: str, person: User) -> bool:
    """Tell the address a person had that their account has another now: whoever did not ask for it finds out."""
    context = {"person": person, "SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL}
    subject = _("Your e-mail address at %s was changed") % settings.SITE_NAME
    return _mail(address, subject, "registration/email_changed_email.txt", context)


def _address(person: User) -> str:
    key = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("accounts:password_set", args=[key, default_token_generator.make_token(person)])


def _mail(address: str, subject: str, template: str, context: dict[str, Any]) -> bool:
    if not settings.SENDS_MAIL:
        return False
    try:
        send_mail(f"[{settings.SITE_NAME}] {subject}", render_to_string(template, context), None, [address])
    except OSError:  # a refused connection, and what smtplib raises
        logger.exception("A mail about an account was not sent")
        return False
    return True
