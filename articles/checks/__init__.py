"""What is wrong with a content: small pure functions, each giving findings. No check approves anything."""

from collections.abc import Iterable
from typing import Any

from articles.checks import citations, contradictions, doses, notation, numbers, structure
from articles.checks.finding import Context, Finding, Passage, SourceFacts

__all__ = ["RULES", "Context", "Finding", "Passage", "SourceFacts", "run"]

_CHECKS = (structure.check, citations.check, numbers.check, doses.check, notation.check, contradictions.check)
RULES = {
    **structure.RULES,
    **citations.RULES,
    **numbers.RULES,
    **doses.RULES,
    **notation.RULES,
    **contradictions.RULES,
}


def run(content: dict[str, Any], context: Context | None = None) -> list[Finding]:
    """Return every finding of a content (of any schema), in the order of its sections."""
    found: Iterable[Finding] = (finding for check in _CHECKS for finding in check(content, context or Context()))
    order = {section["key"]: place for place, section in enumerate(content["sections"])}
    return sorted(found, key=lambda finding: (order.get(finding.section_key, -1), finding.audience, finding.start))
