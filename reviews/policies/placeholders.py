"""What a new site has in place of its own words: a responsible person without a name, a policy nobody adopted."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Info, Warning
from django.db import Error

from articles.models import Topic
from reviews.models import EditorialPolicy
from reviews.policies import first_policy


def names_nobody(policy: EditorialPolicy) -> bool:
    """Say whether the editorially responsible person is still the one that every new site names."""
    return policy.responsible_person == first_policy.RESPONSIBLE_PERSON


def is_as_shipped(policy: EditorialPolicy) -> bool:
    """Say whether no person of this site has adopted the policy: its words are those that ship with the software."""
    return policy.adopted_by_id is None


def check(app_configs: Any = None, **options: Any) -> list[CheckMessage]:
    """Name for `manage.py check --deploy` what readers would see and nobody here wrote."""
    try:
        return list(_found(EditorialPolicy.objects.current()))
    except (Error, IndexError):
        words = "The database was not asked for placeholders: it does not answer, or it has no tables yet."
        return [Info(words, hint="Run manage.py migrate, then this check again.", id="reviews.I001")]


def _found(policy: EditorialPolicy) -> Iterator[CheckMessage]:
    hint = "Adopt a version of the editorial policy at the editorial desk."
    if names_nobody(policy):
        words = f'Readers are told that "{policy.responsible_person}" is responsible: name the person.'
        yield Warning(words, hint=hint, id="reviews.W001")
    if is_as_shipped(policy):
        words = "The editorial policy in force has the wording that ships with the software; nobody has adopted it."
        yield Warning(words, hint=hint, id="reviews.W002")
    if not Topic.objects.exists():
        hint = "Add the topics that this site writes about, at the editorial desk."
        yield Warning("There is no topic, so readers find no text by subject.", hint=hint, id="reviews.W003")
