"""The glossary that ships with the project: medical words with a plain wording and a definition, of our own writing."""

from functools import cache
from typing import Any

from articles.text import lexicon


@cache
def entries() -> tuple[dict[str, Any], ...]:
    """Return every entry: `term`, `variants`, `plain`, `definition`, and `everyday` for words most readers know."""
    found = lexicon.table("glossary")["terms"]
    return tuple({"everyday": False, **entry} for entry in found)
