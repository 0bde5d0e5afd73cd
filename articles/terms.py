"""Approving the wording of glossary terms; a changed wording waits for approval again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from articles import drafting, freezing
from articles.models import GlossaryTerm


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
def approve(term_id: int, *, by: Any, at: datetime, seen: str) -> GlossaryTerm:
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


def save_wording(term: GlossaryTerm, *, by: Any, reason: str) -> None:
    """Save a term. Another wording than the saved one loses the approval: nobody has approved those words."""
    saved = GlossaryTerm.objects.filter(pk=term.pk).first()
    if saved is not None and saved.frozen() != term.frozen():
        term.approved_by, term.approved_at = None, None
    drafting.save(term, by=by, reason=reason)
