"""The blocks of a section as Markdown in which what reads is what was written."""

import re

from .citation_numbers import Candidate
from .page_blocks import ITEM, ROW, SUBHEADING, Block

_SPECIALS = re.compile(r"[\\`*_\[\]]")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#|\w+;)")
_LINE_START = re.compile(r"(?:[#>+]|[-*](?=\s|$)|~{3}|(?:-\s*){3}|\d+(?P<mark>[.)])(?=\s|$))")
_SPACE_RUN = re.compile(r"[ \t\n]+")
_END_MARKS = tuple(".,;:。，；：")
_KEEPS_ITS_DOT = re.compile(r"\b(?:al|e\.g|i\.e|etc|dr|vs|figs?|nos?|approx|ca|cf|st|prof)\.\s?$", re.IGNORECASE)


def escape(text: str) -> str:
    """Return a plain text as Markdown that reads the same.

    A backslash before Markdown's own marks; `<` that would open a tag and `&` that would begin a character's name
    become `&lt;` and `&amp;`, which every Markdown reads (a backslash before `<` is not read by all).
    """
    text = _SPECIALS.sub(r"\\\g<0>", _ENTITY.sub("&amp;", text))
    return _SPACE_RUN.sub(" ", _TAG.sub("&lt;", text))


def escape_line(markdown: str) -> str:
    """Return escaped text so that its beginning starts no heading, quotation, list or code."""
    match = _LINE_START.match(markdown)
    if match is None:
        return markdown
    if markdown.startswith("~"):
        return "&#126;" + markdown[1:]
    place = match.start("mark") if match["mark"] else 0
    return f"{markdown[:place]}\\{markdown[place:]}"


def write_text(text: str, citations: list[Candidate]) -> str:
    """Return a unit of text as Markdown, its citations as `[@ref-N]`, those side by side in one bracket.

    A citation stands before the mark that ends its sentence or clause, wherever the page put it.
    """
    parts: list[str] = []
    position = 0
    for start, end, numbers in _side_by_side(text, citations):
        piece, mark = _take_end_mark(escape(text[position:start]).rstrip(" "), text[end : end + 2])
        space = "" if not piece or piece.endswith("(") else " "
        parts += [piece, space, "[" + "; ".join(f"@ref-{number}" for number in numbers) + "]", mark]
        position = end
    return "".join([*parts, escape(text[position:])]).strip()


def _side_by_side(text: str, citations: list[Candidate]) -> list[tuple[int, int, list[int]]]:
    """Return the spans and numbers of the citations, those with nothing but commas between them as one."""
    groups: list[tuple[int, int, list[int]]] = []
    for citation in citations:
        if groups and not text[groups[-1][1] : citation.start].strip(" ,;\n"):
            start, _, numbers = groups.pop()
        else:
            start, numbers = citation.start, []
        numbers += [number for number in citation.numbers if number not in numbers]
        groups.append((start, citation.end, numbers))
    return groups


def _take_end_mark(piece: str, following: str) -> tuple[str, str]:
    """Return the text without the mark that ends it, and that mark, when the citation after it belongs before it."""
    ends_here = not following.strip() or (following[0].isspace() and not following[1].islower())
    if not ends_here or not piece.endswith(_END_MARKS) or _KEEPS_ITS_DOT.search(piece[-12:]):
        return piece, ""
    return piece[:-1].rstrip(" "), piece[-1]


def write_blocks(blocks: list[tuple[Block, list[str]]]) -> str:
    """Return a section's blocks, each with its texts already Markdown, as one Markdown text."""
    lines: list[str] = []
    previous = ""
    for block, texts in blocks:
        if lines and not (block.kind == previous and block.kind in (ITEM, ROW) and not block.is_first_row):
            lines.append("")
        lines += _lines_of(block, texts)
        previous = block.kind
    return "\n".join(lines)


def _lines_of(block: Block, texts: list[str]) -> list[str]:
    if block.kind == SUBHEADING:
        return ["### " + texts[0].replace("#", "\\#")]  # a `#` at a heading's end would be taken for its mark
    if block.kind == ITEM:
        mark = "-" if block.place.number is None else f"{block.place.number}."
        return [f"{'  ' * block.place.depth}{mark} {texts[0]}"]
    if block.kind == ROW:
        row = "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"
        return [row, "|" + " --- |" * len(texts)] if block.is_first_row else [row]
    return texts
