"""The form of a source: people's fields that write its CSL-JSON, and its identifiers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.forms.fields import LinesField, ProseField, refuse_hidden, words_of
from articles.library import csl_fields, lookups
from articles.models import Extract, Source

_TYPE_NAMES = {
    "article-journal": _("Journal article"),
    "report": _("Report or guideline"),
    "book": _("Book"),
    "chapter": _("Chapter"),
    "webpage": _("Web page or label"),
    "dataset": _("Data set"),
    "thesis": _("Thesis"),
    "document": _("Document"),
}
# What a person may say of a source without telling its readers.
_HARMLESS = (Source.Status.UNKNOWN, Source.Status.CURRENT)
_PUBLICATION_FIELDS = (
    "type", "authors", "container", "container_short", "year", "month", "day", "volume", "issue", "pages",
    "publisher", "url",
)  # fmt: skip


class SourceForm(forms.ModelForm):
    """A source as people know it. What its CSL-JSON holds beyond these fields is kept."""

    type = forms.ChoiceField(label=_("Type of work"))
    authors = LinesField(
        label=_("Authors"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One per line: “Family, Given”, or the name of a group."),
    )
    container = forms.CharField(label=_("Journal or collection"), required=False, max_length=300)
    container_short = forms.CharField(
        label=_("Journal abbreviation"), required=False, max_length=150, help_text=_("As abbreviated by the NLM.")
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1000, max_value=2999)
    month = forms.IntegerField(label=_("Month"), required=False, min_value=1, max_value=12)
    day = forms.IntegerField(label=_("Day"), required=False, min_value=1, max_value=31)
    volume = forms.CharField(label=_("Volume"), required=False, max_length=30)
    issue = forms.CharField(label=_("Issue"), required=False, max_length=30)
    pages = forms.CharField(label=_("Pages"), required=False, max_length=60, help_text=_("Or the article number."))
    publisher = forms.CharField(
        label=_("Publisher"), required=False, max_length=200, help_text=_("For a label, the labeler.")
    )
    url = forms.URLField(label=_("Address"), required=False, max_length=500, assume_scheme="https")
    # A copied address is longer than the DOI in it; the model checks what is left.
    doi = forms.CharField(label="DOI", required=False, max_length=300)
    note = ProseField(
        **words_of(Source, "note"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Source
        fields = [
            "kind", "title", "doi", "pmid", "set_id", "label_version", "effective_date", "marketing_category",
            "country", "level", "status", "note",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "type" in self.fields:
            self._show_csl()
        if "status" in self.fields:
            # The page carries the status it shows: an update of the source meanwhile is not undone by an old page.
            self.fields["status"].show_hidden_initial = True
            self._offer_statuses(self.fields["status"])

    def _offer_statuses(self, field: Any) -> None:
        """Let a person say that they looked. A source update is recorded by a step, which tells its readers."""
        present = Source.Status(self.instance.status)
        offered = _HARMLESS if present in _HARMLESS else (present,)
        field.widget.choices = [(str(one.value), one.label) for one in offered]
        field.help_text = _(
            "A retraction, correction or similar update is recorded by an editor, because readers are told of it."
        )

    def _show_csl(self) -> None:
        shown = csl_fields.fields_of(self.instance.csl if isinstance(self.instance.csl, dict) else {})
        self.initial = {**{name: shown.get(name) for name in _PUBLICATION_FIELDS}, **self.initial}
        types = [
            *csl_fields.TYPES,
            *([shown["type"]] if shown["type"] and shown["type"] not in csl_fields.TYPES else []),
        ]
        self.fields["type"].choices = [(name, _TYPE_NAMES.get(name, name)) for name in types]  # type: ignore[attr-defined]

    def clean_status(self) -> str:
        saved = Source.objects.filter(pk=self.instance.pk).values_list("status", flat=True).first()
        if saved and "status" not in self.changed_data:
            return saved
        if not {saved or Source.Status.UNKNOWN, self.cleaned_data["status"]} <= set(_HARMLESS):
            raise ValidationError(_("Only an editor records a source update, because readers are told of it."))
        return self.cleaned_data["status"]

    def clean_doi(self) -> str:
        return csl_fields.clean_doi(self.cleaned_data["doi"])

    def clean_pmid(self) -> str:
        return self.cleaned_data["pmid"].strip()

    def clean_country(self) -> str:
        return self.cleaned_data["country"].strip().upper()

    def clean_set_id(self) -> str:
        return self.cleaned_data["set_id"].strip().lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refuse_hidden(self)
        if cleaned.get("day") and not cleaned.get("month"):
            self.add_error("month", _("A day needs its month."))
        if cleaned.get("month") and not cleaned.get("year"):
            self.add_error("year", _("A month needs its year."))
        self._check_label(cleaned)
        self._check_is_new(cleaned)
        if "type" in self.fields:
            before = self.instance.csl if isinstance(self.instance.csl, dict) else {}
            self.instance.csl = csl_fields.csl_of(cleaned, before)
        return cleaned

    def kept_fields(self) -> list[str]:
        """Return the names of what a person set, now or before: a look-up overwrites none of it."""
        edited = {csl_fields.VARIABLES.get(name, name) for name in self.changed_data}
        return sorted({*self.instance.kept_fields, *edited})

    def _check_label(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("kind") != Source.Kind.DRUG_LABEL:
            return
        for name in ("set_id", "label_version"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("A drug label needs its set id and version."))

    def _check_is_new(self, cleaned: dict[str, Any]) -> None:
        """Lead to the source that has these identifiers already, instead of making it twice."""
        others = Source.objects.filter(merged_into=None).exclude(pk=self.instance.pk)
        same = {
            "doi": {"doi": cleaned.get("doi")},
            "pmid": {"pmid": cleaned.get("pmid")},
            "set_id": {"set_id": cleaned.get("set_id"), "label_version": cleaned.get("label_version")},
        }
        for name, wanted in same.items():
            if wanted[name] and (other := others.filter(**wanted).first()):
                self.add_error(name, ValidationError(_already(other), code="unique"))


def _already(other: Source) -> str:
    return format_html(
        gettext('This source is already in the library: <a href="{}">{}</a>. Cite that one.'),
        reverse("admin:articles_source_change", args=[other.pk]),
        other.title,
    )


class LevelForm(forms.Form):
    """One level of evidence for several sources."""

    level = forms.ChoiceField(label=_("Level of evidence"), choices=[("", "–"), *Source.Level.choices])
    reason = forms.CharField(
        label=_("Why?"), max_length=250, error_messages={"required": _("Say why: it is kept in the history.")}
    )


class IdentifierForm(forms.Form):
    """The name of a publication that is not in the library yet."""

    identifier = forms.CharField(
        label=_("DOI, PMID or set id"),
        max_length=300,
        help_text=_("For example 10.1000/xyz123, 31234567, or the set id of a label. A full address works too."),
    )

    def clean_identifier(self) -> tuple[str, str]:
        try:
            return lookups.identify(self.cleaned_data["identifier"])
        except lookups.UnknownIdentifier as error:
            raise ValidationError(str(error)) from error


class RetractionFileForm(forms.Form):
    """The file that Retraction Watch publishes."""

    file = forms.FileField(
        label=_("Retraction Watch file (CSV)"),
        help_text=_("As published by Retraction Watch, which updates it every working day."),
    )
    is_dry_run = forms.BooleanField(label=_("Only report what is new"), required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > 300_000_000:
            raise ValidationError(_("The file is larger than 300 MB."))
        return file


class ExtractForm(forms.ModelForm):
    text = ProseField(label=words_of(Extract, "text")["label"], required=True, widget=forms.Textarea(attrs={"rows": 4}))

    class Meta:
        model = Extract
        fields = ["pinpoint", "loinc", "text"]
