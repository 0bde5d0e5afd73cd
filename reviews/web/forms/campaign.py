"""The forms of campaigns: open one, and sort the texts on its list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Source
from reviews.alerts.campaigns import Sorting
from reviews.models import CampaignItem
from reviews.web.forms.step_form import StepForm, hidden, words


class OpenCampaignForm(StepForm):
    verb = "open-campaign"
    source = forms.ModelChoiceField(Source.objects.all(), widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("What changed?"), max_length=200, help_text=_("A few words, used as the name of the campaign.")
    )
    reason = words(_("Why does it matter?"), help_text=_("Reviewers read this with each text they check."))
    reviews_a_week = forms.IntegerField(
        label=_("Reviews per week"),
        min_value=1,
        max_value=1000,
        initial=10,
        help_text=_("How many the board can finish beside its other work. Due dates follow from it."),
    )

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "reason", "reviews_a_week")}


class SortForm(StepForm):
    """What is to become of the chosen texts. The second sending, with `confirmed`, decides."""

    verb = "sort"
    item = forms.ModelMultipleChoiceField(
        CampaignItem.objects.none(),
        widget=forms.MultipleHiddenInput,
        error_messages={"required": _("Choose at least one text.")},
    )
    decision = forms.ChoiceField(
        label=_("What should be done with the selected texts?"),
        choices=[
            (CampaignItem.State.NOT_AFFECTED, _("Not affected: nothing needs to be done")),
            (CampaignItem.State.RECHECK, _("Re-check: open a review, by a date the board can meet")),
            (CampaignItem.State.SUSPEND, _("Suspend: hide the text behind a notice now")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what to do with the texts.")},
    )
    reason = words(
        _("Reason"),
        required=False,
        help_text=_("For the record. Optional if the texts are re-checked: reviewers will read it too."),
    )
    notice = words(
        _("Notice to readers"),
        rows=2,
        required=False,
        help_text=_("Only for a suspension: shown in place of the text."),
    )
    confirmed = hidden(forms.CharField, required=False)

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  (declared above)
        field.queryset = items

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        decision = cleaned.get("decision")
        if decision == CampaignItem.State.NOT_AFFECTED and not cleaned.get("reason"):
            self.add_error("reason", _("Say why these texts are not affected."))
        if decision == CampaignItem.State.SUSPEND:
            if not cleaned.get("reason"):
                self.add_error("reason", _("Give the reason for the record."))
            if not cleaned.get("notice"):
                self.add_error("notice", _("Write the notice that readers will see in place of the text."))
        return cleaned

    def sorting(self) -> Sorting:
        is_suspended = self.cleaned_data["decision"] == CampaignItem.State.SUSPEND
        notice = self.cleaned_data["notice"] if is_suspended else ""
        return Sorting(self.cleaned_data["decision"], self.cleaned_data["reason"], notice)


class AgainForm(StepForm):
    verb = "again"


class CloseForm(StepForm):
    verb = "close"
