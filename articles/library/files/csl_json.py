"""CSL-JSON: items of arrays, alone, or one a line, found one by one however large the file is."""

import json
import re
from collections.abc import Iterator
from typing import Any

from articles.text import bounded_json

_MARK = re.compile(r'["\\{}\[\]\n]')
_WRAPPER = re.compile(r'\{\s*"(?:items|references)"\s*:\s*$')
_BETWEEN_ITEMS = re.compile(r'(?<=\})\s*,\s*(?=\{\s*"(?:id|type)"\s*:)')
_LONGEST_WRAPPER = 100
_LONGEST = 2_000_000
# The names that Crossref's own records have for types.
_TYPES = {
    "journal-article": "article-journal",
    "book-chapter": "chapter",
    "proceedings-article": "paper-conference",
    "monograph": "book",
    "edited-book": "book",
    "posted-content": "article",
    "dissertation": "thesis",
}
_LISTS = ("title", "container-title", "container-title-short", "ISSN", "ISBN", "subtitle")


class Items:
    """Cuts text that comes in pieces into the texts of items. What lies between them and is none is an item too."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = self._depth = 0
        self._is_string = False
        self._indent: str | None = None
        self._is_line_start = True

    @property
    def is_between(self) -> bool:
        """Say whether no item is open."""
        return self._depth == 0

    def feed(self, piece: str) -> Iterator[str]:
        if self._is_line_start and self._begins_anew(piece):
            yield self._taken()
        place = 0
        while place < len(piece):
            if self._depth == 0:
                place = self._open(piece, place)
                continue
            found = _MARK.search(piece, place)
            if found is None:
                self._keep(piece[place:])
                break
            place = self._step(piece, place, found)
            if self._depth == 0 and self._parts:
                yield self._taken()
        self._is_line_start = piece.endswith("\n")
        if self._length > _LONGEST:
            yield self._taken()

    def end(self) -> Iterator[str]:
        if "".join(self._parts).strip():
            yield self._taken()

    def _open(self, piece: str, place: int) -> int:
        """Go to the beginning of the next item; return where to go on."""
        begin = piece.find("{", place)
        if begin < 0:
            return len(piece)
        before = piece[:begin]
        if self._indent is None and not before.strip(" \t[") and self._is_line_start:
            self._indent = before if not before.strip() else None
        self._depth = 1
        self._is_string = False
        self._keep("{")
        return begin + 1

    def _step(self, piece: str, place: int, found: re.Match[str]) -> int:
        mark, end = found[0], found.end()
        self._keep(piece[place:end])
        if mark == "\n":
            # JSON has no line end within a string: one that is not closed ends with its line.
            self._is_string = False
        elif self._is_string:
            if mark == "\\":
                self._keep(piece[end : end + 1])
                return end + 1
            self._is_string = mark != '"'
        elif mark == '"':
            self._is_string = True
        elif mark == "{":
            self._depth += 1
        elif mark == "}":
            self._depth -= 1
        elif mark == "[" and self._depth == 1 and self._is_wrapper():
            self._parts, self._length, self._depth = [], 0, 0
        return end

    def _is_wrapper(self) -> bool:
        """Say whether what stands before a list is the beginning of an object that holds all items."""
        return self._length <= _LONGEST_WRAPPER and _WRAPPER.match("".join(self._parts)[:-1]) is not None

    def _begins_anew(self, piece: str) -> bool:
        """Say whether an item begins here as the first one did, though the one before it was not closed."""
        stripped = piece.lstrip(" \t")
        is_open = self._depth > 0 and self._indent is not None
        return is_open and stripped.startswith("{") and piece[: len(piece) - len(stripped)] == self._indent

    def _keep(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _taken(self) -> str:
        text = "".join(self._parts)
        self._parts, self._length, self._depth, self._is_string = [], 0, 0, False
        return text


def parse_all(raw: str) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Yield each item of a text with its JSON, or with the fault for which it is not read.

    A broken text may hold several items, one of them not closed: those that can be read are yielded.
    """
    item = _loaded(raw)
    if isinstance(item, str):
        parts = _BETWEEN_ITEMS.split(raw)
        for part in parts:
            yield part, _loaded(part) if len(parts) > 1 else item
    elif _is_keyed(item):
        for key, one in item.items():
            yield json.dumps(one, ensure_ascii=False), {"id": key, **one}
    else:
        yield raw, item


def parse(item: dict[str, Any], faults: list[str]) -> dict[str, Any]:
    """Return an item as it is, but for some liberties that other programs take."""
    csl = {name: _clean(value) for name, value in item.items()}
    for name in _LISTS:
        value = csl.get(name)
        # Crossref's own JSON has lists where CSL has texts.
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            del csl[name]
            if value:
                csl[name] = value[0]
            if len(value) > 1:
                _keep(csl, name, value)
    if "journalAbbreviation" in csl and "container-title-short" not in csl:
        csl["container-title-short"] = csl.pop("journalAbbreviation")
    for role in ("author", "editor", "translator"):
        if isinstance(csl.get(role), list):
            csl[role] = [_group(name) for name in csl[role]]
    kind = csl.get("type")
    if isinstance(kind, str) and kind in _TYPES:
        csl["type"] = _TYPES[kind]
        _keep(csl, "type", kind)
    if isinstance(csl.get("DOI"), str):
        csl["DOI"] = re.sub(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", "", csl["DOI"], flags=re.IGNORECASE)
    if not isinstance(csl.get("type"), str):
        faults.append("It does not say its type.")
        csl["type"] = "document"
    return csl


def _group(name: Any) -> Any:
    """Return a name whose group is where CSL has it; Crossref has it in `name`."""
    if isinstance(name, dict) and isinstance(name.get("name"), str) and not {"family", "given", "literal"} & set(name):
        return {"literal": name["name"], **{key: value for key, value in name.items() if key != "name"}}
    return name


def _keep(csl: dict[str, Any], name: str, value: Any) -> None:
    custom = csl.setdefault("custom", {})
    if isinstance(custom, dict) and isinstance(custom.setdefault("csl-json", {}), dict):
        custom["csl-json"][name] = value


def write(csl: dict[str, Any]) -> str:
    """Return one item; the caller puts the items into an array."""
    return json.dumps(csl, ensure_ascii=False, indent=2)


def _loaded(text: str) -> dict[str, Any] | str:
    try:
        item = bounded_json.loads(text.strip().rstrip(","))
    except bounded_json.UnreadableJson as refusal:
        return str(refusal)
    return item if isinstance(item, dict) else "This is no item of CSL-JSON."


def _is_keyed(item: dict[str, Any]) -> bool:
    return (
        len(item) > 0
        and "type" not in item
        and "title" not in item
        and all(isinstance(one, dict) and "type" in one for one in item.values())
    )


def _clean(value: Any) -> Any:
    """Replace the zero characters, which no database keeps."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {_clean(name): _clean(one) for name, one in value.items()}
    return value
