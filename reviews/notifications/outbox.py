"""The outbox: Delivery rows are written with what they tell of, claimed, sent, and tried again.

The row is the truth and the queue a hint. A mail leaves at least once and always under the same Message-ID; twice only
when a worker dies between sending and writing that down.
"""

import logging
import smtplib
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from celery import shared_task
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.person import Person
from reviews.models import Delivery, Event
from reviews.notifications import mail

# Longer than one mail may take (EMAIL_TIMEOUT a socket operation): nobody else sends a mail that is under way.
LEASE = timedelta(minutes=10)
# 5 minutes, doubled after each failure, 16 hours at most: twelve attempts take about three days.
FIRST_PAUSE, LONGEST_PAUSE, ATTEMPTS = timedelta(minutes=5), timedelta(hours=16), 12
ROWS_A_MAIL = 200
# A campaign, or a voiding, may concern hundreds of texts in a minute: nobody gets hundreds of mails.
GATHERED = timedelta(minutes=2)
BROKER_LEFT_ALONE = 30.0  # seconds

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notification:
    """One thing to tell: to whom, in which words, which page it leads to, and whether it waits for the digest.

    `to` is a condition on a person when an event is told, and the people's ids when the clock tells.
    """

    to: Any
    subject: str
    text: str
    path: str = ""
    is_urgent: bool = True
    # Told at most once, whatever happens how often; empty: once an event.
    once: str = ""
    notifies_actor: bool = False


@dataclass(frozen=True)
class Batch:
    """The rows that go out as one mail."""

    message_id: str
    recipient: Person
    rows: list[Delivery]

    @property
    def attempts(self) -> int:
        return max(row.attempts for row in self.rows)


def row(
    notification: Notification, recipient_id: int, *, kind: str, once: str, at: datetime, event: Event | None = None
) -> Delivery:
    """Return the row that tells one person one thing; not saved yet."""
    return Delivery(
        event=event,
        recipient_id=recipient_id,
        kind=kind,
        subject=mail.one_line(notification.subject, 250),
        text=notification.text,
        path=notification.path,
        is_urgent=notification.is_urgent,
        dedupe_key=f"{once}:{recipient_id}",
        created_at=at,
        next_attempt_at=at if notification.is_urgent else next_digest(at),
    )


def put(rows: list[Delivery]) -> None:
    """Write rows, and have the urgent ones sent after the commit; who was told a thing already is not told again."""
    if rows:
        Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        if any(one.is_urgent for one in rows):
            transaction.on_commit(lambda: hint(), robust=True)


def next_digest(at: datetime) -> datetime:
    """Return when the next daily digest leaves."""
    local = timezone.localtime(at)
    hour = local.replace(hour=settings.DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return hour if hour > local else hour + timedelta(days=1)


@dataclass
class _Broker:
    """What this process knows of the broker: one that did not answer is left alone for a while."""

    down_until: float = 0.0


_broker = _Broker()


def hint() -> None:
    """Tell a worker that something is due. Without a broker nothing is lost: the next sweep finds the rows.

    A broker that hangs costs one step its time-out, and the steps of the next half minute nothing.
    """
    if time.monotonic() < _broker.down_until:
        return
    try:
        deliver.apply_async(retry=False)
    except Exception as error:
        _broker.down_until = time.monotonic() + BROKER_LEFT_ALONE
        logger.warning("The broker took no hint (%s); the next sweep sends the mail.", error)


@shared_task(name="reviews.tasks.deliver")
def deliver() -> int:
    """Send what is due, one mail a person; may run as often and as many times at once as it likes. Returns how many.

    A site that sends no mail marks nothing as sent: what is due stops, says why, and may be tried again one day.
    """
    if not settings.SENDS_MAIL:
        hold_back(_("This site sends no email (EMAIL_URL)."))
        return 0
    at, sent = timezone.now(), 0
    connection = get_connection()
    try:
        while (batch := claim(at)) is not None:
            if batch.rows and send(batch, connection):
                sent += 1
    except _ServerDown:
        logger.warning("The mail server does not answer; what is due waits for the next sweep.")
    finally:
        _close(connection)
    return sent


def claim(at: datetime) -> Batch | None:
    """Take the next mail that is due and hold it for the lease. None when nothing is due; a batch may be empty.

    The recipient's row is locked meanwhile and a locked one is passed over, so two workers never take parts of one
    mail. What was tried before goes out as the same rows under the same Message-ID, kept before anything is sent.
    """
    due = Delivery.objects.due(at)
    with transaction.atomic():
        whose = _of_recipient(at)
        recipients = get_user_model().objects.filter(Exists(due.filter(whose, recipient=OuterRef("pk"))))
        recipient = recipients.select_for_update(no_key=True, skip_locked=True).order_by("pk").first()
        if recipient is None:
            return None
        found = due.filter(recipient=recipient).filter(whose).order_by("message_id", "-is_urgent", "created_at", "id")
        rows = _one_mail(list(found))
        if refusal := _why_not(recipient, rows):
            _update(rows, next_attempt_at=None, last_error=refusal)
            rows = []
        message_id = (rows[0].message_id if rows else "") or _new_message_id()
        _update(rows, message_id=message_id, attempts=F("attempts") + 1, next_attempt_at=timezone.now() + LEASE)
    for one in rows:
        one.message_id, one.attempts = message_id, one.attempts + 1
    return Batch(message_id, recipient, rows)


def _of_recipient(at: datetime) -> Q:
    """Return which rows may go now: who has just been mailed gets what comes next as one mail, a little later."""
    just_mailed = Delivery.objects.filter(recipient=OuterRef("recipient"), sent_at__gt=at - GATHERED)
    return ~Q(message_id="") | Q(~Exists(just_mailed))


def _one_mail(rows: list[Delivery]) -> list[Delivery]:
    same = [one for one in rows if one.message_id == rows[0].message_id]
    return same if rows and rows[0].message_id else same[:ROWS_A_MAIL]


def _why_not(recipient: Person, rows: list[Delivery]) -> str:
    if not recipient.is_active:
        return _("This person’s account is not active.")
    if rows and max(one.attempts for one in rows) >= ATTEMPTS:
        return rows[0].last_error or _("The email was started too many times and never completed.")
    return ""


def _new_message_id() -> str:
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


class _ServerDown(Exception):
    """The mail server refused the connection or broke it: other mails would fare the same now."""


_BROKEN = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
)


def send(batch: Batch, connection: Any) -> bool:
    """Send one mail and write down what became of it; raises `_ServerDown` when trying others is of no use now."""
    try:
        message = mail.compose(batch.recipient, batch.rows, message_id=batch.message_id)
        connection.open()
        connection.send_messages([message])
    except Exception as error:
        logger.warning("A mail was not sent: %s: %s", type(error).__name__, error)
        _failed(batch, f"{type(error).__name__}: {error}")
        _close(connection)
        is_of_one_mail = isinstance(error, smtplib.SMTPException) and not isinstance(error, _BROKEN)
        if isinstance(error, OSError) and not is_of_one_mail:
            raise _ServerDown from error
        return False
    _update(batch.rows, sent_at=timezone.now(), next_attempt_at=None, last_error="")
    return True


def _failed(batch: Batch, error: str) -> None:
    is_over = batch.attempts >= ATTEMPTS
    again = None if is_over else timezone.now() + pause(batch.attempts)
    _update(batch.rows, next_attempt_at=again, last_error=mail.one_line(error, 500))


def pause(attempts: int) -> timedelta:
    """Return how long a mail waits after so many failed attempts."""
    return min(FIRST_PAUSE * 2 ** (max(attempts, 1) - 1), LONGEST_PAUSE)


def _close(connection: Any) -> None:
    try:
        connection.close()
    except Exception:
        logger.debug("The connection to the mail server was broken already", exc_info=True)


def try_again(deliveries: Iterable[Delivery], *, at: datetime) -> int:
    """Make unsent mails due now, each with all its rows; return how many rows that are."""
    unsent = [one for one in deliveries if one.sent_at is None]
    begun = {one.message_id for one in unsent if one.message_id}
    rows = Delivery.objects.filter(sent_at__isnull=True).filter(
        Q(message_id__in=begun) | Q(pk__in=[one.pk for one in unsent])
    )
    changed = rows.update(attempts=0, next_attempt_at=at)
    if changed:
        transaction.on_commit(lambda: hint(), robust=True)
    return changed


def hold_back(words: str) -> int:
    """Keep everything that waits from being sent, and say why; people may send it by trying again."""
    return Delivery.objects.waiting().update(next_attempt_at=None, last_error=words)


def _update(rows: list[Delivery], **values: Any) -> None:
    if rows:
        Delivery.objects.filter(pk__in=[one.pk for one in rows], sent_at__isnull=True).update(**values)
