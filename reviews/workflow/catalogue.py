"""Facts outside the digest: address, topics, risk class and author. After the first submit an editor changes them."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, FormerSlug, Topic
from articles.models.person import Person
from articles.writing import drafting
from reviews.models import EditorialPolicy
from reviews.rules import requirements, triage
from reviews.workflow import lowerings, taken_addresses
from reviews.workflow.assignments import must_not_have_signed
from reviews.workflow.step import Refused, Step, sentence, take
from reviews.workflow.submission import topics_of


@dataclass(frozen=True)
class _Facts:
    """The facts as they are to be."""

    slug: str
    risk: str
    owner: Person
    topics: list[Topic]
    readers: int


def catalogue(
    article: Article,
    *,
    by: Person,
    reason: str,
    slug: str,
    risk: str,
    owner: Person,
    topics: list[Topic],
    readers: int | None = None,
) -> Article:
    """Change an article's catalogue facts, as an event; the old address leads readers to the new one.

    `readers` is how many read it in a month; None leaves that as it is. A lower risk class, and a topic whose
    specialists would have to sign no more, stay as they are until a second person confirms them; the rest is changed
    at once. What an open review asks for is raised by what asks for more, and never lowered.
    """
    _must_edit(by)
    with transaction.atomic():
        fresh = drafting.lock(article.pk, seen=None)
        wanted = _Facts(slug, risk, owner, topics, fresh.readers if readers is None else readers)
        at_once = _ask_to_lower(fresh, wanted, by=by, reason=reason)
        if at_once is None or not _is_as_it_was(fresh, at_once):
            fresh = _change(fresh, at_once or wanted, by=by, reason=reason)
    return fresh


def _must_edit(by: Person) -> None:
    if not by.has_perm("articles.edit_any_article"):
        raise PermissionDenied(
            _("Only an editor can change the address, topics, risk class or author of a submitted text.")
        )


def _ask_to_lower(fresh: Article, wanted: _Facts, *, by: Person, reason: str) -> _Facts | None:
    """Ask a second person where something would be lowered; return what changes at once, or None when nothing is."""
    before = lowerings.terms_of(fresh)
    after = lowerings.terms(wanted.risk, [topic.pk for topic in wanted.topics])
    lowered = lowerings.lowered(before, after)
    if not lowered:
        return None
    lowerings.request(fresh, by=by, wanted=after, before=_after_the_rest(before, after), lowered=lowered, reason=reason)
    kept = Topic.objects.filter(pk__in={*before["topics"], *after["topics"]})
    return _Facts(
        wanted.slug,
        requirements.higher_risk(before["risk"], wanted.risk),
        wanted.owner,
        list(kept),
        wanted.readers,
    )


def _after_the_rest(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return the terms as they are once the rest of the change is made: what the second person is asked about."""
    risk = requirements.higher_risk(before["risk"], after["risk"])
    return lowerings.terms(risk, sorted({*before["topics"], *after["topics"]}))


def _is_as_it_was(fresh: Article, facts: _Facts) -> bool:
    was = (fresh.slug, fresh.risk, fresh.owner_id, fresh.readers, set(fresh.topics.all()))
    return was == (facts.slug, facts.risk, facts.owner.pk, facts.readers, set(facts.topics))


def _change(article: Article, facts: _Facts, *, by: Person, reason: str) -> Article:
    with take("catalogue", article.pk, by=by) as step:
        fresh = step.article
        _move(step, facts.slug)
        before = lowerings.terms_of(fresh)
        step.data["from"] = {"slug": fresh.slug, "risk": fresh.risk, "owner": fresh.owner_id, "readers": fresh.readers}
        step.data["from"]["specialties"] = before["specialties"]
        fresh.slug, fresh.risk, fresh.owner, fresh.readers = facts.slug, facts.risk, facts.owner, facts.readers
        words = sentence(reason, _("Give the reason for the record."))
        drafting.save(fresh, by=by, reason=words)
        fresh.topics.set(facts.topics)
        told = {"slug": facts.slug, "risk": facts.risk, "owner": facts.owner.pk, "readers": fresh.readers}
        step.data.update(told, topics=topics_of(fresh), reason=words)
        step.data["specialties"] = lowerings.terms_of(fresh)["specialties"]
        if triage.changes_terms(step.data):
            must_not_have_signed(step)
            _raise_open_review(step)
        if step.publication is not None:
            step.wrote(fresh)
    return fresh


def _move(step: Step, slug: str) -> None:
    """Keep the old address, which leads readers on. Raises `Refused` for one that is taken."""
    fresh = step.article
    if slug != fresh.slug:
        if taken_addresses.belongs_to_another(slug, fresh):
            raise Refused(_("Another article has, or had, this address."))
        for former in FormerSlug.objects.filter(slug=slug):
            step.delete(former)
        step.save(FormerSlug(slug=fresh.slug, article=fresh))


def _raise_open_review(step: Step) -> None:
    """Let the open review ask for what the versions it runs under ask of the present risk class and topics, if more."""
    review = step.review
    if review is None or not review.is_open:
        return
    asked = before = review.requirements
    for policy in EditorialPolicy.objects.filter(version__in={asked["policy"], review.policy.version}):
        wanted = requirements.at_opening(policy, step.article, reason=review.reason)
        # Signed under is what it was: the class was changed, and no version.
        asked = requirements.raised(asked, {**wanted, "policy": asked["policy"]})
    if asked != before:
        review.requirements = asked
        step.save(review, update_fields=["requirements"])
        step.data.update(review=review.pk, requirements=asked)
