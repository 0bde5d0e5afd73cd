"""SourceImport: a file of sources that came in, and what became of each of its records."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.sources import Source


class SourceImportQuerySet(models.QuerySet):
    def unfinished(self) -> "SourceImportQuerySet":
        return self.filter(finished_at=None, problem="")


class SourceImport(models.Model):
    """One file. Its bytes are kept until every record is dealt with, so that work that was cut short can go on."""

    name = models.CharField(_("file"), max_length=255)
    format = models.CharField(
        _("format"), max_length=10, blank=True, help_text=_("If empty, the format of each record is detected.")
    )
    content = models.BinaryField()
    size = models.PositiveIntegerField(_("size"), help_text=_("In bytes."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("imported by"))
    created_at = models.DateTimeField(_("uploaded"))
    # How many records are dealt with, and how many bytes were read for them.
    reached = models.PositiveIntegerField(_("records"), default=0)
    read_bytes = models.PositiveIntegerField(default=0)
    # Written by the worker that is at it, and emptied when it ends in an orderly way: long past, it died.
    touched_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    objects = SourceImportQuerySet.as_manager()
    is_mine = False  # whether this process is the one that is at it

    class Meta:
        verbose_name = _("import of sources")
        verbose_name_plural = _("imports of sources")
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], name="source_import_unfinished", condition=Q(finished_at=None))]

    def __str__(self) -> str:
        return self.name


class SourceImportRecord(models.Model):
    """One record of a file, as it was written there, and what became of it."""

    class Outcome(models.TextChoices):
        ADDED = "added", _("Added")
        PROBABLE = "probable", _("Added; possible duplicate")
        FILLED = "filled", _("Already in the library; empty fields filled")
        ALREADY = "already", _("Already in the library")
        FAILED = "failed", _("Not imported")
        AGAIN = "again", _("To be retried")

    batch = models.ForeignKey(SourceImport, models.CASCADE, related_name="records", verbose_name=_("import"))
    number = models.PositiveIntegerField(_("number in the file"))
    format = models.CharField(_("format"), max_length=10, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    title = models.CharField(_("title"), max_length=200, blank=True)
    faults = models.JSONField(_("faults"), default=list, blank=True)
    raw = models.TextField(_("as written in the file"))
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="import_records", verbose_name=_("source")
    )
    like = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("probably the same as")
    )

    class Meta:
        verbose_name = _("record of an import")
        verbose_name_plural = _("records of an import")
        ordering = ["batch_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="source_import_record_once"),
            models.CheckConstraint(
                name="source_import_outcome_is_known",
                condition=Q(outcome__in=["added", "probable", "filled", "already", "failed", "again"]),
            ),
        ]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="source_import_by_outcome")]

    def __str__(self) -> str:
        return self.title or f"#{self.number}"
