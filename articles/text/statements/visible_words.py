"""A Markdown text as checks read it: the words without code, links and citations, at their own places, in sentences."""

import html
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from articles.text.lexicon.drugs import DrugMention, find_drugs, group
from articles.text.parsing import long_sentences
from articles.text.parsing.tokens import Token, tokens_of

_KEY = r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}"
_CITATION = re.compile(rf"\[@{_KEY}(?:[ ]?;[ ]?@{_KEY})*\]")
_CITED = re.compile(rf"@({_KEY})")
MARKER = "[off-label]"
# Words that are no prose: nothing in them is a dose. Each alternative is bounded.
_NO_PROSE = re.compile(
    rf"(?P<fence>^[ ]{{0,3}}```[^\n]*\n(?:(?![ ]{{0,3}}```)[^\n]*\n)*(?:[ ]{{0,3}}```[^\n]*)?)"
    r"|(?P<code>`[^`\n]{1,500}`)"
    rf"|(?P<citation>(?<!\\)\[@{_KEY}(?:[ ]?;[ ]?@{_KEY}){{0,50}}\])"
    r"|(?P<marker>(?<!\\)\[off-label\](?!\(|\[(?!@)))"
    r"|(?P<definition>^[ ]{0,3}\[[^\]\n]{1,100}\]:[^\n]*$)"
    r"|(?<=\])(?P<target>\([^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?(?:[ ]+\"[^\"\n]{0,300}\")?\))"
    r"|(?P<address><?(?:https?://|www\.|mailto:)[^\s<>]{1,2000}>?)"
    r"|(?P<doi>\b(?:doi:\s?)?10\.\d{4,9}/[^\s\])]{1,200})"
    r"|(?P<mark>\*{1,3}|~~|(?<![^\W_])_{1,2}|_{1,2}(?![^\W_])|\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}[0-9]{0,2});)",
    re.MULTILINE,
)
_SAME = str.maketrans(
    {
        "\u00a0": " ",
        "\u2007": " ",
        "\u2009": " ",
        "\u200a": " ",
        "\u202f": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "–",
        "\u2212": "-",
        "\u00b5": "μ",
        "’": "'",
        "‘": "'",
        "\t": " ",
        "\u0130": "I",
    }
)
_BLOCK = re.compile(
    r"(?P<heading>[ ]{0,3}#{1,6}[ ]+)|(?P<item>[ ]{0,20}(?:[-+•–][ ]+|[*][ ]+|\d{1,9}[.)][ ]+))"
    r"|(?P<quote>[ ]{0,3}>[ ]?)"
    r"|(?P<row>[ ]{0,3}\|)"
)
_RULE = re.compile(r"[ ]*\|?[ ]*:?-{2,}:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*\Z")
_END = re.compile(r"[.!?…][\"'”)\]]*(?=(\s+)[\"'“(]?[A-Z0-9])|[.!?…][\"'”)\]]*(?=\s*\Z)")
_KEEPS_ITS_DOT = re.compile(
    r"(?:\b(?:al|e\.g|i\.e|etc|dr|vs|figs?|nos?|approx|ca|cf|st|prof|max|min)|\b[a-z](?:\.[a-z])+)\.\Z"
)


@dataclass(slots=True)
class Sentence:
    """A sentence, in whichever block: `kind` is paragraph, heading, item, quote or row."""

    start: int
    end: int
    block: int
    kind: str
    # Citation keys within it, and the places of its off-label markers.
    keys: tuple[str, ...] = ()
    markers: tuple[int, ...] = ()
    drugs: tuple[DrugMention, ...] = ()


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item, quotation or table row."""

    start: int
    end: int
    kind: str
    # The heading it stands under, and the line that opens its list or table; -1: none.
    heading: int = -1
    intro: int = -1


@dataclass(slots=True)
class Reading:
    """A text with its parts. `words` has the length of the text: what is no prose is blank."""

    text: str
    words: str
    lower: str
    blocks: list[Block]
    sentences: list[Sentence]
    tokens: list[Token]

    def sentence_at(self, place: int) -> Sentence | None:
        """Return the sentence around a place of the text."""
        index = bisect_right(self.sentences, place, key=lambda sentence: sentence.start) - 1
        return self.sentences[index] if index >= 0 and place < self.sentences[index].end else None

    def unit(self, sentence: Sentence) -> list[Sentence]:
        """Return what must cite together: all of a list item, row or quotation, else the sentence alone."""
        if sentence.kind in ("item", "row", "quote"):
            return self._of_block(sentence.block)
        return [sentence]

    def _opens_a_list(self, block: Block) -> bool:
        return self.lower[block.start : block.end].rstrip().endswith(":")

    def _of_block(self, block: int) -> list[Sentence]:
        first = bisect_left(self.sentences, block, key=lambda one: one.block)
        return self.sentences[first : bisect_right(self.sentences, block, key=lambda one: one.block)]

    def covering_keys(self, sentence: Sentence) -> list[str]:
        """Return the keys that a sentence cites: its own, those of its item or row, and of the line that opens it."""
        keys = [key for one in self.unit(sentence) for key in one.keys]
        intro = self.blocks[sentence.block].intro
        if intro >= 0 and (sentence.kind == "row" or self._opens_a_list(self.blocks[intro])):
            opening = self._of_block(intro)
            keys.extend(opening[-1].keys if opening else ())
        return list(dict.fromkeys(keys))


def read(text: str) -> Reading:
    """Return the parts of a Markdown text."""
    keys, markers = [], []
    pieces, place = [], 0
    for match in _NO_PROSE.finditer(text):
        pieces.append(text[place : match.start()])
        pieces.append(_blank(match))
        place = match.end()
        if match["citation"]:
            keys.append((match.start(), tuple(_CITED.findall(match[0]))))
        elif match["marker"]:
            markers.append(match.start())
    pieces.append(text[place:])
    words = "".join(pieces).translate(_SAME)
    lower = words.lower()
    if len(lower) != len(words):
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in words)
    blocks = _blocks(words, text)
    reading = Reading(text, words, lower, blocks, _sentences(words, lower, blocks), tokens_of(lower))
    _attach(reading, keys, markers)
    return reading


def citations_in(reading: Reading, sentence: Sentence) -> list[tuple[int, tuple[str, ...]]]:
    """Return the place and the keys of each citation of a sentence, in order."""
    found = _CITATION.finditer(reading.text, sentence.start, sentence.end)
    return [(match.start(), tuple(_CITED.findall(match[0]))) for match in found]


def _blank(match: re.Match[str]) -> str:
    if match["entity"]:
        character = html.unescape(match[0])
        if len(character) == 1 and character != "\n":
            return character + " " * (len(match[0]) - 1)
        return match[0]
    return re.sub(r"[^\n]", " ", match[0])


def _blocks(words: str, text: str) -> list[Block]:
    blocks: list[Block] = []
    heading = intro = -1
    open_block: Block | None = None
    place = 0
    for line, original in zip(words.split("\n"), text.split("\n"), strict=True):
        end = place + len(line)
        opening = _BLOCK.match(original)
        kind = (opening.lastgroup or "") if opening else ""
        if not original.strip():
            open_block = None
        elif _RULE.match(original):
            pass
        elif kind in ("heading", "item", "row") or open_block is None or open_block.kind in ("heading", "row"):
            start = place + (opening.end() if opening and kind != "row" else 0)
            open_block = Block(start, end, kind or "paragraph", heading, -1)
            if kind in ("item", "row"):
                open_block.intro = intro
            elif kind != "heading":
                intro = len(blocks)
            if kind == "heading":
                heading, intro = len(blocks), -1
            elif kind == "row" and intro < 0:
                intro = len(blocks)
            blocks.append(open_block)
        else:
            open_block.end = end
        place = end + 1
    return blocks


def _sentences(words: str, lower: str, blocks: list[Block]) -> list[Sentence]:
    found: list[Sentence] = []
    for number, block in enumerate(blocks):
        start = block.start
        if block.kind not in ("heading", "row"):
            for match in _END.finditer(words, block.start, block.end):
                end = match.end() + len(match[1] or "")
                if not _KEEPS_ITS_DOT.search(lower, max(start, match.start() - 12), match.start() + 1):
                    found += _in_pieces(words, start, end, number, block.kind)
                    start = end
        if words[start : block.end].strip():
            found += _in_pieces(words, start, block.end, number, block.kind)
        elif found and found[-1].block == number:
            found[-1].end = block.end
    return found


def _in_pieces(words: str, start: int, end: int, block: int, kind: str) -> list[Sentence]:
    return [Sentence(*span, block, kind) for span in long_sentences.cut(words, start, end)]


def _attach(reading: Reading, keys: list[tuple[int, tuple[str, ...]]], markers: list[int]) -> None:
    mentions = group(reading.lower, find_drugs(reading.lower, reading.tokens))
    for place, cited in keys:
        if sentence := reading.sentence_at(place):
            sentence.keys += cited
    for place in markers:
        if sentence := reading.sentence_at(place):
            sentence.markers += (place,)
    for mention in mentions:
        if sentence := reading.sentence_at(mention.start):
            sentence.drugs += (mention,)
