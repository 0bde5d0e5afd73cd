"""Articles to safe HTML: pure functions of the content, without models, requests or settings of their own."""

from articles.text.parsing.limits import TextTooComplex, check_content, check_limits

from .body import (
    RENDERING_VERSION,
    Line,
    Lines,
    UnknownSchema,
    reference_numbers,
    render_body,
    render_text,
    section_ids,
    used_citation_keys,
    used_terms,
)
from .notes import Link, ReferenceNote, doi_address, listed_references, pubmed_address, with_notes
from .passages import citing_sentences
from .references import format_reference, plain_reference, title_shown
from .versions import RENDERERS

__all__ = [
    "RENDERERS",
    "RENDERING_VERSION",
    "Line",
    "Lines",
    "Link",
    "ReferenceNote",
    "TextTooComplex",
    "UnknownSchema",
    "check_content",
    "check_limits",
    "citing_sentences",
    "doi_address",
    "format_reference",
    "listed_references",
    "plain_reference",
    "pubmed_address",
    "reference_numbers",
    "render_body",
    "render_text",
    "section_ids",
    "title_shown",
    "used_citation_keys",
    "used_terms",
    "with_notes",
]
