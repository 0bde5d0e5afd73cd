"""CSL-JSON and the few fields in which people write it; what the fields do not know is kept as it was."""

import re
from typing import Any

# The kinds of work our editors meet; the names are those of CSL 1.0.2.
TYPES = ("article-journal", "report", "book", "chapter", "webpage", "dataset", "thesis", "document")

# Field of the form: variable of CSL-JSON.
_TEXTS = {
    "container": "container-title",
    "container_short": "container-title-short",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "publisher": "publisher",
    "url": "URL",
}
# Under which name a field of the form is kept as a person wrote it (`Source.kept_fields`).
VARIABLES = {
    **_TEXTS,
    "authors": "author",
    "year": "issued",
    "month": "issued",
    "day": "issued",
}
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)


def fields_of(csl: dict[str, Any]) -> dict[str, Any]:
    """Return what the form shows of a CSL-JSON item; it may be of any shape."""
    fields: dict[str, Any] = {name: _text(csl.get(variable)) for name, variable in _TEXTS.items()}
    fields["type"] = _text(csl.get("type"))
    people = csl.get("author")
    fields["authors"] = [line for line in map(_line, people if isinstance(people, list) else []) if line]
    return {**fields, **dict(zip(("year", "month", "day"), _issued(csl), strict=False))}


def csl_of(fields: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """Return the CSL-JSON that the fields say, on top of what was there and has no field."""
    csl = dict(before)
    for name, variable in _TEXTS.items():
        _set(csl, variable, fields.get(name) or "")
    _set(csl, "type", fields.get("type") or "")
    _set(csl, "author", _people(fields.get("authors") or [], before))
    parts = [fields.get(name) for name in ("year", "month", "day")]
    known = parts[: parts.index(None)] if None in parts else parts
    if known != _issued(before)[: len(parts)]:
        _set(csl, "issued", {"date-parts": [known]} if known else {})
    return csl


def clean_doi(text: str) -> str:
    """Return a DOI without the address people copy it with, in the one spelling that keeps it unique."""
    return _DOI_PREFIX.sub("", text.strip()).lower()


def _people(lines: list[str], before: dict[str, Any]) -> list[dict[str, str]]:
    # A name that was not touched keeps what the line does not show: particles, an ORCID, a suffix.
    known = {_line(person): person for person in before.get("author") or [] if isinstance(person, dict)}
    return [known.get(line) or _person(line) for line in lines]


def _person(line: str) -> dict[str, str]:
    family, comma, given = line.partition(",")
    if comma and given.strip():
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": family.strip()}


def _line(person: Any) -> str:
    if not isinstance(person, dict):
        return ""
    if literal := _text(person.get("literal")):
        return literal
    parts = (person.get(name) for name in ("dropping-particle", "non-dropping-particle", "family"))
    family = " ".join(part for part in map(_text, parts) if part)
    return ", ".join(part for part in (family, _text(person.get("given"))) if part)


def _issued(csl: dict[str, Any]) -> list[int]:
    issued = csl.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [_text(part) for part in first[:3]]
    return [int(number) for number in numbers] if all(re.fullmatch(r"\d{1,4}", one) for one in numbers) else []


def _set(csl: dict[str, Any], variable: str, value: Any) -> None:
    if value:
        # A number that was a number stays one while it reads the same.
        if _text(csl.get(variable)) != value:
            csl[variable] = value
    else:
        csl.pop(variable, None)


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).split())
