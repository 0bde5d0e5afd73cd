"""What people asked of services about a source, and what came of it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.sources import Source


class LookUp(models.Model):
    """A person's question to a service: `source` is empty while the publication is not in the library."""

    class Service(models.TextChoices):
        CROSSREF = "crossref", _("Crossref, by DOI")
        PUBMED = "pubmed", _("PubMed, by PMID")
        LABEL = "label", _("DailyMed, by set id")

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Not answered yet")
        FOUND = "found", _("Found")
        NOT_FOUND = "not_found", _("Not found")
        UNKNOWN = "unknown", _("No answer this time")
        REFUSED = "refused", _("Refused: the answer broke our rules")
        BROKEN = "broken", _("The answer could not be understood")

    service = models.CharField(_("service"), max_length=8, choices=Service)
    identifier = models.CharField(_("identifier"), max_length=200)
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="look_ups", verbose_name=_("source"), null=True, blank=True
    )
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, default=Outcome.WAITING)
    detail = models.TextField(_("details"), blank=True)
    retry_at = models.DateTimeField(_("not to be asked again before"), null=True, blank=True)
    # Fields, CSL-JSON, updates and label sections, as the services told them.
    result = models.JSONField(_("what was found"), default=dict, encoder=DjangoJSONEncoder)
    # By the name of a field: what was here, and what the service has instead. For a person to choose.
    proposals = models.JSONField(_("proposals"), default=dict, encoder=DjangoJSONEncoder)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    # Written before the service is asked: a process that dies over an answer is not followed by the next one.
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)

    class Meta:
        verbose_name = _("look-up")
        verbose_name_plural = _("look-ups")
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="look_up_outcome_is_known",
                condition=Q(outcome__in=["waiting", "found", "not_found", "unknown", "refused", "broken"]),
            ),
            models.CheckConstraint(
                name="look_up_answered_when_not_waiting",
                condition=Q(outcome="waiting", answered_at=None)
                | (~Q(outcome="waiting") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["id"], name="look_up_waiting", condition=Q(outcome="waiting"))]

    def __str__(self) -> str:
        return f"{self.get_service_display()}: {self.identifier}"
