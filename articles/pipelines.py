"""The doors for programs, whose names, arguments and results are kept: docs/pipelines.md describes them."""

from typing import Any

from articles.text import checks, rendering
from articles.text.checks import number_comparison, readability

__all__ = ["compare_numbers", "measure_readability", "render_text", "run_checks"]


def run_checks(content: dict[str, Any], context: checks.Context | None = None) -> list[checks.Finding]:
    """Return every finding of the content of an article, in the order of its sections."""
    return checks.run(content, context)


def compare_numbers(professional: str, plain: str) -> list[number_comparison.Disagreement]:
    """Return where a plain text changes or adds a quantity that its professional text has not; both are Markdown."""
    return number_comparison.compare(professional, plain)


def measure_readability(markdown: str) -> readability.Readability:
    """Return how hard a Markdown text in English is to read."""
    return readability.measure(markdown)


def render_text(markdown: str, *, language: str = "en") -> str:
    """Return the safe HTML of a Markdown text; raise TextTooComplex for one over the limits."""
    return rendering.render_text(markdown, language=language)
