"""What kind of evidence a record is, as far as it says so itself. No level is guessed from a title."""

from typing import Any

# Publication types of PubMed, the most telling first.
_TYPES: tuple[tuple[str, str, str], ...] = (
    ("Practice Guideline", "guideline", "1"),
    ("Guideline", "guideline", "1"),
    ("Systematic Review", "review", "1"),
    ("Meta-Analysis", "review", "1"),
    # A narrative review is not what the library calls a systematic one.
    ("Review", "other", ""),
    ("Randomized Controlled Trial", "study", "2"),
    ("Observational Study", "study", "3"),
    ("Editorial", "other", ""),
    ("Comment", "other", ""),
    ("Letter", "other", ""),
    ("News", "other", ""),
    ("Consensus Statement", "other", "4"),
)
_KINDS = ("guideline", "drug_label", "study", "review", "other")


def kind_and_level(csl: dict[str, Any], *, is_label: bool, facts: dict[str, str]) -> tuple[str, str]:
    """Return Source.Kind and Source.Level. What our own export said counts; the level is blank unless a type says it.

    A label is one only with its set id and version, for a source of that kind must have both.
    """
    kind, level = _told(csl)
    if facts.get("kind") in _KINDS:
        kind = facts["kind"]
    if facts.get("level") in ("1", "2", "3", "4", "5"):
        level = facts["level"]
    if is_label and kind in ("other", "drug_label"):
        return "drug_label", level
    return ("other" if kind == "drug_label" else kind), level


def _told(csl: dict[str, Any]) -> tuple[str, str]:
    said = _publication_types(csl)
    for name, kind, level in _TYPES:
        if name.lower() in said:
            return kind, level
    return ("study" if csl.get("type") == "article-journal" else "other"), ""


def _publication_types(csl: dict[str, Any]) -> set[str]:
    custom = csl.get("custom")
    nbib = custom.get("nbib") if isinstance(custom, dict) else None
    types = nbib.get("PT") if isinstance(nbib, dict) else None
    genre = csl.get("genre")
    listed = [*(types if isinstance(types, list) else []), *([genre] if isinstance(genre, str) else [])]
    return {one.strip().lower() for one in listed if isinstance(one, str)}
