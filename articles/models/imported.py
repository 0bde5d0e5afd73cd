"""ImportedPage: which files have come in, so that an import that was stopped goes on where it stopped."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.draft import Article


class ImportedPage(models.Model):
    """A file that was read, by the digest of its bytes, and the article it became."""

    digest = models.CharField(_("digest of the file"), max_length=64, unique=True)
    path = models.CharField(_("file"), max_length=500)
    article = models.OneToOneField(Article, models.PROTECT, related_name="imported_from", verbose_name=_("article"))
    imported_at = models.DateTimeField(_("imported"))

    class Meta:
        verbose_name = _("imported page")
        verbose_name_plural = _("imported pages")
        ordering = ["-imported_at", "-id"]

    def __str__(self) -> str:
        return self.path
