"""The glossary that ships with the project: medical words with a plain wording and a definition, of our own writing."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "entries.toml"


@cache
def entries() -> tuple[dict[str, Any], ...]:
    """Return every entry: `term`, `variants`, `plain`, `definition`, and `everyday` for words most readers know."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))["terms"]
    return tuple({"everyday": False, **entry} for entry in found)
