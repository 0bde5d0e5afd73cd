"""The labelled items: short TOML becomes content of schema 2, a Context, and what a careful editor would find."""

import functools
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from articles.text.canonical import normalised
from articles.text.checks import Context, Passage, SourceFacts
from articles.text.rendering import used_citation_keys
from tests.corpus import imported
from tests.corpus.item import BadItem, Expected, Item, Place
from tests.corpus.rules import NUMBERS

FOLDER = Path(__file__).parent
ITEMS, FRESH = FOLDER / "items", FOLDER / "fresh"
AUDIENCES = ("professional", "plain")
TODAY = date(2026, 11, 24)
_CHECKED = date(2026, 11, 10)

_SPLITS_A_NUMBER = re.compile(r"[\d.,]\Z")
_NO_PLAIN = "Written for clinicians only."
_SECTION = {
    "kind": "guidelines",
    "heading": "What is advised",
    "professional": "",
    "plain": "",
    "plain_missing_reason": "",
    "blocks": [],
    "certainty": "",
    "strength": "",
}
_SOURCE = ("kind", "level", "doi", "pmid", "set_id", "label_version", "effective_date", "marketing_category", "country")
_ABOUT = ("id", "note", "about", "open", "find", "expected", "audience")
_ARTICLE = ("page", "title", "template", "not_applicable", "ai", "sections", "glossary")
_SOURCES = ("unlisted", "unresolved", "also_listed", "discussed", "facts", "quotes", "locators")
_AROUND = ("passages", "statuses", "checked", "unchecked", "superseded", "risk", "today", "previous", "edited", "terms")
_FIELDS = {*_ABOUT, *_ARTICLE, *_SOURCES, *_AROUND, "warn_grade", "block_grade", *_SECTION}


@functools.cache
def catalogue() -> dict[str, dict[str, Any]]:
    """Return the sources that items cite by key, as revisions keep them."""
    listed = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))
    return {key: _source(key, place, facts) for place, (key, facts) in enumerate(listed.items(), start=1)}


def _source(key: str, place: int, facts: dict[str, Any]) -> dict[str, Any]:
    csl = {"id": f"source-{place}", "type": "article-journal", "title": facts["title"]}
    csl |= {"author": [{"literal": facts.get("author", "Sample Group")}]}
    if "year" in facts:
        csl["issued"] = {"date-parts": [[facts["year"]]]}
    if "journal" in facts:
        csl["container-title"] = facts["journal"]
    return {**{name: facts.get(name, "") for name in _SOURCE}, "csl": csl}


@functools.cache
def load(folder: Path = ITEMS) -> tuple[Item, ...]:
    """Return every item of a folder, file by file. Raises `BadItem` with the item's id and what is wrong with it."""
    return tuple(item for file in sorted(folder.glob("*.toml")) for item in _items(file))


def _items(file: Path) -> Iterator[Item]:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    for number, raw in enumerate(data["items"], start=1):
        fields = {"id": f"{file.stem}-{number:03}", **data.get("defaults", {}), **raw}
        try:
            yield build(_with_text(fields, data.get("texts", {})))
        except (BadItem, KeyError) as error:
            raise BadItem(f"{fields['id']}: {error}") from error


def _with_text(fields: dict[str, Any], texts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The fields with the text of the file that they name, and what the item swaps in its plain words."""
    if "text" not in fields:
        return fields
    text = dict(texts[fields["text"]])
    old, new = fields.get("swap", ("", ""))
    if text["plain"].count(old) != 1 and old:
        raise BadItem(f"{old!r} does not stand once in the plain text of {fields['text']!r}")
    text["plain"] = text["plain"].replace(old, new) if old else text["plain"]
    return {**text, **{name: value for name, value in fields.items() if name not in ("text", "swap")}}


def build(fields: dict[str, Any]) -> Item:
    """Return the item of its fields in a file. Raises `BadItem` for unknown fields, rules, keys and words."""
    if unknown := set(fields) - _FIELDS:
        raise BadItem(f"unknown fields {sorted(unknown)}")
    if not fields.get("note") or not fields.get("about"):
        raise BadItem("an item has a note and says what it is about")
    content = make_content(fields)
    expected = tuple(_expected(content, fields))
    about = tuple(fields["about"])
    rules = {*about, *fields.get("open", []), *(one.rule for one in expected)}
    if unknown := rules - set(NUMBERS):
        raise BadItem(f"unknown rules {sorted(unknown)}")
    if unjudged := {one.rule for one in expected} - set(about):
        raise BadItem(f"expects {sorted(unjudged)}, which it is not about")
    context = _context(fields, content)
    return Item(fields["id"], fields["note"], about, frozenset(fields.get("open", [])), content, context, expected)


def make_content(fields: dict[str, Any]) -> dict[str, Any]:
    """Return content of schema 2, as `articles.writing.freezing.draft_content` makes it of a draft."""
    sections = [_section(place, raw) for place, raw in enumerate(_raw_sections(fields), start=1)]
    ai = {"declared": True, "used": False, "tool": "", "purpose": "", **fields.get("ai", {})}
    told = fields.get("not_applicable", {})
    left_out = {name: reason for block, reason in told.items() for name in _blocks(block)}
    content = {
        "schema": 2,
        "title": fields.get("title", "What is advised, and how is it given?"),
        "language": "en",
        "style": "ama",
        "template": fields.get("template", "general"),
        "not_applicable": [{"block": block, "reason": reason} for block, reason in sorted(left_out.items())],
        "ai": ai,
        "sections": sections,
        "citations": _citations(fields, sections),
        "glossary": fields.get("glossary", []),
    }
    found: dict[str, Any] = normalised(content)
    return found


def _raw_sections(fields: dict[str, Any]) -> list[dict[str, Any]]:
    if "page" in fields:
        return imported.sections(fields["page"])
    if "sections" in fields:
        return list(fields["sections"])
    return [{name: fields[name] for name in _SECTION if name in fields}]


def _section(place: int, raw: dict[str, Any]) -> dict[str, Any]:
    section = {**_SECTION, "key": f"00000000-0000-4000-8000-{place:012}", **raw}
    section["professional"], section["plain"] = section["professional"].strip(), section["plain"].strip()
    if not section["plain"] and "plain_missing_reason" not in raw:
        section["plain_missing_reason"] = _NO_PLAIN
    section["blocks"] = sorted({name for told in section["blocks"] for name in _blocks(told)})
    section["cites"] = {audience: used_citation_keys(section[audience]) for audience in AUDIENCES}
    return section


def _blocks(told: str) -> list[str]:
    """Return the blocks meant: `*` is every block there is, `*first` and `*second` are two halves of them."""
    known = imported.block_names()
    return {"*": known, "*first": known[::2], "*second": known[1::2]}.get(told, [told])


def _citations(fields: dict[str, Any], sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    cited = {key for section in sections for audience in AUDIENCES for key in section["cites"][audience]}
    unresolved = set(fields.get("unresolved", []))
    listed = (cited - set(fields.get("unlisted", []))) | set(fields.get("also_listed", []))
    return [
        {
            "key": key,
            "use": "discussed" if key in fields.get("discussed", []) else "relied_on",
            "locator": fields.get("locators", {}).get(key, ""),
            "quote": fields.get("quotes", {}).get(key, ""),
            "source": None if key in unresolved else _facts(fields, key),
        }
        for key in sorted(listed)
    ]


def _facts(fields: dict[str, Any], key: str) -> dict[str, Any]:
    if key not in catalogue():
        raise BadItem(f"[@{key}] is in no list: add it to sources.toml, unlisted or unresolved")
    changed = fields.get("facts", {}).get(key, {})
    known = catalogue()[key]
    csl = dict(known["csl"])
    if "year" in changed:
        csl["issued"] = {"date-parts": [[changed["year"]]]}
    if "title" in changed:
        csl["title"] = changed["title"]
    return {**known, **{name: value for name, value in changed.items() if name in _SOURCE}, "csl": csl}


def _context(fields: dict[str, Any], content: dict[str, Any]) -> Context:
    keys = {section["key"] for section in content["sections"]}
    edited = fields.get("edited")
    names = [section["key"] for section in content["sections"]]
    return Context(
        risk=fields.get("risk", "moderate"),
        extracts=_extracts(fields),
        sources={
            one["key"]: _status(fields, one["key"]) if one["source"] else SourceFacts() for one in content["citations"]
        },
        today=date.fromisoformat(fields["today"]) if "today" in fields else TODAY,
        previous=make_content(_before(fields)) if "previous" in fields else None,
        edited_sections=frozenset(keys) if edited is None else frozenset(names[place] for place in edited),
        terms=fields.get("terms"),
        warn_grade=fields.get("warn_grade", 8),
        block_grade=fields.get("block_grade", 10),
    )


def _before(fields: dict[str, Any]) -> dict[str, Any]:
    """The item's fields with what stood otherwise in the approved text; sections are given whole."""
    return {**{name: value for name, value in fields.items() if name != "previous"}, **fields["previous"]}


def _extracts(fields: dict[str, Any]) -> dict[str, list[Passage]]:
    """Each quoted source holds what is quoted of it, unless the item says what it holds."""
    texts: dict[str, Any] = {**fields.get("quotes", {}), **fields.get("passages", {})}
    return {key: [_passage(one) for one in ([held] if isinstance(held, str) else held)] for key, held in texts.items()}


def _passage(held: str | dict[str, str]) -> Passage:
    return Passage(held) if isinstance(held, str) else Passage(held["text"], held.get("pinpoint", ""), held["loinc"])


def _status(fields: dict[str, Any], key: str) -> SourceFacts:
    superseded = fields.get("superseded", {}).get(key, "")
    usual = "superseded" if superseded else "current"
    if key in fields.get("unchecked", []):
        return SourceFacts("unknown", None, superseded)
    checked = date.fromisoformat(fields.get("checked", {}).get(key, _CHECKED.isoformat()))
    at = datetime(checked.year, checked.month, checked.day, 12, tzinfo=UTC)
    return SourceFacts(fields.get("statuses", {}).get(key, usual), at, superseded)


def _expected(content: dict[str, Any], fields: dict[str, Any]) -> Iterator[Expected]:
    rule, audience = fields["about"][0], fields.get("audience", "professional")
    for words in fields.get("find", []):
        if words.startswith("@"):
            yield Expected(rule, key=_listed(content, words[1:]))
        else:
            yield Expected(rule, (_place(content, {"words": words, "audience": audience}),))
    for one in fields.get("expected", []):
        key = _listed(content, one["key"]) if "key" in one else ""
        if "places" in one:
            yield Expected(one["rule"], tuple(_place(content, place) for place in one["places"]))
        elif "audience" in one:
            yield Expected(one["rule"], (_place(content, one),))
        else:
            yield Expected(one["rule"], key=key, words=one.get("words", ""))


def _listed(content: dict[str, Any], key: str) -> str:
    if not any(f"@{key}" in section[audience] for section in content["sections"] for audience in AUDIENCES) and not any(
        citation["key"] == key for citation in content["citations"]
    ):
        raise BadItem(f"expects something of [@{key}], which it does not have")
    return key


def _place(content: dict[str, Any], told: dict[str, Any]) -> Place:
    section, audience, words = told.get("section", 0), told.get("audience", "professional"), told.get("words", "")
    if audience not in AUDIENCES or section >= len(content["sections"]):
        raise BadItem(f"there is no {audience!r} of section {section}")
    text = content["sections"][section][audience]
    start = -1
    for _ in range(told.get("occurrence", 1)):
        start = text.find(words, start + 1)
    if start < 0:
        raise BadItem(f"{words!r} is not in the {audience} text of section {section}")
    if (
        words
        and "occurrence" not in told
        and (text.count(words) > 1 or _SPLITS_A_NUMBER.match(text[start - 1 : start]))
    ):
        raise BadItem(f"{words!r} may be meant elsewhere in the {audience} text of section {section}")
    return Place(section, audience, start, start + len(words) if words else 0)
