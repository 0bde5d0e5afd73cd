"""A page that was read becomes a draft: its sections, and a citation without a source for each number."""

from typing import Any

from articles import drafting
from articles.models import Article, Topic
from articles.page_text import Page


def import_page(page: Page, *, by: Any, topic: Topic | None = None, origin: str = "a page") -> Article:
    """Write a draft of a page, owned by `by`. What the page claims of its own review is not taken over.

    Each source number becomes one unresolved citation `ref-N`, which blocks approval until it has a source or is
    waived. Raises `ValidationError` for a text over the limits; then nothing was written.
    """
    numbers = sorted({number for section in page.sections for number in section.citations})
    return drafting.create(
        by=by,
        title=page.title,
        reason=f"imported from {origin}",
        sections=[
            {"kind": section.kind, "heading": section.heading, "professional": section.markdown}
            for section in page.sections
        ],
        citations=[{"key": f"ref-{number}"} for number in numbers],
        topics=[topic] if topic else [],
    )


def report(page: Page, *, slug: str) -> dict[str, Any]:
    """Return what became of each line, as `import_page --json` prints it."""
    return {
        "slug": slug,
        "title": page.title,
        "sections": [
            {
                "kind": section.kind,
                "heading": section.heading,
                "subheadings": list(section.subheadings),
                "list_items": list(section.list_items),
                "citations": list(section.citations),
            }
            for section in page.sections
        ],
        "left_out": [{"line": one.line, "text": one.text, "what": one.what} for one in page.left_out],
        "unplaced": [
            {"line": one.line, "text": one.text, "why": one.why, "in_body": one.in_body} for one in page.unplaced
        ],
    }
