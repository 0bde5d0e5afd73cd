"""Text that readers or signers see: fields of models that refuse hidden characters, in forms and wherever rows are
cleaned."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from articles.models.translation import translated
from articles.text import hidden_characters


def validate_line(text: str) -> None:
    """Refuse a line that holds a character nobody sees."""
    if message := hidden_characters.in_line(str(text)):
        raise ValidationError(translated(message), code="hidden_character")


def validate_text(text: str) -> None:
    """Refuse a text that holds a character which changes the order of its words."""
    if message := hidden_characters.in_text(str(text)):
        raise ValidationError(translated(message), code="hidden_character")


class LineField(models.CharField):
    """A line of text. In a migration it is a CharField: the database does not know the rule."""

    default_validators = [validate_line]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class TextField(models.TextField):
    """A text of several lines. In a migration it is Django's TextField."""

    default_validators = [validate_text]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


def check_row(row: models.Model) -> None:
    """Raise `ValidationError` for the first field of these kinds in which a row holds a hidden character."""
    for field in row._meta.concrete_fields:
        if isinstance(field, LineField | TextField):
            for rule in field.default_validators:
                rule(getattr(row, field.attname))
