"""The project: wires the apps together and knows no domain."""

from cms.celery import app as celery_app

__all__ = ["celery_app"]
