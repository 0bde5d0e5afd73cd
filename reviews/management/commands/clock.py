"""`manage.py clock`: the work without a person, in one process beside an embedded server. In production: beat."""

import logging
import signal
import time

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from articles import tasks as articles_tasks  # noqa: F401  (registers the tasks that CLOCK names)
from reviews import tasks  # noqa: F401  (the same)

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run the scheduled tasks (CLOCK) at their intervals until stopped. With --once: run each of them once."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="run each task once and exit")

    def handle(self, *args, once: bool, **options):
        if once:
            for name in settings.CLOCK:
                run(name)
            return
        # A task may be left anywhere: what it had not written down is done again.
        signal.signal(signal.SIGTERM, _stop)
        try:
            run_forever()
        except (KeyboardInterrupt, SystemExit):
            self.stdout.write("The clock stopped.")


def run_forever() -> None:
    """Run each task when its time has come."""
    due = dict.fromkeys(settings.CLOCK, 0.0)
    while True:
        for name, seconds in settings.CLOCK.items():
            if due[name] <= time.monotonic():
                run(name)
                due[name] = time.monotonic() + seconds
        time.sleep(max(0.0, min(due.values()) - time.monotonic()))


def run(name: str) -> None:
    """Run one task here; what it raises is logged and the clock goes on."""
    close_old_connections()
    try:
        current_app.tasks[name]()
    except Exception:
        logger.exception("The clock goes on without %s", name)


def _stop(number, frame):
    raise SystemExit
