"""Work without a person, every so often (CLOCK in the settings): each task goes by facts and may run twice."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.core.mail import mail_admins
from django.db import transaction
from django.utils import timezone

from reviews import notifications, workflow
from reviews.alerts import campaigns, due_reviews, source_alerts, source_watch
from reviews.notifications import reminders
from reviews.notifications.outbox import deliver
from reviews.people import voidings
from reviews.policies import reach
from reviews.record import verification, verification_runs

__all__ = [
    "begin",
    "bind_policy",
    "carry_on",
    "deliver",
    "open_due_reviews",
    "remind",
    "run_campaigns",
    "tell_of_sources",
    "verify_audit",
    "verify_nightly",
    "void_signatures",
    "watch_sources",
]

logger = logging.getLogger(__name__)

# Work that a step began and that may have been cut short: each finds by itself what is left to do.
UNFINISHED: list[Callable[[], object]] = []


@shared_task(name="reviews.tasks.carry_on")
def carry_on() -> None:
    """Finish what was cut short; one that fails does not keep the others."""
    for work in UNFINISHED:
        try:
            work()
        except Exception:
            logger.exception("Unfinished work failed and is tried again: %s", work)


@shared_task(name="reviews.tasks.bind_policy")
def bind_policy() -> int:
    """Carry a new version of the policy to what it binds; return how many articles were bound."""
    return reach.carry_out()


@shared_task(name="reviews.tasks.run_campaigns")
def run_campaigns() -> None:
    """List the texts that campaigns are about, and carry out what editors decided of them."""
    campaigns.carry_on_all()


@shared_task(name="reviews.tasks.void_signatures")
def void_signatures() -> int:
    """Carry out what editors found of signatures that are void; return on how many articles."""
    return voidings.carry_out()


@shared_task(name="reviews.tasks.tell_of_sources")
def tell_of_sources() -> int:
    """Tell the texts that cite a source of its updates; return how many were told now."""
    told = source_alerts.tell_all()
    campaigns.carry_on_all()
    return told


UNFINISHED += [reach.carry_out, voidings.carry_out, source_alerts.tell_all, campaigns.carry_on_all]


@shared_task(name="reviews.tasks.watch_sources")
def watch_sources() -> int:
    """Have the sources looked up that are due, then tell of what was found; return how many were looked up."""
    checked = source_watch.watch(timezone.now())
    if checked:
        begin(tell_of_sources)
    return checked


def begin(task: Any) -> None:
    """Tell a worker to begin. Without a broker nothing is lost: the clock finds what is unfinished."""
    try:
        task.apply_async(retry=False)
    except Exception:
        logger.exception("The work did not begin; the clock begins it: %s", task.name)


@shared_task(name="reviews.tasks.remind")
def remind() -> int:
    """Write what is due, late or about to end into the outbox; return how many rows."""
    with transaction.atomic():
        return reminders.write(timezone.now())


@shared_task(name="reviews.tasks.open_due_reviews")
def open_due_reviews() -> int:
    """Open each review that is due and that nobody has opened; return how many were opened."""
    opened = 0
    for one in due_reviews.reviews_to_open(timezone.localdate()):
        try:
            workflow.rereview(one.article, by=None, seen=None, kind=one.kind, reason=one.reason)
            opened += 1
        except workflow.Refused as refusal:
            logger.info("No review of article %s: %s", one.article.pk, refusal)
        except Exception:
            logger.exception("No review of article %s", one.article.pk)
    return opened


@shared_task(name="reviews.tasks.verify_nightly")
def verify_nightly() -> int | None:
    """Verify the record when it was not verified since this time yesterday: what is new, and all of it once a week."""
    now = timezone.now()
    last = verification_runs.last()
    if last is not None and last.at > now - timedelta(days=1):
        return None
    return _verify(verification_runs.to_continue(now))


@shared_task(name="reviews.tasks.verify_audit")
def verify_audit() -> int:
    """Verify the whole record; return the number of faults.

    Designed to meet EU GMP Annex 11 §9: the audit trail is regularly reviewed.
    """
    return _verify(None)


def _verify(since: verification_runs.Earlier | None) -> int:
    """Verify, put the check on the site's chain, and tell the administrators of each fault, or that it failed."""
    verified = verification.Verified()
    try:
        found = [str(fault) for fault in verification.verify(verified, since=since)]
    except Exception as error:
        logger.exception("The record could not be checked")
        mail_admins("The record could not be checked", repr(error), fail_silently=True)
        _put_on_record(verified, 0, failure=type(error).__name__)
        raise
    _put_on_record(verified, len(found))
    for fault in found:
        logger.error("The record is not whole: %s", fault)
    if found:
        mail_admins("The record is not intact", "\n".join(found), fail_silently=True)
    return len(found)


def _put_on_record(verified: verification.Verified, faults: int, *, failure: str = "") -> None:
    with transaction.atomic():
        notifications.of_event(verification_runs.record(verified, faults=faults, failure=failure))
