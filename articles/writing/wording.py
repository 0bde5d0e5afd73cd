"""Whether a change of words can change what they mean."""

import re
import unicodedata
from itertools import pairwise
from typing import Any

from articles.text.canonical import normalised
from articles.text.lexicon import units

# A number keeps its decimal mark, also a leading one (".5"), and a sign before it. Of the other characters only the
# punctuation and markup listed here can change without the meaning; any symbol not listed counts, known to us or not.
_FREE = r"!\"#'()*,.:;?\[\\\]_`{}‘’“”„«»—…•-"
_MEANING = re.compile(rf"[-−]?[.,·]?\d+(?:[.,·:]\d+)*|[^\W\d_]+|[^\w\s{_FREE}]")
# What is cited, and each key in it, of which every character counts: `[@a-1]` and `[@a_1]` cite two sources.
_CITED = re.compile(r"\[@[^\[\]]*\]")
_KEY = re.compile(r"@([^;\s\]]+)")


def meaning(text: str) -> list[str]:
    """Return the words, numbers and symbols of a text, without case, spacing, punctuation and markup."""
    return _MEANING.findall(normalised(text).casefold())


def is_minor_change(old: str, new: str) -> bool:
    """Say whether two texts differ in case, spacing, punctuation or markup only.

    Deliberately strict: any word may be a drug, a unit, a negation, a frequency or a route, and no list of those is
    complete, so a changed word is never minor. Nor is another case of a unit, or of what is cited.
    """
    return meaning(old) == meaning(new) and _letter_by_letter(old) == _letter_by_letter(new)


def _letter_by_letter(text: str) -> tuple[list[str], list[str]]:
    """Return what another case would change: units behind a number (mU is not MU), and the keys that are cited."""
    text = normalised(text)
    named = [
        unicodedata.normalize("NFKC", word)  # the micro sign is the Greek letter
        for before, word in pairwise(_MEANING.findall(text))
        if word.casefold() in units.WORDS and (before[-1].isdigit() or before.casefold() in ("/", "per"))
    ]
    return named, [key for cited in _CITED.findall(text) for key in _KEY.findall(cited)]


def change_floor(old: dict[str, Any] | None, new: dict[str, Any]) -> str:
    """Return the least change class of a new content against an old one: `none`, `minor` or `substantive`.

    A person may raise it, never lower it.
    """
    if old is None:
        return "substantive"
    if old == new:
        return "none"
    facts = ("language", "ai", "citations", "glossary", "template", "not_applicable")
    if any(old.get(name) != new.get(name) for name in facts) or len(old["sections"]) != len(new["sections"]):
        return "substantive"
    pairs = [(old["title"], new["title"])]
    for before, after in zip(old["sections"], new["sections"], strict=True):
        told = ("key", "kind", "heading", "blocks", "certainty", "strength")
        if any(before.get(name) != after.get(name) for name in told):
            return "substantive"
        pairs += [(before[name], after[name]) for name in ("professional", "plain", "plain_missing_reason")]
    return "minor" if all(is_minor_change(*pair) for pair in pairs) else "substantive"
