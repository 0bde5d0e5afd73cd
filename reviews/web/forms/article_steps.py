"""The forms of steps on an article."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Topic
from reviews.models import Review
from reviews.web.forms.step_form import SeenForm, StepForm, hidden, words


class WaiveForm(StepForm):
    verb = "waive"
    finding = hidden()
    reason = words(
        _("Why do you waive this finding?"), help_text=_("Those who sign see your reason above the text they sign.")
    )


class SubmitForm(SeenForm):
    verb = "submit"
    summary = words(_("What changed, and why?"), help_text=_("The reviewers read this first."))
    change_class = forms.ChoiceField(
        label=_("How big is the change?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("The words that changed set the minimum. You may choose a higher class."),
    )

    def __init__(self, *args: Any, floor: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = Review.ChangeClass.choices
        start = Review.ChangeClass.values.index(floor) if floor else 0
        field = self.fields["change_class"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = every[start:]
        field.initial = floor


class RereviewForm(SeenForm):
    verb = "rereview"
    kind = forms.ChoiceField(
        label=_("Occasion"),
        choices=[
            (one.value, one.label)
            for one in (Review.Reason.PERIODIC, Review.Reason.SOURCE_ALERT, Review.Reason.READER_REPORT)
        ],
        widget=forms.RadioSelect,
        initial=Review.Reason.PERIODIC,
    )
    reason = words(_("Why does the text need a new review?"))


class RetractForm(SeenForm):
    verb = "retract"
    reason = words(_("Reason, for the record"))
    notice = words(_("Notice to readers"), help_text=_("It is shown at the page’s address from now on."))
    confirmed = forms.BooleanField(label=_("Yes: withdraw this page from readers"), required=False)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("reason", "notice", "seen")}


class CatalogueForm(StepForm):
    verb = "catalogue"
    slug = forms.SlugField(
        label=_("Address"), max_length=120, help_text=_("The old address will redirect to the new one.")
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    risk = forms.ChoiceField(label=_("Risk class"), choices=Article.Risk, widget=forms.RadioSelect)
    owner = forms.ModelChoiceField(get_user_model().objects.filter(is_active=True), label=_("Author"))
    readers = forms.IntegerField(
        label=_("Readers per month"),
        min_value=0,
        max_value=2_147_483_647,
        required=False,
        help_text=_("As counted by your own statistics. The queue shows first what many people read."),
    )
    reason = words(_("Reason, for the record"), rows=2)

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "topics": list(self.cleaned_data["topics"])}
