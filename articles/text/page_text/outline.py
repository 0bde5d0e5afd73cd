"""A page's lines to its title, its sections' lines and the furniture around them."""

import re
from dataclasses import dataclass, field

from articles.text.messages import gettext_noop as _

from .boilerplate import BoilerplateReader, is_claim
from .bullets import read_bullet
from .page_headings import LONGEST_HEADING, SectionHeadings, marked_heading
from .page_lines import Line, has_words, read_lines
from .parsed_page import NO_WORDS, OTHER, OUTSIDE, LeftOut, Unplaced, UnreadablePage

FRONT_HEADING = "Overview"
LONGEST_TITLE = 300

_UNDERLINE = re.compile(r"(?:={3,}|-{3,})$")


@dataclass
class Part:
    """A section's lines before they are read; None stands for a blank line."""

    kind: str
    heading: str
    lines: list[Line | None] = field(default_factory=list)


class Splitter:
    """Gives every line of a page that is not blank one place: title, part, left out or unplaced."""

    def __init__(self, text: str) -> None:
        self.title = ""
        self.parts: list[Part] = []
        self.left_out: list[LeftOut] = []
        self.unplaced: list[Unplaced] = []
        self.claims: list[str] = []
        self._lines = read_lines(text)
        self._headings = SectionHeadings(self._lines)
        self._boilerplate = BoilerplateReader()

    def split(self) -> None:
        """Place every line; raise UnreadablePage when there is no title."""
        lines = self._lines
        for place, line in enumerate(lines):
            if line is None:
                self._boilerplate.blank()
                self._append(None)
            elif not self._is_underline(place):
                before = lines[place - 1] if place else None
                after = lines[place + 1] if place + 1 < len(lines) else None
                self._place(line, before, after)
        if not self.title:
            raise UnreadablePage(_("This page has no title: it contains nothing but the site's own notices."))

    def _place(self, line: Line, before: Line | None, after: Line | None) -> None:
        section = self._headings.read(line, before, after, in_front=self._boilerplate.in_front and bool(self.title))
        if section and (self.title or section[0] != OTHER):
            self._start(section, line)
            return
        what = self._boilerplate.read(line, is_item=read_bullet(line.text) is not None)
        if what:
            self._leave_out(line, what)
        elif not has_words(line.text) and not (read_bullet(line.text) and after):
            self.unplaced.append(Unplaced(line.number, line.text, NO_WORDS))
            self._append(None)
        elif not self.title:
            self._take_title(line)
        elif self._boilerplate.is_closed:
            self.unplaced.append(Unplaced(line.number, line.text, OUTSIDE))
        else:
            self._append(line)

    def _start(self, section: tuple[str, str], line: Line) -> None:
        if not self.title:
            words = _("This page has no title: it begins with “%(heading)s”.")
            raise UnreadablePage(words % {"heading": line.text[:LONGEST_HEADING]})
        self._boilerplate.section()
        self.parts.append(Part(*section))

    def _leave_out(self, line: Line, what: str) -> None:
        self.left_out.append(LeftOut(line.number, line.text, what))
        if is_claim(line.text, what=what):
            self.claims.append(line.text)
        self._append(None)

    def _take_title(self, line: Line) -> None:
        mark = marked_heading(line.text)
        self.title = mark.text if mark else line.text.lstrip("#").strip()
        if len(self.title) > LONGEST_TITLE or read_bullet(self.title):
            words = _("This page has no title: line %(line)d, the first of its text, is not a title.")
            raise UnreadablePage(words % {"line": line.number})
        self._boilerplate.has_title = True

    def _append(self, line: Line | None) -> None:
        if not self.parts:
            if line is None:
                return
            # What stands before the first heading is a section of its own; a section needs a heading.
            self.parts.append(Part(OTHER, FRONT_HEADING))
        self.parts[-1].lines.append(line)

    def _is_underline(self, place: int) -> bool:
        """Say whether a line of `===` or `---` only underlines the heading above it."""
        line, above = self._lines[place], self._lines[place - 1] if place else None
        if line is None or above is None or not _UNDERLINE.fullmatch(line.text):
            return False
        return len(above.text) <= LONGEST_HEADING and (place < 2 or self._lines[place - 2] is None)
