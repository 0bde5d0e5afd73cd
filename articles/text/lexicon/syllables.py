"""How many syllables an English word has: a table for medical and irregular words, rules for every other."""

import re
from functools import cache, lru_cache

from articles.text import lexicon

_PARTS = re.compile(r"[^\W\d_]+|\d[\d.,]*")
_VOWEL_GROUP = re.compile(r"[aeiouyáéíóúàèìòùâêîôûäëïöüãõæœåø]+")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_NO_VOWEL = re.compile(r"[^aeiouyAEIOUY]+")

# Endings that add a syllable to a word which keeps its own silent e: `safely`, `hopefulness`.
_ENDING = re.compile(r"(?<=[^\W\d_]{2})(?:ly|ful|less|ness|ments?|ship|hood|some|like|self|side|wide|line|time)$")
_FIRST_PART = re.compile(
    r"^(?:fore|some|there|where|here|care|life|like|side|home|time|take|base|face|grape|safe|white|one|more|house|wave)"
    r"(?=[bcdfghjklmnpqrstvwxz][a-z]{2})"
)

# An e that is written and not heard, at the end of a word.
_SILENT = re.compile(
    r"[^aeiouy]e$(?<![^aeiouy]le)"  # made; not table
    r"|[^aeiouytd]ed$(?<![^aeiouylr]led)(?<![^aeiouyr]red)"  # helped, called; not needed, settled, hundred
    r"|[^aeiouyscxzg]es$(?<!ches)(?<!shes)(?<![^aeiouylr]les)"  # makes, rules; not doses, tables
    r"|[qg]ue[sd]?$"  # unique, league
)
# Two vowels side by side that are both heard, and a syllable without a vowel.
_HIATUS = re.compile(
    r"ia(?!l$|ls$|n$|ns$|r?ge|b[^aeiou])|(?<![ctgs])ia(?=ls?$|ns?$)"  # media; special; medial
    r"|(?<![cstg])io(?!us)|(?<![cxtg])io(?=us)"
    r"|(?<![cst])ie(?=n[ct]|t|r$|st$)"
    r"|iu|(?<![gq])ua(?=[lt])|(?<![gq])ue(?=nt|nc|l$)|(?<![gq])ui(?=ty|t[eio]|ng|n$)"
    r"|eo(?=[lmgdsr])|(?<=r)ea(?=te|ti|to|ct)|ea(?=tine|l(?:ity|i[sz]))|(?<=[^aeiou])ei(?=n[gt]|ty)"
    r"|oe(?=[mtx])|o(?=ing)|ao(?=[rs])"
    r"|[aeou]y(?=ing)|(?<=[bcdfghklmnprstvwxz])y(?=[aeio])|sm$|sms$|thms?$|(?<=[sd])n['’]t$"
)


def count(word: str) -> int:
    """Return how many syllables a word has when read aloud; 0 for what holds neither letter nor digit.

    Parts of a compound are added (`one-sided`: 3). A number is one syllable, however long: digits are what plain
    language asks for, and so is a unit (`mg`, `mL`). Letters that are spelled out count each (`HIV`: 3).
    """
    return sum(_count_part(part) for part in _PARTS.findall(_POSSESSIVE.sub(_kept, word)))


def _kept(ending: re.Match[str]) -> str:
    """Keep the syllable that a genitive adds after a hiss: `nurse's` has two, as `nurses` has."""
    before = ending.string[: ending.start()].lower()
    return "es" if ending[0][1:] and before.endswith(("s", "x", "z", "sh", "ch")) else ending[0][1:] and "s"


@lru_cache(maxsize=20_000)
def _count_part(part: str) -> int:
    if part[0].isdigit():
        return 1
    word = part.lower()
    if any(letter.isupper() for letter in part[1:]):
        spelled = _spelled(part)
        if spelled:
            return spelled
    known = _words()
    if word in known:
        return known[word]
    for ending in ("s", "es", "d", "ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and stem in known and _adds_none(stem, ending):
            return known[stem] + (1 if ending == "ing" else 0)
    return by_rule(word)


def _spelled(part: str) -> int:
    """Return the syllables of letters that are said one by one (`HIV`, `eGFR`); 0 for a word in capitals."""
    letters = part.removesuffix("s")
    known = _table()["letters"].get(letters.lower())
    if known is None and len(letters) <= 6 and _NO_VOWEL.fullmatch(letters.lstrip("e")):
        known = sum(3 if letter in "wW" else 1 for letter in letters)
    return known or 0


def _adds_none(stem: str, ending: str) -> bool:
    """Say whether an ending joins a known stem without a syllable of its own (`ing` aside, which has one)."""
    if ending == "s":
        return not stem.endswith(("s", "x", "z", "ce", "ge", "se", "ze", "ch", "sh"))
    if ending in ("d", "ed"):
        return not stem.endswith(("t", "d", "te", "de"))
    return ending == "ing"


def by_rule(word: str) -> int:
    """Return the syllables of a word in lower case by rules alone: right for about nine in ten ordinary words."""
    first = _FIRST_PART.match(word)
    if first:
        return _heard(first[0]) + by_rule(word[first.end() :])
    ending = _ENDING.search(word)
    if ending and _VOWEL_GROUP.search(word, 0, ending.start()):
        return _heard(ending[0]) + by_rule(word[: ending.start()])
    return _heard(word)


def _heard(word: str) -> int:
    heard = len(_VOWEL_GROUP.findall(word)) - len(_SILENT.findall(word)) + len(_HIATUS.findall(word))
    return max(heard, 1)


@cache
def _table() -> dict[str, dict[str, int]]:
    """The counts of the data file, by its groups."""
    groups = lexicon.table("syllables")
    return {
        name: {word: int(number) for number, words in group.items() for word in words.split()}
        for name, group in groups.items()
    }


@cache
def _words() -> dict[str, int]:
    return {word: number for name, group in _table().items() if name != "letters" for word, number in group.items()}
