"""The glossary: approving its wording, bringing in the shipped terms, counting where terms are used."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Lower

from articles.models import GlossaryTerm, Publication, Section, TermUse
from articles.models.person import Person
from articles.text.checks.prose import sentences
from articles.text.lexicon import shipped_glossary, vocabulary
from articles.writing import drafting, freezing

# The reason in the history of a term that nobody has edited since it came with the project.
SHIPPED = "from the shipped glossary"


@dataclass(frozen=True)
class Loaded:
    """How many shipped terms were new, were brought up to date, and were left as a person wrote or approved them."""

    added: int = 0
    updated: int = 0
    kept: int = 0


class WordingMoved(Exception):
    """The wording changed after this person read it. `term` is the term as it stands now."""

    def __init__(self, term: GlossaryTerm) -> None:
        super().__init__(str(term))
        self.term = term


class AlreadyApproved(Exception):
    """Somebody approved this very wording; who did and when stays as it is."""


def wording_digest(term: GlossaryTerm) -> str:
    """Return what names the wording a person read."""
    return freezing.term_digest(term.frozen())


@transaction.atomic
def approve(term_id: int, *, by: Person, at: datetime, seen: str) -> GlossaryTerm:
    """Approve the wording whose digest is `seen`.

    Raises `WordingMoved` when the term says something else now, and `AlreadyApproved`.
    """
    term = GlossaryTerm.objects.select_for_update(no_key=True).get(pk=term_id)
    if wording_digest(term) != seen:
        raise WordingMoved(term)
    if term.approved_at is not None:
        raise AlreadyApproved(str(term))
    term.approved_by, term.approved_at = by, at
    drafting.save(term, by=by, reason="approved")
    return term


def save_wording(term: GlossaryTerm, *, by: Person, reason: str) -> None:
    """Save a term. Another wording than the saved one loses the approval: nobody has approved those words."""
    saved = GlossaryTerm.objects.filter(pk=term.pk).first()
    if saved is not None and saved.frozen() != term.frozen():
        term.approved_by, term.approved_at = None, None
    drafting.save(term, by=by, reason=reason)


@transaction.atomic
def load(*, by: Person) -> Loaded:
    """Bring in the shipped glossary as terms that wait for approval; a second run changes nothing.

    A term that a person has edited, added or approved keeps its words.
    """
    existing = {term.term.casefold(): term for term in GlossaryTerm.objects.all()}
    outcome = Counter(_load_entry(entry, existing, by=by) for entry in shipped_glossary.entries())
    return Loaded(outcome["added"], outcome["updated"], outcome["kept"])


def _load_entry(entry: dict[str, Any], existing: dict[str, GlossaryTerm], *, by: Person) -> str:
    words = {name: entry[name] for name in ("term", "variants", "plain", "definition")}
    term = existing.get(entry["term"].casefold())
    if term is None:
        drafting.save(GlossaryTerm(**words), by=by, reason=SHIPPED)
        return "added"
    if term.frozen() == GlossaryTerm(**words).frozen():
        return "same"
    if term.approved_at is not None or term.history.exclude(history_change_reason=SHIPPED).exists():
        return "kept"
    for name, value in words.items():
        setattr(term, name, value)
    save_wording(term, by=by, reason=SHIPPED)
    return "updated"


def count_uses(*, at: datetime) -> int:
    """Count in how many drafts and in how many texts that readers see each term is used; return how many terms.

    Reads every text once, a few at a time. Between two counts the numbers are as old as they say.
    """
    terms = {term.term: term.pk for term in GlossaryTerm.objects.order_by(Lower("term"))}
    drafts = _count(_terms_of_drafts())
    published = _count(_terms_of_publications(at))
    with transaction.atomic():
        for term, pk in terms.items():
            numbers = {"drafts": drafts[term], "published": published[term], "counted_at": at}
            TermUse.objects.update_or_create(term_id=pk, defaults=numbers)
    return len(terms)


def _count(uses: Iterable[tuple[int, set[str]]]) -> Counter[str]:
    """Count each term once an article; the uses of an article come one after the other."""
    counted: Counter[str] = Counter()
    article, found = 0, set[str]()
    for article_id, terms in uses:
        if article_id != article:
            counted.update(found)
            article, found = article_id, set()
        found |= terms
    counted.update(found)
    return counted


def _terms_of_drafts() -> Iterator[tuple[int, set[str]]]:
    """Yield the terms, approved or not, in the text that the plain page of each draft would show."""
    words = vocabulary.of_terms([term.frozen() for term in GlossaryTerm.objects.all()])
    texts = Section.objects.order_by("article_id").values_list("article_id", "plain", "professional")
    for article_id, plain, professional in texts.iterator(chunk_size=200):
        found = (use.term for one in sentences(plain or professional) for use in words.uses(one.text))
        yield article_id, set(found)


def _terms_of_publications(at: datetime) -> Iterator[tuple[int, set[str]]]:
    """Yield the terms that each text before readers explains."""
    texts = Publication.objects.readable(at.date()).order_by("pk").values_list("pk", "revision__content")
    for article_id, content in texts.iterator(chunk_size=200):
        yield article_id, {term["term"] for term in json.loads(content)["glossary"]}
