"""The form of a glossary term."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.forms.fields import LinesField
from articles.models import GlossaryTerm


class GlossaryTermForm(forms.ModelForm):
    variants = LinesField(
        label=GlossaryTerm._meta.get_field("variants").verbose_name,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Plurals and spellings, one a line."),
    )
    definition = forms.CharField(
        label=GlossaryTerm._meta.get_field("definition").verbose_name,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=GlossaryTerm._meta.get_field("definition").help_text,
    )

    class Meta:
        model = GlossaryTerm
        fields = ["term", "variants", "plain", "definition"]
