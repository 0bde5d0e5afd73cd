"""What the items take from the project itself: the page it began with, and the names of the blocks of templates."""

import importlib
import importlib.util
from pathlib import Path
from typing import Any

from articles import page_text

_ASKED_FOR = [
    *("contraindications", "interactions", "boxed_warning", "pregnancy", "renal", "older_adults", "urgent_help"),
    "unknowns",
]
_PAGES = Path(__file__).parent.parent / "articles" / "pages"


def sections(name: str) -> list[dict[str, Any]]:
    """Return the sections of a page in tests/articles/pages as `articles.importing.import_page` would write them."""
    page = page_text.parse_page(page_text.decode_page((_PAGES / f"{name}.txt").read_bytes()))
    return [
        {"kind": one.kind, "heading": one.heading, "professional": one.markdown, "plain_missing_reason": ""}
        for one in page.sections
    ]


def block_names() -> list[str]:
    """Return every block that some template asks for; while there is no check of them, those of MEDICAL.md §7, S10."""
    if importlib.util.find_spec("articles.checks.blocks"):
        return list(importlib.import_module("articles.checks.blocks").BLOCKS)
    return _ASKED_FOR
