"""A section's lines to its blocks: sub-headings, paragraphs, list items and tables."""

from dataclasses import dataclass, field

from .bullets import Bullet, read_bullet
from .page_headings import has_form_of_heading, marked_heading
from .page_lines import Line
from .page_lists import Place, PlacesInList
from .parsed_page import NO_WORDS, RAGGED_TABLE, TOO_DEEP, Unplaced

SUBHEADING = "subheading"
PARAGRAPH = "paragraph"
ITEM = "item"
ROW = "row"


@dataclass
class Block:
    """A run of text that reads as one; `pieces` are its (line number, text), for a table row its cells."""

    kind: str
    pieces: list[tuple[int, str]]
    place: Place = field(default_factory=Place)
    is_first_row: bool = False


class BlockReader:
    """Reads the lines of one section into blocks and notes what a person should look at.

    A sub-heading is a line that carries a heading's marks, or a short line with the form of one
    (`has_form_of_heading`) that stands alone: after a blank line, a list or the end of a sentence, and before a list
    or a paragraph. "1. Name" is one when it stands between blank lines, outside a numbered list, and text follows.
    Of three or more such lines in a row none is a heading except the last, and that only before a list.
    """

    def __init__(self, lines: list[Line | None]) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Unplaced] = []
        self._lines = lines
        self._list = PlacesInList()
        self._next = _next_lines(lines)
        self._tables = _table_ends(lines)
        self._candidates = [self._may_be_subheading(place) for place in range(len(lines))]
        self._runs = self._runs_of_candidates()

    def read(self) -> None:
        """Read all the lines."""
        place = 0
        while place < len(self._lines):
            if place in self._tables:
                self._read_table(place, self._tables[place])
                place = self._tables[place]
                continue
            line = self._lines[place]
            if line is not None:
                self._read_line(place, line)
            place += 1

    def _read_line(self, place: int, line: Line) -> None:
        mark = marked_heading(line.text)
        bullet = read_bullet(line.text)
        if mark or self._is_subheading(place):
            text = mark.text if mark else line.text.rstrip(":：").strip()
            self._add(Block(SUBHEADING, [(line.number, text)]))
        elif bullet and self._is_item(place, bullet):
            self._read_item(place, line, bullet)
        elif self._goes_on(place, line):
            self.blocks[-1].pieces.append((line.number, line.text))
        else:
            self._add(Block(PARAGRAPH, [(line.number, line.text)]))
        if "\t" in line.text and not bullet:
            self.notes.append(Unplaced(line.number, line.text, RAGGED_TABLE, in_body=True))

    def _add(self, block: Block) -> None:
        self._list.close()
        self.blocks.append(block)

    def _read_item(self, place: int, line: Line, bullet: Bullet) -> None:
        if not bullet.text and not self._joins_next(place):
            self.notes.append(Unplaced(line.number, line.text, NO_WORDS))
            return
        where, is_too_deep = self._list.place(line.indent, bullet.number)
        if is_too_deep:
            self.notes.append(Unplaced(line.number, line.text, TOO_DEEP, in_body=True))
        self.blocks.append(Block(ITEM, [(line.number, bullet.text)], where))

    def _read_table(self, start: int, end: int) -> None:
        self._list.close()
        rows = [line for line in self._lines[start:end] if line]
        for row in rows:
            cells = [(row.number, cell.strip()) for cell in row.raw.split("\t")]
            self.blocks.append(Block(ROW, cells, is_first_row=row is rows[0]))

    def _is_item(self, place: int, bullet: Bullet) -> bool:
        # "... of\n12. In adults" is a wrapped sentence; a list that starts inside a paragraph starts at one.
        before = self._lines[place - 1] if place else None
        in_paragraph = self._last_kind() == PARAGRAPH and before is not None and before.text[-1] not in ":："
        return bullet.number in (None, 1) or not in_paragraph

    def _joins_next(self, place: int) -> bool:
        after = self._lines[place + 1] if place + 1 < len(self._lines) else None
        return after is not None and read_bullet(after.text) is None and place + 1 not in self._tables

    def _goes_on(self, place: int, line: Line) -> bool:
        """Say whether a line continues the paragraph or the item before it."""
        before = self._lines[place - 1] if place else None
        if self._last_kind() == PARAGRAPH:
            return before is not None
        if self._last_kind() != ITEM or not self._list.is_open:
            return False
        if before is None:
            return line.indent >= self._list.indent + 2
        is_wrapped = line.text[0].islower() or not self.blocks[-1].pieces[-1][1]
        return is_wrapped or line.indent > self._list.indent

    def _last_kind(self) -> str:
        return self.blocks[-1].kind if self.blocks else ""

    def _is_subheading(self, place: int) -> bool:
        line = self._lines[place]
        if line is None or not self._candidates[place]:
            return False
        if read_bullet(line.text) and self._list.is_open and self._list.is_numbered:
            return False
        position, length = self._runs[place]
        return length < 3 or (position == length - 1 and self._item_follows(place))

    def _item_follows(self, place: int) -> bool:
        following = self._next[place + 1]
        return following is not None and read_bullet(following.text) is not None

    def _may_be_subheading(self, place: int) -> bool:
        line = self._lines[place]
        if line is None or place in self._tables:
            return False
        following = self._next[place + 1]
        bullet = read_bullet(line.text)
        if following is None or not has_form_of_heading(bullet.text if bullet else line.text):
            return False
        before, after = self._lines[place - 1] if place else None, self._lines[place + 1]
        if bullet:
            next_bullet = read_bullet(following.text)
            is_in_list = next_bullet is not None and (next_bullet.number is not None or following.indent > line.indent)
            return bullet.number is not None and before is None and after is None and not is_in_list
        if before is not None and read_bullet(before.text) and (line.indent > before.indent or before.text == "•"):
            return False
        return _may_follow(before, line) and (after is None or _may_precede(line, after))

    def _runs_of_candidates(self) -> dict[int, tuple[int, int]]:
        """Return each candidate's position among the candidates in a row, and how many these are."""
        runs: dict[int, tuple[int, int]] = {}
        run: list[int] = []
        for place, line in enumerate([*self._lines, None]):
            is_end = place == len(self._lines)
            if not is_end and (line is None or self._candidates[place]):
                run += [place] if line is not None else []
                continue
            runs.update({member: (position, len(run)) for position, member in enumerate(run)})
            run = []
        return runs


def _may_follow(before: Line | None, line: Line) -> bool:
    if before is None or marked_heading(before.text):
        return True
    return before.text.endswith((".", "!", "?", "。")) or (bool(read_bullet(before.text)) and line.indent == 0)


def _may_precede(line: Line, after: Line) -> bool:
    bullet = read_bullet(after.text)
    if bullet or "\t" in after.text:
        return bullet is None or bullet.number in (None, 1)
    is_sentence = len(after.text) >= 60 or after.text.endswith((".", "。"))
    return is_sentence and len(after.text) > len(line.text) and not after.text[0].islower() and len(line.text) <= 60


def _next_lines(lines: list[Line | None]) -> list[Line | None]:
    """Return for each place the first line from there on that is not blank."""
    following: list[Line | None] = [None] * (len(lines) + 1)
    for place in range(len(lines) - 1, -1, -1):
        following[place] = lines[place] or following[place + 1]
    return following


def _table_ends(lines: list[Line | None]) -> dict[int, int]:
    """Return where each table starts and ends: two lines or more with the same number of tabs, none of them items."""
    ends: dict[int, int] = {}
    start = 0
    while start < len(lines):
        end = start + 1
        tabs = _tabs(lines[start])
        while tabs and end < len(lines) and _tabs(lines[end]) == tabs:
            end += 1
        rows = [line for line in lines[start:end] if line and "\t" in line.text]
        if end - start >= 2 and 2 * len(rows) >= end - start:
            ends[start] = end
        start = end
    return ends


def _tabs(line: Line | None) -> int:
    return 0 if line is None or read_bullet(line.text) else line.raw.count("\t")
