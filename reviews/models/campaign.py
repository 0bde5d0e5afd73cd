"""Campaign: a source changed, and everything that cites it is sorted by an editor."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Revision, Source, shown_text
from reviews.models.review import Review


class Campaign(models.Model):
    """One change of one source and the work it makes."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="campaigns", verbose_name=_("source"))
    title = shown_text.LineField(_("what changed"), max_length=200)
    reason = shown_text.TextField(_("why it matters"), help_text=_("Reviewers read this."))
    reviews_a_week = models.PositiveSmallIntegerField(
        _("reviews per week"),
        default=10,
        help_text=_("How many the board can complete besides its other work. Due dates are calculated from it."),
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("opened"))
    listed_at = models.DateTimeField(_("list complete"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-opened_at", "-id"]

    def __str__(self) -> str:
        return self.title


class CampaignItem(models.Model):
    """One published text that cites the source, with the passages that do, and what an editor decided of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("To be decided")
        NOT_AFFECTED = "not_affected", _("Not affected")
        RECHECK = "recheck", _("To be re-checked")
        SUSPEND = "suspend", _("To be suspended")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="items", verbose_name=_("campaign"))
    article = models.ForeignKey(Article, models.PROTECT, related_name="+", verbose_name=_("article"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("revision"))
    passages = models.JSONField(_("passages"), default=list)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    reason = shown_text.TextField(_("reason"), blank=True)
    notice = shown_text.TextField(
        _("notice to readers"), blank=True, help_text=_("For a text that is to be suspended.")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    due_date = models.DateField(_("due"), null=True, blank=True)
    # Set when the decision was carried out, in the same transaction as the step on the article.
    done_at = models.DateTimeField(_("carried out"), null=True, blank=True)
    problem = models.TextField(_("problem"), blank=True)
    review = models.ForeignKey(
        Review, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("review")
    )

    class Meta:
        verbose_name = _("campaign item")
        verbose_name_plural = _("campaign items")
        ordering = ["campaign_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "article"], name="article_once_a_campaign"),
            models.CheckConstraint(
                name="campaign_item_state_is_known",
                condition=models.Q(state__in=["waiting", "not_affected", "recheck", "suspend"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.article}"
