"""EditorialPolicy: the rules a review follows, one row a version, never edited."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import shown_text

# No version of the policy lets these pass, adopted before the rule was there or after: that a text was reviewed is
# printed from the record and said nowhere else, and what people sign reads as it is stored.
ALWAYS_BLOCK = ("review-claimed", "hidden-character")


def default_quorum() -> dict[str, int]:
    """Two board reviewers unless little can go wrong."""
    return {"low": 1, "moderate": 2, "high": 2}


def default_months() -> dict[str, int]:
    """12, 24 or 36 months by risk."""
    return {"low": 36, "moderate": 24, "high": 12}


def default_reminders() -> list[int]:
    """A week before, and on the last day but one."""
    return [7, 1]


def default_watch_days() -> dict[str, int]:
    """Weekly where a wrong sentence does most harm."""
    return {"low": 90, "moderate": 30, "high": 7}


def default_warnings() -> list[str]:
    """What a reader has to know before the first sentence."""
    return ["retracted", "concern"]


class EditorialPolicyQuerySet(models.QuerySet["EditorialPolicy"]):
    def current(self) -> "EditorialPolicy":
        """Return the version in force: the newest."""
        return self.order_by("-version")[0]


class EditorialPolicy(models.Model):
    """One version of the editorial policy. A change is a new version; each signature names its own."""

    is_evidence = True

    version = models.PositiveIntegerField(_("version"), unique=True)
    text = shown_text.TextField(_("public text"))
    responsible_person = shown_text.LineField(_("editorially responsible person"), max_length=200)
    professional_disclaimer = shown_text.TextField(_("disclaimer for professionals"))
    plain_disclaimer = shown_text.TextField(_("disclaimer for lay readers"))
    plain_safety = shown_text.TextField(_("when to get urgent help"), help_text=_("Shown first on every plain page."))
    caution = shown_text.TextField(_("caution while a text is pending"))
    quorum = models.JSONField(_("signers per section, by risk class"), default=default_quorum)
    quorum_by_reason = models.JSONField(
        _("other numbers of signers, by reason"),
        default=dict,
        blank=True,
        help_text=_('For example {"correction": 1}.'),
    )
    specialty_required = models.BooleanField(_("a signer with a required specialty"), default=True)
    due_days = models.PositiveSmallIntegerField(_("days to review, from assignment"), default=14)
    rereview_months = models.JSONField(_("months to the next review, by risk class"), default=default_months)
    shows_pending = models.BooleanField(_("show pending texts to readers"), default=False)
    waits_for_all = models.BooleanField(
        _("wait for all before a text goes back"),
        default=False,
        help_text=_("A request for changes closes the review only when every assigned member has answered."),
    )
    second_review_hours = models.PositiveSmallIntegerField(
        _("hours to the second review of a correction"),
        default=72,
        help_text=_("When a correction was approved with fewer signers than its risk class requires."),
    )
    admits_missing_specialty = models.BooleanField(
        _("approve without a specialty that nobody on the board has"),
        default=False,
        help_text=_("The page then says which specialty has not reviewed it."),
    )
    reminder_days = models.JSONField(_("reminders, days before a review is due"), default=default_reminders)
    rereview_lead_days = models.PositiveSmallIntegerField(_("days before the due date a re-review opens"), default=30)
    noindex_after_days = models.PositiveSmallIntegerField(
        _("days overdue until search engines are told to drop the page"), null=True, blank=True
    )
    hide_after_days = models.PositiveSmallIntegerField(
        _("days overdue until the text is hidden"), null=True, blank=True
    )
    licence_check_months = models.PositiveSmallIntegerField(
        _("months a licence check is valid"), default=0, help_text=_("0: no check is required to sign.")
    )
    blocks_submit = models.JSONField(_("findings that block submission"), default=list, blank=True)
    blocks_submit_by_reason = models.JSONField(
        _("other findings that block submission, by reason"),
        default=dict,
        blank=True,
        help_text=_(
            'For example {"import": []}: imported texts can be submitted with findings. None is approved with them.'
        ),
    )
    blocks_approve = models.JSONField(_("findings that block approval"), default=list, blank=True)
    reference_style = models.CharField(
        _("style of references"),
        max_length=10,
        choices=[("ama", _("AMA, 11th edition")), ("nlm", _("NLM (Vancouver)")), ("apa", _("APA, 7th edition"))],
        default="ama",
        help_text=_("Used for texts frozen from now on."),
    )
    warn_grade = models.PositiveSmallIntegerField(
        _("reading grade of plain texts from which authors are warned"), default=8
    )
    block_grade = models.PositiveSmallIntegerField(
        _("reading grade above which a plain text is too hard to read"),
        default=10,
        help_text=_("Whether that blocks is decided by the findings that block."),
    )
    watch_days = models.JSONField(_("days between checks of a source, by risk class"), default=default_watch_days)
    warns_at_top = models.JSONField(
        _("source statuses that readers are warned of at the top"), default=default_warnings, blank=True
    )
    campaign_from = models.PositiveIntegerField(
        _("publications from which a change of a source becomes a campaign"),
        default=25,
        help_text=_("If there are fewer, each is reviewed at once."),
    )
    binds_open_reviews = models.BooleanField(
        _("binds reviews that are open"),
        default=False,
        help_text=_("Otherwise they are completed under the version they began with."),
    )
    binds_published = models.BooleanField(
        _("binds published texts"), default=False, help_text=_("Their next review is rescheduled under this version.")
    )
    change_note = shown_text.TextField(_("what changed, and why"), blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("adopted by")
    )
    adopted_at = models.DateTimeField(_("in force since"))

    objects = EditorialPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("editorial policy")
        verbose_name_plural = _("editorial policy")
        ordering = ["-version"]

    def __str__(self) -> str:
        return _("version %(version)s") % {"version": self.version}

    def signers_needed(self, *, risk: str, reason: str) -> int:
        """Return how many signers each section needs; at least one."""
        return max(1, int(self.quorum_by_reason.get(reason, self.quorum.get(risk, max(self.quorum.values())))))

    def findings_that_block_submit(self, reason: str) -> list[str]:
        """Return the rules whose findings keep a text from being submitted for this reason."""
        return with_always(self.blocks_submit_by_reason.get(reason, self.blocks_submit))

    def findings_that_block_approval(self) -> list[str]:
        """Return the rules whose findings keep a text from being approved."""
        return with_always(self.blocks_approve)

    def months_to_rereview(self, risk: str) -> int:
        return int(self.rereview_months.get(risk, min(self.rereview_months.values())))

    def days_to_check(self, risk: str) -> int:
        """Return after how many days the sources of a text of this risk are checked again."""
        return int(self.watch_days.get(risk, min(self.watch_days.values())))

    def public_texts(self) -> dict[str, Any]:
        """Return the legal words a publication carries."""
        return {
            "professional_disclaimer": self.professional_disclaimer,
            "plain_disclaimer": self.plain_disclaimer,
            "plain_safety": self.plain_safety,
            "caution": self.caution,
            "responsible_person": self.responsible_person,
        }


def with_always(rules: list[str]) -> list[str]:
    """Return rules and those whose findings always block, whatever a policy says."""
    return list(dict.fromkeys([*rules, *ALWAYS_BLOCK]))
