"""The parts of a page to its sections, with the citations that the whole page bears out."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby

from .citation_evidence import Found, accept
from .citation_numbers import DOUBTFUL, Candidate, find_candidates
from .markdown_writer import escape_line, write_blocks, write_text
from .outline import Part
from .page_blocks import ITEM, PARAGRAPH, ROW, SUBHEADING, Block, BlockReader
from .page_headings import is_references
from .parsed_page import MAYBE_CITATION, PageSection, Unplaced

# No article has more; past it the numbers stay as they are written, so that a hostile page costs little.
MOST_CITATIONS = 10_000
_CONTEXT = 60


@dataclass
class _Unit:
    """A text in which a sentence ends: a heading, a paragraph, an item or a cell."""

    section: int
    block: Block
    pieces: list[tuple[int, str]]
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(piece) + 1 for _, piece in self.pieces[:-1]), initial=0))

    def line_at(self, offset: int) -> int:
        """Return the number of the line that a place in the text comes from."""
        return self.pieces[bisect_right(self._starts, offset) - 1][0]


class SectionReader:
    """Reads the parts of one page into sections, and notes what a person should look at."""

    def __init__(self, parts: list[Part]) -> None:
        self.sections: list[PageSection] = []
        self.notes: list[Unplaced] = []
        self._parts = parts
        self._units: list[_Unit] = []

    def read(self) -> None:
        """Read every part."""
        for section, part in enumerate(self._parts):
            reader = BlockReader(part.lines)
            reader.read()
            self.notes += reader.notes
            self._units += [unit for block in reader.blocks for unit in _units_of(section, block)]
        citations = self._read_citations()
        units = {
            section: list(run) for section, run in groupby(enumerate(self._units), key=lambda pair: pair[1].section)
        }
        self.sections = [_write(part, units.get(section, []), citations) for section, part in enumerate(self._parts)]

    def _read_citations(self) -> dict[int, list[Candidate]]:
        """Return the accepted citations of each unit; note the doubtful ones."""
        found: list[Found] = []
        for number, unit in enumerate(self._units):
            if is_references(self._parts[unit.section].heading):
                continue
            for candidate in find_candidates(unit.text, takes_bare=unit.block.kind in (ITEM, PARAGRAPH)):
                is_too_many = len(found) >= MOST_CITATIONS
                found.append(
                    Found(number, unit.section, replace(candidate, certainty=DOUBTFUL) if is_too_many else candidate)
                )
        accepted, doubtful = accept(found)
        citations: dict[int, list[Candidate]] = {}
        for each in found:
            if each in accepted:
                citations.setdefault(each.unit, []).append(each.candidate)
            elif each in doubtful:
                self.notes.append(self._note(each))
        return citations

    def _note(self, found: Found) -> Unplaced:
        unit, candidate = self._units[found.unit], found.candidate
        start = max(0, candidate.start - _CONTEXT)
        text = unit.text[start : candidate.end]
        words = text if start == 0 else "… " + text.partition(" ")[2]
        return Unplaced(unit.line_at(candidate.start), words.replace("\n", " "), MAYBE_CITATION, in_body=True)


def _write(part: Part, units: list[tuple[int, _Unit]], citations: dict[int, list[Candidate]]) -> PageSection:
    blocks: list[tuple[Block, list[str]]] = []
    numbers: dict[int, None] = {}
    for place, unit in units:
        found = citations.get(place, [])
        markdown = write_text(unit.text, found)
        numbers.update(dict.fromkeys(number for citation in found for number in citation.numbers))
        if blocks and blocks[-1][0] is unit.block:
            blocks[-1][1].append(markdown)
        else:
            blocks.append((unit.block, [escape_line(markdown) if unit.block.kind in (ITEM, PARAGRAPH) else markdown]))
    return PageSection(
        kind=part.kind,
        heading=part.heading,
        markdown=write_blocks(blocks),
        subheadings=tuple(block.pieces[0][1] for block, _ in blocks if block.kind == SUBHEADING),
        list_items=tuple(texts[0] for block, texts in blocks if block.kind == ITEM),
        citations=tuple(numbers),
    )


def _units_of(section: int, block: Block) -> list[_Unit]:
    if block.kind == ROW:
        return [_Unit(section, block, [piece], piece[1]) for piece in block.pieces]
    return [_Unit(section, block, block.pieces, "\n".join(text for _, text in block.pieces))]
