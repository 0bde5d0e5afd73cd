"""The form by which an editor records a source update."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Source, SourceUpdate
from articles.models.sources import valid_doi, valid_pmid
from reviews.alerts.source_alerts import Recorded
from reviews.web.forms.step_form import StepForm, words


class RecordUpdateForm(StepForm):
    verb = "record_update"
    kind = forms.ChoiceField(label=_("What happened"), choices=SourceUpdate.Kind.choices, widget=forms.RadioSelect)
    date = forms.DateField(
        label=_("Date of the update"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    notice_doi = forms.CharField(
        label=_("DOI of the notice"), required=False, max_length=200, help_text=_("Readers are given a link to it.")
    )
    notice_pmid = forms.CharField(label=_("PMID of the notice"), required=False, max_length=8, validators=[valid_pmid])
    superseded_by = forms.CharField(
        label=_("Newer document, if it was superseded"),
        required=False,
        max_length=200,
        help_text=_("The DOI, PMID, or set id of a source in the library."),
    )
    detail = words(_("What it says"), required=False, help_text=_("Reviewers see it; readers do not."))
    confirmed = forms.BooleanField(label=_("Yes: record this and tell readers now"), required=False)

    def clean_notice_doi(self) -> str:
        typed = self.cleaned_data["notice_doi"].strip().lower().removeprefix("https://doi.org/")
        if typed:
            valid_doi(typed)
        return typed

    def clean_superseded_by(self) -> Source | None:
        typed = self.cleaned_data["superseded_by"].strip().lower().removeprefix("https://doi.org/")
        if not typed:
            return None
        known = Q(doi=typed) | Q(pmid=typed) | Q(set_id=typed)
        # Of several versions of a label the one added last.
        found = Source.objects.filter(known, merged_into__isnull=True).order_by("pk").last()
        if found is None:
            raise forms.ValidationError(_("The library has no such source. Add it first."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("superseded_by") and cleaned.get("kind") != SourceUpdate.Kind.SUPERSEDED:
            self.add_error("superseded_by", _("Only a superseded source has a newer document."))
        return cleaned

    def values(self) -> dict[str, Any]:
        names = ("kind", "date", "notice_doi", "notice_pmid", "detail", "superseded_by")
        return {"told": Recorded(**{name: self.cleaned_data[name] for name in names})}
