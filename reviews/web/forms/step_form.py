"""What the forms of all steps share: their place on the page, their keywords, and the sequence they saw."""

from typing import Any

from django import forms

from articles.forms.fields import refuse_hidden
from reviews.models import Review


class StepForm(forms.Form):
    """A step's form. `slot` names its place on the page, so that a refused one comes back where it was filled in."""

    verb = ""
    # The field that tells apart several forms of one verb on a page.
    distinguished_by = ""
    # The part of the page to return to, by that field's value: where people work down the page. Otherwise the top,
    # where the message stands that says what is now true.
    place = ""

    def __init__(self, *args: Any, review: Review | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.review = review
        if kwargs.get("auto_id") is None:
            self.auto_id = f"{self.slot}_%s"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_hidden(self)
        return cleaned

    @property
    def slot(self) -> str:
        return f"{self.verb}-{self[self.distinguished_by].value()}" if self.distinguished_by else self.verb

    @property
    def anchor(self) -> str:
        value = self[self.distinguished_by].value() if self.distinguished_by else ""
        return self.place.format(value) if value or "{}" not in self.place else "remarks"

    def values(self) -> dict[str, Any]:
        return self.cleaned_data

    def renew(self, seen: int) -> None:
        """Let a form that came back be sent again: the page it stands on now shows all that happened."""
        if "seen" in self.fields:
            data: Any = self.data
            renewed = data.copy()
            renewed["seen"] = str(seen)
            self.data = renewed

    def typed(self) -> list[tuple[str, str]]:
        """Return the longer words a person typed, with their labels, to give back when the form is gone."""
        return [
            (str(bound.label), str(bound.value()))
            for bound in self
            if isinstance(bound.field.widget, forms.Textarea) and bound.value()
        ]


def words(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **options)


def hidden(kind: type[forms.Field] = forms.CharField, **options: Any) -> forms.Field:
    return kind(widget=forms.HiddenInput, **options)


class SeenForm(StepForm):
    seen = hidden(forms.IntegerField)
