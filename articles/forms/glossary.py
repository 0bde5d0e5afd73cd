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

    def clean_term(self) -> str:
        # The constraint says the same by its name, which tells an author nothing.
        term = self.cleaned_data["term"]
        if GlossaryTerm.objects.filter(term__iexact=term).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("The glossary already has this term."))
        return term
