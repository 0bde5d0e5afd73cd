"""What a check says, as a template with its values: marked here for translation, translated where it is shown.

`gettext_noop` and `ngettext_lazy` bear the names by which `makemessages` finds what is to be translated. Whoever shows
a message gives it the functions of its reader's language; `str(message)` is the English.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, or the name of a thing, in English; a value may be a message, which is translated with it."""

    singular: str
    # Set where the words depend on a number.
    plural: str = ""
    number: int = 1
    values: tuple[tuple[str, object], ...] = ()

    def __mod__(self, values: Mapping[str, object]) -> "Message":
        """Return the message with the values that its template names."""
        return replace(self, values=tuple(values.items()))

    def __str__(self) -> str:
        return self.translated(_as_it_is, _by_english_number)

    def translated(self, gettext: Callable[[str], str], ngettext: Callable[[str, str, int], str]) -> str:
        """Return the words in the language of these functions, which look a template up in its catalogue."""
        template = ngettext(self.singular, self.plural, self.number) if self.plural else gettext(self.singular)
        said = {
            name: value.translated(gettext, ngettext) if isinstance(value, Message) else value
            for name, value in self.values
        }
        return template % said if said else template


class Refusal(ValueError):
    """An exception that says why in a message, for whoever brought what is refused."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def gettext_noop(template: str) -> Message:
    """Mark a template for translation."""
    return Message(template)


def ngettext_lazy(singular: str, plural: str, number: int) -> Message:
    """Mark two templates for translation, of which the number chooses one."""
    return Message(singular, plural, number)


def _as_it_is(template: str) -> str:
    return template


def _by_english_number(singular: str, plural: str, number: int) -> str:
    return singular if number == 1 else plural
