"""TRANSITIONS: each verb with the states it starts from, the state it leads to, and the rule of who may."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.models import Article, Publication
from reviews import permissions
from reviews.models import Review

S = Review.State
DRAFT = "draft"
APPROVED_PAGE = f"page:{Publication.Status.APPROVED}"
RETRACTED_PAGE = f"page:{Publication.Status.RETRACTED}"
OPEN = frozenset(Review.OPEN)


@dataclass(frozen=True)
class Transition:
    """One verb. `on` is what it takes: the draft's article, its open review, or the page readers see.

    `sources` are states of that. `target` is the state of the review afterwards; None leaves it as it is, and a verb
    whose target depends on a quorum or on who is left names the other outcome in `or_target`.
    """

    label: Any
    on: str
    sources: frozenset[str]
    target: str | None
    allowed: Callable[[Any, Any], bool]
    or_target: str | None = None


TRANSITIONS: dict[str, Transition] = {
    "submit": Transition(_("Submit for review"), "draft", frozenset({DRAFT}), S.SUBMITTED, permissions.can_submit),
    "assign": Transition(_("Assign"), "review", OPEN, None, permissions.can_triage),
    "accept": Transition(_("Accept"), "review", OPEN, S.UNDER_REVIEW, permissions.can_accept),
    "decline": Transition(_("Decline"), "review", OPEN, None, permissions.can_decline, S.SUBMITTED),
    "rule": Transition(_("Rule on an interest"), "review", OPEN, None, permissions.can_triage, S.UNDER_REVIEW),
    "approve": Transition(_("Sign"), "review", frozenset({S.UNDER_REVIEW}), None, permissions.can_approve, S.APPROVED),
    "rescind": Transition(_("Take back"), "review", frozenset({S.UNDER_REVIEW}), None, permissions.can_rescind),
    "request_changes": Transition(
        _("Ask for changes"),
        "review",
        frozenset({S.UNDER_REVIEW}),
        S.CHANGES_REQUESTED,
        permissions.can_request_changes,
    ),
    "reject": Transition(_("Reject"), "review", OPEN, S.REJECTED, permissions.can_triage),
    "recall": Transition(_("Recall"), "review", OPEN, S.RECALLED, permissions.can_recall),
    "waive": Transition(_("Waive a finding"), "article", frozenset(), None, permissions.can_waive),
    "rereview": Transition(
        _("Review again"),
        "page",
        frozenset({APPROVED_PAGE, RETRACTED_PAGE}),
        S.SUBMITTED,
        permissions.can_rereview,
    ),
    "retract": Transition(_("Retract"), "page", frozenset({APPROVED_PAGE}), None, permissions.can_retract, S.RECALLED),
}


def state_of(verb: str, article: Article, review: Review | None) -> str:
    """Return the state that a verb's sources speak of."""
    on = TRANSITIONS[verb].on
    if on == "page":
        publication = getattr(article, "publication", None)
        is_taken = verb == "rereview" and review is not None and review.is_open
        return f"page:{publication.status}" if publication and not is_taken else "page:none"
    if on == "draft":
        return review.state if review is not None and review.is_open else DRAFT
    return review.state if review is not None else DRAFT


def available_verbs(article: Article, review: Review | None, user: Any) -> list[str]:
    """Return the verbs this person may take now, in the table's order: what a page's buttons are made of."""
    return [
        verb
        for verb, transition in TRANSITIONS.items()
        if (transition.on != "review" or review is not None)
        and (not transition.sources or state_of(verb, article, review) in transition.sources)
        and transition.allowed(user, review if transition.on == "review" else article)
    ]
