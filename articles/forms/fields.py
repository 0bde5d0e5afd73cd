"""Fields that several forms of the desk share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.models.shown_text import validate_line, validate_text
from articles.text.canonical import normalised

# The history keeps a reason in a column of this width.
REASON_LENGTH = 100


def words_of(model: type[models.Model], name: str) -> dict[str, Any]:
    """Return the label and help text that a model's field has, for a form field of our own in its place."""
    field: Any = model._meta.get_field(name)
    return {"label": capfirst(field.verbose_name), "help_text": field.help_text}


class ProseField(forms.CharField):
    """A text as freezing will read it: NFC with `\\n` line ends, so that a browser's `\\r\\n` is no change."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "strip": False, **kwargs})

    def to_python(self, value: Any) -> str:
        return normalised(super().to_python(value))


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = value if isinstance(value, list) else normalised(super().to_python(value)).split("\n")
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def validate(self, value: Any) -> None:
        super().validate(value)
        for line in value:
            validate_line(line)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial or []) != self.to_python(data or [])


class ReasonField(forms.CharField):
    """Why a change was made, for the history; nobody is forced to say."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": _("Reason for this change"),
                "required": False,
                "max_length": REASON_LENGTH,
                "help_text": _("Kept in the history with your change."),
                **kwargs,
            }
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        # A reason alone is no change of what it explains.
        return False


def refuse_hidden(form: forms.BaseForm) -> None:
    """Give a form an error for each text that holds a hidden character; call it when the fields are clean."""
    for name, value in list(form.cleaned_data.items()):
        field = form.fields.get(name)
        if not isinstance(field, forms.CharField) or isinstance(field.widget, forms.PasswordInput):
            continue
        rule = validate_text if isinstance(field.widget, forms.Textarea) else validate_line
        try:
            for line in value if isinstance(value, list) else [value or ""]:
                rule(line)
        except ValidationError as error:
            form.add_error(name, error)
