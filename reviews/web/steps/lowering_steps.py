"""The steps on a lower requirement: a second person agrees or refuses, or who asked takes it back."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.person import Person
from reviews import tasks, workflow
from reviews.models import Lowering
from reviews.policies import lowered_policy
from reviews.rules import lowered_terms as rules
from reviews.web import forms
from reviews.web.desk import lowering_page
from reviews.web.steps.step_page import Attempt, Facts, StepPage, Subject


class LoweringSubject(Subject):
    """What somebody wants to ask less of, for those who may answer it and who asked."""

    address = "desk/lowerings"
    stylesheet = "css/admin/changes.css"
    refusal = gettext_lazy(
        "A second person answers this: another editor, or an active member of the board. Who asked can withdraw it."
    )

    def load(self, request: HttpRequest, pk: int | None) -> Lowering:
        return lowering_page.load(request.user, pk or 0)

    def frame(self, attempt: Attempt) -> Facts:
        address = reverse("reviews:lowerings")
        return {"path": [(_("Lower requirements"), address)], "back": (_("All that wait for a second person"), address)}

    def leads_to(self, attempt: Attempt) -> str:
        return reverse("reviews:lowerings")


LOWERING = LoweringSubject()


def _shown(attempt: Attempt) -> Facts:
    return {"one": lowering_page.shown(attempt.found, attempt.user, is_whole=True)}


def _confirm(lowering: Lowering, *, by: Person) -> Any:
    """Agree to a version of the policy, which is then in force, or to what a text has to meet."""
    if lowering.article is not None:
        return workflow.confirm_lowering(lowering, by=by)
    policy = lowered_policy.confirm(lowering, by=by)
    tasks.begin(tasks.bind_policy)
    return policy


def _is_pending(attempt: Attempt) -> bool:
    return bool(attempt.found.is_pending)


_COMMON: Facts = {"part": "reviews/_step_lowering.html", "facts": _shown, "has_form": _is_pending}
STEPS = (
    StepPage(
        "confirm_lowering",
        LOWERING,
        forms.ConfirmLoweringForm,
        _confirm,
        gettext_lazy("You agreed. It holds for reviews opened from now on; open ones keep what they began with."),
        gettext_lazy("Agree"),
        label=gettext_lazy("Agree to a lower requirement"),
        may=rules.can_confirm,
        **_COMMON,
    ),
    StepPage(
        "refuse_lowering",
        LOWERING,
        forms.RefuseLoweringForm,
        workflow.refuse_lowering,
        gettext_lazy("You refused. Everything stays as it is."),
        gettext_lazy("Refuse"),
        label=gettext_lazy("Refuse a lower requirement"),
        may=rules.can_confirm,
        **_COMMON,
    ),
    StepPage(
        "withdraw_lowering",
        LOWERING,
        forms.WithdrawLoweringForm,
        workflow.withdraw_lowering,
        gettext_lazy("Withdrawn. Everything stays as it is."),
        gettext_lazy("Withdraw"),
        label=gettext_lazy("Withdraw a lower requirement"),
        may=rules.can_withdraw,
        **_COMMON,
    ),
)
