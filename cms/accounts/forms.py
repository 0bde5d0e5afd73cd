"""The forms by which people are added and changed."""

from typing import Any

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User


class PersonAddForm(BaseUserCreationForm):
    """A person with the e-mail address they sign in by, the name that is printed, and a first password."""

    class Meta:
        model = User
        fields = ("email", "name")
        field_classes: dict[str, Any] = {}


class PersonChangeForm(forms.ModelForm):
    """What may be changed of a person. `editor` is who has the form open; the admin sets it."""

    editor: User | None = None

    class Meta:
        model = User
        fields = ("email", "name", "is_active", "groups")
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def clean_is_active(self) -> bool:
        is_active = self.cleaned_data["is_active"]
        if not is_active and self.editor is not None and self.editor.pk == self.instance.pk:
            raise ValidationError(_("You cannot deactivate yourself. Ask another administrator."))
        return is_active
