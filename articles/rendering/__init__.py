"""Articles to safe HTML: pure functions of the content, without models, requests or settings of their own."""

from .body import (
    RENDERING_VERSION,
    Line,
    UnknownSchema,
    reference_numbers,
    render_body,
    render_text,
    section_ids,
    used_citation_keys,
    used_terms,
)
from .limits import TextTooComplex, check_content, check_limits
from .passages import citing_sentences
from .references import format_reference, plain_reference, title_shown

__all__ = [
    "RENDERING_VERSION",
    "Line",
    "TextTooComplex",
    "UnknownSchema",
    "check_content",
    "check_limits",
    "citing_sentences",
    "format_reference",
    "plain_reference",
    "reference_numbers",
    "render_body",
    "render_text",
    "section_ids",
    "title_shown",
    "used_citation_keys",
    "used_terms",
]
