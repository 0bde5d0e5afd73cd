"""NBIB: what PubMed and the NLM write (the MEDLINE format). A tag of four columns, “- ”, and continuation lines."""

import re
import textwrap
from typing import Any

from articles.library.files import unmapped_fields
from articles.library.files.nbib_tags import BOOK_TYPES, INVESTIGATORS, OF_AUTHOR, ORDER, TEXTS
from articles.text.csl import csl_dates, person_names

Pairs = list[tuple[str, str]]
_TAG = re.compile(r"^([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)$")
_WIDTH = 88
_ARTICLE_NUMBER = re.compile(r"^(?:e\d{2,}|[A-Za-z]{1,3}\d{3,}|\d{3,7})$")


def parse(raw: str, faults: list[str]) -> dict[str, Any]:
    """Return the CSL-JSON of one record; what has no variable is under custom.nbib, by tag."""
    pairs = _pairs(raw)
    fields: dict[str, list[str]] = {}
    for tag, value in pairs:
        fields.setdefault(tag, []).append(value)
    csl: dict[str, Any] = {"type": _type(fields)}
    kept: dict[str, Any] = {}
    _take_people(csl, kept, pairs, fields)
    for variable, tag in TEXTS.items():
        if fields.get(tag):
            csl[variable] = fields[tag].pop(0)
    _take_title(csl, fields)
    _take_dates(csl, fields)
    _take_identifiers(csl, fields)
    if fields.get("OT"):
        csl["keyword"] = "; ".join(fields.pop("OT"))
    if "PMID" not in csl:
        faults.append("It has no PMID.")
    ours = fields.pop("XCSL", [])
    kept |= {tag: values for tag, values in fields.items() if values}
    if kept:
        csl["custom"] = {"nbib": kept}
    for text in ours:
        if not unmapped_fields.restore(csl, text):
            faults.append("What another program added to it could not be read.")
    return csl


def write(csl: dict[str, Any]) -> str:
    """Return the record of a CSL-JSON item, with the tags that its own file had and CSL has not."""
    pairs = _written(csl)
    read = parse(_record(pairs), [])
    if difference := unmapped_fields.difference(csl, read):
        pairs.append(("XCSL", difference))
    return _record(pairs)


def is_tag(line: str) -> str:
    """Return the tag that a line begins with."""
    found = _TAG.match(line)
    return found[1] if found and line[4:5] == "-" else ""


def _pairs(raw: str) -> Pairs:
    written: list[tuple[str, list[str]]] = []
    for line in raw.split("\n"):
        if tag := is_tag(line):
            written.append((tag, [line[5:].strip()]))
        elif written and (words := line.strip()):
            written[-1][1].append(words)
    pairs = ((tag, " ".join(lines).strip()) for tag, lines in written)
    return [(tag, value) for tag, value in pairs if value]


def _type(fields: dict[str, list[str]]) -> str:
    types = fields.get("PT", [])
    return next((kind for name, kind in BOOK_TYPES.items() if name in types), "article-journal")


def _take_people(csl: dict[str, Any], kept: dict[str, Any], pairs: Pairs, fields: dict[str, list[str]]) -> None:
    """Take authors and groups in their order. What stands under one of them stays with it, by its place."""
    people: dict[str, list[dict[str, str]]] = {"author": [], "editor": []}
    beside: dict[str, Pairs] = {}
    investigators: Pairs = []
    for place, (tag, value) in enumerate(pairs):
        if tag in ("FAU", "CN", "FED"):
            name = {"literal": value} if tag == "CN" else _full_name(value)
            people["editor" if tag == "FED" else "author"].append(name)
        elif tag in ("AU", "ED"):
            role = "editor" if tag == "ED" else "author"
            if place and pairs[place - 1][0] == f"F{tag}":
                if value != person_names.short(people[role][-1]):
                    beside.setdefault(str(len(people["author"]) - 1), []).append((tag, value))
            else:
                people[role].append(_short_name(value))
        elif tag in OF_AUTHOR and not investigators:
            beside.setdefault(str(len(people["author"]) - 1), []).append((tag, value))
        elif tag in INVESTIGATORS:
            investigators.append((tag, value))
    csl |= {role: found for role, found in people.items() if found}
    if beside:
        kept["beside_authors"] = {place: [list(pair) for pair in found] for place, found in beside.items()}
    if investigators:
        kept["investigators"] = [list(pair) for pair in investigators]
    for tag in ("FAU", "AU", "CN", "FED", "ED", *INVESTIGATORS, *(() if investigators and not beside else OF_AUTHOR)):
        fields.pop(tag, None)


def _full_name(value: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in value.partition(","))
    return person_names.with_suffix(family, given) if comma and given else {"literal": value}


def _short_name(value: str) -> dict[str, str]:
    family, _space, initials = value.rpartition(" ")
    return person_names.person(family, initials) if re.fullmatch(r"[A-Z]{1,4}", initials) else {"literal": value}


def _take_title(csl: dict[str, Any], fields: dict[str, list[str]]) -> None:
    book = fields.get("BTI", [])
    if "title" not in csl and book:
        csl["title"] = book.pop(0)
    elif book and "container-title" not in csl:
        csl["container-title"] = book.pop(0)
    title = csl.get("title", "")
    # PubMed ends each title with a full stop that is none of the title.
    if title.endswith(".") and not title.endswith(".."):
        csl["title"] = title[:-1]


def _take_dates(csl: dict[str, Any], fields: dict[str, list[str]]) -> None:
    for variable, tag in (("issued", "DP"), ("available-date", "DEP")):
        value = (fields.get(tag) or [""])[0]
        date = csl_dates.parse(value)
        if date is None and tag == "DP" and (year := re.match(r"\d{4}\b", value)):
            csl[variable] = {"date-parts": [[int(year[0])]]}
        elif date is not None:
            csl[variable] = date
            if value in (csl_dates.spoken(date), "".join(csl_dates.dashed(csl_dates.parts(date)).split("-"))):
                fields[tag].pop(0)
    if "issued" not in csl and "available-date" in csl:
        csl["issued"] = csl["available-date"]


def _take_identifiers(csl: dict[str, Any], fields: dict[str, list[str]]) -> None:
    for tag in ("LID", "AID"):
        kept = []
        for value in fields.get(tag, []):
            found = re.fullmatch(r"(\S+)\s*\[doi\]", value, re.IGNORECASE)
            if found is None or found[1].lower() != str(csl.setdefault("DOI", found[1])).lower():
                kept.append(value)
        if tag in fields:
            fields[tag] = kept
    location = next(
        (found[1] for value in fields.get("LID", []) if (found := re.fullmatch(r"(\S+)\s*\[pii\]", value))), ""
    )
    if "page" not in csl and _ARTICLE_NUMBER.match(location):
        csl["page"] = location
    numbers = fields.get("IS", [])
    if numbers and (found := re.match(r"\d{4}-\d{3}[\dXx]", numbers[0])):
        csl["ISSN"] = found[0]
        if numbers == [found[0]]:
            numbers.clear()


def _written(csl: dict[str, Any]) -> Pairs:
    custom = csl.get("custom")
    found = custom.get("nbib") if isinstance(custom, dict) else None
    kept = dict(found) if isinstance(found, dict) else {}
    beside, investigators = kept.pop("beside_authors", {}), kept.pop("investigators", [])
    pairs = _texts(csl, kept)
    pairs += [(tag, value) for tag, values in kept.items() if isinstance(values, list) for value in values]
    pairs = [(tag, value) for tag, value in pairs if isinstance(value, str) and value.strip() and is_tag(f"{tag:<4}- ")]
    if (
        not any(tag == "PT" for tag, _value in pairs)
        and csl.get("type") == "article-journal"
        and "nbib" not in (custom or {})
    ):
        pairs.append(("PT", "Journal Article"))
    place = {tag: number for number, tag in enumerate(ORDER)}
    pairs.sort(key=lambda pair: place.get(pair[0], len(place)))
    people = _people(csl, beside if isinstance(beside, dict) else {})
    before = [pair for pair in pairs if place.get(pair[0], len(place)) < place["FAU"]]
    after = pairs[len(before) :]
    listed = investigators if isinstance(investigators, list) else []
    return [*before, *people, *after, *(tuple(pair) for pair in listed if _is_pair(pair))]


def _texts(csl: dict[str, Any], kept: dict[str, Any]) -> Pairs:
    pairs = [(tag, _text(csl.get(variable))) for variable, tag in TEXTS.items()]
    pairs = [
        (tag, f"{value}." if tag in ("TI",) and value and value[-1] not in ".?!" else value) for tag, value in pairs
    ]
    online = csl_dates.parts(csl.get("available-date"))
    if not kept.get("DP"):
        pairs.append(("DP", csl_dates.spoken(csl.get("issued"))))
    pairs.append(("DEP", csl_dates.dashed(online).replace("-", "") if len(online) == 3 else ""))
    if not kept.get("IS"):
        pairs.append(("IS", _text(csl.get("ISSN"))))
    pairs += [(tag, f"{csl['DOI']} [doi]" if _text(csl.get("DOI")) else "") for tag in ("LID", "AID")]
    words = csl.get("keyword")
    pairs += [("OT", word) for word in (words.split("; ") if isinstance(words, str) else [])]
    return pairs


def _people(csl: dict[str, Any], beside: dict[str, Any]) -> Pairs:
    pairs: Pairs = []
    for role, tag in (("author", "AU"), ("editor", "ED")):
        people = csl.get(role)
        for place, name in enumerate(people if isinstance(people, list) else []):
            if not isinstance(name, dict):
                continue
            own = beside.get(str(place), []) if role == "author" else []
            lines = [(pair[0], pair[1]) for pair in own if _is_pair(pair)] if isinstance(own, list) else []
            pairs += _person(name, tag, lines)
    before = beside.get("-1", [])
    return [*((pair[0], pair[1]) for pair in before if _is_pair(pair)), *pairs]


def _person(name: dict[str, Any], tag: str, lines: Pairs) -> Pairs:
    literal = name.get("literal")
    if isinstance(literal, str):
        first = [("CN" if tag == "AU" else f"F{tag}", literal)]
    else:
        line = ", ".join(filter(None, (_text(name.get("family")), _text(name.get("given")))))
        suffix = _text(name.get("suffix"))
        first = [(f"F{tag}", f"{line} {suffix}".strip())]
        if not any(one == tag for one, _value in lines):
            first.append((tag, person_names.short(name)))
    return [*first, *lines]


def _record(pairs: Pairs) -> str:
    # The tag by which a record begins is there also for a work that PubMed does not have.
    begin = "" if pairs and pairs[0][0] == "PMID" else "PMID- \n"
    return begin + "".join(_line(tag, value) for tag, value in pairs) + "\n"


def _line(tag: str, value: str) -> str:
    if tag == "XCSL":
        return f"XCSL- {value}\n"
    wrapped = textwrap.wrap(value, _WIDTH - 6, break_long_words=False, break_on_hyphens=False)
    return f"{tag:<4}- " + "\n      ".join(wrapped) + "\n"


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list | tuple) and len(pair) == 2 and all(isinstance(one, str) for one in pair)


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).split())
