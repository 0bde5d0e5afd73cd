"""Two wordings word by word: what stays, what goes, and what comes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word with the space before it, as texts are merged too.
_WORDS = re.compile(r"\s*\S+|\s+")
_AROUND = 14  # words kept beside a change


@dataclass(frozen=True)
class Piece:
    """A stretch of words: `same`, `removed`, `added`, or `gap` for unchanged words that are left out."""

    kind: str
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """Return both wordings as one run of pieces: without those removed the new one, without those added the old."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    found = [Piece("same", "".join(before[:start]))]
    found += _differing(before[start : len(before) - end], after[start : len(after) - end])
    found.append(Piece("same", "".join(before[len(before) - end :])))
    return [piece for piece in found if piece.text]


def _common(one: list[str], other: list[str]) -> int:
    """Return how many words both begin with: most of a text does not change, and is not worth a comparison."""
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        count += 1
    return count


def _differing(before: list[str], after: list[str]) -> Iterator[Piece]:
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[start:end]))
            continue
        yield Piece("removed", "".join(before[start:end]))
        yield Piece("added", "".join(after[new_start:new_end]))


def shortened(found: list[Piece]) -> list[Piece]:
    """Return the pieces with long unchanged stretches left out: what stands around each change is kept."""
    if len(found) == 1 and found[0].kind == "same":
        return found
    short: list[Piece] = []
    for place, piece in enumerate(found):
        short += _short(piece, is_first=place == 0, is_last=place == len(found) - 1)
    return short


def _short(piece: Piece, *, is_first: bool, is_last: bool) -> list[Piece]:
    words = _WORDS.findall(piece.text)
    head, tail = (0 if is_first else _AROUND), (0 if is_last else _AROUND)
    if piece.kind != "same" or len(words) <= head + tail + 2:
        return [piece]
    kept = [
        Piece("same", "".join(words[:head])),
        Piece("gap", f"{' ' if head else ''}…{' ' if tail and not words[-tail].startswith(' ') else ''}"),
        Piece("same", "".join(words[len(words) - tail :])),
    ]
    return [one for one in kept if one.text]
