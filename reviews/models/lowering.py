"""What one person wants to lower, and what a second person answered: the policy's requirements, or an article's."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Article


class LoweringQuerySet(models.QuerySet["Lowering"]):
    def pending(self) -> Self:
        """Return what nobody has answered and who asked has not withdrawn."""
        return self.filter(answer__isnull=True)


class Lowering(models.Model):
    """A change that asks for less than today, written once. It takes effect when a second person confirms it."""

    is_evidence = True

    article = models.ForeignKey(
        Article,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lowerings",
        verbose_name=_("article"),
        help_text=_("Empty when it is the editorial policy that would ask for less."),
    )
    # A whole version of the policy, or the risk class and the topics of an article.
    wanted = models.JSONField(_("what is wanted"))
    # As it was when this was asked: what is answered later is answered of this.
    before = models.JSONField(_("what it was"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))

    objects = LoweringQuerySet.as_manager()

    class Meta:
        verbose_name = _("lowered requirement")
        verbose_name_plural = _("lowered requirements")
        ordering = ["asked_at", "id"]

    def __str__(self) -> str:
        return str(self.article) if self.article_id else str(_("Editorial policy"))

    @property
    def is_pending(self) -> bool:
        return not hasattr(self, "answer")


class LoweringAnswer(models.Model):
    """How it ended: confirmed or refused by a second person, or withdrawn by who asked. Written once."""

    is_evidence = True

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    lowering = models.OneToOneField(Lowering, models.PROTECT, related_name="answer", verbose_name=_("asked"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    reason = models.TextField(_("reason"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer to a lowered requirement")
        verbose_name_plural = _("answers to lowered requirements")
        constraints = [
            models.CheckConstraint(
                name="lowering_outcome_is_known",
                condition=models.Q(outcome__in=["confirmed", "refused", "withdrawn"]),
            )
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
