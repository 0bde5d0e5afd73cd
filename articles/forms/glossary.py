"""The form of a glossary term."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.forms.fields import LinesField, words_of
from articles.models import GlossaryTerm


class GlossaryTermForm(forms.ModelForm):
    variants = LinesField(
        label=words_of(GlossaryTerm, "variants")["label"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Plurals and spellings, one per line."),
    )
    definition = forms.CharField(
        **words_of(GlossaryTerm, "definition"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = GlossaryTerm
        fields = ["term", "variants", "plain", "definition"]
