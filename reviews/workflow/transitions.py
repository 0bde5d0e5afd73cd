"""TRANSITIONS: each verb with the states it starts from, the state it leads to, and the rule of who may.

A new verb is one line here. Every other place that has to know it, or to say that it need not, is listed in
`docs/workflow.md` under "Adding a verb"; `tests/reviews/workflow/test_verb_places.py` names those that were forgotten.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.models import Article, Publication
from articles.models.person import AnyUser
from reviews.models import Review
from reviews.rules import permissions

S = Review.State
DRAFT = "draft"
APPROVED_PAGE = f"page:{Publication.Status.APPROVED}"
SUSPENDED_PAGE = f"page:{Publication.Status.SUSPENDED}"
RETRACTED_PAGE = f"page:{Publication.Status.RETRACTED}"
RETIRED_PAGE = f"page:{Publication.Status.RETIRED}"
LIVE_PAGE = frozenset({APPROVED_PAGE, SUSPENDED_PAGE})
# Of a text that was never approved, shown or not.
PENDING_PAGE = frozenset({f"page:{Publication.Status.SUBMITTED}", f"page:{Publication.Status.UNDER_REVIEW}"})
OPEN = frozenset(Review.OPEN)


@dataclass(frozen=True)
class Transition:
    """One verb. `on` is what it takes: the draft's article, its open review, or the page readers see.

    `sources` are states of that. `target` is the state of the review afterwards; None leaves it as it is, and a verb
    whose target depends on a quorum or on who is left names the other outcome in `or_target`. `closes` is what
    becomes of a review that is open and not the verb's own; `page_target` what the verb can make of the page.
    `by_clock` is for steps that nobody takes: the clock, or an alert about a source.
    """

    label: Any
    on: str
    sources: frozenset[str]
    target: str | None
    allowed: Callable[[AnyUser, Any], bool]
    or_target: str | None = None
    by_clock: bool = False
    closes: str | None = None
    page_target: str | None = None


TRANSITIONS: dict[str, Transition] = {
    "submit": Transition(
        _("Submit for review"),
        "draft",
        OPEN | {DRAFT},
        S.SUBMITTED,
        permissions.can_submit,
        S.UNDER_REVIEW,
        closes=S.SUPERSEDED,
    ),
    "correct": Transition(
        _("Correct"), "page", LIVE_PAGE, S.SUBMITTED, permissions.can_correct, S.UNDER_REVIEW, closes=S.SUPERSEDED
    ),
    "merge": Transition(_("Merge a correction"), "article", frozenset(), None, permissions.can_merge),
    "assign": Transition(_("Assign"), "review", OPEN, None, permissions.can_triage),
    "accept": Transition(_("Accept"), "review", OPEN, S.UNDER_REVIEW, permissions.can_accept),
    "decline": Transition(_("Decline"), "review", OPEN, None, permissions.can_decline, S.SUBMITTED),
    "release": Transition(_("Release"), "review", OPEN, None, permissions.can_triage, S.SUBMITTED),
    "extend": Transition(_("Extend"), "review", OPEN, None, permissions.can_triage),
    "rule": Transition(_("Rule on an interest"), "review", OPEN, None, permissions.can_triage, S.UNDER_REVIEW),
    "approve": Transition(_("Sign"), "review", frozenset({S.UNDER_REVIEW}), None, permissions.can_approve, S.APPROVED),
    "rescind": Transition(_("Rescind"), "review", frozenset({S.UNDER_REVIEW}), None, permissions.can_rescind),
    "request_changes": Transition(
        _("Ask for changes"),
        "review",
        frozenset({S.UNDER_REVIEW}),
        None,
        permissions.can_request_changes,
        S.CHANGES_REQUESTED,
        page_target=SUSPENDED_PAGE,
    ),
    "reject": Transition(_("Reject"), "review", OPEN, S.REJECTED, permissions.can_triage),
    "recall": Transition(_("Recall"), "review", OPEN, S.RECALLED, permissions.can_recall),
    "waive": Transition(_("Waive a finding"), "article", frozenset(), None, permissions.can_waive),
    "rereview": Transition(
        _("Review again"),
        "page",
        frozenset({APPROVED_PAGE, SUSPENDED_PAGE, RETRACTED_PAGE}),
        S.SUBMITTED,
        permissions.can_rereview,
        by_clock=True,
    ),
    "alert": Transition(
        _("Alert on a source"),
        "page",
        frozenset({APPROVED_PAGE, SUSPENDED_PAGE}),
        S.SUBMITTED,
        permissions.can_rereview,
        by_clock=True,
    ),
    "warn": Transition(
        _("Warn about a source"),
        "page",
        LIVE_PAGE | PENDING_PAGE,
        None,
        permissions.can_rereview,
        by_clock=True,
    ),
    "suspend": Transition(_("Suspend"), "page", LIVE_PAGE, None, permissions.can_suspend, page_target=SUSPENDED_PAGE),
    "lift": Transition(
        _("Lift a suspension"), "page", LIVE_PAGE, None, permissions.can_suspend, page_target=APPROVED_PAGE
    ),
    "withdraw_lift": Transition(_("Withdraw an agreement to lift"), "page", LIVE_PAGE, None, permissions.can_suspend),
    "notice": Transition(
        _("Put a notice on a section"), "page", frozenset({APPROVED_PAGE}), None, permissions.can_suspend
    ),
    "sign_notice": Transition(_("Sign a notice"), "page", LIVE_PAGE, None, permissions.can_sign_notice),
    "withdraw_notice": Transition(_("Withdraw a notice"), "page", LIVE_PAGE, None, permissions.can_suspend),
    "retract": Transition(
        _("Retract"), "page", LIVE_PAGE, None, permissions.can_retract, closes=S.RECALLED, page_target=RETRACTED_PAGE
    ),
    "retire": Transition(
        _("Retire"), "page", LIVE_PAGE, None, permissions.can_retire, closes=S.RECALLED, page_target=RETIRED_PAGE
    ),
}

# Verbs on an article's record that start from no state and lead to none, and whose rule they ask themselves.
OUTSIDE_THE_TABLE = {
    "catalogue": "an editor files an article in any state: address, topics, risk, author",
    "mark": "said of a section, by who accepted the review",
    "unmark": "said of a section, by who accepted the review",
    "open_thread": "said of the text, by who works on it",
    "comment": "said of the text, by who works on it, also when it was sent back",
    "resolve": "said of a remark, by who made it",
    "concur": "said of a waived finding, by who accepted the review",
    "sign_refused": "records that a signature was refused",
    "void": "follows, text by text, when the signatures of a member are voided",
    "bind_policy": "follows, text by text, when a version of the policy is adopted",
    "request_lowering": "follows when an editor files a text in a lower risk class, or where fewer specialists sign",
    "confirm_lowering": "said of a lower requirement, by another editor or an active member of the board",
    "refuse_lowering": "said of a lower requirement, by another editor or an active member of the board",
    "withdraw_lowering": "said of a lower requirement, by who asked for it",
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


def available_verbs(article: Article, review: Review | None, user: AnyUser) -> list[str]:
    """Return the verbs this person may take now, in the table's order: what a page's buttons are made of."""
    return [
        verb
        for verb, transition in TRANSITIONS.items()
        if (transition.on != "review" or review is not None)
        and (not transition.sources or state_of(verb, article, review) in transition.sources)
        and transition.allowed(user, review if transition.on == "review" else article)
    ]
