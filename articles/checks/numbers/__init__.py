"""Whether numbers agree (MEDICAL.md §7, S7): plain text with professional text, and text with the passage it cites.

A door for pipelines: `compare(professional, plain)` takes two Markdown strings and returns the disagreements.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.checks.finding import Context, Finding
from articles.checks.numbers.comparing import Disagreement, compare, disagreements, is_supported
from articles.checks.numbers.quantities import Quantity, Stated, stated, stated_in

__all__ = ["RULES", "Disagreement", "check", "compare"]

RULES = {
    "numbers-disagree": gettext_noop("The plain text adds or changes a number"),
    "label-numbers-disagree": gettext_noop("A dose is not what the passage cited for it says"),
}
AUDIENCES = ("professional", "plain")
# Beside doses, what a passage may contradict: levels of kidney function.
_COMPARED = frozenset(("mL/min",))


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield the numbers that the plain text adds or changes, and doses that are not those of the passage cited."""
    sections = content["sections"]
    texts = [stated_in(content, section, "professional") for section in sections]
    passages = _Passages(content, context)
    for section, professional in zip(sections, texts, strict=True):
        others = [text for text in texts if text is not professional]
        plain = stated_in(content, section, "plain")
        for fault in disagreements(plain, [professional, *others]):
            yield Finding(
                "numbers-disagree", fault.message, section["key"], "plain", fault.words, fault.start, fault.end
            )
        yield from _check_passages(section, "professional", professional, passages)
        yield from _check_passages(section, "plain", plain, passages)


class _Passages:
    """What the passages of each citation state: its quotation, and the stored extracts of its source."""

    def __init__(self, content: dict[str, Any], context: Context) -> None:
        self._quotes = {citation["key"]: citation.get("quote", "") for citation in content["citations"]}
        self._extracts = context.extracts

    def of(self, key: str) -> list[Stated]:
        texts = [self._quotes.get(key, ""), *(passage.text for passage in self._extracts.get(key, ()))]
        return [stated(text) for text in texts if text.strip()]


def _check_passages(section: dict[str, Any], audience: str, text: Stated, passages: _Passages) -> Iterator[Finding]:
    for sentence in text.reading.sentences:
        if not sentence.keys:
            continue
        quantities = [
            one for one in text.within(sentence.start, sentence.end) if one.is_dose or one.measure in _COMPARED
        ]
        cited = [passage for key in sentence.keys for passage in passages.of(key)] if quantities else []
        for quantity in quantities:
            is_marked = any(place >= quantity.end for place in sentence.markers)
            fault = None if is_marked else _against(quantity, cited)
            if fault is None:
                continue
            words = text.reading.text[quantity.start : quantity.end]
            yield Finding(
                "label-numbers-disagree",
                _(
                    "“%(words)s” is not in the passage cited here, which says “%(passage)s”. Correct it, or cite "
                    "what says so."
                )
                % {"words": " ".join(words.split()), "passage": fault},
                section["key"],
                audience,
                words,
                quantity.start,
                quantity.end,
            )


def _against(quantity: Quantity, cited: list[Stated]) -> str | None:
    """Return what the passages say where they state such a quantity of that drug, but not this one; else None."""
    alike = [
        (one, passage)
        for passage in cited
        for one in passage.by_measure.get(quantity.measure, [])
        if not (one.drugs and quantity.drugs) or one.drugs & quantity.drugs
    ]
    if not alike or is_supported(quantity, cited):
        return None
    # "300 mg twice daily" is the 600 mg a day of the passage.
    if quantity.total and any(one.total and quantity.total[1] in one.total for one, _passage in alike):
        return None
    return ", ".join(
        dict.fromkeys(" ".join(passage.reading.text[one.start : one.end].split()) for one, passage in alike[:4])
    )
