"""Work without a person: the nightly check of the record."""

import logging

from celery import shared_task
from django.core.mail import mail_admins

from reviews import verification

logger = logging.getLogger(__name__)


@shared_task(name="reviews.tasks.verify_audit")
def verify_audit() -> int:
    """Verify the record; log each fault and tell the administrators. Returns how many there are."""
    found = [str(fault) for fault in verification.faults()]
    for fault in found:
        logger.error("The record is not whole: %s", fault)
    if found:
        mail_admins("The record is not whole", "\n".join(found), fail_silently=True)
    return len(found)
