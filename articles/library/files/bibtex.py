"""BibTeX and BibLaTeX, as Zotero, Mendeley, JabRef, Papers and the publishers' sites write them."""

import re
from collections.abc import Callable
from typing import Any

from articles.library.files import latex, unmapped_fields
from articles.library.files.bibtex_fields import (
    ADDRESSES,
    CONTAINERS,
    GENRES,
    NUMBERS,
    PEOPLE,
    SERIAL,
    TEXTS,
    TYPE_NAMES,
    TYPES,
)
from articles.library.files.bibtex_names import read_names, write_names
from articles.library.files.bibtex_syntax import MONTHS, Entry, read_entry
from articles.library.files.file_bounds import Macros
from articles.text.csl import csl_dates

Fields = dict[str, str]
_CAPITALS = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])\w+|\b\w+[A-Z]\w*")


def parse(raw: str, faults: list[str], strings: Macros | None = None, parent: Fields | None = None) -> dict[str, Any]:
    """Return the CSL-JSON of one entry. `parent` are the fields of the entry that its crossref names.

    Fields without a variable are kept under custom.bibtex.fields. Under custom.bibtex.written stand the ones whose
    LaTeX says more than the plain text does (braces that keep capitals): they are written again while that text stands.
    """
    entry = read_entry(raw, strings or Macros())
    faults += entry.faults
    fields = inherit(entry.fields, parent) if parent else dict(entry.fields)
    return csl_of(entry, fields, faults)


def inherit(fields: Fields, parent: Fields) -> Fields:
    """Return the fields of an entry with those of its parent where it has none; the parent's title is its book's."""
    given = {
        name: value for name, value in parent.items() if name not in ("shorttitle", "subtitle", "crossref", "keywords")
    }
    if "title" in given:
        title = given.pop("title")
        if "journal" not in fields:
            given.setdefault("booktitle", title)
    return {**given, **fields}


def csl_of(entry: Entry, fields: Fields, faults: list[str]) -> dict[str, Any]:
    taking = _Taking(dict(fields))
    kind = TYPES.get(entry.type, "document")
    if entry.type not in TYPES:
        faults.append(f"Its type is not known: {entry.type[:20]}. It is taken for a document.")
    csl = taking.csl = {"type": kind}
    if entry.key:
        csl["id"] = entry.key
    for name in PEOPLE:
        taking.take(name, (name,), read_names, write_names)
    _take_titles(taking)
    _take_dates(taking)
    for variable, choices in TEXTS.items():
        taking.take(variable, choices, latex.decode, latex.encode)
    _take_numbers(taking, kind)
    _take_addresses(taking)
    if entry.type in GENRES and "genre" not in csl:
        csl["genre"] = GENRES[entry.type]
    return _with_custom(taking, entry)


class _Taking:
    """Moves fields into variables, and remembers those that cannot be made again from the variable."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.csl: dict[str, Any] = {}
        self.written: Fields = {}

    def take(
        self, variable: str, choices: tuple[str, ...], read: Callable[[str], Any], write: Callable[[Any], str]
    ) -> None:
        """Take the first of some fields that says something."""
        for name in choices:
            if name in self.fields and (value := read(self.fields[name])):
                raw = self.fields.pop(name)
                self.csl[variable] = value
                if name != choices[0] or write(value) != raw:
                    self.written[name] = raw
                return


def _take_titles(taking: _Taking) -> None:
    taking.take("title", ("title",), latex.decode, _write_title)
    if "title" in taking.csl and (subtitle := latex.decode(taking.fields.get("subtitle", ""))):
        del taking.fields["subtitle"]
        taking.written.pop("title", None)
        taking.csl["title"] = f"{taking.csl['title'].rstrip(':')}: {subtitle}"
    first = "journal" if taking.csl["type"] in SERIAL else "booktitle"
    choices = (first, *(name for name in CONTAINERS if name != first))
    if first == "booktitle" and "title" not in taking.csl:
        taking.take("title", ("booktitle",), latex.decode, _write_title)
    taking.take("container-title", choices, latex.decode, latex.encode)


def _take_dates(taking: _Taking) -> None:
    fields, csl = taking.fields, taking.csl
    for variable, name in (("issued", "date"), ("accessed", "urldate")):
        raw = fields.get(name, "")
        begin, _slash, end = latex.decode(raw).partition("/") if raw.count("-") != 0 else (raw, "", "")
        read = [csl_dates.parse(part) for part in (begin, end) if part]
        if read and all(read):
            csl[variable] = {"date-parts": [one["date-parts"][0] for one in read if one]}
            del fields[name]
            if "/".join(csl_dates.dashed(one) for one in csl[variable]["date-parts"]) != raw:
                taking.written[name] = raw
    year, month = latex.decode(fields.get("year", "")), latex.decode(fields.get("month", ""))
    # BibTeX's own advice for a day: month = "10~" # jan or jan # "~10".
    both = re.match(r"^([a-z]{3})[ ,]+(\d{1,2})$|^(\d{1,2})[ ,]+([a-z]{3})$", month)
    month_name, day = (both[1] or both[4], both[2] or both[3]) if both else (month, fields.get("day", ""))
    date = csl_dates.of_parts(year, month_name, day)
    if date is not None and "issued" not in csl:
        csl["issued"] = date
        _drop_dates(taking, len(date["date-parts"][0]), is_joined=both is not None)
    elif date is not None and csl_dates.parts(csl["issued"])[: len(csl_dates.parts(date))] == csl_dates.parts(date):
        for name in ("year", "month", "day"):
            fields.pop(name, None)


def _drop_dates(taking: _Taking, known: int, *, is_joined: bool) -> None:
    for place, name in enumerate(("year", "month", "day")):
        if place < known or (is_joined and name == "month"):
            taking.fields.pop(name, None)


def _take_numbers(taking: _Taking, kind: str) -> None:
    choices = ("number", "issue") if kind in SERIAL else ("issue",)
    taking.take("issue", choices, latex.decode, latex.encode)
    own = NUMBERS if kind in SERIAL else ("number", *NUMBERS)
    taking.take("number", own, latex.decode, latex.encode)
    taking.take("page", ("pages",), _read_pages, _write_pages)
    if kind in SERIAL and "page" not in taking.csl and "number" in taking.csl:
        taking.csl["page"] = taking.csl["number"]


def _take_addresses(taking: _Taking) -> None:
    fields, csl = taking.fields, taking.csl
    taking.take("DOI", ("doi",), _read_doi, str)
    eprint, kind = fields.get("eprint", ""), (fields.get("eprinttype") or fields.get("archiveprefix") or "").lower()
    if kind in ("pubmed", "pmid", "medline") and eprint:
        fields["pmid"] = fields.get("pmid") or eprint
        for name in ("eprint", "eprinttype", "archiveprefix"):
            fields.pop(name, None)
    for variable, choices in ADDRESSES.items():
        taking.take(variable, choices, latex.plain_address, str)
    if "URL" not in csl and (found := re.search(r"\\url\{([^{}]+)\}", fields.get("howpublished", ""))):
        csl["URL"] = latex.plain_address(found[1])
    if "DOI" not in csl and (found := re.match(r"https?://(?:dx\.)?doi\.org/(10\.\d{4,9}/\S+)$", str(csl.get("URL")))):
        csl["DOI"] = found[1]


def _with_custom(taking: _Taking, entry: Entry) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    if TYPE_NAMES[taking.csl["type"]] != entry.type:
        kept["type"] = entry.type
    if taking.written:
        kept["written"] = taking.written
    ours = taking.fields.pop("x-csl", "")
    if taking.fields:
        kept["fields"] = taking.fields
    if kept:
        taking.csl["custom"] = {"bibtex": kept}
    if ours and not unmapped_fields.restore(taking.csl, ours):
        taking.csl.setdefault("custom", {}).setdefault("bibtex", {}).setdefault("fields", {})["x-csl"] = ours
    return taking.csl


def _read_doi(raw: str) -> str:
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", "", latex.plain_address(raw), flags=re.IGNORECASE)


def _read_pages(raw: str) -> str:
    return re.sub(r"\s*[-–—]+\s*", "-", latex.decode(raw))


def _write_pages(page: str) -> str:
    return latex.encode(page).replace("-{}-", "-").replace("-", "--")


def _write_title(title: str) -> str:
    """Escape a title; words with capitals inside are kept from styles that write titles in small letters."""
    parts, end = [], 0
    for found in _CAPITALS.finditer(title):
        parts += [latex.encode(title[end : found.start()]), "{", latex.encode(found[0]), "}"]
        end = found.end()
    return "".join([*parts, latex.encode(title[end:])])


def write(csl: dict[str, Any], key: str = "") -> str:
    """Return the entry of a CSL-JSON item. `key` names it where the item has no id of its own that can."""
    kept = _kept(csl)
    fields = {**_fields(csl, kept.get("written")), **_texts(kept.get("fields"))}
    own = kept.get("type")
    kind = str(csl.get("type"))
    name = (
        own
        if isinstance(own, str) and TYPES.get(own, "document") == kind and own.isalpha()
        else TYPE_NAMES.get(kind, "misc")
    )
    given = csl.get("id")
    usable = given if isinstance(given, str) and re.fullmatch(r"[^\s,={}()\"#%\\@~']+", given) else key or "source"
    read = parse(_entry(name, usable, fields), [])
    if difference := unmapped_fields.difference(csl, read):
        fields["x-csl"] = difference
    return _entry(name, usable, fields)


def _kept(csl: dict[str, Any]) -> dict[str, Any]:
    custom = csl.get("custom")
    kept = custom.get("bibtex") if isinstance(custom, dict) else None
    return kept if isinstance(kept, dict) else {}


def _texts(fields: Any) -> Fields:
    return {
        name: value
        for name, value in (fields.items() if isinstance(fields, dict) else ())
        if isinstance(value, str) and re.fullmatch(r"[a-z][\w:.+-]*", name) and _is_balanced(value)
    }


def _fields(csl: dict[str, Any], written: Any) -> Fields:
    kind = csl.get("type")
    container = "journal" if kind in SERIAL else "booktitle"
    issued = csl_dates.parts(csl.get("issued"))
    fields = {name: write_names(csl[name]) for name in PEOPLE if isinstance(csl.get(name), list)}
    fields["title"] = _write_title(_text(csl.get("title")))
    fields[container] = latex.encode(_text(csl.get("container-title")))
    fields |= dict(zip(("year", "month", "day"), map(str, issued), strict=False))
    accessed = csl_dates.parts(csl.get("accessed"))
    fields["urldate"] = csl_dates.dashed(accessed) if accessed else ""
    fields |= {choices[0]: latex.encode(_text(csl.get(variable))) for variable, choices in TEXTS.items()}
    fields["number" if kind in SERIAL else "issue"] = latex.encode(_text(csl.get("issue")))
    fields["eid" if kind in SERIAL else "number"] = latex.encode(_text(csl.get("number")))
    fields["pages"] = _write_pages(_text(csl.get("page")))
    fields["doi"] = _text(csl.get("DOI"))
    fields |= {choices[0]: _text(csl.get(variable)) for variable, choices in ADDRESSES.items()}
    fields = {name: value for name, value in fields.items() if value and _is_balanced(value)}
    return _as_written(fields, csl, _texts(written))


def _as_written(fields: Fields, csl: dict[str, Any], written: Fields) -> Fields:
    """Put back the LaTeX of the file where it still says what the item says."""
    for name, raw in written.items():
        first = _first_choice(name, csl.get("type"))
        alone = csl_of(Entry("article" if csl.get("type") in SERIAL else "misc", "", {}), {name: raw}, [])
        said = {key: value for key, value in alone.items() if key not in ("type", "custom")}
        if said and all(csl.get(key) == value for key, value in said.items()):
            if name == "date":
                fields = {key: value for key, value in fields.items() if key not in ("year", "month", "day")}
            fields = {name if key == first else key: (raw if key == first else value) for key, value in fields.items()}
            fields[name] = raw
    return fields


def _first_choice(name: str, kind: Any) -> str:
    if name in CONTAINERS:
        return "journal" if kind in SERIAL else "booktitle"
    if name in ("number", "issue"):
        return "number" if kind in SERIAL else "issue"
    groups = (*TEXTS.values(), *ADDRESSES.values(), NUMBERS)
    return next((choices[0] for choices in groups if name in choices), name)


def _entry(name: str, key: str, fields: Fields) -> str:
    months = {str(number): macro for number, macro in enumerate(MONTHS, 1)}
    lines = [
        f"  {field} = {months[value]}," if field == "month" and value in months else f"  {field} = {{{value}}},"
        for field, value in fields.items()
    ]
    return "\n".join([f"@{name}{{{key},", *lines, "}"]) + "\n"


def _is_balanced(value: str) -> bool:
    depth = 0
    for piece in re.findall(r"\\.|[{}]", value, re.S):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if depth < 0:
            return False
    # A line that looks like an entry would be taken for one.
    return depth == 0 and not re.search(r"\n\s*@", value) and not re.search(r"(?<!\\)(?:\\\\)*\\$", value)


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).strip()
