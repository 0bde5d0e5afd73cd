"""A plain-text page of a medical site to sections in Markdown: pure, and with a place for every line."""

from articles.text.messages import gettext_noop as _

from .outline import Splitter
from .page_encoding import clean_text, decode_page
from .parsed_page import LeftOut, Page, PageSection, Unplaced, UnreadablePage
from .sections import SectionReader

__all__ = ["LeftOut", "Page", "PageSection", "Unplaced", "UnreadablePage", "decode_page", "parse_page"]


def parse_page(text: str) -> Page:
    """Return what a page says, section by section.

    The first line that is no furniture is the title. Text before the first section heading makes a section "Overview"
    of kind "other". Every line that is not blank ends in one place: the title, a section, `left_out` or `unplaced`;
    what is kept in a section but deserves a person's look stands in `unplaced` too, with `in_body`. Body text is
    escaped, so that the Markdown reads as the page did; citation numbers become `[@ref-N]` where they are beyond
    doubt, and stay as they are, reported, where they are not. The time taken grows with the length of the text.

    Raises UnreadablePage when there is no title or no body, or when the text is no text.
    """
    splitter = Splitter(clean_text(text))
    splitter.split()
    reader = SectionReader(splitter.parts)
    reader.read()
    if not any(section.markdown for section in reader.sections):
        raise UnreadablePage(_("This page has a title and nothing under it."))
    return Page(
        title=splitter.title,
        sections=tuple(reader.sections),
        left_out=tuple(splitter.left_out),
        unplaced=tuple(sorted(splitter.unplaced + reader.notes, key=lambda each: each.line)),
        claims=tuple(splitter.claims),
    )
