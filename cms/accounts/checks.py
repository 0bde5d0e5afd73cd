"""What `manage.py check --deploy` says of mail: settings that start the site and leave people uninformed."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def check_mail(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """Name what keeps mail from the people it is for."""
    found: list[CheckMessage] = []
    if not settings.SENDS_MAIL:
        words = "This site sends no mail: nobody is invited, reminded or warned, and nobody can reset a password."
        found.append(Warning(words, hint="Set EMAIL_URL to a mail server.", id="accounts.W001"))
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        words = f"Mail is sent from {settings.DEFAULT_FROM_EMAIL}, which other mail servers refuse."
        found.append(Warning(words, hint="Set DEFAULT_FROM_EMAIL to an address of your domain.", id="accounts.W002"))
    if not settings.ADMINS:
        words = "Nobody is told when a page fails or the daily check finds a fault in the record."
        found.append(Warning(words, hint="Set ADMIN_EMAILS.", id="accounts.W003"))
    return found
