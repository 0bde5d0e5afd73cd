"""The picker of a citation's source: searches as one types, and asks nothing about the source it already has."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect


class SourceSelect(AutocompleteSelect):
    """Django's picker asks the database once a row for the name of the chosen source; this one may be told it."""

    chosen: tuple[str, str] | None = None

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        if self.chosen is None or [str(one) for one in value] != [self.chosen[0]]:
            return super().optgroups(name, value, attrs)
        options = [
            self.create_option(name, "", "", False, 0),
            self.create_option(name, *self.chosen, True, 1),
        ]
        return [(None, options, 0)]
