"""Names in BibTeX: “von Last, Jr, First”, “First von Last” and {Group}, joined by “and”."""

import re
from typing import Any

from articles.library.files import latex
from articles.library.files.file_bounds import LONGEST_NAME, MOST_PEOPLE
from articles.text.csl import person_names

_TOKEN = re.compile(r"\\.|[{}]|\s++and\s+|,|\s++|[^\\{},\s]++", re.S | re.I)


def read_names(raw: str) -> list[dict[str, str]]:
    """Return the people of a field. “and others” is no person, nor is who comes after `MOST_PEOPLE`: the field as
    written keeps them."""
    people = [_person(words) for words in _split(raw, is_and=True)[:MOST_PEOPLE] if words.strip()]
    return [one for one in people if one and one != {"literal": "others"}]


def write_names(people: list[Any]) -> str:
    """Return the field of some people."""
    return " and ".join(filter(None, map(_written, people)))


def _person(words: str) -> dict[str, str]:
    words = words.strip()
    if len(words) > LONGEST_NAME or _is_one_group(words):
        return person_names.person(latex.decode(words), "")
    parts = [part.strip() for part in _split(words, is_and=False)]
    if len(parts) == 1:
        return _first_last(words)
    decoded = [latex.decode(part) for part in parts]
    if len(decoded) == 2:
        return person_names.person(decoded[0], decoded[1])
    return (
        person_names.person(decoded[0], ", ".join(decoded[2:]), decoded[1])
        if decoded[1]
        else person_names.person(decoded[0], ", ".join(decoded[2:]))
    )


def _first_last(words: str) -> dict[str, str]:
    """Read “Ludwig van Beethoven”: the family name begins with the first small-lettered word, or is the last one."""
    tokens = [piece for piece in _words(words) if piece]
    small = next(
        (place for place, piece in enumerate(tokens[:-1]) if place and latex.decode(piece)[:1].islower()),
        len(tokens) - 1,
    )
    if tokens and len(tokens) > 2 and small == len(tokens) - 1 and latex.decode(tokens[0])[:1].islower():
        small = 0
    return person_names.person(latex.decode(" ".join(tokens[small:])), latex.decode(" ".join(tokens[:small])))


def _split(raw: str, *, is_and: bool) -> list[str]:
    """Split at “and”, or at commas, outside braces."""
    parts: list[list[str]] = [[]]
    depth = 0
    for found in _TOKEN.finditer(raw):
        piece = found[0]
        depth += {"{": 1, "}": -1}.get(piece, 0)
        is_mark = (piece.strip().lower() == "and" and piece != piece.strip()) if is_and else piece == ","
        if depth <= 0 and is_mark:
            parts.append([])
        else:
            parts[-1].append(piece)
    return ["".join(part) for part in parts]


def _words(raw: str) -> list[str]:
    parts: list[list[str]] = [[]]
    depth = 0
    for piece in _TOKEN.findall(raw):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if depth <= 0 and (piece.isspace() or piece == "~"):
            parts.append([])
        else:
            parts[-1].append(piece)
    return ["".join(part) for part in parts]


def _is_one_group(words: str) -> bool:
    if not words.startswith("{") or not words.endswith("}") or words.startswith("{\\"):
        return False
    depth = 0
    for found in re.finditer(r"\\.|[{}]", words, re.S):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.end() == len(words)
    return False


def _written(name: Any) -> str:
    if not isinstance(name, dict):
        return ""
    if isinstance(name.get("literal"), str) and name["literal"].strip():
        return "{" + latex.encode(name["literal"].strip()) + "}"
    family, given, suffix = (_part(name, key) for key in ("family", "given", "suffix"))
    particle = _part(name, "non-dropping-particle")
    family = " ".join(filter(None, (particle, family)))
    if not given:
        return "{" + family + "}" if family else ""
    return ", ".join(filter(None, (family, suffix, given)))


def _part(name: dict[str, Any], key: str) -> str:
    value = name.get(key)
    if not isinstance(value, str):
        return ""
    text = latex.encode(" ".join(value.split()))
    return "{" + text + "}" if "," in text or re.search(r"(?:^|\s)and(?:\s|$)", text, re.I) else text
