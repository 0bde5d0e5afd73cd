"""Readers are warned of updates of a source of the text they see; nothing is decided by it."""

from typing import Any

from django.utils.translation import gettext as _

from articles.models import Article, SourceUpdate
from articles.models.person import Person
from reviews.models import EditorialPolicy, Event
from reviews.rules import source_warnings
from reviews.workflow.step import TransitionNotAllowed, take


def warn(article: Article, *, by: Person | None, update: SourceUpdate, seen: int | None = None) -> list[dict[str, Any]]:
    """Put on the page all updates of the sources of the published text; once for each update.

    `by` is None when a machine found it. Which warnings stand at the top is a rule of the policy in force today.
    """
    with take("warn", article.pk, by=by, seen=seen) as step:
        if was_warned(article.pk, update):
            raise TransitionNotAllowed(_("Readers of this text have already been warned of this."))
        publication = step.article.publication  # the table's sources say that there is one
        at_top = EditorialPolicy.objects.current().warns_at_top
        step.data.update(
            update=update.pk,
            source=update.source_id,
            source_title=update.source.title,
            kind=update.kind,
            source_warnings=source_warnings.of_revision(publication.revision, at_top=at_top),
        )
    return list(step.data["source_warnings"])


def was_warned(article_id: int, update: SourceUpdate) -> bool:
    """Say whether the record of an article holds that its readers were told of an update."""
    return Event.objects.of_article(article_id).filter(verb="warn", data__update=update.pk).exists()
