"""The page the project began with, as an import makes a draft of it."""

from pathlib import Path
from typing import Any

from articles import page_text

_PAGES = Path(__file__).parent.parent / "articles" / "pages"


def sections(name: str) -> list[dict[str, Any]]:
    """Return the sections of a page in tests/articles/pages as `articles.importing.import_page` would write them."""
    page = page_text.parse_page(page_text.decode_page((_PAGES / f"{name}.txt").read_bytes()))
    return [
        {"kind": one.kind, "heading": one.heading, "professional": one.markdown, "plain_missing_reason": ""}
        for one in page.sections
    ]
