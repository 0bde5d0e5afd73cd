"""Composes a mail: what one person is told, in text and HTML, with links that open pages after the normal sign-in."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from reviews.models import Delivery


def one_line(words: str, length: int) -> str:
    """Return words on one line, cut to a length: a line break in a title must not begin another header."""
    line = " ".join(str(words).split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def compose(recipient: Any, rows: list[Delivery], *, message_id: str) -> EmailMultiAlternatives:
    """Return the one mail that tells a person all of these, the most urgent first. The same rows make the same mail."""
    ordered = sorted(rows, key=lambda row: (not row.is_urgent, row.created_at, row.pk))
    context = {
        "recipient": recipient,
        "things": [{"row": row, "link": f"{settings.SITE_URL}{row.path}" if row.path else ""} for row in ordered],
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    message = EmailMultiAlternatives(
        subject=subject(ordered),
        body=render_to_string("reviews/email/told.txt", context),
        to=[recipient.email],
        headers={
            "Message-ID": message_id,
            # RFC 3834: no "out of office" in answer, and no loop between two machines.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
        },
    )
    message.attach_alternative(render_to_string("reviews/email/told.html", context), "text/html")
    return message


def subject(rows: list[Delivery]) -> str:
    """Return the subject: the first thing's own, and how many more there are."""
    first, more = rows[0].subject, len(rows) - 1
    words = _("%(first)s (and %(more)s more)") % {"first": one_line(first, 150), "more": more} if more else first
    return one_line(f"[{settings.SITE_NAME}] {words}", 200)
