"""The draft: Topic, Article and Section, edited freely and recorded by django-simple-history."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from articles.models import shown_text
from articles.models.history import CodedHistory, CodedRelation
from articles.models.translation import translated
from articles.text.parsing.limits import TextTooComplex, check_limits


class Audience(models.TextChoices):
    """Whom a text speaks to."""

    PROFESSIONAL = "professional", _("Professional")
    PLAIN = "plain", _("Plain language")


def validate_limits(text: str) -> None:
    """Refuse, in the author's words, a text that would be unsafe or too slow to parse."""
    try:
        check_limits(text)
    except TextTooComplex as refusal:
        raise ValidationError(translated(refusal.message)) from refusal


class Specialty(models.Model):
    """A field of medicine: what a topic needs and a board member has."""

    name = shown_text.LineField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("specialty")
        verbose_name_plural = _("specialties")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """A subject readers browse by."""

    name = shown_text.LineField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    specialties = models.ManyToManyField(
        Specialty,
        verbose_name=_("specialties needed"),
        blank=True,
        help_text=_("Each section of an article on this topic needs a signature from a specialist in one of these."),
    )
    history = HistoricalRecords(bases=(CodedHistory,), m2m_bases=(CodedRelation,), m2m_fields=[specialties])

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """A clinical question and the draft of its answer. What readers see is its Publication."""

    class Risk(models.TextChoices):
        LOW = "low", _("Low")
        MODERATE = "moderate", _("Moderate")
        HIGH = "high", _("High")

        @property
        def rank(self) -> int:
            """Return how much it asks for: 0 for the least."""
            return list(type(self)).index(self)

    class AiUse(models.TextChoices):
        UNDECLARED = "undeclared", _("Not declared yet")
        NONE = "none", _("No AI tool wrote or rewrote any of this text")
        ASSISTED = "assisted", _("Drafted with the help of an AI tool")

    class Template(models.TextChoices):
        """What kind of article it is: which blocks readers need in it (articles.text.checks.required_blocks)."""

        GENERAL = "general", _("General")
        MEDICINE = "medicine", _("A medicine or treatment")
        CONDITION = "condition", _("A condition")
        TEST = "test", _("A test or procedure")

    title = shown_text.LineField(_("title"), max_length=250, help_text=_("The clinical question this article answers."))
    slug = models.SlugField(
        _("address"), max_length=120, unique=True, help_text=_("The last part of the page's address.")
    )
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default="en")
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="articles")
    risk = models.CharField(
        _("risk class"),
        max_length=10,
        choices=Risk,
        default=Risk.MODERATE,
        help_text=_(
            "How much harm a wrong sentence could do. It decides how many people sign and how often the text is "
            "reviewed again."
        ),
    )
    template = models.CharField(
        _("template"),
        max_length=10,
        choices=Template,
        default=Template.GENERAL,
        help_text=_("It decides which blocks the article needs, for example when to get urgent help."),
    )
    # {block: reason}, for blocks of the template that this article does not need.
    not_applicable = models.JSONField(_("blocks that do not apply, with the reason"), default=dict, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), related_name="articles_owned"
    )
    ai_use = models.CharField(_("AI assistance"), max_length=12, choices=AiUse, default=AiUse.UNDECLARED)
    ai_tool = shown_text.LineField(_("AI tool"), max_length=120, blank=True, help_text=_("Name and version."))
    ai_purpose = shown_text.LineField(_("what it was used for"), max_length=250, blank=True)
    readers = models.PositiveIntegerField(
        _("readers per month"),
        default=0,
        help_text=_("From your own statistics. The review queue shows widely read texts first."),
    )
    version = models.PositiveIntegerField(_("draft version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    history = HistoricalRecords(
        bases=(CodedHistory,),
        m2m_bases=(CodedRelation,),
        m2m_fields=[topics],
        excluded_fields=["version", "updated_at"],
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-updated_at", "-id"]
        indexes = [models.Index(fields=["-updated_at", "-id"], name="article_newest_first")]
        permissions = [
            ("edit_any_article", "Can edit every article, not only their own"),
            ("view_any_article", "Can read every article, also before it is published"),
        ]
        constraints = [
            models.CheckConstraint(
                name="article_risk_is_known", condition=models.Q(risk__in=["low", "moderate", "high"])
            ),
            models.CheckConstraint(
                name="article_template_is_known",
                condition=models.Q(template__in=["general", "medicine", "condition", "test"]),
            ),
            models.CheckConstraint(
                name="article_ai_tool_is_named",
                condition=~models.Q(ai_use="assisted") | ~models.Q(ai_tool=""),
                violation_error_message=_("Name the AI tool that helped."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse an address that another article had: readers who follow it are led there."""
        if FormerSlug.objects.filter(slug=self.slug).exclude(article=self.pk).exists():
            raise ValidationError(_("Another article had this address; readers who follow it are redirected there."))


class FormerSlug(models.Model):
    """An address an article once had; readers who follow it are led to the present one."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    article = models.ForeignKey(Article, models.PROTECT, related_name="former_slugs")

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug


class Section(models.Model):
    """A part of the draft, in both audiences' words."""

    class Kind(models.TextChoices):
        GUIDELINES = "guidelines", _("From the guidelines")
        DRUG_LABEL = "drug_label", _("From the drug label")
        RESEARCH = "research", _("From the research")
        OTHER = "other", _("Other")

    class Certainty(models.TextChoices):
        """GRADE's certainty of evidence."""

        HIGH = "high", _("High")
        MODERATE = "moderate", _("Moderate")
        LOW = "low", _("Low")
        VERY_LOW = "very_low", _("Very low")

    class Strength(models.TextChoices):
        """GRADE's strength of a recommendation."""

        STRONG = "strong", _("Strong (“recommend”)")
        CONDITIONAL = "conditional", _("Conditional (“suggest”)")

    article = models.ForeignKey(Article, models.CASCADE, related_name="sections")
    key = models.UUIDField(_("key"), default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.GUIDELINES)
    heading = shown_text.LineField(_("heading"), max_length=200)
    # Which blocks of the article's template this section answers.
    blocks = models.JSONField(_("answers"), default=list, blank=True)
    certainty = models.CharField(
        _("certainty of the evidence"), max_length=10, choices=Certainty, blank=True, help_text=_("By GRADE.")
    )
    strength = models.CharField(
        _("strength of the recommendation"), max_length=12, choices=Strength, blank=True, help_text=_("By GRADE.")
    )
    professional = shown_text.TextField(
        _("for professionals"),
        blank=True,
        validators=[validate_limits],
        help_text=_("Markdown. Cite a source as [@key]."),
    )
    plain = shown_text.TextField(
        _("in plain language"),
        blank=True,
        validators=[validate_limits],
        help_text=_("The same facts in everyday words. It may leave out; it never adds a fact or changes a number."),
    )
    plain_missing_reason = shown_text.LineField(
        _("why there is no plain text"), max_length=250, blank=True, help_text=_("Needed when the plain text is empty.")
    )
    history = HistoricalRecords(bases=(CodedHistory,))

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="section_key_once_an_article"),
            models.CheckConstraint(
                name="section_kind_is_known",
                condition=models.Q(kind__in=["guidelines", "drug_label", "research", "other"]),
            ),
            models.CheckConstraint(
                name="section_grade_is_known",
                condition=models.Q(certainty__in=["", "high", "moderate", "low", "very_low"])
                & models.Q(strength__in=["", "strong", "conditional"]),
            ),
        ]

    def __str__(self) -> str:
        return self.heading
