"""Work of articles without a person: each task takes ids, goes by facts in the database, and may run twice."""

import logging
import time
from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from articles.library import file_import, lookups
from articles.writing import terms

logger = logging.getLogger(__name__)

# Where jobs run in the request itself, a person does not wait for thousands of records: the clock brings in the rest.
_SECONDS_IN_A_REQUEST = 15


@shared_task(name="articles.tasks.import_sources")
def import_sources(*pks: int) -> bool:
    """Bring in what is left of some files of sources, one after the other; return whether all of it is done."""
    ends = time.monotonic() + _SECONDS_IN_A_REQUEST if settings.CELERY_TASK_ALWAYS_EAGER else None
    for pk in pks:
        seconds = None if ends is None else ends - time.monotonic()
        if (seconds is not None and seconds <= 0) or not file_import.carry_on(pk, seconds=seconds):
            return False
    return True


@shared_task(name="articles.tasks.carry_on_imports")
def carry_on_imports() -> int:
    """Go on with files that nobody is at; return how many. One that fails is marked and does not keep the others.

    A file at which a process died is marked too, and not tried again: a person decides that.
    """
    file_import.mark_died()
    found = file_import.waiting()
    for pk in found:
        try:
            file_import.carry_on(pk)
        except Exception:
            logger.exception("Import %s of sources stopped", pk)
    return len(found)


def begin(task: Any, *arguments: Any) -> None:
    """Tell a worker to begin. Without a broker nothing is lost: the clock finds what is unfinished."""
    try:
        task.apply_async(arguments, retry=False)
    except Exception:
        logger.exception("The work did not begin; the clock begins it: %s", task.name)


@shared_task(name="articles.tasks.look_up")
def look_up(pk: int) -> None:
    """Ask what a person wants looked up."""
    lookups.answer(pk, at=timezone.now())


@shared_task(name="articles.tasks.answer_look_ups")
def answer_look_ups() -> int:
    """Ask what the queue lost; return how many. One that fails does not keep the others, and is not asked again."""
    found = lookups.waiting(timezone.now())
    for pk in found:
        try:
            lookups.answer(pk, at=timezone.now())
        except Exception:
            logger.exception("Look-up %s was not answered", pk)
    return len(found)


@shared_task(name="articles.tasks.count_term_uses")
def count_term_uses() -> int:
    """Count anew where the terms of the glossary are used; return how many terms there are."""
    return terms.count_uses(at=timezone.now())
