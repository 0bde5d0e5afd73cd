"""Articles to safe HTML: pure functions of the content, without models, requests or settings of their own."""

from .body import (
    RENDERING_VERSION,
    UnknownSchema,
    reference_numbers,
    render_body,
    render_text,
    used_citation_keys,
    used_terms,
)
from .limits import TextTooComplex, check_content, check_limits
from .references import format_ama, plain_ama

__all__ = [
    "RENDERING_VERSION",
    "TextTooComplex",
    "UnknownSchema",
    "check_content",
    "check_limits",
    "format_ama",
    "plain_ama",
    "reference_numbers",
    "render_body",
    "render_text",
    "used_citation_keys",
    "used_terms",
]
