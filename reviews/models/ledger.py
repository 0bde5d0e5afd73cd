"""Event: the record of what happened, a gap-free hash chain an article and one for the site."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EventQuerySet(models.QuerySet["Event"]):
    def of_article(self, article_id: int):
        return self.filter(chain=f"article:{article_id}").order_by("sequence")

    def of_site(self):
        return self.filter(chain="site").order_by("sequence")


class Event(models.Model):
    """One thing that happened. `leaves` holds the digest of each field, so that a fault can be named by field."""

    is_evidence = True

    chain = models.CharField(_("chain"), max_length=40)
    sequence = models.PositiveIntegerField(_("sequence"))
    verb = models.CharField(_("verb"), max_length=30)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("actor")
    )
    actor_name = models.CharField(_("actor as named then"), max_length=200)
    data = models.JSONField(_("data"), default=dict)
    at = models.DateTimeField(_("at"))
    previous_digest = models.CharField(_("previous digest"), max_length=64, blank=True)
    leaves = models.JSONField(_("digest of each field"), default=dict)
    digest = models.CharField(_("digest"), max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["chain", "sequence"]
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="event_sequence_once_a_chain")]

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence}: {self.verb}"
