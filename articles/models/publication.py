"""Publication: which revision readers see, and what is true of its review. Written by the workflow alone."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles import signing_keys
from articles.models.draft import Article, Topic
from articles.models.revision import Rendering, Revision
from articles.text.canonical import canonical_text


class PublicationQuerySet(models.QuerySet["Publication"]):
    def readable(self, at: date) -> Self:
        """Return the texts that a visitor may open and find in lists on a day: shown, and nothing in their place."""
        in_date = Q(hidden_from__isnull=True) | Q(hidden_from__gt=at)
        return self.filter(in_date, is_shown=True).exclude(status__in=Publication.WITHHELD)

    def about(self, topic: Topic) -> Self:
        return self.filter(article__topics=topic)

    def newest_first(self) -> Self:
        return self.order_by("-listed_at", "-article_id")

    def for_reading(self, slug: str, audience: str) -> Self:
        """Return the publication with its revision and the audience's rendering, in one query."""
        return self.filter(article__slug=slug).select_related("article", "revision", audience)


class Publication(models.Model):
    """The read model of one article: the revision readers see, its status, dates, signers and notices."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        UNDER_REVIEW = "under_review", _("Under Review")
        APPROVED = "approved", _("Approved")
        SUSPENDED = "suspended", _("Suspended")
        RETRACTED = "retracted", _("Retracted")
        RETIRED = "retired", _("Retired")

    # Readers find a notice at the address, or are led on, but none of the text.
    WITHHELD = (Status.SUSPENDED, Status.RETRACTED, Status.RETIRED)

    class Update(models.TextChoices):
        """What is happening to a text beside the one readers see."""

        NONE = "", _("nothing")
        SUBMITTED = "submitted", _("a changed text is waiting for review")
        UNDER_REVIEW = "under_review", _("a changed text is under review")
        REREVIEW = "rereview", _("the same text is being reviewed again")
        SENT_BACK = "sent_back", _("a changed text was sent back")
        REREVIEW_ENDED = "rereview_end", _("a re-review of the same text ended without approval")
        CORRECTION = "correction", _("a correction of the text is under review")
        SECOND_REVIEW = "second", _("the corrected text is waiting for its second review")

    article = models.OneToOneField(Article, models.PROTECT, primary_key=True, related_name="publication")
    version = models.PositiveIntegerField(_("version"), default=0)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("revision"))
    professional = models.ForeignKey(Rendering, models.PROTECT, related_name="+")
    plain = models.ForeignKey(Rendering, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=250)
    # As the record has it; empty for texts last submitted before the record held addresses.
    slug = models.CharField(_("address"), max_length=120, blank=True, default="")
    status = models.CharField(_("status"), max_length=12, choices=Status)
    is_shown = models.BooleanField(_("shown to readers"), default=False)
    is_indexed = models.BooleanField(_("open to search engines"), default=False)
    update = models.CharField(_("update"), max_length=12, choices=Update, blank=True, default="")
    update_at = models.DateTimeField(_("update since"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    under_review_at = models.DateTimeField(_("under review since"), null=True, blank=True)
    published_at = models.DateTimeField(_("first published"), null=True, blank=True)
    text_changed_at = models.DateTimeField(_("text changed"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    evidence_checked_at = models.DateTimeField(_("evidence checked"), null=True, blank=True)
    next_review_due = models.DateField(_("next review due"), null=True, blank=True)
    noindex_from = models.DateField(_("closed to search engines from"), null=True, blank=True)
    hidden_from = models.DateField(_("hidden from"), null=True, blank=True)
    dated_by_policy = models.PositiveIntegerField(_("policy version of these dates"), default=0)
    second_review_due = models.DateTimeField(_("second review of the correction due"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("a signature it needs was withdrawn"), null=True, blank=True)
    voided = models.JSONField(_("signatures found void since the approval"), default=list)
    listed_at = models.DateTimeField(_("listed since"))
    reviewers = models.JSONField(_("reviewers as they signed"), default=list)
    topics = models.JSONField(_("topics"), default=list)
    unreviewed_specialties = models.JSONField(_("specialties that have not reviewed it"), default=list)
    notices = models.JSONField(_("notices"), default=list)
    masks = models.JSONField(_("sections hidden behind a notice"), default=list)
    source_warnings = models.JSONField(_("source updates"), default=list)
    successor = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("replaced by")
    )
    policy_version = models.PositiveIntegerField(_("policy version"))
    policy_texts = models.JSONField(_("legal words"), default=dict)
    # Over what lists print of it, by a key that is not in the database: they show no row that somebody else wrote.
    mac = models.CharField(_("MAC of what lists print"), max_length=64, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-listed_at", "-article_id"]
        permissions = [("retract_publication", "Can retract a publication")]
        indexes = [
            models.Index(
                fields=["-listed_at", "-article"], name="publication_newest_first", condition=Q(is_shown=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="publication_status_is_known",
                condition=Q(status__in=["submitted", "under_review", "approved", "suspended", "retracted", "retired"]),
            ),
            models.CheckConstraint(
                name="publication_approved_is_signed",
                condition=~Q(status="approved") | (Q(reviewed_at__isnull=False) & Q(published_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="publication_indexed_only_when_approved", condition=Q(is_indexed=False) | Q(status="approved")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    # What lists print of a publication, and what decides whether and where they do.
    LISTED = (
        *("article_id", "version", "revision_id", "title", "status", "is_shown", "is_indexed", "topics"),
        *("published_at", "reviewed_at", "submitted_at", "under_review_at", "next_review_due", "second_review_due"),
        *("hidden_from", "withdrawn_at", "masks", "listed_at"),
    )

    def listed_mac(self) -> str:
        """Return the MAC of what lists print, its address included. Only who has just proved all of it may store it."""
        return signing_keys.mac("listing", self._listed())

    def is_as_listed(self) -> bool:
        """Say whether what lists print of this row is what the workflow wrote."""
        return signing_keys.is_mac("listing", self._listed(), self.mac)

    def _listed(self) -> bytes:
        facts = {name: getattr(self, name) for name in self.LISTED}
        return canonical_text({**facts, "slug": self.article.slug}).encode()

    @property
    def due_date(self) -> date | None:
        """The last day on which the text is in date: that of its next review, or of a correction's second one."""
        second = self.second_review_due.date() if self.second_review_due else None
        return min((day for day in (self.next_review_due, second) if day is not None), default=None)

    def is_overdue(self, at: date) -> bool:
        """Say whether the approved text is past the date by which it was to be reviewed again."""
        due = self.due_date
        return self.status == self.Status.APPROVED and due is not None and due < at

    def is_hidden(self, at: date) -> bool:
        """Say whether the approved text is so long overdue that readers find a notice in its place."""
        return self.status == self.Status.APPROVED and self.hidden_from is not None and self.hidden_from <= at

    def is_read(self, at: date) -> bool:
        """Say whether readers find the text on a day, perhaps without what is masked."""
        return self.is_shown and self.status not in self.WITHHELD and not self.is_hidden(at)

    def is_open_to_search(self, at: date) -> bool:
        """Say whether search engines may list the page on a day."""
        return self.is_indexed and (self.noindex_from is None or self.noindex_from > at) and not self.is_hidden(at)
