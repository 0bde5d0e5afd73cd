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
    source_status,
    structure,
)
from articles.text.checks.finding import Context, Finding, Passage, SourceFacts

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
)
_CHECKS = tuple(family.check for family in _FAMILIES)
RULES = {rule: words for family in _FAMILIES for rule, words in family.RULES.items()}


def run(content: dict[str, Any], context: Context | None = None) -> list[Finding]:
    """Return every finding of a content (of any schema), in the order of its sections."""
    found: Iterable[Finding] = (finding for check in _CHECKS for finding in check(content, context or Context()))
    order = {section["key"]: place for place, section in enumerate(content["sections"])}
    return sorted(found, key=lambda finding: (order.get(finding.section_key, -1), finding.audience, finding.start))
