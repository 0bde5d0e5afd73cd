"""Three texts into one: what two people made of the same words, merged word by word."""

import re

import merge3

_WORDS = re.compile(r"\s*\S+|\s+")


def merge(base: str, *, ours: str, theirs: str) -> tuple[str, bool]:
    """Return one text with both changes, and whether both changed the same words: there ours stand, for a person.

    A word with the space before it is what `merge3` takes for a line.
    """
    regions = merge3.Merge3(_WORDS.findall(base), _WORDS.findall(ours), _WORDS.findall(theirs)).merge_groups()
    merged: list[str] = []
    is_conflict = False
    for region in regions:
        if region[0] == "conflict":
            is_conflict = True
            merged += region[2]
        else:
            merged += region[1]
    return "".join(merged), is_conflict
