"""What the items take from the project itself: the page it began with, and the names of the blocks of templates."""

from pathlib import Path
from typing import Any

from articles.text import page_text
from articles.text.checks import required_blocks

_PAGES = Path(__file__).parent.parent / "articles" / "pages"


def sections(name: str) -> list[dict[str, Any]]:
    """Return the sections of a page in tests/articles/pages as `page_import.import_page` would write them."""
    page = page_text.parse_page(page_text.decode_page((_PAGES / f"{name}.txt").read_bytes()))
    return [
        {"kind": one.kind, "heading": one.heading, "professional": one.markdown, "plain_missing_reason": ""}
        for one in page.sections
    ]


def block_names() -> list[str]:
    """Return every block that some template asks for."""
    return list(required_blocks.NAMES)
