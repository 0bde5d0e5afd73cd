"""Whether the blocks readers need are answered (MEDICAL.md §7, S10): which ones, the article's template says.

A block is answered by a section that names it, with text for the audiences that need it, or by “not applicable” with
a reason. When to get urgent help has to be said in plain words; the other blocks may have no plain text where the
section says why.
"""

from collections.abc import Iterator
from typing import Any

from articles.text.checks.finding import Context, Finding
from articles.text.messages import Message
from articles.text.messages import gettext_noop as _

RULES = {"block-missing": _("A block required by the article's template is missing")}

NAMES: dict[str, Message] = {
    "preparation": _("How to prepare"),
    "contraindications": _("Contraindications"),
    "interactions": _("Interactions"),
    "boxed_warning": _("Boxed warning"),
    "risks": _("Risks"),
    "pregnancy": _("Pregnancy and breastfeeding"),
    "kidney": _("Kidney function"),
    "older_adults": _("Older adults"),
    "urgent_help": _("When to get urgent help"),
    "unknowns": _("What is not known"),
}
# By Article.Template. A template that is not here asks for nothing.
TEMPLATES: dict[str, tuple[str, ...]] = {
    "general": (),
    "medicine": (
        "contraindications",
        "interactions",
        "boxed_warning",
        "pregnancy",
        "kidney",
        "older_adults",
        "urgent_help",
        "unknowns",
    ),
    "condition": ("urgent_help", "unknowns"),
    "test": ("preparation", "risks", "urgent_help", "unknowns"),
}
_IN_PLAIN_WORDS = frozenset({"urgent_help"})


def of_template(template: str) -> tuple[str, ...]:
    """Return the blocks that a template asks for, in the order in which authors are asked for them."""
    return TEMPLATES.get(template, ())


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield the blocks of the template that no section answers and nobody gave a reason to leave out."""
    left_out = {one["block"]: one["reason"] for one in content.get("not_applicable", ())}
    for block in of_template(content.get("template", "general")):
        if not left_out.get(block, "").strip():
            yield from _check_block(block, content)


def _check_block(block: str, content: dict[str, Any]) -> Iterator[Finding]:
    sections = [section for section in content["sections"] if block in section.get("blocks", ())]
    if any(_answers(block, section) for section in sections):
        return
    name = NAMES[block]
    if not sections:
        words = _(
            "No section answers “%(block)s”. Tick it at the section that does, write one, or say under “Blocks” "
            "why it does not apply."
        )
        yield Finding("block-missing", words % {"block": name}, words=block)
        return
    section = sections[0]
    words = (
        _("“%(heading)s” answers “%(block)s”, but not in plain language. Write its plain text.")
        if section["professional"].strip()
        else _("“%(heading)s” is meant to answer “%(block)s”, but has no text for professionals.")
    )
    said = {"heading": section["heading"], "block": name}
    yield Finding("block-missing", words % said, section["key"], words=block)


def _answers(block: str, section: dict[str, Any]) -> bool:
    has_plain = bool(section["plain"].strip())
    if block in _IN_PLAIN_WORDS:
        return has_plain
    return bool(section["professional"].strip()) and (
        has_plain or bool(section.get("plain_missing_reason", "").strip())
    )
