"""Whether a person has worked on each section of a text that an AI tool helped with (MEDICAL.md §7, S17)."""

from collections.abc import Iterator
from typing import Any

from articles.text.checks.finding import Context, Finding
from articles.text.messages import gettext_noop as _

RULES = {"ai-unattested": _("A section drafted with an AI tool was not edited by a person")}


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield the sections that stand as a tool or an import wrote them; nothing where that is not known."""
    if not content["ai"].get("used") or context.edited_sections is None:
        return
    for section in content["sections"]:
        if section["key"] in context.edited_sections:
            continue
        words = _(
            "“%(heading)s” is unchanged since it was imported, and an AI tool helped with this text. Check it "
            "against its sources and put it into your own words; if nothing needs changing, ask an editor to "
            "waive this finding with a reason."
        )
        audience = "professional" if section["professional"].strip() else "plain"
        text = section[audience]
        named = {"heading": section["heading"]}
        yield Finding("ai-unattested", words % named, section["key"], audience, text, 0, len(text))
