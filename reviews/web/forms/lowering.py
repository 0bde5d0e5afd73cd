"""The forms by which a lower requirement is answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.web.forms.step_form import StepForm, words


class ConfirmLoweringForm(StepForm):
    verb = "confirm_lowering"
    confirmed = forms.BooleanField(
        label=_("Yes: this may ask for less from now on"),
        error_messages={"required": _("Tick the box to agree, or refuse with a reason.")},
    )

    def values(self) -> dict[str, Any]:
        return {}


class RefuseLoweringForm(StepForm):
    verb = "refuse_lowering"
    reason = words(_("Why does it stay as it is?"), help_text=_("The person who asked will read it."))


class WithdrawLoweringForm(StepForm):
    verb = "withdraw_lowering"
