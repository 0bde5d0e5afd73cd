"""The sentences of a Markdown text and where they stand: marks are blanked, never moved, so every place stays true."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from articles.text.parsing import long_sentences

# Raise it with any change that lets the same text have other words or sentences.
PREPROCESSING_VERSION = 2


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text: its words with the marks blanked, from `start` to `end` of the Markdown."""

    text: str
    start: int
    end: int
    # paragraph, item, cell, quotation or heading
    kind: str = "paragraph"


@dataclass(frozen=True)
class Block:
    """What stands for itself in a text; a sentence never runs over its end."""

    text: str
    start: int
    kind: str


_LINE = re.compile(r"[^\n]*\n?")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_HEADING = re.compile(r" {0,3}#{1,6}(?=\s|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*$")
_RULE = re.compile(r" {0,3}([-*_])(?:\s*\1){2,}\s*$")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_QUOTE_MARKS = re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE)
_TABLE_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-{1,200}:?[ \t]*(?:\||$)){1,40}[ \t]*$")
_CELL = re.compile(r"(?:[^|\\\n]|\\.)+")

# Marks within a line, and what is blanked of each: everything but group 1, where there is one.
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)[^`]{1,2000}(?<!`)\1(?!`)")
_BLANKED = re.compile(
    r"\[@[^\]\n]{1,500}\]|\[off-label\]|\[\^[^\]\n]{1,80}\]"  # citations, markers, footnotes
    r"|<!--.{0,2000}?-->|<[a-zA-Z/][^<>\n]{0,300}>"  # comments, tags, <https://…>
    r"|!\[[^\]\n]{0,500}\]\([^)\n]{0,500}\)"  # images
    r"|^ {0,3}\[[^\]\n]+\]:[^\n]*"  # where a link leads
    r"|\b(?:https?://|www\.)[^\s<>\])]{0,500}[^\s<>\]).,;:!?]|\b(?:doi:\s?)?10\.\d{4,9}/\S{0,200}\w"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{0,64}\w"  # mail
    r"|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});"
    r"|\\(?=[\\`*_{}\[\]()#+.!>|-])",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(
    r"(\[)([^\[\]\n]{1,500})(\]\([^()\n]{0,500}(?:\([^()\n]{0,100}\)[^()\n]{0,500})?\)|\]\[[^\]\n]{0,100}\])"
)
_MARKS = re.compile(r"\*+|~~|(?<!\w)_{1,3}|_{1,3}(?!\w)")


@lru_cache(maxsize=64)
def sentences(markdown: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in their order; those of headings too, which `kind` tells.

    A list item and a table cell end their last sentence, with or without a full stop; a line break within a paragraph
    does not.
    """
    return tuple(sentence for block in blocks(markdown) for sentence in _split(block))


def blocks(markdown: str) -> list[Block]:
    """Return the paragraphs, items, cells, quotations and headings of a text; code is in none."""
    return _Reader(_blanked(markdown)).read()


class _Reader:
    """Puts the lines of one text together to blocks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [line.span() for line in _LINE.finditer(text) if line[0]]
        self._rows = _rows([text[start:end] for start, end in self._lines])
        self._found: list[Block] = []
        # The block that is open: where it begins and ends so far, and its kind.
        self._open: tuple[int, int, str] | None = None
        self._after_blank = True
        self._in_list = self._in_fence = False

    def read(self) -> list[Block]:
        for number, (start, end) in enumerate(self._lines):
            self._take(number, start, end, self._text[start:end])
        self._close()
        return self._found

    def _take(self, number: int, start: int, end: int, line: str) -> None:
        shape = self._shape(number, line)
        if shape == "continued" and self._open:
            self._open = (self._open[0], end, self._open[2])
        else:
            self._close("heading" if shape == "underline" else "")
        if shape in ("item", "paragraph", "quotation"):
            self._open = (start, end, shape)
            self._in_list = shape == "item" or (self._in_list and line[0] in " \t")
        elif shape in ("heading", "table"):
            self._found += _line_blocks(line, start, shape)
            self._in_list = False
        self._after_blank = shape in ("blank", "fence")

    def _shape(self, number: int, line: str) -> str:
        """Say what a line is, given the lines before and after it."""
        if self._in_fence or _FENCE.match(line):
            self._in_fence = self._in_fence != bool(_FENCE.match(line))
            return "fence"
        if not line.strip():
            return "blank"
        if _HEADING.match(line):
            return "heading"
        if self._open and _UNDERLINE.match(line):
            return "underline"
        is_code = self._after_blank and not self._in_list and line.startswith(("    ", "\t"))
        if is_code or _RULE.match(line):
            return "other"
        if number in self._rows:
            return "table"
        if _ITEM.match(line):
            return "item"
        if _QUOTE.match(line):
            return "continued" if self._open and self._open[2] == "quotation" else "quotation"
        return "continued" if self._open else "paragraph"

    def _close(self, kind: str = "") -> None:
        if self._open is None:
            return
        start, end, opened = self._open
        self._open = None
        words = self._text[start:end]
        lead = _ITEM.match(words) if opened == "item" else None
        if lead:
            start, words = start + lead.end(), words[lead.end() :]
        if opened == "quotation":
            words = _QUOTE_MARKS.sub(_spaces, words)
        if words.strip():
            self._found.append(Block(words, start, kind or opened))


def _rows(lines: list[str]) -> set[int]:
    """Return the numbers of the lines of tables: of a run of lines with bars, those from the head above the rule on."""
    rows: set[int] = set()
    first, in_table = 0, False
    for number, line in enumerate(lines):
        if "|" not in line:
            first, in_table = number + 1, False
            continue
        if not in_table and _TABLE_RULE.match(line):
            in_table = True
            rows.add(max(first, number - 1))
        if in_table:
            rows.add(number)
    return rows


def _line_blocks(line: str, start: int, shape: str) -> Iterator[Block]:
    """Yield what a line alone is: a heading, or the cells of a row."""
    marks = _HEADING.match(line)
    if shape == "heading" and marks:
        yield Block(line[marks.end() :].rstrip("# \n"), start + marks.end(), "heading")
    elif not _TABLE_RULE.match(line):
        for cell in _CELL.finditer(line.rstrip("\n")):
            yield Block(cell[0], start + cell.start(), "cell")


def _blanked(markdown: str) -> str:
    text = _CODE.sub(_spaces, markdown)
    text = _BLANKED.sub(_spaces, text)
    text = _LINK.sub(lambda link: " " + link[2] + " " * len(link[3]), text)
    # A list mark is a star too: it stands before a space, where no emphasis begins or ends.
    return _MARKS.sub(lambda mark: mark[0] if _is_list_mark(mark) else " " * len(mark[0]), text)


def _is_list_mark(mark: re.Match[str]) -> bool:
    line = mark.string[mark.string.rfind("\n", 0, mark.start()) + 1 : mark.start()]
    return mark[0] == "*" and not line.strip() and mark.string[mark.end() : mark.end() + 1] in (" ", "\t")


def _spaces(found: re.Match[str]) -> str:
    return "".join("\n" if letter == "\n" else " " for letter in found[0])


# Where a sentence may end: marks, then what closes a quotation or bracket, then space.
_END = re.compile(r"(?:[.!?]+|…)[\"'”’»)\]]*(?=\s|$)|(?<=[a-z]{3})\.(?=[A-Z][a-z])")
_NEXT = re.compile(r"[\s\"'“‘«(\[*_]*(\S*)")
_LONGEST_TAIL = 100
_LAST_WORD = re.compile(r"[(\[\"'“‘]*([^\s(\[\"'“‘]+)$")
# Never the end of a sentence: something belongs to them.
_LEADING_WORDS = """
dr mr mrs ms prof st fig figs no nos vs v cf ca approx e.g eg i.e ie viz resp sec art vol pp ref refs eq
"""
_LEADING = frozenset(_LEADING_WORDS.split())
# The end of a sentence only before a word that begins one.
_SHORTENED_WORDS = """
mg mcg µg g kg ml l dl cm mm m hr hrs h min mins sec wk wks yr yrs mo tab tabs cap caps inj inc ltd co corp dept etc
al jr sr ed eds max est incl b.i.d t.i.d q.i.d q.d q.o.d o.d b.d t.d.s q.d.s p.r.n p.o i.v i.m s.c a.m p.m u.s u.k
e.u u.n n.b spp sp subsp bid tid qid
"""
_SHORTENED = frozenset(_SHORTENED_WORDS.split())
_BEGINS_WORDS = """
the a an it its this that these those in on at for from with without if when while after before by as to do does did
is are was were be you your they their he she we our my i ask take call see tell keep use stop start read give check
talk get go there here some most many each all no not one two three other others however but and or so then also
only never always patients people doctors
"""
_BEGINS = frozenset(_BEGINS_WORDS.split())
_NAMED_BY_LETTER_WORDS = """
vitamin hepatitis type group grade class influenza factor stage step toxin plan part
"""
_NAMED_BY_LETTER = frozenset(_NAMED_BY_LETTER_WORDS.split())


def _split(block: Block) -> Iterator[Sentence]:
    text, start = block.text, 0
    for end in _END.finditer(text):
        if not _ends(text, start, end):
            continue
        yield from _sentence(block, start, end.end())
        start = end.end()
    yield from _sentence(block, start, len(text))


def _sentence(block: Block, start: int, end: int) -> Iterator[Sentence]:
    for first, last in long_sentences.cut(block.text, start, end):
        words = block.text[first:last]
        stripped = words.strip()
        if any(letter.isalnum() for letter in stripped):
            place = block.start + first + (len(words) - len(words.lstrip()))
            yield Sentence(stripped, place, place + len(stripped), block.kind)


def _ends(text: str, start: int, end: re.Match[str]) -> bool:
    following = _NEXT.match(text, end.end())
    upcoming = following[1] if following else ""
    if not upcoming:
        return True
    if upcoming[0].islower() and not end[0].startswith("…") and upcoming.rstrip(".,;:") not in ("pH", "mRNA", "eGFR"):
        return False
    if end[0][0] != ".":
        return True
    # No abbreviation is longer, and a sentence of thousands of them is read once, not once for each.
    tail = text[max(start, end.start() - _LONGEST_TAIL) : end.start()]
    found = _LAST_WORD.search(tail)
    return found is None or _may_end(found[1], upcoming, tail[: found.start()].strip())


def _may_end(last: str, upcoming: str, before: str) -> bool:
    """Say whether a full stop after `last` ends a sentence whose other words are `before`."""
    word = last.lower().rstrip(".")
    if word.isdigit():
        return bool(before)  # `2. Rinse`: the number of an item
    if word in _LEADING:
        # `no` is a word of its own, unless a number follows.
        return word == "no" and not upcoming[0].isdigit()
    if word in _SHORTENED:
        return upcoming.lower().rstrip(".,;:!?") in _BEGINS or (
            word not in ("u.s", "u.k", "e.u") and upcoming[0].isupper()
        )
    if len(word) == 1 and last.isupper() and word != "i":
        return before.lower().rpartition(" ")[2] in _NAMED_BY_LETTER
    return True
