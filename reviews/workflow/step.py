"""One step of the workflow: lock, re-read, guard, write, record, all in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Publication, shown_text
from articles.models.person import Person
from articles.models.translation import translated
from articles.text import hidden_characters
from reviews import notifications
from reviews.models import Assignment, Event, Review
from reviews.record import event_chain, publishing, row_states
from reviews.workflow import conflicts
from reviews.workflow.transitions import TRANSITIONS, state_of

Row = TypeVar("Row", bound=models.Model)


class Refused(Exception):
    """A guard's refusal, as a sentence for the person who acted."""


class TransitionNotAllowed(Refused):
    """The text is in a state from which this step does not start: somebody was faster, or the page is old."""


class ArticleMoved(Exception):
    """Something happened to the article since the person opened the page. `events` are what they did not see."""

    def __init__(self, article: Article, events: list[Event]) -> None:
        super().__init__(_("This article has changed since you opened the page. Nothing was done."))
        self.article, self.events = article, events


@dataclass
class Step:
    """What a verb works with: the locked article, its review, and what it must put on the record."""

    verb: str
    article: Article
    review: Review | None
    by: Person | None  # None is the clock, or an alert
    chain: event_chain.Chain
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)
    rows: list[models.Model] = field(default_factory=list)
    written: list[models.Model] = field(default_factory=list)
    removed: list[tuple[str, int]] = field(default_factory=list)
    event: Event | None = None

    @property
    def publication(self) -> Publication | None:
        return getattr(self.article, "publication", None)

    @property
    def open_review(self) -> Review:
        assert self.review is not None  # noqa: S101  (a verb on a review has one)
        return self.review

    @property
    def person(self) -> Person:
        assert self.by is not None  # noqa: S101  (somebody takes it: neither the clock nor an alert)
        return self.by

    def insert(self, row: Row) -> Row:
        """Insert a row of evidence and put it on the record with this step."""
        return insert_evidence(row, self.rows)

    def save(self, row: Row, *, update_fields: list[str] | None = None) -> Row:
        """Save a row that steps may change, new or not, and put how it stands then on the record with this step."""
        row.save(update_fields=update_fields)
        return self.wrote(row)

    def wrote(self, row: Row) -> Row:
        """Put on the record how a row stands that something else has saved."""
        if not any(one is row for one in self.written):
            self.written.append(row)
        return row

    def delete(self, row: models.Model) -> None:
        """Remove a row and put that on the record."""
        self.removed.append((row._meta.db_table, row.pk))
        row.delete()

    def move(self, state: str) -> None:
        """Set the review's state; closing it keeps the time."""
        review = self.open_review
        review.state = state
        review.closed_at = None if review.is_open else self.at
        self.save(review, update_fields=["state", "closed_at", "closing_reason"])
        self.data["state"] = state

    def close(self, state: str, *, reason: str) -> None:
        self.open_review.closing_reason = reason
        self.data["reason"] = reason
        self.move(state)


def insert_evidence(row: Row, rows: list[models.Model]) -> Row:
    """Insert a row of evidence, and add it to those that the event will record."""
    row.save(force_insert=True)
    rows.append(row)
    return row


@contextmanager
def take(
    verb: str, article_id: int, *, by: Person | None, seen: int | None = None, review: Review | None = None
) -> Iterator[Step]:
    """Run one step. `seen` is the sequence of the last event the person's page knew of; None skips that check.

    What happened since is no matter where it does not stand in this step's way (`reviews.workflow.conflicts`).
    Raises `ArticleMoved`, `PermissionDenied`, or `TransitionNotAllowed`, in this order; what the step's body raises
    rolls everything back.
    """
    with transaction.atomic():
        # Two people may act at the same moment; the second must see the first's result.
        article = Article.objects.select_for_update(no_key=True).get(pk=article_id)
        chain = event_chain.article_chain(article_id)
        if seen is not None and chain.sequence != seen:
            missed = list(Event.objects.of_article(article_id).filter(sequence__gt=seen))
            if not missed or conflicts.stands_in_the_way(missed, verb, by=by.pk if by else None):
                raise ArticleMoved(article, missed)
        review = _fresh(review, article)
        step = Step(verb, article, review, by, chain, chain.not_before(timezone.now()))
        if verb in TRANSITIONS:
            _guard(step)
        yield step
        _record(step)


def _fresh(review: Review | None, article: Article) -> Review | None:
    reviews = article.reviews.select_related("revision", "policy").prefetch_related(
        models.Prefetch("assignments", Assignment.objects.select_related("member__user", "disclosure__ruling"))
    )
    found = reviews.get(pk=review.pk) if review is not None else reviews.open().first()
    if found is not None:
        found.article = article
    return found


def _guard(step: Step) -> None:
    transition = TRANSITIONS[step.verb]
    subject = step.review if transition.on == "review" else step.article
    is_allowed = transition.by_clock if step.by is None else transition.allowed(step.by, subject)
    if not is_allowed:
        raise PermissionDenied(_("You may not do this: %s.") % transition.label)
    state = state_of(step.verb, step.article, step.review)
    if transition.sources and state not in transition.sources:
        raise TransitionNotAllowed(_not_now(step, state))


def _not_now(step: Step, state: str) -> str:
    if state.startswith("page:"):
        return _("The page is not in a state for this: it is not published, or a review of it is open.")
    return _("This review is now “%s”.") % step.open_review.get_state_display()


def _record(step: Step) -> None:
    if step.chain.sequence == 0:
        _register(step)
    data = step.data | row_states.told(step.written, step.removed)
    step.event = event_chain.append(step.chain, step.verb, actor=step.by, data=data, at=step.at, rows=step.rows)
    publishing.publish(step.article, step.event, stored=step.publication)
    notifications.of_event(step.event, article=step.article, review=step.review)


def _register(step: Step) -> None:
    """Put on the site's record that an article's record begins: were all of it taken away, that would remain."""
    data = {"article": step.article.pk, "title": step.article.title}
    event_chain.append(event_chain.site_chain(), "register_article", actor=step.by, data=data, at=step.at)


def sentence(text: str, refusal: str) -> str:
    """Return a reason without the white space around it; raises `Refused` for nothing, and for hidden characters."""
    text = text.strip()
    if not text:
        raise Refused(refusal)
    if hidden := hidden_characters.in_text(text):
        raise Refused(translated(hidden))
    return text


def refuse_hidden(row: models.Model) -> None:
    """Raise `Refused` when what readers or signers see of a row holds a character that nobody sees."""
    try:
        shown_text.check_row(row)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
