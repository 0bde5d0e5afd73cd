"""What people type for a step: one form a verb. What a step demands of it stays with the verb."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Audience, Topic
from reviews.models import Assignment, BoardMember, Review, Ruling, Thread

_WHOLE_TEXT = [("", _("The whole text"))]


class StepForm(forms.Form):
    """A step's form. `slot` names its place on the page, so that a refused one comes back where it was filled in."""

    verb = ""
    # The field that tells apart several forms of one verb on a page.
    told_apart_by = ""
    # The part of the page where the step's outcome stands; it may name that field's value.
    place = "state"

    def __init__(self, *args: Any, review: Review | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.review = review
        if kwargs.get("auto_id") is None:
            self.auto_id = f"{self.slot}_%s"

    @property
    def slot(self) -> str:
        return f"{self.verb}-{self[self.told_apart_by].value()}" if self.told_apart_by else self.verb

    @property
    def anchor(self) -> str:
        value = self[self.told_apart_by].value() if self.told_apart_by else ""
        return self.place.format(value) if value or "{}" not in self.place else "remarks"

    def values(self) -> dict[str, Any]:
        return self.cleaned_data

    def typed(self) -> list[tuple[str, str]]:
        """Return the longer words a person typed, with their labels, to give back when the form is gone."""
        return [
            (str(bound.label), str(bound.value()))
            for bound in self
            if isinstance(bound.field.widget, forms.Textarea) and bound.value()
        ]


def _words(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **options)


def _hidden(kind: type[forms.Field] = forms.CharField, **options: Any) -> forms.Field:
    return kind(widget=forms.HiddenInput, **options)


class _SeenForm(StepForm):
    seen = _hidden(forms.IntegerField)


class RecallForm(_SeenForm):
    verb = "recall"
    reason = _words(_("Why do you take the text out of review?"))


class RejectForm(_SeenForm):
    verb = "reject"
    reason = _words(_("Why is the text rejected?"), help_text=_("Its author reads this."))


class RescindForm(_SeenForm):
    verb = "rescind"
    place = "signatures"
    reason = _words(_("Why do you take your signature back?"))


class AssignForm(_SeenForm):
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
        help_text=_("Left empty, the policy’s number of days from today."),
    )


class InterestForm(forms.Form):
    """One declared interest (ACCME Standard 3: what it is, with whom, since when)."""

    nature = forms.CharField(label=_("What it is"), max_length=200, help_text=_("For example: speaker’s fee."))
    organisation = forms.CharField(label=_("With whom"), max_length=200, required=False)
    period = forms.CharField(label=_("When"), max_length=80, required=False)


InterestFormSet = forms.formset_factory(InterestForm, extra=3, max_num=10)


class AcceptForm(_SeenForm):
    """The declaration: by the standing statement, of no interests, or of some."""

    verb = "accept"
    place = "text"
    STANDING, NONE, SOME = "standing", "none", "some"

    declares = forms.ChoiceField(
        label=_("In the last 24 months, with companies whose products concern this text"),
        choices=[(NONE, _("I have no interests to declare")), (SOME, _("I have interests to declare"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you have interests to declare.")},
    )
    statement = _words(_("Anything to add"), required=False, rows=2)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        # Whether a standing statement exists, and still stands, the verb itself decides.
        self.is_standing = self.is_bound and self.data.get("declares") == self.STANDING
        if self.is_standing:
            del self.fields["declares"]
        self.interests = InterestFormSet(data, prefix="interests", form_kwargs={"label_suffix": ""})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        declares = self.STANDING if self.is_standing else cleaned.get("declares")
        cleaned["interests"] = None if declares == self.STANDING else self._declared(declares)
        return cleaned

    def _declared(self, declares: str | None) -> list[dict[str, str]]:
        if not self.interests.is_valid():
            raise forms.ValidationError(_("Say of each interest what it is."))
        rows = [row.cleaned_data for row in self.interests if row.has_changed()]
        if declares == self.SOME and not rows:
            self.add_error("declares", _("Describe at least one interest, or say that you have none."))
        if declares == self.NONE and rows:
            self.add_error(
                "declares", _("You described an interest. Choose that you have interests, or empty its lines.")
            )
        return rows

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("interests", "statement", "seen")}


class DeclineForm(_SeenForm):
    verb = "decline"
    kind = forms.ChoiceField(
        label=_("What keeps you from this review?"), choices=Assignment.DeclineKind, widget=forms.RadioSelect
    )
    reason = _words(_("Say it in a sentence"), rows=2, help_text=_("The editor reads it."))


class RuleForm(_SeenForm):
    verb, told_apart_by = "rule", "assignment"
    place = "reviewers"
    assignment = _hidden(forms.IntegerField)
    outcome = forms.ChoiceField(label=_("Ruling"), choices=Ruling.Outcome, widget=forms.RadioSelect)
    reason = _words(_("Reason"), rows=2)


class ApproveForm(_SeenForm):
    """A signature. The evidence is asked for when the text stands unchanged and is reviewed again."""

    verb = "approve"
    place = "signatures"
    digest = _hidden()
    searched = forms.CharField(label=_("What you searched"), max_length=300)
    searched_on = forms.DateField(label=_("On which day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    found = _words(_("What you found"), rows=2)
    password = forms.CharField(
        label=_("Your password, again"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_for_evidence = self.review is not None and self.review.change_class == Review.ChangeClass.NONE
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


class RequestChangesForm(_SectionForm, _SeenForm):
    verb = "request_changes"
    place = "remarks"
    text = _words(_("What has to change?"), rows=5, help_text=_("The author works from your words."))
    section_key = forms.ChoiceField(label=_("Where"), required=False)
    audience = forms.ChoiceField(
        label=_("In which wording"), choices=[("", _("Both")), *Audience.choices], required=False
    )


class OpenThreadForm(_SectionForm):
    verb, told_apart_by = "open_thread", "section_key"
    place = "tools-{}"
    text = _words(_("Your remark"))
    kind = forms.ChoiceField(
        label=_("Weight"), choices=Thread.Kind, initial=Thread.Kind.SUGGESTION, widget=forms.RadioSelect
    )
    section_key = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    audience = forms.ChoiceField(choices=[("", ""), *Audience.choices], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_block: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_block:
            del self.fields["kind"]


class MarkForm(StepForm):
    verb, told_apart_by = "mark", "section_key"
    place = "tools-{}"
    section_key = _hidden()
    section_digest = _hidden()


class UnmarkForm(StepForm):
    verb, told_apart_by = "unmark", "section_key"
    place = "tools-{}"
    section_key = _hidden()


class CommentForm(StepForm):
    verb, told_apart_by = "comment", "thread"
    place = "thread-{}"
    thread = _hidden(forms.IntegerField)
    text = _words(_("Your answer"), rows=2)


class ResolveForm(StepForm):
    verb, told_apart_by = "resolve", "thread"
    place = "thread-{}"
    thread = _hidden(forms.IntegerField)
    resolution = _words(_("How was it settled?"), rows=2)


class ConcurForm(StepForm):
    verb, told_apart_by = "concur", "waiver"
    place = "findings"
    waiver = _hidden(forms.IntegerField)


class WaiveForm(StepForm):
    verb = "waive"
    finding = _hidden()
    reason = _words(_("Why may this stand?"), help_text=_("Those who sign read your reason above what they sign."))


class SubmitForm(_SeenForm):
    verb = "submit"
    summary = _words(_("What changed, and why?"), help_text=_("The reviewers read this first."))
    change_class = forms.ChoiceField(
        label=_("How much does it change?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("The least it can be is set by the words that changed. You may raise it."),
    )

    def __init__(self, *args: Any, floor: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = Review.ChangeClass.choices
        start = Review.ChangeClass.values.index(floor) if floor else 0
        field = self.fields["change_class"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = every[start:]
        field.initial = floor


class RereviewForm(_SeenForm):
    verb = "rereview"
    kind = forms.ChoiceField(
        label=_("Occasion"),
        choices=[
            (one.value, one.label)
            for one in (Review.Reason.PERIODIC, Review.Reason.SOURCE_ALERT, Review.Reason.READER_REPORT)
        ],
        widget=forms.RadioSelect,
        initial=Review.Reason.PERIODIC,
    )
    reason = _words(_("Why is the text reviewed again?"))


class RetractForm(_SeenForm):
    verb = "retract"
    reason = _words(_("Reason, for the record"))
    notice = _words(_("Notice to readers"), help_text=_("It stands at the page’s address from now on."))
    confirmed = forms.BooleanField(label=_("Yes: take this page from readers"), required=False)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("reason", "notice", "seen")}


class CatalogueForm(StepForm):
    verb = "catalogue"
    slug = forms.SlugField(label=_("Address"), max_length=120, help_text=_("The old address will lead to the new one."))
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    risk = forms.ChoiceField(label=_("Risk class"), choices=Article.Risk, widget=forms.RadioSelect)
    owner = forms.ModelChoiceField(get_user_model().objects.filter(is_active=True), label=_("Author"))
    reason = _words(_("Reason, for the record"), rows=2)

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "topics": list(self.cleaned_data["topics"])}
