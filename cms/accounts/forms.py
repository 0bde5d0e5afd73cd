"""The forms by which people are added and changed. None asks for another person's password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.accounts import account_record
from cms.accounts.models import User


def _reason(**options: Any) -> forms.CharField:
    help_text = _("For the record: why this person may do this from now on, or may no longer do it.")
    return forms.CharField(
        label=_("Reason"), widget=forms.Textarea({"rows": 2}), max_length=500, help_text=help_text, **options
    )


class PersonAddForm(forms.ModelForm):
    """A person with the e-mail address they sign in by, and the name that is printed. They set their own password."""

    reason = _reason()

    class Meta:
        model = User
        fields = ("email", "name", "groups")
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        return super().save(commit)


class PersonChangeForm(forms.ModelForm):
    """What may be changed of a person. `editor` is who has the form open; the admin sets it."""

    editor: User | None = None
    reason = _reason(required=False)

    class Meta:
        model = User
        fields = ("email", "name", "is_active", "groups")
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def clean_is_active(self) -> bool:
        is_active = self.cleaned_data["is_active"]
        if not is_active and self.editor is not None and self.editor.pk == self.instance.pk:
            raise ValidationError(_("You cannot deactivate yourself. Ask another administrator."))
        return is_active

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if set(self.changed_data) - {"reason"} and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why: each change to an account is put on record."))
        return cleaned


class SignInForm(AuthenticationForm):
    """Sign-in by address and password, into an account that is as the record says."""

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        if not account_record.is_bound(user):
            words = _(
                "This account was changed in a way that is not on the record, so nobody can sign in to it. Ask an "
                "administrator."
            )
            raise ValidationError(words, code="not_on_record")


class ForgottenForm(forms.Form):
    """The address of whoever wants a link to set a password."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "username"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
