"""What is wrong with a content: small pure functions, each giving findings. No check approves anything."""

from collections.abc import Iterable
from typing import Any

from articles.text.checks import (
    citations,
    claims,
    contradictions,
    doses,
    hedging,
    label_headings,
    notation,
    numbers,
    plain_words,
    promises,
    provenance,
    required_blocks,
    review_claims,
    source_status,
    structure,
)
from articles.text.checks.finding import Context, Finding, Passage, SourceFacts
from articles.text.rendering import TextTooComplex, check_limits

__all__ = ["RULES", "Context", "Finding", "Passage", "SourceFacts", "run"]

# Each family of checks: its rules, and the function that looks for them.
_FAMILIES: tuple[Any, ...] = (
    structure,
    required_blocks,
    claims,
    citations,
    source_status,
    label_headings,
    provenance,
    numbers,
    doses,
    notation,
    contradictions,
    plain_words,
    hedging,
    promises,
    review_claims,
)
RULES = {rule: words for family in _FAMILIES for rule, words in family.RULES.items()}
_AUDIENCES = ("professional", "plain")


def run(content: dict[str, Any], context: Context | None = None) -> list[Finding]:
    """Return every finding of a content (of any schema), in the order of its sections.

    A text over the limits is told so, by `text-too-complex`, and not read any further.
    """
    read = _within_limits(content)
    found: Iterable[Finding] = (
        finding
        for family in _FAMILIES
        for finding in family.check(content if family is structure else read, context or Context())
    )
    order = {section["key"]: place for place, section in enumerate(content["sections"])}
    return sorted(found, key=lambda finding: (order.get(finding.section_key, -1), finding.audience, finding.start))


def _within_limits(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content without its texts that are over the limits, and without their sections' other texts."""
    over = {section["key"] for section in content["sections"] if any(map(_is_over, map(section.get, _AUDIENCES)))}
    if not over:
        return content
    kept = [section for section in content["sections"] if section["key"] not in over]
    return {**content, "sections": kept}


def _is_over(text: Any) -> bool:
    try:
        check_limits(text or "")
    except TextTooComplex:
        return True
    return False
