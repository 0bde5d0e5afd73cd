"""Canonical bytes and their digest: what a signature names and a chain links (RFC 8785)."""

import hashlib
import unicodedata
from datetime import UTC, date, datetime
from typing import Any

import rfc8785


class NotCanonical(TypeError):
    """A value that has no canonical form here: a float, a naive time, or a type JSON does not know."""


def canonical_text(value: Any) -> str:
    """Return the one JSON text of `value` by RFC 8785; strings are NFC with `\\n` line ends.

    Raises `NotCanonical` for floats (their text differs between languages), naive times and unknown types.
    """
    return rfc8785.dumps(normalised(value)).decode()


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical bytes of `value`, in hex."""
    return text_digest(canonical_text(value))


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def normalised(value: Any) -> Any:
    """Return `value` as JSON data with NFC strings, `\\n` line ends and times as UTC text."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
        case datetime():
            return time_text(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return [normalised(item) for item in value]
        case dict():
            return {normalised(str(key)): normalised(item) for key, item in value.items()}
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def time_text(moment: datetime) -> str:
    """Return a time as `YYYY-MM-DDTHH:MM:SS.ffffffZ`."""
    if moment.tzinfo is None:
        raise NotCanonical("a time without a zone has no canonical form")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_time(text: str) -> datetime:
    """Return the time that `time_text` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def section_digests(content: dict[str, Any]) -> dict[str, str]:
    """Return each section's digest by key: its kind, heading, both texts, what it answers, how certain
    it is, and its citations with their sources."""
    citations = {citation["key"]: citation for citation in content["citations"]}
    return {section["key"]: _section_digest(section, citations) for section in content["sections"]}


_SINCE_SCHEMA_2 = ("blocks", "certainty", "strength")


def _section_digest(section: dict[str, Any], citations: dict[str, Any]) -> str:
    keys = sorted({key for used in section["cites"].values() for key in used})
    names = ("kind", "heading", "professional", "plain", "plain_missing_reason")
    # Schema 2 says more of a section; a section of schema 1 is covered as it was.
    covered = {name: section[name] for name in (*names, *_SINCE_SCHEMA_2) if name in section}
    return digest({**covered, "citations": [citations[key] for key in keys if key in citations]})


def term_digest(term: dict[str, Any]) -> str:
    """Return the digest of one frozen glossary term."""
    return digest(term)
