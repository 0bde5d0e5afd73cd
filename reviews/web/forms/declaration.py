"""The declaration of interests, by which a member takes on a review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.forms.fields import refuse_hidden
from reviews.web.forms.step_form import SeenForm, words


class InterestForm(forms.Form):
    """One declared interest (ACCME Standard 3: what it is, with whom, since when)."""

    nature = forms.CharField(label=_("What it is"), max_length=200)
    organisation = forms.CharField(label=_("With whom"), max_length=200, required=False)
    period = forms.CharField(label=_("When"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_hidden(self)
        return cleaned


InterestFormSet = forms.formset_factory(InterestForm, extra=3, max_num=10)


class AcceptForm(SeenForm):
    """The declaration: by the standing statement, of no interests, or of some."""

    verb = "accept"
    STANDING, NONE, SOME = "standing", "none", "some"

    declares = forms.ChoiceField(
        label=_("In the last 24 months, with companies whose products concern this text"),
        choices=[(NONE, _("I have no interests to declare")), (SOME, _("I have interests to declare"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you have interests to declare.")},
    )
    statement = words(_("Anything to add"), required=False, rows=2)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        # Whether a standing statement exists, and still stands, the verb itself decides.
        self.is_standing = self.is_bound and self.data.get("declares") == self.STANDING
        if self.is_standing:
            del self.fields["declares"]
        self.interests = InterestFormSet(data, prefix="interests", form_kwargs={"label_suffix": ""})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        declares = self.STANDING if self.is_standing else cleaned.get("declares")
        cleaned["interests"] = None if declares == self.STANDING else self._declared(declares)
        return cleaned

    def _declared(self, declares: str | None) -> list[dict[str, str]]:
        if not self.interests.is_valid():
            raise forms.ValidationError(_("Say what each interest is."))
        rows = [row.cleaned_data for row in self.interests if row.has_changed()]
        if declares == self.SOME and not rows:
            self.add_error("declares", _("Describe at least one interest, or say that you have none."))
        if declares == self.NONE and rows:
            self.add_error(
                "declares", _("You described an interest. Choose that you have interests, or clear its lines.")
            )
        return rows

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("interests", "statement", "seen")}
