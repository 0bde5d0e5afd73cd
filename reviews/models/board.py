"""The Medical Advisory Board: BoardMember, what they disclose, and how an editor ruled on it."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles.models import Specialty, shown_text
from articles.models.history import CodedHistory, CodedRelation

# ACCME Standard 3 looks back 24 months; a statement older than this is asked for again.
STANDING_DISCLOSURE_LASTS = timedelta(days=365)


class BoardMemberQuerySet(models.QuerySet["BoardMember"]):
    def able(self, on: date) -> Self:
        """Return the members who are active and licensed on a day."""
        licensed = models.Q(licence_expires__isnull=True) | models.Q(licence_expires__gte=on)
        return self.filter(licensed, is_active=True, user__is_active=True)


class BoardMember(models.Model):
    """A person with medical responsibility. Deactivated, never deleted."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="board_member", verbose_name=_("person")
    )
    credentials = shown_text.LineField(
        _("credentials"), max_length=120, help_text=_("As printed after the name, for example MD, PhD.")
    )
    specialties = models.ManyToManyField(Specialty, verbose_name=_("specialties"), blank=True)
    licence = shown_text.LineField(_("licence"), max_length=120, blank=True, help_text=_("Number and who issued it."))
    licence_expires = models.DateField(_("licence valid until"), null=True, blank=True)
    orcid = models.CharField(
        "ORCID",
        max_length=19,
        blank=True,
        validators=[RegexValidator(r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]\Z", _("An ORCID looks like 0000-0002-1825-0097."))],
    )
    biography = shown_text.TextField(_("biography"), blank=True)
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    is_guest = models.BooleanField(
        _("guest reviewer"),
        default=False,
        help_text=_(
            "Not a member of the board: asked for single texts, and verified by an editor before the first signature."
        ),
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("verified by"),
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Untick instead of deleting."))
    history = HistoricalRecords(bases=(CodedHistory,), m2m_bases=(CodedRelation,), m2m_fields=[specialties])

    objects = BoardMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("board member")
        verbose_name_plural = _("board members")
        ordering = ["user__name"]
        permissions = [("verify_boardmember", "Can check licences and verify guest reviewers")]
        constraints = [
            models.CheckConstraint(
                name="board_member_absence_has_an_end",
                condition=models.Q(away_from__isnull=True)
                | models.Q(away_until__isnull=False, away_until__gte=models.F("away_from")),
                violation_error_message=_("An absence needs its last day, on or after its first."),
            )
        ]

    def __str__(self) -> str:
        return self.printed_name

    @property
    def printed_name(self) -> str:
        return f"{self.user.name}, {self.credentials}" if self.credentials else self.user.name

    def is_licensed(self, on: date) -> bool:
        """Say whether the licence holds on a day; a licence without an expiry date holds."""
        return self.licence_expires is None or self.licence_expires >= on

    def is_away(self, on: date) -> bool:
        return self.away_from is not None and self.away_until is not None and self.away_from <= on <= self.away_until

    def as_printed(self) -> dict[str, Any]:
        """Return the member as a signature prints them: a copy, true on the day of signing."""
        return {
            "id": self.user_id,
            "name": self.user.name,
            "credentials": self.credentials,
            "specialties": sorted(specialty.name for specialty in self.specialties.all()),
            "licence": self.licence,
            "orcid": self.orcid,
            "is_guest": self.is_guest,
        }


class LicenceCheck(models.Model):
    """That somebody looked a member's licence up in its register, when, and what they found."""

    is_evidence = True

    member = models.ForeignKey(BoardMember, models.PROTECT, related_name="licence_checks", verbose_name=_("member"))
    licence = shown_text.LineField(_("licence"), max_length=120)
    register = shown_text.LineField(_("register consulted"), max_length=200)
    is_valid = models.BooleanField(_("found valid"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    note = models.TextField(_("what was found"), blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked"))

    class Meta:
        verbose_name = _("licence check")
        verbose_name_plural = _("licence checks")
        ordering = ["-checked_at", "-id"]

    def __str__(self) -> str:
        return _("%(member)s, %(date)s") % {"member": self.member, "date": self.checked_at.date()}


class Voiding(models.Model):
    """An editor's finding that a member's signatures since a day are worth nothing. A task carries it out."""

    is_evidence = True

    class Ground(models.TextChoices):
        LAPSED = "lapsed", _("The licence had lapsed")
        FALSE = "false", _("The licence was false")
        INTEREST = "interest", _("An interest was not declared")

    member = models.ForeignKey(BoardMember, models.PROTECT, related_name="voidings", verbose_name=_("member"))
    ground = models.CharField(_("ground"), max_length=10, choices=Ground)
    since = models.DateField(_("signatures since"), help_text=_("From this day on."))
    # Printed beside the texts; rows from before it was asked for hold nothing, and the ground is printed instead.
    public_ground = models.CharField(_("ground, as readers are told"), max_length=200, blank=True, default="")
    reason = models.TextField(_("reason"))
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("found by")
    )
    voided_at = models.DateTimeField(_("found"))

    class Meta:
        verbose_name = _("voiding")
        verbose_name_plural = _("voidings")
        ordering = ["-voided_at", "-id"]
        permissions = [("void_decision", "Can void the signatures of a member")]
        constraints = [
            models.CheckConstraint(
                name="voiding_ground_is_known", condition=models.Q(ground__in=["lapsed", "false", "interest"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_ground_display()}"

    @property
    def printed_ground(self) -> str:
        """The ground in the words that readers find."""
        return self.public_ground or str(self.get_ground_display())


class Disclosure(models.Model):
    """What a member declared: interests, or that there are none. Never changed afterwards."""

    is_evidence = True

    member = models.ForeignKey(BoardMember, models.PROTECT, related_name="disclosures", verbose_name=_("member"))
    review = models.ForeignKey(
        "reviews.Review",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="disclosures",
        verbose_name=_("for the review"),
    )
    interests = models.JSONField(_("interests"), default=list)
    statement = shown_text.TextField(_("statement"), blank=True)
    declared_at = models.DateTimeField(_("declared"))

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        ordering = ["-declared_at", "-id"]

    def __str__(self) -> str:
        return _("%(member)s, %(date)s") % {"member": self.member, "date": self.declared_at.date()}

    def is_standing(self, at: datetime) -> bool:
        """Say whether this statement still stands for any review: it declares no interest and is not a year old."""
        return not self.interests and self.declared_at + STANDING_DISCLOSURE_LASTS > at


class Ruling(models.Model):
    """An editor's ruling on a disclosed interest, for one review."""

    is_evidence = True

    class Outcome(models.TextChoices):
        CLEAR = "clear", _("Clear: no bearing on this text")
        MANAGEABLE = "manageable", _("Manageable: printed on the page")
        EXCLUDED = "excluded", _("Excluded from this review")

    disclosure = models.OneToOneField(Disclosure, models.PROTECT, related_name="ruling", verbose_name=_("disclosure"))
    outcome = models.CharField(_("ruling"), max_length=10, choices=Outcome)
    reason = models.TextField(_("reason"))
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ruled by"))
    ruled_at = models.DateTimeField(_("ruled"))

    class Meta:
        verbose_name = _("ruling")
        verbose_name_plural = _("rulings")
        constraints = [
            models.CheckConstraint(
                name="ruling_is_known", condition=models.Q(outcome__in=["clear", "manageable", "excluded"])
            )
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
