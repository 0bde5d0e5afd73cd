"""The form by which an editor makes one source of two."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Source


class MergeForm(forms.Form):
    """Which of two sources stays, and why they are one."""

    keep = forms.ModelChoiceField(
        Source.objects.none(),
        label=_("Which one do you keep?"),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_(
            "Its empty fields are filled from the other one. Drafts that cite the other one will cite this one."
        ),
    )
    reason = forms.CharField(
        label=_("How do you know that they are the same source?"),
        max_length=250,
        error_messages={"required": _("Say how you know: it is kept in the history of both.")},
    )

    def __init__(self, *args: Any, pair: tuple[Source, Source], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["keep"].queryset = Source.objects.filter(pk__in=[one.pk for one in pair])  # type: ignore[attr-defined]
        self.fields["keep"].label_from_instance = lambda source: f"{source.title} ({source.pk})"  # type: ignore[attr-defined]
        self.pair = pair

    def merged(self) -> tuple[Source, Source]:
        """Return the source that goes and the one that stays."""
        kept = self.cleaned_data["keep"]
        return next(one for one in self.pair if one.pk != kept.pk), kept
