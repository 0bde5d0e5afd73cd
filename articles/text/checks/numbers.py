"""Whether numbers agree (MEDICAL.md §7, S7): plain text with professional text, and text with the passage it cites."""

from collections.abc import Iterator
from typing import Any

from articles.text.checks.cited_numbers import check_passages
from articles.text.checks.cited_passages import Passages
from articles.text.checks.finding import Context, Finding
from articles.text.checks.number_comparison import disagreements
from articles.text.messages import gettext_noop as _
from articles.text.statements.stated_quantities import stated_in

RULES = {
    "numbers-disagree": _("The plain text adds or changes a number"),
    "label-numbers-disagree": _("A number differs from the passage cited for it"),
}


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield the numbers that the plain text adds or changes, and those that the passages cited state otherwise."""
    sections = content["sections"]
    texts = [stated_in(content, section, "professional") for section in sections]
    passages = Passages(content, context)
    for section, professional in zip(sections, texts, strict=True):
        others = [text for text in texts if text is not professional]
        plain = stated_in(content, section, "plain")
        for fault in disagreements(plain, [professional, *others]):
            yield Finding(
                "numbers-disagree", fault.message, section["key"], "plain", fault.words, fault.start, fault.end
            )
        yield from check_passages(section, "professional", professional, passages)
        yield from check_passages(section, "plain", plain, passages)
