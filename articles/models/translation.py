"""The messages of `articles.text` in the language of whoever reads them: the one place that translates them."""

from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext

from articles.text.messages import Message


def translated(message: Message) -> str:
    """Return a message in the active language, its values too."""
    return message.translated(gettext, ngettext)


# For what is made before a language is chosen: the label of a form's field.
translated_lazy = lazy(translated, str)
