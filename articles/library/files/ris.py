"""RIS, as Zotero, EndNote, Mendeley, RefWorks, Citavi, Papers and the publishers' sites write it."""

import re
from collections.abc import Iterable
from typing import Any

from articles.library.files import unmapped_fields
from articles.library.files.ris_tags import BOOKS, KNOWN, LONG, PEOPLE, TEXTS, TYPE_NAMES, TYPES
from articles.text.csl import csl_dates, person_names

Fields = dict[str, list[str]]
_TAG = re.compile(r"^ {0,3}([A-Z][A-Z0-9])(?:  ?|\t)-(?:[ \t]|$)(.*)$")
_STRICT = re.compile(r"^([A-Z][A-Z0-9])  -(?: |$)(.*)$")
_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}/\S+?)(?:\s*\[doi\])?$", re.IGNORECASE)
_PUBMED = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,8})\b")
_PUBMED_NAMES = re.compile(r"^(?:pubmed|medline|nlm|ncbi)\b", re.IGNORECASE)
_BEGINNING = re.compile(r"[A-Z][A-Z0-9]{1,3}\s{0,3}-|@")
_RANGE = re.compile(r"^(\S+?)\s*(?:--?|[–—])\s*(\S+)$")
_ARTICLE_NUMBER = re.compile(r"^(?:[A-Za-z]+[-.]?\d[\w.-]*|\d{4,})$")


def parse(raw: str, faults: list[str]) -> dict[str, Any]:
    """Return the CSL-JSON of one record; what has no variable is under custom.ris, by tag. Tells of faults it met."""
    fields = _fields(raw)
    kind = _type(fields, faults)
    csl: dict[str, Any] = {"type": kind}
    for variable, tags in PEOPLE.items():
        _put(csl, variable, [person_names.of_line(value) for tag in tags for value in fields.pop(tag, [])])
    _take_dates(csl, fields)
    _take_identifiers(csl, fields)
    _take_texts(csl, fields)
    _take_pages(csl, fields)
    _put(csl, "keyword", "; ".join(fields.pop("KW", [])))
    _put(csl, "abstract", _first(fields, ("AB", "N2")))
    _put(csl, "note", "\n".join(fields.pop("N1", [])))
    ours = fields.pop("XC", [])
    if kept := {tag: values for tag, values in fields.items() if values}:
        csl["custom"] = {"ris": kept}
    for text in ours:
        if not unmapped_fields.restore(csl, text):
            csl.setdefault("custom", {}).setdefault("ris", {}).setdefault("XC", []).append(text)
    return csl


def write(csl: dict[str, Any]) -> str:
    """Return the record of a CSL-JSON item, with the tags that its own file had and CSL has not."""
    lines = _lines(csl)
    read = parse(_record(lines), [])
    if difference := unmapped_fields.difference(csl, read):
        lines.append(("XC", difference))
    return _record(lines)


def is_tag(line: str) -> str:
    """Return the tag that a line begins with; a loosely spaced one only when RIS has it."""
    if found := _STRICT.match(line):
        return found[1]
    found = _TAG.match(line)
    return found[1] if found and found[1] in KNOWN else ""


def _fields(raw: str) -> Fields:
    written: dict[str, list[list[str]]] = {}
    tag = ""
    for line in raw.split("\n"):
        if found := is_tag(line):
            tag = found
            if tag not in ("ER",):
                value = line.split("-", 1)[1].strip()
                written.setdefault(tag, []).append([value])
        elif tag in written and (words := line.strip()):
            # EndNote writes one keyword a line and names the tag once.
            if tag == "KW":
                written[tag].append([words])
            else:
                written[tag][-1].append(words)
    return {
        tag: [value for lines in values if (value := ("\n" if tag in LONG else " ").join(lines).strip())]
        for tag, values in written.items()
    }


def _type(fields: Fields, faults: list[str]) -> str:
    name = (fields.get("TY") or [""])[0].upper()
    if not name:
        faults.append("It does not say its type (TY).")
    elif name not in TYPES:
        faults.append(f"Its type is not known: {name[:20]}. It is taken for a document.")
    kind = TYPES.get(name, "document")
    if TYPE_NAMES[kind] == name or not name:
        fields.pop("TY", None)
    return kind


def _take_dates(csl: dict[str, Any], fields: Fields) -> None:
    """Take the most precise date of the year that is said first; what says otherwise stays in its tag."""
    read = [
        (tag, value, known) for tag in ("PY", "Y1", "DA") for value in fields.get(tag, []) if (known := _date(value)[0])
    ]
    if read:
        year = read[0][2][0]
        # EndNote writes month and day alone: DA  - Sep 15.
        read += [("DA", value, known) for value in fields.get("DA", []) if (known := _date(f"{year} {value}")[0])]
        # The one that is written comes first among equals.
        best = max(sorted(read, key=lambda one: one[0]), key=lambda one: len(one[2]) if one[2][0] == year else 0)[2]
        csl["issued"] = {"date-parts": [best]}
        said = {(tag, value) for tag, value, known in read if known == best[: len(known)] and not _date(value)[1]}
        for tag in ("PY", "Y1", "DA"):
            if tag in fields:
                fields[tag] = [value for value in fields[tag] if (tag, value) not in said]
    accessed, rest = _date((fields.get("Y2") or [""])[0])
    if accessed:
        csl["accessed"] = {"date-parts": [accessed]}
        if not rest:
            fields["Y2"].pop(0)
    online, rest = _date((fields.get("ET") or [""])[0])
    if csl["type"] == "article-journal" and len(online) > 1 and not rest:
        # EndNote: the date on which an article was first on line.
        csl["available-date"] = {"date-parts": [online]}
        fields["ET"].pop(0)


def _date(value: str) -> tuple[list[int], str]:
    """Return the parts of YYYY/MM/DD/other, or of a date in words, and what else it says."""
    parts = [part.strip() for part in value.split("/")]
    rest = " ".join(filter(None, parts[3:]))
    date = csl_dates.parse("/".join(parts[:3]).rstrip("/"))
    if date is None or len(date["date-parts"]) > 1 or "season" in date:
        return [], ""
    return csl_dates.parts(date), rest


def _take_identifiers(csl: dict[str, Any], fields: Fields) -> None:
    for tag in ("DO", "M3", "L3", "UR", "N1"):
        kept = []
        for value in fields.get(tag, []):
            if found := _DOI.match(value):
                csl.setdefault("DOI", found[1])
            # The same again says nothing more; an address is one all the same.
            if found is None or tag == "UR" or found[1].lower() != csl["DOI"].lower():
                kept.append(value)
        if tag in fields:
            fields[tag] = kept
    if "DOI" not in csl and fields.get("DO"):
        csl["DOI"] = fields["DO"].pop(0)
    _take_pmid(csl, fields)
    for value in list(fields.get("C2", [])):
        if "PMCID" not in csl and re.fullmatch(r"PMC\d+", value):
            csl["PMCID"] = value
            fields["C2"].remove(value)
    numbers = fields.get("SN", [])
    if numbers:
        number = numbers.pop(0)
        csl["ISBN" if csl["type"] in BOOKS or _is_isbn(number) else "ISSN"] = number


def _take_pmid(csl: dict[str, Any], fields: Fields) -> None:
    databases = [value for tag in ("DB", "DP") for value in fields.get(tag, []) if _PUBMED_NAMES.match(value)]
    if databases and re.fullmatch(r"[1-9]\d{0,7}", (fields.get("AN") or [""])[0]):
        csl["PMID"] = fields["AN"].pop(0)
        if "PubMed" in fields.get("DB", []):
            fields["DB"].remove("PubMed")
        return
    for tag in ("N1", "M1", "M2", "C1", "C2", "AN", "U1", "ID"):
        for value in fields.get(tag, []):
            found = re.search(r"\bPMID:?\s*([1-9]\d{0,7})\b", value)
            if found and "PMID" not in csl:
                csl["PMID"] = found[1]
                if re.fullmatch(r"PMID:?\s*\d+", value) and tag != "ID":
                    fields[tag].remove(value)
                return
    address = next((found for value in fields.get("UR", []) if (found := _PUBMED.search(value))), None)
    if address:
        csl["PMID"] = address[1]


def _take_texts(csl: dict[str, Any], fields: Fields) -> None:
    if csl["type"] in ("book", "thesis") and not any(fields.get(tag) for tag in ("TI", "T1", "CT")):
        fields["TI"] = fields.pop("BT", [])
    for variable, tags in TEXTS.items():
        _put(csl, variable, _first(fields, tags))
    if "container-title" not in csl and "container-title-short" in csl:
        csl["container-title"] = csl["container-title-short"]


def _take_pages(csl: dict[str, Any], fields: Fields) -> None:
    first, last = _first(fields, ("SP",)), _first(fields, ("EP",))
    if found := _RANGE.match(first):
        first, last = found[1], last or found[2]
    numbers = fields.get("C7", [])
    if not first and not numbers and "M1" in fields and _ARTICLE_NUMBER.match((fields["M1"] or [""])[0]):
        numbers = [fields["M1"].pop(0)]
    elif "issue" not in csl and re.fullmatch(r"\d{1,3}", (fields.get("M1") or [""])[0]):
        csl["issue"] = fields["M1"].pop(0)
    if numbers and csl["type"].startswith("article"):
        csl["number"] = numbers.pop(0)
    page = f"{first}-{last}" if first and last and first != last else first or last or csl.get("number", "")
    _put(csl, "page", page)


def _first(fields: Fields, tags: Iterable[str]) -> str:
    """Take the first value of some tags; the same value under another of them says nothing more."""
    found = next((fields[tag][0] for tag in tags if fields.get(tag)), "")
    for tag in tags:
        if found in fields.get(tag, []):
            fields[tag].remove(found)
    return found


def _put(csl: dict[str, Any], variable: str, value: Any) -> None:
    if value:
        csl[variable] = value


def _is_isbn(number: str) -> bool:
    return len(re.sub(r"[^0-9Xx]", "", number)) in (10, 13)


def _lines(csl: dict[str, Any]) -> list[tuple[str, str]]:
    custom = csl.get("custom")
    kept = custom.get("ris") if isinstance(custom, dict) else None
    kept = dict(kept) if isinstance(kept, dict) else {}
    kind = str(csl.get("type"))
    own = next((one for one in _listed(kept.pop("TY", [])) if TYPES.get(one, "document") == kind), "")
    lines = [("TY", own if own.isalnum() else TYPE_NAMES.get(kind, "GEN"))]
    for variable, tags in PEOPLE.items():
        people = csl.get(variable)
        lines += [(tags[0], person_names.line_of(name)) for name in people or [] if isinstance(people, list)]
    lines += _date_lines(csl)
    pmid = _text(csl.get("PMID"))
    lines += [("DO", _text(csl.get("DOI"))), ("AN", pmid), ("DB", "PubMed" if pmid else "")]
    lines += [("C2", _text(csl.get("PMCID"))), ("SN", _text(csl.get("ISSN")) or _text(csl.get("ISBN")))]
    lines += [(tags[0], _text(csl.get(variable))) for variable, tags in TEXTS.items()]
    first, _dash, last = _text(csl.get("page")).partition("-")
    lines += [("SP", first), ("EP", last), ("C7", _text(csl.get("number")))]
    lines += [("KW", word) for word in _text(csl.get("keyword")).split("; ")]
    lines.append(("AB", _paragraphs(csl.get("abstract"))))
    lines += [("N1", line) for line in _paragraphs(csl.get("note")).split("\n")]
    own_tags = {tag: values for tag, values in kept.items() if is_tag(f"{tag}  - ") == tag and tag not in ("TY", "ER")}
    lines += [(tag, _paragraphs(value)) for tag, values in own_tags.items() for value in _listed(values)]
    return [(tag, value) for tag, value in lines if value.strip()]


def _date_lines(csl: dict[str, Any]) -> list[tuple[str, str]]:
    issued, accessed, online = (csl_dates.parts(csl.get(name)) for name in ("issued", "accessed", "available-date"))
    return [
        ("PY", f"{issued[0]:04d}" if issued else ""),
        ("DA", csl_dates.slashed(issued) if len(issued) > 1 else ""),
        ("Y2", csl_dates.slashed(accessed) if accessed else ""),
        ("ET", csl_dates.dashed(online) if len(online) > 1 else ""),
    ]


def _record(lines: list[tuple[str, str]]) -> str:
    return "".join(f"{tag}  - {value}\n" for tag, value in lines) + "ER  - \n"


def _listed(values: Any) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).split())


def _paragraphs(value: Any) -> str:
    """Return a text whose lines can be continuations: none of them empty, none like a record's or field's beginning."""
    if not isinstance(value, str):
        return ""
    lines = [" ".join(line.split()) for line in value.split("\n")]
    return "\n".join(f". {line}" if _BEGINNING.match(line) else line for line in lines if line)
