"""The form of a draft: the article, its sections and its citations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles import drafting
from articles.forms.fields import ProseField, ReasonField, words_of
from articles.models import Article, Citation, FormerSlug, Section
from articles.models.draft import validate_limits


class ArticleForm(forms.ModelForm):
    """An article's own fields, with the draft version the page showed and a reason for the history.

    `collision` is set by whoever found that the draft was saved meanwhile: then nothing is valid, and nothing lost.
    """

    collision: Any = None
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = ReasonField()

    class Meta:
        model = Article
        fields = ["title", "slug", "language", "topics", "risk", "owner", "readers", "ai_use", "ai_tool", "ai_purpose"]
        widgets = {"topics": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version
        if "slug" in self.fields:
            self.fields["slug"].required = False
        for name in ("owner", "readers"):
            if name in self.fields:
                self.fields[name].required = False

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if FormerSlug.objects.filter(slug=slug).exclude(article=self.instance.pk).exists():
            raise ValidationError(_("Another article had this address; readers who follow it are led there."))
        return slug or self.instance.slug or drafting.free_slug(self.cleaned_data.get("title", ""))

    def clean_readers(self) -> int:
        return self.cleaned_data["readers"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("ai_use") == Article.AiUse.ASSISTED and not cleaned.get("ai_tool", "").strip():
            self.add_error("ai_tool", _("Name the AI tool that helped."))
        if self.collision is not None:
            raise ValidationError(str(self.collision), code="moved")
        return cleaned


class SectionForm(forms.ModelForm):
    """One section in both audiences' words."""

    professional = ProseField(
        **words_of(Section, "professional"),
        validators=[validate_limits],
    )
    plain = ProseField(
        **words_of(Section, "plain"),
        validators=[validate_limits],
    )

    class Meta:
        model = Section
        fields = ["position", "kind", "heading", "professional", "plain", "plain_missing_reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        position = self.fields["position"]
        position.required = False
        position.help_text = _("Left empty: at the end.")
        if self.instance.pk is None:
            self.initial["position"] = None

    def clean_plain_missing_reason(self) -> str:
        return self.cleaned_data["plain_missing_reason"].strip()


class CitationForm(forms.ModelForm):
    """A key of the text and the source behind it."""

    quote = ProseField(
        **words_of(Citation, "quote"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Citation
        fields = ["key", "source", "use", "locator", "quote"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.source is not None and "source" in self.fields:
            wrapped: Any = self.fields["source"].widget
            picker = getattr(wrapped, "widget", wrapped)
            picker.chosen = (str(self.instance.source_id), str(self.instance.source))
