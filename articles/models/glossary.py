"""GlossaryTerm: a medical word and how it is said plainly."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles.models import shown_text
from articles.models.history import CodedHistory


class GlossaryTermQuerySet(models.QuerySet["GlossaryTerm"]):
    def approved(self) -> Self:
        """Return the terms a board member approved: only these explain a text."""
        return self.filter(approved_at__isnull=False)


class TermUse(models.Model):
    """In how many texts a term was found at the last count: derived, and written by `terms.count_uses` alone."""

    term = models.OneToOneField(
        "articles.GlossaryTerm", models.CASCADE, primary_key=True, related_name="use", verbose_name=_("term")
    )
    drafts = models.PositiveIntegerField(_("drafts"), default=0)
    published = models.PositiveIntegerField(_("published texts"), default=0)
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("use of a term")
        verbose_name_plural = _("uses of terms")

    def __str__(self) -> str:
        return f"{self.drafts} / {self.published}"


class GlossaryTerm(models.Model):
    """A medical word with its plain wording and definition."""

    term = shown_text.LineField(_("term"), max_length=80)
    variants = models.JSONField(_("other forms"), default=list, blank=True, help_text=_("Plurals and spellings."))
    plain = shown_text.LineField(_("plain wording"), max_length=120, help_text=_("A few words that can replace it."))
    definition = shown_text.LineField(_("definition"), max_length=400, help_text=_("One sentence."))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)
    history = HistoricalRecords(bases=(CodedHistory,))

    objects = GlossaryTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["term"]
        permissions = [("approve_glossaryterm", "Can approve glossary terms")]
        constraints = [models.UniqueConstraint(Lower("term"), name="glossary_term_once")]

    def __str__(self) -> str:
        return self.term

    def frozen(self) -> dict:
        """Return the copy of this term that a revision keeps."""
        return {
            "term": self.term,
            "variants": sorted(self.variants),
            "plain": self.plain,
            "definition": self.definition,
        }
