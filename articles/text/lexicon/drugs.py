"""Which drugs a text names: generic and brand names as one, words for a family of drugs apart."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from articles.text import lexicon
from articles.text.parsing.tokens import Token, tokens_of

_WORD = re.compile(r"[a-z]+")
_LONGEST_NAME = 4
# Names of medicines that are in no table still end like their family (INN stems of the WHO).
_STEM = re.compile(
    r"[a-z]{3,}(?:mab|tinib|ciclib|rafenib|pril|prilat|sartan|statin|olol|conazole|cillin|mycin|micin|floxacin|gliptin"
    r"|gliflozin|glutide|prazole|triptan|xaban|gatran|parin|dipine|setron|ciclovir|tegravir|buvir|asvir|previr"
    r"|cycline|azepam|azolam|barbital|oxetine|triptyline|ipramine|zosin|tidine|lukast|dronate|dronic|semide|thiazide"
    r"|gepant|orexant|profen|oxicam|coxib|thromycin|cef[a-z]+|bactam|penem|sulfan|platin|taxel|rubicin|grel|fibrate"
    r"|peridone|piprazole|racetam|bactam|terol|tropium)\Z"
)
_NO_DRUG = frozenset("protein control patrol enterol cholesterol")
# Two names that only these stand between are one group: "gabapentin or pregabalin 300 mg".
_JOINED = re.compile(r"[ ]*(?:[,/+-]|,?[ ]*(?:and/or|and|or|plus|with)(?=[ ]))[ ]*\Z")
# The body's own noradrenaline, as in "noradrenaline reuptake inhibitors", is no medicine.
_NO_MEDICINE = re.compile(r"[ -]re-?uptake")


@dataclass(frozen=True, slots=True)
class DrugMention:
    """A drug named in a text; `names` are its generic names, more than one of a combination; none of a family."""

    start: int
    end: int
    names: frozenset[str]


def find_drugs(text: str, found: list[Token] | None = None) -> list[DrugMention]:
    """Return the drugs that a text in lower case names, in order. Brand and generic name are the same drug.

    `found` are the text's tokens where they are known already.
    """
    words = tokens_of(text) if found is None else found
    tokens = [(word, start, start + len(word)) for word, start in words if word.isalpha()]
    mentions = []
    place = 0
    while place < len(tokens):
        mention, used = _mention(text, tokens, place)
        if mention is not None and not _NO_MEDICINE.match(text, mention.end):
            mentions.append(mention)
        place += used
    return mentions


def group(text: str, mentions: list[DrugMention]) -> list[DrugMention]:
    """Join names that stand side by side, such as the parts of a combination or of a list."""
    groups: list[DrugMention] = []
    for mention in mentions:
        last = groups[-1] if groups else None
        if last is not None and _JOINED.match(text[last.end : mention.start]):
            groups[-1] = DrugMention(last.start, mention.end, last.names | mention.names)
        else:
            groups.append(mention)
    return groups


def _mention(text: str, tokens: list[tuple[str, int, int]], place: int) -> tuple[DrugMention | None, int]:
    names, families, first_words = _names()
    word, start, end = tokens[place]
    if word in first_words:
        for count in range(min(_LONGEST_NAME, len(tokens) - place), 0, -1):
            last = tokens[place + count - 1][2]
            name = " ".join(token[0] for token in tokens[place : place + count])
            if (name in names or name in families) and _is_one(text, tokens[place : place + count]):
                return DrugMention(start, last, names.get(name, frozenset())), count
    if len(word) > 6 and word not in _NO_DRUG and _STEM.match(word):
        return DrugMention(start, end, frozenset((word,))), 1
    return None, 1


def _is_one(text: str, tokens: list[tuple[str, int, int]]) -> bool:
    """Return whether the words of a name stand apart by nothing but a space, a hyphen or a slash."""
    return all(text[left[2] : right[1]] in (" ", "-", "/") for left, right in pairwise(tokens))


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, frozenset[str]], frozenset[str], frozenset[str]]:
    names: dict[str, frozenset[str]] = {}
    families: set[str] = set()
    in_families = False
    for line in lexicon.lines("drugs"):
        if line == "[classes]":
            in_families = True
        elif in_families:
            families.update(_key(word) for word in line.split(","))
        else:
            known, _, brand_names = line.partition(":")
            generics = frozenset(part.strip() for part in known.partition("=")[0].split("+"))
            for name in re.split(r"[=,]", known) + brand_names.split(","):
                if name.strip() and "+" not in name:
                    names[_key(name)] = generics
    return names, frozenset(families), frozenset(name.split()[0] for name in (*names, *families))


def _key(name: str) -> str:
    return " ".join(_WORD.findall(name.lower()))
