"""Words that plain text has to explain: a list of our own, the glossary that ships, and a site's own terms."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from articles.text import lexicon
from articles.text.lexicon import shipped_glossary

_WORD = re.compile(r"\w+(?:[-‐‑'’]\w+)*")
_LONGEST = 6  # words of a term


@dataclass(frozen=True)
class Use:
    """A word of the vocabulary where it is used, and what could be said in its place (may be empty)."""

    term: str
    start: int
    end: int
    plain: str


class Vocabulary:
    """Terms to be found in a text, the longest at each place."""

    def __init__(self, entries: Iterable[tuple[str, str, str]]) -> None:
        """Take (name, the term it stands for, its plain wording)."""
        self._by_first: dict[str, dict[tuple[str, ...], tuple[str, str]]] = {}
        for name, term, plain in entries:
            words = tuple(_WORD.findall(name.casefold()))
            if words and len(words) <= _LONGEST:
                self._by_first.setdefault(words[0], {}).setdefault(words, (term, plain))

    def uses(self, text: str) -> Iterator[Use]:
        """Yield where terms stand in a text, none within another."""
        words = [(word[0].casefold(), word.start(), word.end()) for word in _WORD.finditer(text)]
        place = 0
        while place < len(words):
            length, found = self._longest(words, place)
            if found:
                yield Use(found[0], words[place][1], words[place + length - 1][2], found[1])
            place += length

    def _longest(self, words: list[tuple[str, int, int]], place: int) -> tuple[int, tuple[str, str] | None]:
        names = self._by_first.get(words[place][0])
        if names:
            for length in range(_LONGEST, 0, -1):
                found = names.get(tuple(word[0] for word in words[place : place + length]))
                if found and len(words) - place >= length:
                    return length, found
        return 1, None


@cache
def jargon() -> Vocabulary:
    """The words that every plain text has to explain."""
    return Vocabulary(jargon_names())


def jargon_names() -> list[tuple[str, str, str]]:
    """Return (name, term, plain wording) of the list of our own and of the shipped glossary's less common words."""
    file = lexicon.table("jargon")
    listed, easy = file["words"], {name.casefold() for name in file["easy"]["names"]}
    names = [(name, name, plain) for name, plain in listed.items()]
    names += [(f"{name}s", name, plain) for name, plain in listed.items() if name[-1] not in "scl"]
    for entry in shipped_glossary.entries():
        if not entry["everyday"]:
            names += [(name, entry["term"], entry["plain"]) for name in names_of(entry) if name.casefold() not in easy]
    return names


def of_terms(terms: Iterable[Mapping[str, Any]]) -> Vocabulary:
    """Return the vocabulary of glossary terms, as GlossaryTerm.frozen()."""
    return Vocabulary((name, term["term"], term["plain"]) for term in terms for name in names_of(term))


def names_of(term: Mapping[str, Any]) -> list[str]:
    """Return the names of a glossary term."""
    return [term["term"], *term["variants"]]
