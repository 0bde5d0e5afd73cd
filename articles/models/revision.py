"""What a signature names: Revision and its Renderings, written once."""

import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.draft import Article, Audience
from articles.models.sources import Source
from articles.text.canonical import section_digests


class Revision(models.Model):
    """A frozen text: the exact canonical bytes and their SHA-256. Never updated, never deleted."""

    is_evidence = True

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions", verbose_name=_("article"))
    number = models.PositiveIntegerField(_("number"))
    content = models.TextField(_("canonical text"))
    digest = models.CharField(_("digest"), max_length=64, db_index=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("based on")
    )
    contributors = models.JSONField(_("contributors"), default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("frozen by")
    )
    created_at = models.DateTimeField(_("frozen"))
    sources = models.ManyToManyField(Source, related_name="revisions", verbose_name=_("sources"))

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["article_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once_an_article")]

    def __str__(self) -> str:
        return _("revision %(number)s") % {"number": self.number}

    @cached_property
    def document(self) -> dict[str, Any]:
        """The content as data."""
        return json.loads(self.content)

    @cached_property
    def section_digests(self) -> dict[str, str]:
        """Each section's digest by key."""
        return section_digests(self.document)

    @property
    def short_digest(self) -> str:
        return self.digest[:12]


class DraftOrigin(models.Model):
    """The revision an article's draft grew from: the last one frozen of it, or the correction merged into it.

    A row of its own, so that no save of a draft that was loaded earlier puts an old one back.
    """

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, related_name="origin", verbose_name=_("article")
    )
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("revision"))

    class Meta:
        verbose_name = _("origin of a draft")
        verbose_name_plural = _("origins of drafts")

    def __str__(self) -> str:
        return str(self.revision)


class Rendering(models.Model):
    """The body's HTML of one audience: a pure function of digest, audience and rendering version."""

    is_evidence = True

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="renderings", verbose_name=_("revision"))
    audience = models.CharField(_("audience"), max_length=12, choices=Audience)
    version = models.PositiveSmallIntegerField(_("rendering version"))
    html = models.TextField(_("HTML"))

    class Meta:
        verbose_name = _("rendering")
        verbose_name_plural = _("renderings")
        ordering = ["revision_id", "audience"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "audience", "version"], name="rendering_once"),
            models.CheckConstraint(
                name="rendering_audience_is_known", condition=models.Q(audience__in=["professional", "plain"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision} ({self.audience})"
