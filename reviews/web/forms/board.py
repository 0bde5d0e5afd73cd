"""The forms of board administration: invitations, licence checks, absences, leaving, and voiding signatures."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Specialty
from reviews.models import BoardMember, Voiding
from reviews.web.forms.step_form import StepForm, words

_YES, _NO = "yes", "no"


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


class InviteForm(StepForm):
    verb = "invite"
    MEMBER, GUEST = "member", "guest"

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The invitation is sent there. A person who already has an account keeps it."),
    )
    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("As printed next to what they sign."))
    credentials = forms.CharField(
        label=_("Credentials"), max_length=120, help_text=_("As printed after the name, for example MD, PhD.")
    )
    standing = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (MEMBER, _("Member of the Medical Advisory Board")),
            (GUEST, _("Guest reviewer: asked for single texts, verified by an editor before the first one")),
        ],
        widget=forms.RadioSelect,
        initial=MEMBER,
    )
    specialties = forms.ModelMultipleChoiceField(
        Specialty.objects.all(),
        label=_("Specialties"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one: texts are assigned by specialty.")},
    )
    reason = words(_("Why is this person invited?"), rows=2, help_text=_("For the record."))

    def values(self) -> dict[str, Any]:
        values = {**self.cleaned_data}
        values["is_guest"] = values.pop("standing") == self.GUEST
        return values


class CheckLicenceForm(StepForm):
    verb = "check_licence"
    licence = forms.CharField(label=_("Licence"), max_length=120, help_text=_("Number and who issued it."))
    register = forms.CharField(
        label=_("Register consulted"), max_length=200, help_text=_("Its name, and its address if it has one.")
    )
    found = forms.ChoiceField(
        label=_("What did you find?"),
        choices=[(_YES, _("The licence is valid")), (_NO, _("The licence is not valid"))],
        widget=forms.RadioSelect,
    )
    valid_until = _day(_("Valid until"), required=False, help_text=_("Leave empty if the register gives no end date."))
    note = words(_("Explanation"), required=False, rows=2, help_text=_("Required if the licence is not valid."))

    def values(self) -> dict[str, Any]:
        values = {**self.cleaned_data}
        values["is_valid"] = values.pop("found") == _YES
        return values


class VerifyGuestForm(StepForm):
    verb = "verify"
    reason = words(
        _("How do you know?"),
        help_text=_("Who this is, and that they are qualified to judge such texts: what you checked, and when."),
    )


class AbsenceForm(StepForm):
    verb = "absence"
    away_from = _day(_("First day away"), required=False)
    away_until = _day(_("Last day away"), required=False)
    reason = words(
        _("Anything the editors should know"),
        required=False,
        rows=2,
        help_text=_("You need not say anything about your health."),
    )


class SendLinkForm(StepForm):
    verb = "send_link"


class ReactivateForm(StepForm):
    verb = "reactivate"
    reason = words(_("Why is the member coming back?"), rows=2, help_text=_("For the record."))


class DeactivateForm(StepForm):
    verb = "deactivate"
    reason = words(
        _("Why is the member leaving?"), rows=2, help_text=_("For the record. Whoever takes over will read it.")
    )
    to = forms.ModelChoiceField(
        BoardMember.objects.none(),
        label=_("Hand the open reviews over to"),
        required=False,
        empty_label=_("nobody yet: leave the reviews for an editor to assign"),
        help_text=_(
            "They get the same due dates. Anyone who wrote parts of a text, or may not review it, is not asked."
        ),
    )

    def __init__(self, *args: Any, others: QuerySet[BoardMember] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if others is None:
            del self.fields["to"]
        else:
            field = self.fields["to"]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (declared above)
            field.queryset = others


class HandOverForm(DeactivateForm):
    verb = "hand_over"
    reason = words(_("Why are the reviews handed over?"), rows=2, help_text=_("Whoever takes over will read it."))


class VoidForm(StepForm):
    verb = "void"
    ground = forms.ChoiceField(label=_("What was found?"), choices=Voiding.Ground, widget=forms.RadioSelect)
    since = _day(_("Signatures since"), help_text=_("This day and later."))
    public_ground = forms.CharField(
        label=_("The ground, as readers are told"),
        max_length=200,
        help_text=_(
            "Everybody reads these words with the member’s name, beside each text that was signed and in its history. "
            "Write nothing here that is not for the public."
        ),
    )
    reason = words(_("Reason"), help_text=_("For the record, and for those who sign again. Readers do not see it."))
    confirmed = forms.BooleanField(label=_("Yes: void these signatures"), required=False)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("ground", "since", "public_ground", "reason")}


class MemberForm(forms.ModelForm):
    """What is edited of a member as a row. Licence, absence and leaving have steps of their own."""

    reason = words(_("Reason for the change"), rows=2, required=False, help_text=_("For the record."))

    class Meta:
        model = BoardMember
        fields = ("credentials", "specialties", "orcid", "biography", "is_guest")
        widgets = {"specialties": forms.CheckboxSelectMultiple}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if set(self.changed_data) - {"reason"} and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why: each change to a member’s entry is put on record."))
        return cleaned
