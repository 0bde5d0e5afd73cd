"""A review of one revision: Review, who was asked (Assignment), what they hold accurate, and what they decided."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Audience, Revision
from articles.models.person import AnyUser
from reviews.models.board import BoardMember
from reviews.models.policy import EditorialPolicy


class ReviewQuerySet(models.QuerySet["Review"]):
    def open(self) -> Self:
        return self.filter(state__in=Review.OPEN)

    def newest_first(self) -> Self:
        return self.order_by("-opened_at", "-id")


class Review(models.Model):
    """The board's work on one revision. Its revision never changes; one is open an article."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        UNDER_REVIEW = "under_review", _("Under Review")
        APPROVED = "approved", _("Approved")
        CHANGES_REQUESTED = "changes_requested", _("Changes requested")
        REJECTED = "rejected", _("Rejected")
        RECALLED = "recalled", _("Recalled")
        SUPERSEDED = "superseded", _("Superseded")

    OPEN = (State.SUBMITTED, State.UNDER_REVIEW)

    class Reason(models.TextChoices):
        NEW = "new", _("New text")
        UPDATE = "update", _("Update")
        CORRECTION = "correction", _("Correction")
        PERIODIC = "periodic", _("Periodic re-review")
        SOURCE_ALERT = "source_alert", _("Source alert")
        READER_REPORT = "reader_report", _("Reader report")
        IMPORT = "import", _("Imported text")
        SECOND_REVIEW = "second_review", _("Second review of a correction")
        WITHDRAWN = "withdrawn", _("A signature was withdrawn")

    # Of a text that stands: the evidence is checked again before anybody signs.
    REREVIEWS = (Reason.PERIODIC, Reason.SOURCE_ALERT, Reason.READER_REPORT, Reason.WITHDRAWN)

    class ChangeClass(models.TextChoices):
        NONE = "none", _("No change")
        MINOR = "minor", _("Minor: no words changed")
        SUBSTANTIVE = "substantive", _("Substantive")
        SAFETY = "safety", _("Safety-relevant")

    article = models.ForeignKey(Article, models.PROTECT, related_name="reviews", verbose_name=_("article"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="reviews", verbose_name=_("revision"))
    policy = models.ForeignKey(EditorialPolicy, models.PROTECT, related_name="+", verbose_name=_("policy"))
    # What it asks for, as it was when the review was opened (reviews.rules.requirements); raised, never lowered.
    requirements = models.JSONField(_("what it asks for"), default=dict, editable=False)
    reason = models.CharField(_("reason"), max_length=15, choices=Reason)
    change_class = models.CharField(_("change"), max_length=12, choices=ChangeClass)
    summary = models.TextField(_("what changed and why"), blank=True)
    state = models.CharField(_("state"), max_length=18, choices=State, default=State.SUBMITTED)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("opened by"),
        help_text=_("Empty if the scheduler or an alert opened it."),
    )
    opened_at = models.DateTimeField(_("opened"))
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("continues"),
        help_text=_("The review whose people and marks were carried over, or the correction it reviews a second time."),
    )
    due_date = models.DateField(_("due"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closing_reason = models.TextField(_("reason given"), blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-opened_at", "-id"]
        permissions = [
            ("submit_review", "Can submit texts for review"),
            ("triage_review", "Can assign, reject, waive and re-open reviews"),
            ("decide_review", "Can sign or ask for changes when assigned"),
            ("audit_review", "Can read every record and verify it"),
        ]
        # Of all reviews ever a few are open: the queue and the overview find them by state.
        indexes = [models.Index(fields=["state", "due_date"], name="review_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(state__in=["submitted", "under_review"]),
                name="one_open_review_an_article",
            ),
            models.CheckConstraint(
                name="review_state_is_known",
                condition=Q(
                    state__in=[
                        "submitted",
                        "under_review",
                        "approved",
                        "changes_requested",
                        "rejected",
                        "recalled",
                        "superseded",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="review_closed_has_a_time",
                condition=Q(state__in=["submitted", "under_review"], closed_at__isnull=True)
                | (~Q(state__in=["submitted", "under_review"]) & Q(closed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return _("%(title)s, revision %(number)s") % {"title": self.article.title, "number": self.revision.number}

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def assignment_of(self, user: AnyUser) -> "Assignment | None":
        """Return this person's assignment, from the prefetched rows when there are any."""
        return next((one for one in self.assignments.all() if one.member.user_id == user.pk), None)


class Assignment(models.Model):
    """A board member asked to review."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        SIGNED = "signed", _("Signed")
        ASKED_CHANGES = "asked_changes", _("Asked for changes")
        RELEASED = "released", _("Released")

    AT_WORK = (State.ACCEPTED, State.SIGNED, State.ASKED_CHANGES)
    # Whose answer a review still waits for.
    UNANSWERED = (State.INVITED, State.ACCEPTED)

    class DeclineKind(models.TextChoices):
        INTEREST = "interest", _("An interest")
        TIME = "time", _("No time")
        EXPERTISE = "expertise", _("Not my field")

    review = models.ForeignKey(Review, models.PROTECT, related_name="assignments", verbose_name=_("review"))
    member = models.ForeignKey(BoardMember, models.PROTECT, related_name="assignments", verbose_name=_("member"))
    state = models.CharField(_("state"), max_length=14, choices=State, default=State.INVITED)
    due_date = models.DateField(_("due"))
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    assigned_at = models.DateTimeField(_("asked"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    decline_kind = models.CharField(_("declined because of"), max_length=10, choices=DeclineKind, blank=True)
    decline_reason = models.TextField(_("reason"), blank=True)
    disclosure = models.ForeignKey(
        "reviews.Disclosure", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("disclosure")
    )

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_date", "id"]
        indexes = [models.Index(fields=["member", "state", "due_date"], name="assignment_my_reviews")]
        constraints = [
            models.UniqueConstraint(fields=["review", "member"], name="member_once_a_review"),
            models.CheckConstraint(
                name="assignment_state_is_known",
                condition=Q(state__in=["invited", "accepted", "declined", "signed", "asked_changes", "released"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.get_state_display()})"

    @property
    def waits_for_ruling(self) -> bool:
        """Say whether the member disclosed an interest on which no editor has ruled yet."""
        disclosure = self.disclosure
        return self.state == self.State.INVITED and disclosure is not None and not hasattr(disclosure, "ruling")


class SectionMark(models.Model):
    """ "I hold this accurate": a member's mark on one wording of a section, worth something while its digest stays."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="marks", verbose_name=_("assignment"))
    section_key = models.CharField(_("section"), max_length=36)
    # Empty in marks from before a wording was named: they were given for the section.
    audience = models.CharField(_("wording"), max_length=12, choices=Audience, blank=True, default="")
    section_digest = models.CharField(_("digest"), max_length=64)
    # The status that each source of the section had, by its id as text; None in marks from before it was kept.
    source_statuses = models.JSONField(_("status of its sources"), null=True, default=None)
    marked_at = models.DateTimeField(_("marked"))

    class Meta:
        verbose_name = _("section mark")
        verbose_name_plural = _("section marks")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "section_key", "audience"], name="mark_once_a_wording"),
            models.CheckConstraint(
                name="mark_audience_is_known", condition=Q(audience__in=["", "professional", "plain"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section_key} ({self.audience})" if self.audience else self.section_key


def printed_name(signer: dict[str, Any]) -> str:
    """Return a signer's name as printed: with the credentials they had when they signed."""
    return ", ".join(filter(None, (signer.get("name", ""), signer.get("credentials", ""))))


class Decision(models.Model):
    """What a member decided, and the exact text it names. Written once; a later one supersedes it."""

    is_evidence = True

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Approved")
        CHANGES_REQUESTED = "changes_requested", _("Changes requested")
        RESCINDED = "rescinded", _("Rescinded")
        VOIDED = "voided", _("Voided")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="decisions", verbose_name=_("assignment"))
    sequence = models.PositiveSmallIntegerField(_("which"), default=1)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("supersedes")
    )
    verdict = models.CharField(_("verdict"), max_length=18, choices=Verdict)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="decisions", verbose_name=_("revision"))
    revision_digest = models.CharField(_("digest of the text"), max_length=64)
    sections = models.JSONField(_("sections covered"), default=list)
    statement = models.TextField(_("statement signed"))
    # 0 where nothing was signed, and in signatures from before it was kept: their statement names it.
    policy_version = models.PositiveIntegerField(_("policy version signed under"), default=0)
    evidence = models.JSONField(_("evidence re-checked"), default=dict, blank=True)
    signer = models.JSONField(_("signer as printed"))
    authenticated_by = models.CharField(_("how authenticated"), max_length=40)
    decided_at = models.DateTimeField(_("decided"))
    # Who was a member then, and under which policy, is decided by the events that lead there (sequence and digest).
    site_head = models.JSONField(_("head of the site's chain"), default=dict, blank=True)
    signature = models.CharField(_("signature"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["decided_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "sequence"], name="decision_sequence_once"),
            models.CheckConstraint(
                name="decision_supersedes_the_one_before",
                condition=Q(sequence=1, supersedes__isnull=True) | Q(sequence__gt=1, supersedes__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_approval_is_signed", condition=~Q(verdict="approved") | ~Q(signature="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer.get('name', '')}: {self.get_verdict_display()}"

    @property
    def printed_name(self) -> str:
        return printed_name(self.signer)
