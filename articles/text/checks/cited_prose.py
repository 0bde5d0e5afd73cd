"""Markdown as the checks read it: blocks and sentences, each with its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from articles.text.parsing import long_sentences

# As the renderer has it (articles.text.parsing.inlines); the keys of one pair of brackets are one mark.
CITATION = re.compile(r"\[@[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}(?:\s*;\s*@[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}){0,19}\s*\]")
_KEY = re.compile(r"@([A-Za-z0-9][A-Za-z0-9_.:-]{0,63})")

_HEADING = re.compile(r"[ ]{0,3}#{1,6}(?:[ \t]|$)")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•]|\d{1,4}[.)])[ \t]+")
_ROW = re.compile(r"[ \t]*\|")
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*\Z")
_QUOTED = re.compile(r"[ ]{0,3}>")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-+)[ \t]*\Z")

# A citation that stands behind the full stop belongs to the sentence before it.
_END = re.compile(
    r"[.!?…][\"'”’)*_]{0,6}(?:\s{0,3}\[@[^\]\n]{1,400}\]){0,6}(?:\s+)(?=[\"'“‘(\[*_]{0,4}[A-Z0-9À-Þ≥≤<>])"
)
_KEEPS_ITS_DOT = re.compile(
    r"(?:\b(?:al|e\.g|i\.e|etc|dr|mr|mrs|ms|vs|figs?|nos?|approx|ca|cf|st|prof|vol|pp?|sect?|ed|inc)|\b[A-Z])\.\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mark:
    """A citation as typed: its keys, and where it stands."""

    keys: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """A sentence, list item or table row in its place, with the citations it holds."""

    text: str
    start: int
    end: int
    marks: tuple[Mark, ...]

    @property
    def bare(self) -> str:
        """The sentence without citations and marks of emphasis, as many characters as before."""
        return re.sub(r"[*_`]", " ", CITATION.sub(lambda found: " " * len(found[0]), self.text))


@dataclass(frozen=True)
class Block:
    """A block of a text. `parent` is the place, among the blocks, of the one that introduces it; -1 for none.

    `kind` is heading, paragraph, item, header (of a table), row or quotation.
    """

    kind: str
    start: int
    end: int
    depth: int
    parent: int
    sentences: tuple[Sentence, ...]

    @property
    def is_cited(self) -> bool:
        return any(sentence.marks for sentence in self.sentences)


def keys_of(mark: str) -> tuple[str, ...]:
    """Return the keys of one citation as typed."""
    return tuple(dict.fromkeys(_KEY.findall(mark)))


def marks(text: str) -> tuple[Mark, ...]:
    """Return the citations of a text, in order."""
    return tuple(Mark(keys_of(found[0]), found.start(), found.end()) for found in CITATION.finditer(text))


def sentences(text: str) -> Iterator[Sentence]:
    """Yield every sentence, item and row of a text but its headings."""
    for block in blocks(text):
        if block.kind not in ("heading", "header"):
            yield from block.sentences


@lru_cache(maxsize=128)
def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text in order. Code is no prose and is left out."""
    found: list[Block] = []
    for kind, start, end, depth in _pieces(text):
        parent = _parent(found, kind, depth)
        whole = kind in ("heading", "header", "row")
        spans = ((start, end),) if whole else _split(text, start, end)
        parts = chain.from_iterable(long_sentences.cut(text, *span) for span in spans)
        found.append(Block(kind, start, end, depth, parent, tuple(_sentence(text, *part) for part in parts)))
    return tuple(found)


def _sentence(text: str, start: int, end: int) -> Sentence:
    words = text[start:end]
    cited = tuple(Mark(one.keys, one.start + start, one.end + start) for one in marks(words))
    return Sentence(words, start, end, cited)


def _pieces(text: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield kind, start, end and depth of each block, without markers and the space around."""
    open_piece: tuple[str, int, int, int] | None = None
    is_code, start = False, 0
    for line in text.splitlines(keepends=True):
        begins, start = start, start + len(line)
        bare = line.rstrip()
        if _FENCE.match(line):
            is_code = not is_code
        kind, inset, depth = ("", 0, 0) if is_code or _FENCE.match(line) else _kind(bare, open_piece)
        place = (kind, begins + inset, begins + len(bare), depth)
        if kind == "more" and open_piece is not None:
            open_piece = (open_piece[0], open_piece[1], place[2], open_piece[3])
            continue
        if open_piece is not None:
            if kind == "underline":
                open_piece = ("heading", *open_piece[1:])
            elif kind == "rule" and open_piece[0] == "row":
                open_piece = ("header", *open_piece[1:])
            yield open_piece
        open_piece = place if kind not in ("", "underline", "rule") and place[1] < place[2] else None
    if open_piece is not None:
        yield open_piece


def _kind(line: str, before: tuple[str, int, int, int] | None) -> tuple[str, int, int]:
    """Return what a line begins or goes on with, the length of its marker, and how deep it stands."""
    if not line.strip():
        return "", 0, 0
    if before is not None and before[0] == "paragraph" and _UNDERLINE.match(line):
        return "underline", 0, 0
    if _RULE.match(line):
        return "rule", 0, 0
    if found := _HEADING.match(line):
        return "heading", found.end(), 0
    if found := _QUOTED.match(line):
        is_more = before is not None and before[0] == "quotation"
        return "more" if is_more else "quotation", found.end(), 0
    if found := _ITEM.match(line):
        return "item", found.end(), len(found[1].expandtabs(4)) // 2
    if _ROW.match(line):
        return "row", 0, 0
    if before is not None and before[0] in ("paragraph", "item", "quotation"):
        return "more", 0, 0
    return "paragraph", len(line) - len(line.lstrip()), 0


def _parent(before: list[Block], kind: str, depth: int) -> int:
    """Return the place of what introduces an item or row: the item above it, or the paragraph before its list."""
    if kind == "header":
        return len(before) - 1 if before and before[-1].kind == "paragraph" else -1
    if kind not in ("item", "row"):
        return -1
    for place in range(len(before) - 1, -1, -1):
        one = before[place]
        if one.kind == kind and one.depth >= depth:
            if one.depth == depth:
                return one.parent
        elif one.kind in ("item", "paragraph", "header", "quotation") and (one.kind != "item" or kind == "item"):
            return place
        elif one.kind == "heading":
            return -1
    return -1


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of a block."""
    begins = start
    for found in _END.finditer(text, start, end):
        stop = found.start() + 1
        if not _KEEPS_ITS_DOT.search(text[max(begins, stop - 8) : stop]):
            yield begins, found.end() - len(found[0]) + len(found[0].rstrip())
            begins = found.end()
    if begins < end:
        yield begins, end
