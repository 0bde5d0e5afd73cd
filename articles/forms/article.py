"""The form of a draft: the article, its sections and its citations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.forms.fields import ProseField, ReasonField, words_of
from articles.models import Article, Citation, FormerSlug, Section
from articles.models.draft import validate_limits
from articles.models.translation import translated, translated_lazy
from articles.text.checks import required_blocks
from articles.writing import drafting


def _reason_field(block: str) -> forms.CharField:
    return forms.CharField(label=translated_lazy(required_blocks.NAMES[block]), required=False, max_length=250)


# A line for each block that a template may ask for: why this article does not need it.
BlockReasons = type(
    "BlockReasons", (forms.Form,), {f"without_{block}": _reason_field(block) for block in required_blocks.NAMES}
)


class ArticleForm(forms.ModelForm, BlockReasons):  # type: ignore[misc, valid-type]
    """An article's own fields, with the draft version the page showed and a reason for the history.

    Of the blocks those of the saved template are asked for: one that does not apply is left out with a reason.
    `concurrent_edit` is set by whoever found that the draft was saved meanwhile: nothing is valid then, nothing lost.
    """

    concurrent_edit: Any = None
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = ReasonField()

    class Meta:
        model = Article
        fields = [
            "title",
            "slug",
            "language",
            "topics",
            "risk",
            "owner",
            "readers",
            "ai_use",
            "ai_tool",
            "ai_purpose",
            "template",
        ]
        widgets = {"topics": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version
        if "slug" in self.fields:
            self.fields["slug"].required = False
        for name in ("owner", "readers", "template"):
            if name in self.fields:
                self.fields[name].required = False
        self._ask_for_blocks()

    def _ask_for_blocks(self) -> None:
        asked = required_blocks.of_template(self.instance.template)
        for block in required_blocks.NAMES:
            name = f"without_{block}"
            if block not in asked:
                self.fields.pop(name, None)
            self.initial[name] = self.instance.not_applicable.get(block, "")

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if FormerSlug.objects.filter(slug=slug).exclude(article=self.instance.pk).exists():
            raise ValidationError(_("Another article had this address; readers who follow it are redirected there."))
        return slug or self.instance.slug or drafting.free_slug(self.cleaned_data.get("title", ""))

    def clean_risk(self) -> str:
        """Refuse a lower class than the saved one: nobody lowers it alone."""
        risk: str = self.cleaned_data["risk"]
        saved = Article.objects.filter(pk=self.instance.pk).values_list("risk", flat=True).first()
        if saved is not None and Article.Risk(risk).rank < Article.Risk(saved).rank:
            raise ValidationError(
                _("The risk class can be raised here. An editor asks for a lower one, and a second person confirms it.")
            )
        return risk

    def clean_template(self) -> str:
        return self.cleaned_data["template"] or self.instance.template

    def clean_readers(self) -> int:
        return self.cleaned_data["readers"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("ai_use") == Article.AiUse.ASSISTED and not cleaned.get("ai_tool", "").strip():
            self.add_error("ai_tool", _("Name the AI tool that helped."))
        if self.concurrent_edit is not None:
            raise ValidationError(str(self.concurrent_edit), code="moved")
        if not self.errors:
            self._keep_reasons(cleaned)
        return cleaned

    def _keep_reasons(self, cleaned: dict[str, Any]) -> None:
        """Put the reasons typed for blocks of the chosen template on the article; those of no field stay."""
        typed = {name.removeprefix("without_"): cleaned[name] for name in cleaned if name.startswith("without_")}
        reasons = {**self.instance.not_applicable, **typed}
        asked = required_blocks.of_template(cleaned.get("template") or self.instance.template)
        self.instance.not_applicable = {block: reasons[block] for block in asked if reasons.get(block, "").strip()}


class SectionForm(forms.ModelForm):
    """One section in both audiences' words. `template` is the article's: it says which blocks there are to answer."""

    template = "general"
    blocks = forms.MultipleChoiceField(
        label=_("This section answers"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
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
        fields += ["blocks", "certainty", "strength"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_blocks()
        position = self.fields["position"]
        position.required = False
        position.help_text = _("If empty, the section goes to the end.")
        if self.instance.pk is None:
            self.initial["position"] = None

    def _offer_blocks(self) -> None:
        names = [name for name in required_blocks.NAMES if name in required_blocks.of_template(self.template)]
        if names:
            self.fields["blocks"].choices = [(name, translated(required_blocks.NAMES[name])) for name in names]  # type: ignore[attr-defined]
            self.initial["blocks"] = [name for name in self.initial.get("blocks") or () if name in names]
        else:
            self.fields.pop("blocks", None)

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
