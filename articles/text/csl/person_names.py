"""Names of people and groups, as the exchange formats write them and as CSL-JSON holds them."""

import re
from typing import Any

_INITIALS = re.compile(r"^((?:[a-z]{1,4} ){0,3}[^\W\d_][\w'’-]*) ((?:[A-Z]\.?[- ]?){1,3})$")
_SUFFIX = re.compile(r"^(.*\S)[ ,]+(Jr|Sr|II|III|IV|2nd|3rd|4th)\.?$")


def of_line(line: str) -> dict[str, str]:
    """Return the person of “Family, Given” or “Family, Given, Suffix”; without a comma it is a group.

    Embase and others write “Family AB” without a comma: one word, with its particles, and initials.
    """
    parts = [part.strip() for part in line.split(",")]
    if len(parts) == 1:
        initials = _INITIALS.match(line)
        return person(initials[1], initials[2].strip()) if initials else {"literal": line.strip()}
    if not any(parts[1:]):
        # EndNote marks a group by a comma at its end.
        return {"literal": parts[0]}
    if len(parts) == 3 and parts[1]:
        return person(*parts)
    return person(parts[0], ", ".join(filter(None, parts[1:])))


def line_of(name: Any) -> str:
    """Return “Family, Given, Suffix”, or the group."""
    if not isinstance(name, dict):
        return ""
    if literal := _text(name, "literal"):
        return literal
    family = " ".join(filter(None, (_text(name, "non-dropping-particle"), _text(name, "family"))))
    given = " ".join(filter(None, (_text(name, "given"), _text(name, "dropping-particle"))))
    return ", ".join(filter(None, (family, given, _text(name, "suffix"))))


def person(family: str, given: str, suffix: str = "") -> dict[str, str]:
    """Return a name of CSL-JSON from its parts; one without a given name is a group or stands alone."""
    if not given or not family:
        return {"literal": family or given}
    return {"family": family, "given": given, **({"suffix": suffix} if suffix else {})}


def with_suffix(family: str, given: str) -> dict[str, str]:
    """Return a name whose given part may end with “Jr”, as PubMed writes it."""
    found = _SUFFIX.match(given)
    return person(family, found[1].rstrip(","), found[2]) if found else person(family, given)


def short(name: dict[str, Any]) -> str:
    """Return “Family AB Jr”, as PubMed's AU line has it."""
    if literal := _text(name, "literal"):
        return literal
    given = _text(name, "given")
    initials = given if re.fullmatch(r"[A-Z]{1,3}", given) else "".join(map(_initial, re.split(r"[\s.]+", given)))
    family = " ".join(filter(None, (_text(name, "non-dropping-particle"), _text(name, "family"))))
    return " ".join(filter(None, (family, initials, _text(name, "suffix"))))


def first_family(csl: dict[str, Any]) -> str:
    """Return the family name, or the group, of the first author."""
    authors = csl.get("author")
    first = authors[0] if isinstance(authors, list) and authors else None
    return (_text(first, "family") or _text(first, "literal")) if isinstance(first, dict) else ""


def _initial(word: str) -> str:
    return "".join(part[0] for part in word.split("-") if part).upper()


def _text(name: Any, key: str) -> str:
    value = name.get(key) if isinstance(name, dict) else None
    return " ".join(value.split()) if isinstance(value, str) else ""
