"""The forms of steps on a review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Audience, Publication
from reviews.models import Assignment, BoardMember, Review, Ruling, Thread
from reviews.web.forms.step_form import SeenForm, StepForm, hidden, words

_WHOLE_TEXT = [("", _("The whole text"))]


class RecallForm(SeenForm):
    verb = "recall"
    reason = words(_("Why do you recall the text?"))


class RejectForm(SeenForm):
    verb = "reject"
    reason = words(_("Why is the text rejected?"), help_text=_("The author will read this."))


class RescindForm(SeenForm):
    verb = "rescind"
    reason = words(_("Why do you rescind your decision?"))


class AssignForm(SeenForm):
    verb = "assign"
    place = "reviewers"
    member = forms.ModelChoiceField(
        BoardMember.objects.select_related("user"),
        label=_("Member"),
        error_messages={"required": _("Choose a member.")},
    )
    due_date = forms.DateField(
        label=_("Due"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("If empty, the policy’s number of days from today."),
    )


class DeclineForm(SeenForm):
    verb = "decline"
    kind = forms.ChoiceField(
        label=_("What keeps you from this review?"), choices=Assignment.DeclineKind, widget=forms.RadioSelect
    )
    reason = words(_("Explain in one sentence"), rows=2, help_text=_("The editor will read it."))


class RuleForm(SeenForm):
    verb, distinguished_by = "rule", "assignment"
    place = "reviewers"
    assignment = hidden(forms.IntegerField)
    outcome = forms.ChoiceField(label=_("Ruling"), choices=Ruling.Outcome, widget=forms.RadioSelect)
    reason = words(_("Reason"), rows=2)


class ReleaseForm(SeenForm):
    verb, distinguished_by = "release", "assignment"
    place = "reviewers"
    assignment = hidden(forms.IntegerField)
    reason = words(_("Why is this member released?"), rows=2, help_text=_("The member will read it."))


class ExtendForm(SeenForm):
    verb, distinguished_by = "extend", "assignment"
    place = "reviewers"
    assignment = hidden(forms.IntegerField)
    due_date = forms.DateField(label=_("New date"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    reason = words(_("Why do you extend the deadline?"), rows=2)


class ApproveForm(SeenForm):
    """A signature. The evidence is asked for when the text stands unchanged and is reviewed again."""

    verb = "approve"
    digest = hidden()
    searched = forms.CharField(label=_("What you searched"), max_length=300)
    searched_on = forms.DateField(
        label=_("Date of the search"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    found = words(_("What you found"), rows=2)
    password = forms.CharField(
        label=_("Your password, again"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_for_evidence = self.review is not None and self.review.reason in Review.REREVIEWS
        if not self.asks_for_evidence:
            for name in ("searched", "searched_on", "found"):
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in ("digest", "password", "seen")}
        if self.asks_for_evidence:
            values["evidence"] = {
                "searched": self.cleaned_data["searched"],
                "searched_on": self.cleaned_data["searched_on"].isoformat(),
                "found": self.cleaned_data["found"],
            }
        return values


class _SectionForm(StepForm):
    """A form whose words are about one section, or about the whole text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = self.review.revision.document["sections"] if self.review else []
        field = self.fields["section_key"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared below)
        field.choices = [*_WHOLE_TEXT, *((section["key"], section["heading"]) for section in sections)]


class RequestChangesForm(_SectionForm, SeenForm):
    """A request for changes. Of a text that readers see, it asks whether that is unsafe today: yes hides it at once."""

    verb = "request_changes"
    text = words(_("What has to change?"), rows=5, help_text=_("The author will work from your words."))
    section_key = forms.ChoiceField(label=_("Where"), required=False)
    audience = forms.ChoiceField(
        label=_("In which wording"), choices=[("", _("Both")), *Audience.choices], required=False
    )
    is_unsafe = forms.ChoiceField(
        label=_("Is the text that readers see today unsafe?"),
        choices=[
            ("no", _("No: it may stay until it is changed")),
            ("yes", _("Yes: hide it at once, behind my notice")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the text that readers see today is unsafe.")},
    )
    notice = words(
        _("Notice to readers, if the text is hidden"),
        required=False,
        help_text=_("Plain words. Shown in place of the whole text until two people lift the suspension."),
    )

    def __init__(self, *args: Any, may_suspend: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_for_safety = may_suspend and self.review is not None and _is_public(self.review.article)
        if not self.asks_for_safety:
            del self.fields["is_unsafe"], self.fields["notice"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_unsafe") == "yes" and not cleaned.get("notice", "").strip():
            self.add_error("notice", _("Write the notice that readers will see in place of the text."))
        return cleaned

    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in ("text", "section_key", "audience", "seen")}
        if self.asks_for_safety:
            values["is_unsafe"] = self.cleaned_data["is_unsafe"] == "yes"
            values["notice"] = self.cleaned_data["notice"]
        return values


def _is_public(article: Article) -> bool:
    """Say whether readers see an approved text of this article now."""
    publication = getattr(article, "publication", None)
    return publication is not None and publication.status == Publication.Status.APPROVED


class OpenThreadForm(_SectionForm):
    verb, distinguished_by = "open_thread", "section_key"
    place = "tools-{}"
    text = words(_("Your remark"))
    kind = forms.ChoiceField(
        label=_("Kind of remark"),
        choices=Thread.Kind,
        initial=Thread.Kind.SUGGESTION,
        required=False,
        widget=forms.RadioSelect,
    )
    section_key = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    audience = forms.ChoiceField(choices=[("", ""), *Audience.choices], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_block: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_block:
            del self.fields["kind"]

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "kind": self.cleaned_data.get("kind") or Thread.Kind.SUGGESTION}


class MarkForm(StepForm):
    verb, distinguished_by = "mark", "section_key"
    place = "tools-{}"
    section_key = hidden()
    section_digest = hidden()
    audience = forms.ChoiceField(choices=Audience, widget=forms.HiddenInput)


class UnmarkForm(StepForm):
    verb, distinguished_by = "unmark", "section_key"
    place = "tools-{}"
    section_key = hidden()
    audience = forms.ChoiceField(choices=Audience, widget=forms.HiddenInput)


class CommentForm(StepForm):
    verb, distinguished_by = "comment", "thread"
    place = "thread-{}"
    thread = hidden(forms.IntegerField)
    text = words(_("Your answer"), rows=2)


class ResolveForm(StepForm):
    verb, distinguished_by = "resolve", "thread"
    place = "thread-{}"
    thread = hidden(forms.IntegerField)
    resolution = words(_("How was it settled?"), rows=2)


class ConcurForm(StepForm):
    verb, distinguished_by = "concur", "waiver"
    place = "findings"
    waiver = hidden(forms.IntegerField)
