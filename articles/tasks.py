"""Work of this app that a queue runs: each task takes ids and may run twice."""

import logging
from typing import Any

from celery import shared_task
from django.utils import timezone

from articles import lookups

logger = logging.getLogger(__name__)


@shared_task(name="articles.tasks.look_up")
def look_up(pk: int) -> None:
    """Ask what a person wants looked up."""
    lookups.answer(pk, at=timezone.now())


@shared_task(name="articles.tasks.answer_look_ups")
def answer_look_ups() -> int:
    """Ask what the queue lost; return how many. One that fails does not keep the others."""
    found = lookups.waiting(timezone.now())
    for pk in found:
        try:
            lookups.answer(pk, at=timezone.now())
        except Exception:
            logger.exception("Look-up %s is tried again", pk)
    return len(found)


def begin(task: Any, *arguments: Any) -> None:
    """Tell a worker to begin. Without a broker nothing is lost: the clock finds what is unfinished."""
    try:
        task.apply_async(arguments, retry=False)
    except Exception:
        logger.exception("The work did not begin; the clock begins it: %s", task.name)
