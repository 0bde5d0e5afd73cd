"""What a frozen text says of its template, the blocks it leaves out, and the grades of its evidence, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from articles.models import Article, Section
from articles.models.translation import translated
from articles.text.checks import required_blocks


@dataclass(frozen=True)
class LeftOut:
    """A block of the template that the author says does not apply, and why."""

    name: str
    reason: str


def template(document: dict[str, Any]) -> str:
    """Return the name of a text's template; empty for a text frozen before there were templates."""
    value = document.get("template", "")
    return str(Article.Template(value).label) if value in Article.Template.values else ""


def left_out(document: dict[str, Any]) -> list[LeftOut]:
    """Return the blocks of the template that are said not to apply."""
    asked = required_blocks.of_template(document.get("template", ""))
    return [
        LeftOut(translated(required_blocks.NAMES[one["block"]]), one["reason"])
        for one in document.get("not_applicable", ())
        if one["block"] in asked
    ]


def of_section(section: dict[str, Any]) -> list[str]:
    """Return what a section answers and how its evidence is graded, a line each."""
    lines = []
    answered = section.get("blocks", ())
    names = [translated(name) for block, name in required_blocks.NAMES.items() if block in answered]
    if names:
        lines.append(_("Answers: %s") % get_text_list(names, _("and")))
    if section.get("certainty"):
        lines.append(_("Certainty of the evidence: %s") % Section.Certainty(section["certainty"]).label)
    if section.get("strength"):
        lines.append(_("Strength of the recommendation: %s") % Section.Strength(section["strength"]).label)
    return lines
