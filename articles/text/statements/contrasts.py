"""Figures told side by side of two things ("24 hours before low-risk and 48 hours before high-risk surgery")."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.text.parsing.tokens import words_of
from articles.text.statements.quantities import Quantity
from articles.text.statements.stated_quantities import Stated

# Where the words of one figure end and those of the next begin, the strongest first.
_CUTS = (
    re.compile(r"[;|]"),
    re.compile(r",[ ](?:and|or|but|then)\b|\b(?:while|whereas|but)\b"),
    re.compile(r","),
    re.compile(r"\b(?:and|or|then)\b"),
)
_WORD = re.compile(r"[a-z]{3,}")
_COMMON = words_of(
    "the and for with you your are was were this that these those from into take takes taken give given gets get have"
    " has had can may should must not people patients patient dose doses day days daily week weeks month months hour"
    " hours year years once twice times time each every per then than about only one two medicine drug treatment use"
    " used will who when after before least most more less"
)
_STEM = 6
_MOST = 150

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Figure:
    quantity: Quantity
    key: Key
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Pair:
    left: _Figure
    right: _Figure

    def turned(self) -> "_Pair":
        return _Pair(self.right, self.left)


Changed = tuple[Quantity, Quantity, Stated]


def changed_places(plain: Stated, professional: Sequence[Stated]) -> Iterator[Changed]:
    """Yield figures that the plain text tells of the one thing and the professional text of the other beside it.

    Both figures may have changed places, or one may stand twice; what is told of which is judged by the words beside
    each that the other has not. Where these do not decide, nothing is yielded.
    """
    pairs = [(pair, text) for text in professional for pair in _pairs(text)]
    theirs = [(pair, text) for pair, text in pairs if pair.left.key != pair.right.key]
    if not theirs:
        return
    equal = {pair.left.key for pair, _text in pairs if pair.left.key == pair.right.key}
    for mine in _pairs(plain):
        if mine.left.key != mine.right.key:
            yield from _swapped(mine, theirs)
        elif mine.left.key not in equal:
            yield from _copied(mine, theirs)


def _swapped(mine: _Pair, theirs: list[tuple[_Pair, Stated]]) -> Iterator[Changed]:
    wanted = {mine.left.key, mine.right.key}
    alike = [
        (pair if pair.left.key == mine.left.key else pair.turned(), text)
        for pair, text in theirs
        if {pair.left.key, pair.right.key} == wanted
    ]
    if alike and all(_is_turned(mine, pair) for pair, _text in alike):
        pair, text = alike[0]
        yield mine.left.quantity, pair.right.quantity, text
        yield mine.right.quantity, pair.left.quantity, text


def _is_turned(mine: _Pair, theirs: _Pair) -> bool:
    """Return whether each figure of a pair has more words of the other figure than of its own."""
    left, right = _apart(mine)
    first, second = _apart(theirs)
    return len(left & second) > len(left & first) and len(right & first) > len(right & second)


def _copied(mine: _Pair, theirs: list[tuple[_Pair, Stated]]) -> Iterator[Changed]:
    """Find "mild 500 mg, severe 500 mg" against "mild 250 mg, severe 500 mg"."""
    left, right = _apart(mine)
    for one, own, other in ((mine.left, left, right), (mine.right, right, left)):
        alike = [
            (pair if pair.left.key == one.key else pair.turned(), text)
            for pair, text in theirs
            if one.key in (pair.left.key, pair.right.key)
        ]
        for pair, text in alike:
            kept, lost = _apart(pair)
            if own & lost and not own & kept and other & kept and not other & lost and len(alike) == 1:
                yield one.quantity, pair.right.quantity, text


def _apart(pair: _Pair) -> tuple[frozenset[str], frozenset[str]]:
    return pair.left.words - pair.right.words, pair.right.words - pair.left.words


def _pairs(text: Stated) -> list[_Pair]:
    if len(text.quantities) > _MOST:
        return []
    found = []
    last: dict[str, _Figure] = {}
    for figure in _figures(text):
        before = last.get(figure.quantity.measure)
        if before and _is_beside(before.quantity, figure.quantity, text):
            found.append(_Pair(before, figure))
        last[figure.quantity.measure] = figure
    return found


def _is_beside(one: Quantity, other: Quantity, text: Stated) -> bool:
    """Return whether two figures stand in a sentence, in neighbours of a paragraph, or in lines of one list."""
    first, second = text.reading.sentence_at(one.start), text.reading.sentence_at(other.start)
    if first is None or second is None:
        return False
    if first.block == second.block:
        return True
    blocks = text.reading.blocks
    left, right = blocks[first.block], blocks[second.block]
    return second.block == first.block + 1 and left.kind == right.kind and left.kind in ("item", "row")


def _figures(text: Stated) -> Iterator[_Figure]:
    for sentence in text.reading.sentences:
        quantities = text.within(sentence.start, sentence.end)
        for measure in dict.fromkeys(one.measure for one in quantities):
            alike = [one for one in quantities if one.measure == measure]
            if len(alike) > 1 and sentence.kind == "row":
                continue
            start = sentence.start
            for place, one in enumerate(alike):
                end = _cut(text, one, alike[place + 1]) if place + 1 < len(alike) else sentence.end
                if end is None:
                    break
                yield _Figure(one, _key(one), _words(text, start, end, one, quantities))
                start = end


def _cut(text: Stated, one: Quantity, other: Quantity) -> int | None:
    for pattern in _CUTS:
        places = [match.start() for match in pattern.finditer(text.reading.lower, one.end, other.start)]
        if places:
            return places[-1]
    return None


def _key(one: Quantity) -> Key:
    return (one.measure, one.low, one.high, one.total)


def _words(text: Stated, start: int, end: int, one: Quantity, quantities: list[Quantity]) -> frozenset[str]:
    """Return what is said beside a figure: words, other quantities, and the routes of a dose."""
    inside = [other for other in quantities if start <= other.start < end and other.measure != one.measure]
    words = {
        match[0][:_STEM]
        for match in _WORD.finditer(text.reading.lower, start, end)
        if match[0] not in _COMMON and not one.start <= match.start() < one.end
    }
    told = {f"{other.measure} {other.low} {other.high}" for other in inside}
    return frozenset(words | told | {f"by {route}" for route in one.routes})
