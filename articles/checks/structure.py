"""Whether an article has the parts readers need: sections, both audiences' texts, a declaration about AI."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.checks.finding import Context, Finding
from articles.rendering import TextTooComplex, check_limits

RULES = {
    "no-section": gettext_noop("The article has no section"),
    "section-empty": gettext_noop("A section has no professional text"),
    "plain-missing": gettext_noop("Plain text is missing"),
    "ai-undeclared": gettext_noop("AI assistance is not declared"),
    "text-too-complex": gettext_noop("A text is over the limits"),
}

# An amount with a unit of medicine: what DESIGN §6 calls a dose.
_DOSE = re.compile(r"\d\s*(?:mg|g|mcg|µg|μg|mL|ml|L|units?|IU|mmol|mEq|puffs?|tablets?|drops?)\b")


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield what is missing from a content."""
    if not content["sections"]:
        yield Finding("no-section", _("The article has no section yet. Add at least one."))
    if not content["ai"]["declared"]:
        yield Finding(
            "ai-undeclared", _("Say whether an AI tool helped to write this text: choose under “AI assistance”.")
        )
    for section in content["sections"]:
        yield from _check_section(section, context)


def _check_section(section: dict[str, Any], context: Context) -> Iterator[Finding]:
    key, heading = section["key"], section["heading"]
    if not section["professional"].strip():
        yield Finding("section-empty", _("“%s” has no text for professionals.") % heading, key, "professional")
    if not section["plain"].strip():
        problem = _why_plain_is_needed(section, context)
        if problem:
            yield Finding("plain-missing", problem % heading, key, "plain", section["professional"])
    for audience in ("professional", "plain"):
        try:
            check_limits(section[audience])
        except TextTooComplex as refusal:
            yield Finding("text-too-complex", f"“{heading}”: {refusal}", key, audience, section[audience][:200])


def _why_plain_is_needed(section: dict[str, Any], context: Context) -> str:
    """Return the sentence that says why this section needs plain text, or nothing (DESIGN §6)."""
    if context.risk == "high":
        return _("“%s” needs a plain text: the article is of high risk.")
    if _DOSE.search(section["professional"]):
        return _("“%s” needs a plain text: it holds a dose.")
    if not section["plain_missing_reason"].strip():
        return _("“%s” has no plain text. Write one, or say why there is none.")
    return ""
