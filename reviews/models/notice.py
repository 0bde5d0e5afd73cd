"""What stands in front of a published text: Suspension, and a dated Notice on a section."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Revision
from reviews.models.board import BoardMember


def _person(label, **options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options)


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def in_force(self) -> Self:
        return self.filter(lifted_at__isnull=True)


class Suspension(models.Model):
    """A text, or one section of it, hidden behind a notice by one person; two lift it, one of them of the board."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="suspensions", verbose_name=_("article"))
    section_key = models.CharField(
        _("section"), max_length=36, blank=True, help_text=_("Empty when the whole page is suspended.")
    )
    reason = models.TextField(_("reason, for the record"))
    notice = models.TextField(_("notice to readers"))
    suspended_by = _person(_("suspended by"))
    suspended_at = models.DateTimeField(_("suspended"))
    lift_asked_by = _person(_("first to agree"), null=True, blank=True)
    lift_asked_at = models.DateTimeField(_("first agreement"), null=True, blank=True)
    lift_reason = models.TextField(_("why it may be lifted"), blank=True)
    lifted_by = _person(_("second to agree"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["-suspended_at", "-id"]
        permissions = [("suspend_publication", "Can suspend a published text and help to lift a suspension")]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "section_key"],
                condition=models.Q(lifted_at__isnull=True),
                name="one_suspension_in_force_a_section",
            ),
            models.CheckConstraint(
                name="suspension_is_lifted_by_two",
                condition=models.Q(lifted_at__isnull=True)
                | (
                    models.Q(lift_asked_by__isnull=False, lifted_by__isnull=False)
                    & ~models.Q(lifted_by=models.F("lift_asked_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.notice[:60]}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class Notice(models.Model):
    """A dated line on a section of the published text: not reviewed until a member of the board signs it."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="notices_placed", verbose_name=_("article"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("revision"))
    section_key = models.CharField(_("section"), max_length=36)
    text = models.TextField(_("notice"))
    placed_by = _person(_("placed by"))
    placed_at = models.DateTimeField(_("placed"))
    signed_by = models.ForeignKey(
        BoardMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed by")
    )
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    signature = models.CharField(_("signature"), max_length=160, blank=True)
    withdrawn_by = _person(_("withdrawn by"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_reason = models.TextField(_("why it was withdrawn"), blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["placed_at", "id"]

    def __str__(self) -> str:
        return self.text[:60]
