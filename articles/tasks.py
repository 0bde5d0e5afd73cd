"""Work of articles without a person: each task goes by facts and may run twice."""

from celery import shared_task
from django.utils import timezone

from articles import terms


@shared_task(name="articles.tasks.count_term_uses")
def count_term_uses() -> int:
    """Count anew where the terms of the glossary are used; return how many terms there are."""
    return terms.count_uses(at=timezone.now())
