"""How a frozen text uses its sources: where it cites each, whether it relies on it, and on which parts of a label."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

# The sections of a label carry five-digit LOINC codes (MEDICAL.md §6).
_LOINC = re.compile(r"(?<!\d)\d{5}-\d(?!\d)")


@dataclass(frozen=True)
class Use:
    """One source in one text: its citations that stand in the text, and the keys of the sections they stand in."""

    source_id: int
    title: str
    citations: tuple[dict[str, Any], ...]
    sections: tuple[str, ...]

    @property
    def is_discussed(self) -> bool:
        """Say whether the text only speaks of the source and rests nothing on it."""
        return all(citation["use"] == "discussed" for citation in self.citations)


def uses(document: dict[str, Any]) -> dict[int, Use]:
    """Return how a content uses each of its sources, by the source's id; one that no sentence cites is not used."""
    places: dict[str, list[str]] = {}
    for section in document["sections"]:
        for key in {key for keys in section["cites"].values() for key in keys}:
            places.setdefault(key, []).append(section["key"])
    used: dict[int, list[dict[str, Any]]] = {}
    for citation in document["citations"]:
        if citation["source"] and citation["key"] in places:
            used.setdefault(_id(citation), []).append(citation)
    order = [section["key"] for section in document["sections"]]
    return {
        source_id: Use(
            source_id,
            str(citations[0]["source"]["csl"].get("title", "")),
            tuple(citations),
            tuple(key for key in order if any(key in places[one["key"]] for one in citations)),
        )
        for source_id, citations in used.items()
    }


def _id(citation: dict[str, Any]) -> int:
    return int(citation["source"]["csl"]["id"].removeprefix("source-"))


def cites_changed(use: Use, changed: Iterable[str] | None, passages: Iterable[tuple[str, str, str]]) -> bool | None:
    """Say whether a text relies on a section of a label that changed; None when that cannot be known.

    `changed` are the LOINC codes of the stored sections whose words changed, None while they are not known;
    `passages` are pinpoint, code and words of the stored extracts. Of a section that is not stored nobody has compared
    the words, so that it is not known to be the same.
    """
    stored = list(passages)
    cited = _cited_codes(use, stored)
    if changed is None or cited is None:
        return None
    if cited & set(changed):
        return True
    return False if cited <= {loinc for _pinpoint, loinc, _words in stored} else None


def _cited_codes(use: Use, passages: list[tuple[str, str, str]]) -> set[str] | None:
    """Return the codes of the label's sections that a text relies on; None when one of its citations names none."""
    codes: set[str] = set()
    for citation in use.citations:
        if citation["use"] == "discussed":
            continue
        found = set(_codes(citation, passages))
        if not found:
            return None
        codes |= found
    return codes


def _codes(citation: dict[str, Any], passages: list[tuple[str, str, str]]) -> Iterator[str]:
    yield from _LOINC.findall(citation["locator"])
    place, quote = _folded(citation["locator"]), _folded(citation["quote"])
    for pinpoint, loinc, words in passages:
        is_there = (place and _folded(pinpoint) == place) or (quote and quote in _folded(words))
        if loinc and is_there:
            yield loinc


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
