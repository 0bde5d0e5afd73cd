"""Mail where the site is tried: each message is a file that a mail program opens, and one line on the terminal."""

import os
import sys
import uuid
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        """Keep each message in MAIL_FOLDER; return how many."""
        folder = settings.MAIL_FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            file = folder / f"{timezone.now():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:8]}.eml"
            file.write_bytes(message.message().as_bytes())
            sys.stdout.write(
                f"Mail to {', '.join(message.recipients())}: {message.subject}\n  {os.path.relpath(file)}\n"
            )
            sys.stdout.flush()
        return len(email_messages)
