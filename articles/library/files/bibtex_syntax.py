"""The syntax of BibTeX: an entry's type, key and fields, with @string macros and # put together."""

import re
from dataclasses import dataclass, field

from articles.library.files.file_bounds import MOST_FIELDS, Faults, Macros, TooLong

_START = re.compile(r"\s*@\s*([A-Za-z]+)\s*[{(]")
_BETWEEN = re.compile(r"[\s,]*+")
_NAME = re.compile(r"([^\s=,{}()\"#%']++)\s*+=\s*")
_KEY = re.compile(r"\s*([^\s,={}()\"]*)\s*(?:,|$)")
_WORD = re.compile(r"[^\s,{}\"#=]+")
_JOIN = re.compile(r"\s*#\s*")
_VALUE_MARK = re.compile(r'\\.|[{}"]', re.S)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NO_ENTRIES = ("comment", "preamble", "string")


@dataclass
class Entry:
    """One entry as it is written: `fields` by lower-case name, in order, still with their LaTeX."""

    type: str = ""
    key: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=Faults)
    # Whether a macro was refused, and the next number of each name that comes more than once.
    is_too_long: bool = False
    repeated: dict[str, int] = field(default_factory=dict)


def read_entry(raw: str, strings: Macros) -> Entry:
    """Read one entry. What cannot be read is told in its faults; the fields around it are read all the same."""
    found = _START.match(raw)
    if found is None:
        return Entry(faults=Faults(["This is no entry of BibTeX."]))
    entry = Entry(found[1].lower())
    body = raw[found.end() :].rstrip()
    body = body[:-1] if body.endswith(("}", ")")) else body
    place = 0
    if entry.type not in NO_ENTRIES:
        key = _KEY.match(body)
        if key is None or not key[1]:
            entry.faults.append("It has no key.")
        if key is not None:
            entry.key, place = key[1], key.end()
    tried = 0
    while place < len(body):
        if tried == MOST_FIELDS:
            entry.faults.append(f"It has more than {MOST_FIELDS:,} fields; the others were left out.")
            break
        place = _read_field(entry, body, place, strings)
        tried += 1
    return entry


def read_string(raw: str, strings: Macros) -> None:
    """Add the macro of an @string to those known; one that is made of a refused one is refused too."""
    entry = read_entry(raw, strings)
    for name, value in entry.fields.items():
        strings.define(name, None if entry.is_too_long else value)


def _read_field(entry: Entry, body: str, place: int, strings: Macros) -> int:
    if between := _BETWEEN.match(body, place):
        place = between.end()
    found = _NAME.match(body, place)
    if found is None:
        end = body.find("\n", place + 1)
        words = body[place : end if end > 0 else None].strip(" \t\n,")
        if words:
            entry.faults.append(f"This could not be read: {words[:80]}")
        return end if end > 0 else len(body)
    name = found[1].lower()
    value, place = _read_value(entry, body, found.end(), strings)
    if name in entry.fields and entry.fields[name] != value:
        entry.faults.append(f"It has the field {name} twice.")
        name = _free_name(name, entry)
    entry.fields[name] = value
    return place


def _read_value(entry: Entry, body: str, place: int, strings: Macros) -> tuple[str, int]:
    parts: list[str] = []
    while True:
        part, place = _read_part(entry, body, place, strings)
        parts.append(part)
        after = _JOIN.match(body, place)
        if after is None:
            return "".join(parts), place
        place = after.end()


def _read_part(entry: Entry, body: str, place: int, strings: Macros) -> tuple[str, int]:
    opening = body[place : place + 1]
    if opening in ('"', "{"):
        end = _end_of(body, place)
        return body[place + 1 : end], end + 1
    found = _WORD.match(body, place)
    if found is None:
        return "", place + 1
    word = found[0]
    if word.isdecimal():
        return word, found.end()
    name = word.lower()
    try:
        known = strings.value_of(name)
    except TooLong as refusal:
        entry.is_too_long = True
        entry.faults.append(str(refusal))
        return word, found.end()
    if known is None and name in MONTHS:
        known = name
    elif known is None:
        entry.faults.append(f"The macro {word[:80]} is defined nowhere.")
    return (word if known is None else known), found.end()


def _end_of(body: str, place: int) -> int:
    """Return where the value ends that begins with a brace or a quotation mark here."""
    is_quoted = body[place] == '"'
    depth = 0
    for found in _VALUE_MARK.finditer(body, place + 1):
        piece = found[0]
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth -= 1
            if depth < 0 and not is_quoted:
                return found.start()
        elif piece == '"' and is_quoted and depth <= 0:
            return found.start()
    return len(body)


def _free_name(name: str, entry: Entry) -> str:
    number = entry.repeated.get(name, 2)
    while f"{name}-{number}" in entry.fields:
        number += 1
    entry.repeated[name] = number + 1
    return f"{name}-{number}"
