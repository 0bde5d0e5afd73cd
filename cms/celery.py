"""The Celery application: settings come from Django, tasks from the installed apps."""

import os
from pathlib import Path

from celery import Celery
from celery.beat import PersistentScheduler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")

app = Celery("cms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class BeatSchedule(PersistentScheduler):
    """Celery's own schedule, in a folder that is made when it is missing."""

    schedule_filename: str

    def setup_schedule(self):
        folder = Path(self.schedule_filename).resolve().parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SystemExit(f"The folder of BEAT_FILE cannot be made: {error}") from error
        super().setup_schedule()
