"""What the board and the author say about a text: Thread, Comment, and the Waiver of a finding."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Audience
from reviews.models.board import BoardMember
from reviews.models.review import Review


class ThreadQuerySet(models.QuerySet["Thread"]):
    def blocking(self) -> Self:
        """Return the open threads that keep a text from being approved."""
        return self.filter(kind=Thread.Kind.BLOCKING, resolved_at__isnull=True)


class Thread(models.Model):
    """A remark on a frozen text and what became of it. A blocking one holds approval until it is resolved."""

    class Kind(models.TextChoices):
        BLOCKING = "blocking", _("Must be settled before approval")
        SUGGESTION = "suggestion", _("Suggestion")

    review = models.ForeignKey(Review, models.PROTECT, related_name="threads", verbose_name=_("review"))
    section_key = models.CharField(_("section"), max_length=36, blank=True)
    audience = models.CharField(_("audience"), max_length=12, choices=Audience, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SUGGESTION)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("opened by"),
        help_text=_("Empty if an alert opened it."),
    )
    opened_at = models.DateTimeField(_("opened"))
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    resolved_at = models.DateTimeField(_("settled"), null=True, blank=True)
    resolution = models.TextField(_("how it was settled"), blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        ordering = ["opened_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.opened_by})"

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None


class Comment(models.Model):
    """One remark in a thread."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="comments", verbose_name=_("thread"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class Waiver(models.Model):
    """A named person's reason for letting a finding stand. It falls when the words it waived change."""

    is_evidence = True

    article = models.ForeignKey(Article, models.PROTECT, related_name="waivers", verbose_name=_("article"))
    rule = models.CharField(_("rule"), max_length=40)
    section_key = models.CharField(_("section"), max_length=36, blank=True)
    audience = models.CharField(_("audience"), max_length=12, blank=True)
    words = models.TextField(_("words waived"), blank=True)
    reason = models.TextField(_("reason"))
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("waived by")
    )
    waived_at = models.DateTimeField(_("waived"))
    needs_concurrence = models.BooleanField(_("needs a board member's agreement"), default=False)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["waived_at", "id"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason[:60]}"

    @property
    def is_in_force(self) -> bool:
        return not self.needs_concurrence or hasattr(self, "concurrence")


class Concurrence(models.Model):
    """An assigned board member's agreement with a waiver."""

    is_evidence = True

    waiver = models.OneToOneField(Waiver, models.PROTECT, related_name="concurrence", verbose_name=_("waiver"))
    member = models.ForeignKey(BoardMember, models.PROTECT, related_name="+", verbose_name=_("member"))
    agreed_at = models.DateTimeField(_("agreed"))

    class Meta:
        verbose_name = _("concurrence")
        verbose_name_plural = _("concurrences")

    def __str__(self) -> str:
        return str(self.member)
