"""A change that asks for less waits for a second person: asked for, confirmed, refused or withdrawn, each on record.

What the policy would lower stands on the site's record, what a text's risk class or topics would on the article's.
Reviews that are open keep what they were opened with: a confirmed change is of reviews opened from then on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Topic
from articles.models.person import Person
from articles.writing import drafting
from reviews import notifications
from reviews.models import Lowering, LoweringAnswer
from reviews.record import event_chain
from reviews.rules import lowered_terms as rules
from reviews.rules import requirements
from reviews.workflow.step import Refused, TransitionNotAllowed, insert_evidence, sentence, take
from reviews.workflow.submission import topics_of


@dataclass
class Act:
    """One act about a lowered requirement, on the record that it belongs to."""

    by: Person
    chain: event_chain.Chain
    at: datetime
    article: Article | None = None
    data: dict[str, Any] = field(default_factory=dict)
    rows: list[models.Model] = field(default_factory=list)
    written: list[models.Model] = field(default_factory=list)


@contextmanager
def acting(verb: str, article: Article | None, *, by: Person) -> Iterator[Act]:
    """Act on the article's record, or on the site's when it is the policy that would ask for less."""
    if article is not None:
        with take(verb, article.pk, by=by) as step:
            act = Act(by, step.chain, step.at, step.article, step.data, step.rows, step.written)
            yield act
        return
    with transaction.atomic():
        chain = event_chain.site_chain()
        act = Act(by, chain, timezone.now())
        yield act
        event = event_chain.append(chain, verb, actor=by, data=act.data, rows=act.rows, at=act.at)
        notifications.of_event(event)


def request(
    article: Article | None,
    *,
    by: Person,
    wanted: dict[str, Any],
    before: dict[str, Any],
    lowered: list[str],
    reason: str,
) -> Lowering:
    """Ask a second person to confirm a change that asks for less. Raises `Refused` while another one waits."""
    with acting("request_lowering", article, by=by) as act:
        if Lowering.objects.pending().filter(article=article).exists():
            raise Refused(
                _("Another lower requirement already waits for a second person: answer or withdraw it first.")
            )
        words = sentence(reason, _("Give the reason: the second person will read it."))
        made = Lowering(article=article, wanted=wanted, before=before, reason=words, asked_by=by, asked_at=act.at)
        insert_evidence(made, act.rows)
        act.data.update(lowering=made.pk, lowered=lowered, reason=words)
    return made


def confirm_lowering(lowering: Lowering, *, by: Person) -> Lowering:
    """Agree, as a second person, that a text is of a lower risk class or needs a specialist no more.

    Raises `Refused` when what would be lowered has changed since it was asked. (`reviews.policies.lowered_policy`
    confirms a version of the policy.)
    """
    assert lowering.article is not None  # noqa: S101  (the page sends those of the policy elsewhere)
    with acting("confirm_lowering", lowering.article, by=by) as act:
        fresh = pending(lowering)
        must_be_second(fresh, by)
        article = act.article
        assert article is not None  # noqa: S101  (asked for above)
        if terms_of(article) != fresh.before:
            raise Refused(_("The risk class or the topics have changed since this was asked. It has to be asked anew."))
        answer(act, fresh, LoweringAnswer.Outcome.CONFIRMED)
        act.data["from"] = _told(article)
        article.risk = fresh.wanted["risk"]
        # Whose change it is: who agrees to it is on the record by this step.
        drafting.save(article, by=fresh.asked_by, reason=fresh.reason)
        article.topics.set(Topic.objects.filter(pk__in=fresh.wanted["topics"]))
        act.data.update(_told(article), topics=topics_of(article))
        if hasattr(article, "publication"):
            act.written.append(article)
    return fresh


def refuse_lowering(lowering: Lowering, *, by: Person, reason: str) -> Lowering:
    """Keep a requirement as it is, with a reason that who asked will read."""
    with acting("refuse_lowering", lowering.article, by=by) as act:
        fresh = pending(lowering)
        must_be_second(fresh, by)
        answer(act, fresh, LoweringAnswer.Outcome.REFUSED, sentence(reason, _("Say why it stays as it is.")))
    return fresh


def withdraw_lowering(lowering: Lowering, *, by: Person) -> Lowering:
    """Take back what one asked for, while nobody has answered."""
    with acting("withdraw_lowering", lowering.article, by=by) as act:
        fresh = pending(lowering)
        if not rules.can_withdraw(by, fresh):
            raise PermissionDenied(_("Only the person who asked can withdraw this."))
        answer(act, fresh, LoweringAnswer.Outcome.WITHDRAWN)
    return fresh


def pending(lowering: Lowering) -> Lowering:
    """Return what was asked as it stands now. Raises `TransitionNotAllowed` when it is answered already."""
    fresh = Lowering.objects.select_related("answer", "asked_by").get(pk=lowering.pk)
    if not fresh.is_pending:
        raise TransitionNotAllowed(_("This is already answered: %s.") % fresh.answer.get_outcome_display().lower())
    return fresh


def must_be_second(lowering: Lowering, by: Person) -> None:
    if not rules.can_confirm(by, lowering):
        raise PermissionDenied(
            _("A second person answers this: another editor, or an active member of the board, never who asked.")
        )


def answer(act: Act, lowering: Lowering, outcome: str, reason: str = "") -> None:
    """Write how it ended."""
    row = LoweringAnswer(lowering=lowering, outcome=outcome, reason=reason, answered_by=act.by, answered_at=act.at)
    insert_evidence(row, act.rows)
    act.data.update(lowering=lowering.pk, asked_by=lowering.asked_by_id, name=str(lowering.asked_by))
    act.data["reason"] = reason or lowering.reason


def terms_of(article: Article) -> dict[str, Any]:
    """Return what of an article can be lowered, as it is kept with what is asked."""
    return terms(str(article.risk), list(article.topics.values_list("pk", flat=True)))


def terms(risk: str, topics: list[int]) -> dict[str, Any]:
    return {"risk": risk, "topics": sorted(topics), "specialties": requirements.specialties_of(topics)}


def lowered(before: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """Return in sentences what an article would have to meet no more."""
    return rules.of_article(
        rules.Terms(before["risk"], before["specialties"]), rules.Terms(wanted["risk"], wanted["specialties"])
    )


def _told(article: Article) -> dict[str, Any]:
    found = terms_of(article)
    return {"risk": found["risk"], "specialties": found["specialties"]}
