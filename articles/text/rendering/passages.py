"""The sentences of a text that cite given sources, as plain words: what somebody looks at when a source has changed."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from articles.text.parsing.markdown import parse

# A row of a table is read as one sentence.
_BLOCKS = frozenset(("p", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "table"))
_CELLS = ("td", "th")
_MARK = "\x00"
_MARKS = re.compile(r"\x00(\d+)\x00")
# A citation that stands behind the full stop belongs to the sentence before it.
_END = re.compile(r"[.!?…][\"'”’)]*(?:\s*\x00\d+\x00)*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
_KEEPS_ITS_DOT = re.compile(r"\b(?:al|e\.g|i\.e|etc|dr|vs|figs?|nos?|approx|ca|cf|st|prof)\.\s*\Z", re.IGNORECASE)
_BEFORE_MARK = re.compile(r"\s+(?=[.,;:!?)])")


def citing_sentences(markdown: str, keys: set[str]) -> list[str]:
    """Return the sentences of a text that cite one of the keys, each once, in order, without marks and citations."""
    found = (sentence for block in _blocks(parse(markdown)) for sentence in _citing(block, keys))
    return list(dict.fromkeys(found))


def _blocks(tree: Element) -> list[list[str | set[str]]]:
    """Return each block of a text as its pieces: words, and the keys of a citation."""
    blocks: list[list[str | set[str]]] = [[]]

    def walk(element: Element) -> None:
        if element.tag in _BLOCKS:
            blocks.append([])
        if element.tag == "citation":
            blocks[-1].append(set(element.get("keys", "").split()))
        else:
            if element.tag == "br":
                blocks[-1].append(" ")
            elif element.tag in _CELLS and any(isinstance(piece, set) or piece.strip() for piece in blocks[-1]):
                blocks[-1].append(" | ")
            blocks[-1].append(element.text or "")
            for child in element:
                walk(child)
        if element.tag in _BLOCKS:
            blocks.append([])
        blocks[-1].append(element.tail or "")

    walk(tree)
    return blocks


def _citing(block: list[str | set[str]], keys: set[str]) -> Iterator[str]:
    cited = [piece for piece in block if isinstance(piece, set)]
    if not any(piece & keys for piece in cited):
        return
    numbers = iter(range(len(cited)))
    text = "".join(
        piece.replace(_MARK, "") if isinstance(piece, str) else f"{_MARK}{next(numbers)}{_MARK}" for piece in block
    )
    for sentence in _sentences(text):
        if any(cited[int(number)] & keys for number in _MARKS.findall(sentence)):
            yield _BEFORE_MARK.sub("", " ".join(_MARKS.sub(" ", sentence).split()))


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(text):
        if not _KEEPS_ITS_DOT.search(text[start : match.start() + 1]):
            yield text[start : match.end()]
            start = match.end()
    yield text[start:]
