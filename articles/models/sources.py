"""What the text rests on: Source, its Extracts, and the Citations of an article."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles.models import shown_text
from articles.models.draft import Article
from articles.models.history import CodedHistory
from articles.text.canonical import text_digest
from articles.text.csl.likeness import likeness

# As the DOI Handbook and Crossref's advice give it: prefix 10., a registrant, any suffix without white space.
valid_doi = RegexValidator(
    re.compile(r"^10\.\d{4,9}/\S+\Z"), _("A DOI looks like 10.1000/xyz123, without https://doi.org/.")
)
valid_pmid = RegexValidator(re.compile(r"^[1-9]\d{0,7}\Z"), _("A PMID is a number of up to eight digits."))
valid_set_id = RegexValidator(
    re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z"),
    _("A set id is 32 hexadecimal digits in five groups, as DailyMed shows it."),
)
valid_country = RegexValidator(
    re.compile(r"^[A-Z]{2}\Z"), _("A country is the two capital letters of its ISO 3166-1 code, for example US.")
)
valid_loinc = RegexValidator(re.compile(r"^\d{1,7}-\d\Z"), _("A LOINC code looks like 34068-7."))
valid_key = RegexValidator(
    re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}\Z"),
    _("A key begins with a letter or digit and contains only letters, digits, and . _ : - characters."),
)


class Source(models.Model):
    """A publication or label that articles cite, as CSL-JSON with its identifiers."""

    class Kind(models.TextChoices):
        GUIDELINE = "guideline", _("Guideline")
        DRUG_LABEL = "drug_label", _("Drug label")
        STUDY = "study", _("Study")
        REVIEW = "review", _("Systematic review")
        OTHER = "other", _("Other")

    class Level(models.TextChoices):
        """MEDICAL.md §2, R5; level 5 (tertiary, consumer site) cannot be cited for a claim."""

        GUIDELINE = "1", _("1: guideline or systematic review")
        TRIAL = "2", _("2: randomised trial or drug label")
        OBSERVATIONAL = "3", _("3: observational study")
        EXPERT = "4", _("4: expert opinion or consensus")
        TERTIARY = "5", _("5: tertiary or consumer source, not citable for a claim")

    class Status(models.TextChoices):
        UNKNOWN = "unknown", _("Not checked")
        CURRENT = "current", _("Current")
        CORRECTED = "corrected", _("Corrected")
        CONCERN = "concern", _("Expression of concern")
        RETRACTED = "retracted", _("Retracted")
        REINSTATED = "reinstated", _("Reinstated")
        SUPERSEDED = "superseded", _("Superseded")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = shown_text.LineField(_("title"), max_length=500)
    csl = models.JSONField(_("CSL-JSON"), default=dict)
    doi = models.CharField(_("DOI"), max_length=200, blank=True, validators=[valid_doi])
    pmid = models.CharField(_("PMID"), max_length=8, blank=True, validators=[valid_pmid])
    set_id = models.CharField(_("label set id"), max_length=36, blank=True, validators=[valid_set_id])
    label_version = shown_text.LineField(_("label version"), max_length=12, blank=True)
    effective_date = models.DateField(_("label in force since"), null=True, blank=True)
    marketing_category = shown_text.LineField(_("marketing category"), max_length=60, blank=True)
    country = models.CharField(
        _("country of the label"),
        max_length=2,
        blank=True,
        validators=[valid_country],
        help_text=_("Where the label is in force, for example US."),
    )
    level = models.CharField(_("level of evidence"), max_length=1, choices=Level, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.UNKNOWN)
    checked_at = models.DateTimeField(_("status checked"), null=True, blank=True)
    # Names of fields and CSL variables that a person set: a look-up proposes others and overwrites none of these.
    kept_fields = models.JSONField(_("kept as a person wrote them"), default=list, blank=True, editable=False)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("superseded by"), null=True, blank=True, related_name="supersedes"
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        related_name="duplicates",
    )
    # What two records of the same work have in common, whatever their identifiers: the title and the first author.
    likeness = models.CharField(max_length=32, blank=True, default="", editable=False)
    note = models.TextField(
        _("note"), blank=True, help_text=_("For the editors, for example where an identifier was confirmed.")
    )
    history = HistoricalRecords(bases=(CodedHistory,), excluded_fields=["likeness"])

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["doi"], condition=~Q(doi="") & Q(merged_into=None), name="source_doi_once"),
            models.UniqueConstraint(
                fields=["pmid"], condition=~Q(pmid="") & Q(merged_into=None), name="source_pmid_once"
            ),
            models.UniqueConstraint(
                fields=["set_id", "label_version"],
                condition=~Q(set_id="") & Q(merged_into=None),
                name="source_label_once",
            ),
            models.CheckConstraint(
                name="source_label_is_identified",
                condition=~Q(kind="drug_label") | (~Q(set_id="") & ~Q(label_version="")),
                violation_error_message=_("A drug label needs its set id and version."),
            ),
        ]
        # The unique indexes above are partial, and SQLite cannot use those for a value that is a parameter.
        indexes = [
            models.Index(fields=["doi"], name="source_by_doi"),
            models.Index(fields=["pmid"], name="source_by_pmid"),
            models.Index(fields=["set_id"], name="source_by_set_id"),
            models.Index(fields=["likeness"], name="source_by_likeness"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.likeness = likeness(self.title, self.csl)
        fields = kwargs.get("update_fields")
        if fields is not None and {"title", "csl"} & set(fields):
            kwargs["update_fields"] = {*fields, "likeness"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        # A DOI means the same in any case; one spelling keeps it unique.
        self.doi = self.doi.strip().lower()

    def frozen(self) -> dict[str, Any]:
        """Return the copy of this source that a revision keeps."""
        return {
            "kind": self.kind,
            "level": self.level,
            "doi": self.doi,
            "pmid": self.pmid,
            "set_id": self.set_id,
            "label_version": self.label_version,
            "effective_date": self.effective_date.isoformat() if self.effective_date else "",
            "marketing_category": self.marketing_category,
            "country": self.country,
            # What a file held beyond CSL ("custom") is for the library, not part of what is signed.
            "csl": {
                **{name: value for name, value in self.csl.items() if name != "custom"},
                "id": f"source-{self.pk}",
                "title": self.title,
            },
        }


class SourceUpdate(models.Model):
    """Something that happened to a source after it was published, as a service, a file or a person told of it.

    Added once (`identity` says what makes two tellings the same) and never changed, but for `handled_at`: when every
    publication that cites the source was told. Facts and names of MEDICAL.md §6.
    """

    class Kind(models.TextChoices):
        RETRACTION = "retraction", _("Retraction")
        CONCERN = "concern", _("Expression of concern")
        CORRECTION = "correction", _("Correction")
        REINSTATEMENT = "reinstatement", _("Reinstatement")
        LABEL_VERSION = "label_version", _("New label version")
        SUPERSEDED = "superseded", _("Superseded by a newer document")

    source = models.ForeignKey(Source, models.PROTECT, related_name="updates", verbose_name=_("source"))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    date = models.DateField(_("date"), null=True, blank=True)
    notice_doi = models.CharField(_("DOI of the notice"), max_length=200, blank=True)
    notice_pmid = models.CharField(_("PMID of the notice"), max_length=8, blank=True)
    told_by = models.CharField(_("reported by"), max_length=20, help_text=_("A service, a file, or “person”."))
    detail = models.TextField(_("details"), blank=True)
    # Of a new label version: the LOINC codes of the sections whose stored words changed; None while that is not known.
    changed_sections = models.JSONField(_("sections that changed"), null=True, blank=True)
    identity = models.CharField(max_length=64, editable=False)
    found_at = models.DateTimeField(_("found"))
    handled_at = models.DateTimeField(_("publications updated"), null=True, blank=True)

    class Meta:
        verbose_name = _("update of a source")
        verbose_name_plural = _("updates of sources")
        ordering = ["source_id", "date", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "identity"], name="source_update_once"),
            models.CheckConstraint(
                name="source_update_kind_is_known",
                condition=Q(
                    kind__in=["retraction", "concern", "correction", "reinstatement", "label_version", "superseded"]
                ),
            ),
        ]
        indexes = [models.Index(fields=["id"], name="source_update_open", condition=Q(handled_at=None))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.source}"


class Extract(models.Model):
    """A stored passage of a source with its pinpoint: what a quotation is checked against."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="extracts")
    pinpoint = shown_text.LineField(_("where"), max_length=120, help_text=_("For example: section 2.3, or page 14."))
    loinc = models.CharField(
        _("section of a label (LOINC)"),
        max_length=10,
        blank=True,
        validators=[valid_loinc],
        help_text=_("For example 34068-7: dosage and administration."),
    )
    text = shown_text.TextField(_("passage"))
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    history = HistoricalRecords(bases=(CodedHistory,))

    class Meta:
        verbose_name = _("extract")
        verbose_name_plural = _("extracts")
        ordering = ["source_id", "id"]

    def __str__(self) -> str:
        return self.pinpoint

    def save(self, *args, **kwargs) -> None:
        self.digest = text_digest(self.text)
        super().save(*args, **kwargs)


class Citation(models.Model):
    """A key the text cites by, and the source behind it; without a source it is unresolved and blocks approval."""

    class Use(models.TextChoices):
        RELIED_ON = "relied_on", _("Relied on")
        DISCUSSED = "discussed", _("Only discussed")

    article = models.ForeignKey(Article, models.CASCADE, related_name="citations")
    key = models.CharField(_("key"), max_length=64, validators=[valid_key], help_text=_("Cited in the text as [@key]."))
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        verbose_name=_("source"),
        null=True,
        blank=True,
        related_name="citations",
        help_text=_("Readers see “source not identified” while this is empty."),
    )
    use = models.CharField(_("use"), max_length=10, choices=Use, default=Use.RELIED_ON)
    locator = shown_text.LineField(
        _("where in it"), max_length=120, blank=True, help_text=_("For example: section 2.3.")
    )
    quote = shown_text.TextField(
        _("quoted passage"), blank=True, help_text=_("Word for word as in a stored extract of the source.")
    )
    history = HistoricalRecords(bases=(CodedHistory,))

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["article", "key"], name="citation_key_once_an_article")]

    def __str__(self) -> str:
        return f"[@{self.key}]"

    def clean(self) -> None:
        if not self.quote:
            return
        if self.source is None:
            raise ValidationError({"source": _("A quoted passage needs its source.")})
        if not occurs_in_extract(self.quote, self.source.extracts.all()):
            message = _(
                "These words are not in any stored extract of the source. Add the extract, or quote it word for word."
            )
            raise ValidationError({"quote": message})


def occurs_in_extract(quote: str, extracts) -> bool:
    """Say whether a quotation is in one of the stored passages, white space folded (MEDICAL.md §7, S14)."""
    wanted = " ".join(quote.split())
    return any(wanted in " ".join(extract.text.split()) for extract in extracts)
