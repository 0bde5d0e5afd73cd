"""What a plain-text page is once it has been read: sections, what was left out and what found no place."""

from dataclasses import dataclass

from articles.text.messages import Message, Refusal
from articles.text.messages import gettext_noop as _

GUIDELINES = "guidelines"
DRUG_LABEL = "drug_label"
RESEARCH = "research"
OTHER = "other"

MAYBE_CITATION = _("this may be a citation number")
TOO_DEEP = _("this item is nested too deeply; it is kept at the deepest level we show")
RAGGED_TABLE = _("this line has tabs but is not part of a table with as many in every line; they became spaces")
NO_WORDS = _("this line has no words")
OUTSIDE = _("this is after the page's closing notices, outside every section")


class UnreadablePage(Refusal):
    """The page cannot be read at all; the message says why, in a sentence for the person who brought it."""


@dataclass(frozen=True)
class PageSection:
    """A section as we store it; `list_items` are the items' Markdown without their marks, citation keys included."""

    kind: str
    heading: str
    markdown: str
    subheadings: tuple[str, ...]
    list_items: tuple[str, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True)
class LeftOut:
    """A line of the site's own furniture; `what` names it."""

    line: int
    text: str
    what: str


@dataclass(frozen=True)
class Unplaced:
    """A line a person should look at; `in_body` when its text stands in a section all the same, as it was written."""

    line: int
    text: str
    why: Message
    in_body: bool = False


@dataclass(frozen=True)
class Page:
    """A page that was read; `claims` are the lines in which it calls itself reviewed or approved, for show only."""

    title: str
    sections: tuple[PageSection, ...]
    left_out: tuple[LeftOut, ...]
    unplaced: tuple[Unplaced, ...]
    claims: tuple[str, ...]
