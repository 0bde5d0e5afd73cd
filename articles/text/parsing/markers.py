"""The marker `[off-label]`: beside a dose it says, where the dose stands, that this is not an approved use."""

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from .inlines import Found, Match

TAG = "marker"
# As a link it is a link: `[off-label](https://…)`. A citation may follow it at once.
_OFF_LABEL = r"\[off-label\](?!\(|\[(?!@))"


class Markers(InlineProcessor):
    """`[off-label]` becomes a `marker` element; it comes before links, so no definition of one can take its place."""

    def __init__(self, dialect: Markdown) -> None:
        super().__init__(_OFF_LABEL, dialect)

    def handleMatch(self, m: Match, data: str) -> Found:  # type: ignore[override]
        element = Element(TAG)
        element.text = AtomicString(m[0])
        return element, m.start(0), m.end(0)


def show_markers(tree: Element, words: dict[str, Any]) -> None:
    """Put the words of the article's language in the place of every marker of a text."""
    for element in tree.iter(TAG):
        element.tag = "span"
        element.set("class", "off-label")
        element.text = words["off_label"]
