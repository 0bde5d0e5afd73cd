"""What the text rests on: Source, its Extracts, and the Citations of an article."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles.canonical import text_digest
from articles.models.draft import Article

# As the DOI Handbook and Crossref's advice give it: prefix 10., a registrant, any suffix without white space.
valid_doi = RegexValidator(
    re.compile(r"^10\.\d{4,9}/\S+\Z"), _("A DOI looks like 10.1000/xyz123, without https://doi.org/.")
)
valid_pmid = RegexValidator(re.compile(r"^[1-9]\d{0,7}\Z"), _("A PMID is a number of up to eight digits."))
valid_set_id = RegexValidator(
    re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z"),
    _("A set id is 32 hexadecimal digits in five groups, as DailyMed shows it."),
)
valid_key = RegexValidator(
    re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}\Z"),
    _("A key begins with a letter or digit and holds letters, digits, and . _ : - only."),
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

    class Status(models.TextChoices):
        UNKNOWN = "unknown", _("Not checked")
        CURRENT = "current", _("Current")
        CORRECTED = "corrected", _("Corrected")
        CONCERN = "concern", _("Expression of concern")
        RETRACTED = "retracted", _("Retracted")
        REINSTATED = "reinstated", _("Reinstated")
        SUPERSEDED = "superseded", _("Superseded")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=500)
    csl = models.JSONField(_("CSL-JSON"), default=dict)
    doi = models.CharField(_("DOI"), max_length=200, blank=True, validators=[valid_doi])
    pmid = models.CharField(_("PMID"), max_length=8, blank=True, validators=[valid_pmid])
    set_id = models.CharField(_("label set id"), max_length=36, blank=True, validators=[valid_set_id])
    label_version = models.CharField(_("label version"), max_length=12, blank=True)
    effective_date = models.DateField(_("label in force since"), null=True, blank=True)
    marketing_category = models.CharField(_("marketing category"), max_length=60, blank=True)
    level = models.CharField(_("level of evidence"), max_length=1, choices=Level, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.UNKNOWN)
    checked_at = models.DateTimeField(_("status checked"), null=True, blank=True)
    note = models.TextField(
        _("note"), blank=True, help_text=_("For the editors, for example where an identifier was confirmed.")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["doi"], condition=~Q(doi=""), name="source_doi_once"),
            models.UniqueConstraint(fields=["pmid"], condition=~Q(pmid=""), name="source_pmid_once"),
            models.UniqueConstraint(
                fields=["set_id", "label_version"], condition=~Q(set_id=""), name="source_label_once"
            ),
            models.CheckConstraint(
                name="source_label_is_identified",
                condition=~Q(kind="drug_label") | (~Q(set_id="") & ~Q(label_version="")),
                violation_error_message=_("A drug label needs its set id and version."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

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
            "csl": {**self.csl, "id": f"source-{self.pk}", "title": self.title},
        }


class Extract(models.Model):
    """A stored passage of a source with its pinpoint: what a quotation is checked against."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="extracts")
    pinpoint = models.CharField(_("where"), max_length=120, help_text=_("For example: section 2.3, or page 14."))
    text = models.TextField(_("passage"))
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    history = HistoricalRecords()

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
    locator = models.CharField(_("where in it"), max_length=120, blank=True, help_text=_("For example: section 2.3."))
    quote = models.TextField(
        _("quoted passage"), blank=True, help_text=_("Word for word as in a stored extract of the source.")
    )
    history = HistoricalRecords()

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
                "These words are in no stored extract of the source. Add the extract, or quote it word for word."
            )
            raise ValidationError({"quote": message})


def occurs_in_extract(quote: str, extracts) -> bool:
    """Say whether a quotation is in one of the stored passages, white space folded (MEDICAL.md §7, S14)."""
    wanted = " ".join(quote.split())
    return any(wanted in " ".join(extract.text.split()) for extract in extracts)
