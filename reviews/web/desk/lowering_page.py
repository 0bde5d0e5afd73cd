"""What waits for a second person because it asks for less: who wants what, why, and what it would allow."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.person import AnyUser
from reviews.models import Lowering
from reviews.policies import effects, lowered_policy, policy_text
from reviews.policies.effects import Effects
from reviews.policies.policy_text import Difference
from reviews.rules import lowered_terms as rules
from reviews.workflow import lowerings


@dataclass(frozen=True)
class Shown:
    """One lower requirement as the page shows it."""

    lowering: Lowering
    title: str
    sentences: list[str]
    # Each step the person may take, with its address and label.
    steps: list[tuple[str, Any]]
    # Of a version of the policy: all that differs, and what it would do to the reviews of today.
    differences: list[Difference]
    would_do: Effects | None = None


_STEPS = (
    ("confirm_lowering", rules.can_confirm, gettext_lazy("Agree")),
    ("refuse_lowering", rules.can_confirm, gettext_lazy("Refuse")),
    ("withdraw_lowering", rules.can_withdraw, gettext_lazy("Withdraw")),
)


def load(user: AnyUser, pk: int) -> Lowering:
    """Return what was asked. Raises `Http404` for one the person may not see."""
    lowering = _whole().filter(pk=pk).first()
    if lowering is None or not rules.can_read(user, lowering):
        raise Http404
    return lowering


def may_list(user: AnyUser) -> bool:
    return rules.can_answer(user) or user.has_perm("reviews.view_review")


def waiting(user: AnyUser) -> list[Shown]:
    """Return what waits for a second person, the oldest first, for who may list it."""
    return [shown(one, user) for one in _whole().filter(answer__isnull=True)]


def count_to_answer(user: AnyUser) -> int:
    """Return how many wait for this person to answer."""
    return Lowering.objects.pending().exclude(asked_by=user.pk).count() if rules.can_answer(user) else 0


def shown(lowering: Lowering, user: AnyUser, *, is_whole: bool = False) -> Shown:
    """Return one as the page shows it; the whole with what a version of the policy would do today."""
    steps = [
        (reverse(f"reviews:{verb}", args=[lowering.pk]), label)
        for verb, may, label in _STEPS
        if lowering.is_pending and may(user, lowering)
    ]
    if lowering.article is not None:
        return Shown(lowering, lowering.article.title, lowerings.lowered(lowering.before, lowering.wanted), steps, [])
    before, wanted = lowered_policy.before(lowering), lowered_policy.wanted(lowering)
    return Shown(
        lowering,
        _("Editorial policy, version %s") % wanted.version,
        rules.of_policy(before, wanted),
        steps,
        policy_text.differences(before, wanted),
        effects.of(wanted, on=timezone.localdate()) if is_whole else None,
    )


def _whole() -> QuerySet[Lowering]:
    return Lowering.objects.select_related("article", "asked_by", "answer__answered_by")
