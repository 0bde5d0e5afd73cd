"""What an editor sees of a correction that the draft does not hold: what was corrected, and the draft's words."""

from dataclasses import dataclass
from typing import Any

from articles.models import Audience
from reviews.web.desk.comparison import Piece, pieces, shortened
from reviews.web.forms import MergeForm
from reviews.workflow.corrections import Part


@dataclass(frozen=True)
class Place:
    """One corrected text: the correction word by word, the draft's words, and the fields to confirm the merged ones."""

    part: Part
    audience: str
    correction: list[Piece]
    effect: list[Piece]
    merged: Any
    looked: Any
    has_moved: bool
    hidden: list[Any]


def places(form: MergeForm) -> list[Place]:
    """Return what the page shows of each corrected text, in the order of the text."""
    return [_place(form, name, part) for name, part in form.of.items()]


def _place(form: MergeForm, name: str, part: Part) -> Place:
    merged = form[f"merged-{name}"]
    words = str(merged.value() or "").replace("\r\n", "\n")
    return Place(
        part=part,
        audience=str(Audience(part.audience).label),
        correction=shortened(pieces(part.before, part.corrected)),
        effect=shortened(pieces(part.draft, words)),
        merged=merged,
        looked=form[f"looked-{name}"] if f"looked-{name}" in form.fields else None,
        has_moved=form.has_moved(name),
        hidden=[form[f"{kept}-{name}"] for kept in ("draft", "proposed", "moved")],
    )
