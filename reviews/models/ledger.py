"""The record of what happened (Event: a hash chain an article and one for the site), and who hears of it (Delivery)."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EventQuerySet(models.QuerySet["Event"]):
    def of_article(self, article_id: int) -> Self:
        return self.filter(chain=f"article:{article_id}").order_by("sequence")

    def of_site(self) -> Self:
        return self.filter(chain="site").order_by("sequence")


class Event(models.Model):
    """One thing that happened. `leaves` holds the digest of each field, so that a fault can be named by field.

    In the second form each key of `data` has a leaf of its own, salted so that it discloses nothing of the others, and
    the site's key seals the digest. Events of the first form count where the event that sealed the record lists them.
    """

    is_evidence = True

    class ActorKind(models.TextChoices):
        """How the step came to be taken (21 CFR 11.10(h): the source of what was entered)."""

        PERSON = "person", _("a person")
        CLOCK = "clock", _("the clock")
        COMMAND = "command", _("a command")
        API = "api", _("a program")
        IMPORT = "import", _("an import")

    FIRST_FORM, SECOND_FORM = 1, 2

    chain = models.CharField(_("chain"), max_length=40)
    sequence = models.PositiveIntegerField(_("sequence"))
    verb = models.CharField(_("verb"), max_length=30)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("actor")
    )
    actor_name = models.CharField(_("actor as named then"), max_length=200)
    actor_kind = models.CharField(_("kind of actor"), max_length=10, choices=ActorKind, blank=True)
    data = models.JSONField(_("data"), default=dict)
    at = models.DateTimeField(_("at"))
    previous_digest = models.CharField(_("previous digest"), max_length=64, blank=True)
    leaves = models.JSONField(_("digest of each field"), default=dict)
    digest = models.CharField(_("digest"), max_length=64)
    form = models.PositiveSmallIntegerField(_("form"), default=FIRST_FORM)
    salts = models.JSONField(_("salt of each leaf"), default=dict)
    seal = models.CharField(_("seal"), max_length=160, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["chain", "sequence"]
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="event_sequence_once_a_chain")]

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence}: {self.verb}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        return self.filter(sent_at__isnull=True, next_attempt_at__isnull=False)

    def due(self, at: datetime) -> Self:
        return self.waiting().filter(next_attempt_at__lte=at)


class Delivery(models.Model):
    """One thing one person is told by mail. The row is the truth, the queue a hint: retries live here."""

    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="deliveries", verbose_name=_("event")
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="deliveries", verbose_name=_("recipient")
    )
    kind = models.CharField(_("kind"), max_length=30)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    path = models.CharField(_("linked page"), max_length=250, blank=True)
    is_urgent = models.BooleanField(_("at once"), default=True, help_text=_("Otherwise in the next daily digest."))
    # What makes a second telling of the same thing impossible, however often a task runs.
    dedupe_key = models.CharField(_("once only"), max_length=200, unique=True)
    created_at = models.DateTimeField(_("created"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    # Set before the first attempt and kept: who gets a mail twice can tell that it is the same.
    message_id = models.CharField(_("Message-ID"), max_length=200, blank=True, db_index=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="delivery_waiting", condition=models.Q(sent_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"


class WithheldPage(models.Model):
    """A page that is withheld because its record does not verify: what editors and administrators find on their start
    page. Not evidence: it is found anew whenever the page is asked for."""

    article = models.OneToOneField(
        "articles.Article", models.CASCADE, primary_key=True, related_name="withheld", verbose_name=_("article")
    )
    problem = models.TextField(_("what does not verify"))
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("withheld page")
        verbose_name_plural = _("withheld pages")
        ordering = ["since", "article_id"]

    def __str__(self) -> str:
        return str(self.article)
