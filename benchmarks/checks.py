"""Every check over a long text for professionals and as long a one in plain words. The size is words for each.

The text is made of the sample articles, repeated with other numbers until it is long enough.
"""

import itertools
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from articles.text import checks
from articles.text.checks import Context, Passage, SourceFacts
from articles.text.lexicon import shipped_glossary
from articles.text.rendering import used_citation_keys
from benchmarks.results import Row
from benchmarks.timing import median_ms

SIZE = 5_000
_FROZEN = ("term", "variants", "plain", "definition")
_DEMO = Path(__file__).parent.parent / "reviews" / "demo"
_TIMES = 7
_TODAY = date(2026, 11, 24)
_AUDIENCES = ("professional", "plain")
_AMOUNT = re.compile(r"\b(\d{1,3}(?:,\d{3})*)(?= (?:mg|mcg|mL|units|mmHg|weeks|days)\b)")


def measure(size: int, _folder: Path) -> Iterator[Row]:
    content = _long_content(size)
    around = _context(content)
    words = " and ".join(f"{_count(content['sections'], audience):,} {audience}" for audience in _AUDIENCES)
    text = f"{len(content['sections'])} sections, {len(content['citations'])} sources, {words} words"
    whole = median_ms(lambda: checks.run(content, around), times=_TIMES)
    yield Row("all checks", f"{whole:.3g} ms", text, "well under 1,000 ms")
    for family in checks._FAMILIES:
        took = median_ms(lambda family=family: list(family.check(content, around)), times=_TIMES)
        name = family.__name__.removeprefix("articles.text.checks.")
        yield Row(f"checks of {name}", f"{took:.3g} ms", f"{took / whole:.0%} of all", "")


def _long_content(words: int) -> dict[str, Any]:
    """Return content of schema 2 with at least so many words for each audience, and a source for each key it cites."""
    articles = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted((_DEMO / "articles").glob("*.toml"))]
    sources = {one["key"]: one for article in articles for one in article["sources"]}
    sections: list[dict[str, Any]] = []
    for turn in itertools.count():
        for article in articles:
            sections += [_section(raw, turn, len(sections) + place) for place, raw in enumerate(article["sections"])]
            if all(_count(sections, audience) >= words for audience in _AUDIENCES):
                return _content(sections, sources)
    raise AssertionError("unreachable")


def _context(content: dict[str, Any]) -> Context:
    """Return everything a check may ask: passages and states of all sources, the text before, the terms."""
    keys = [citation["key"] for citation in content["citations"]]
    texts = {key: _sentences(content, key) for key in keys}
    checked = datetime(2026, 11, 20, tzinfo=UTC)
    return Context(
        risk="high",
        extracts={key: [Passage(text, "", "34068-7") for text in texts[key]] for key in keys},
        sources={key: SourceFacts("current", checked) for key in keys},
        today=_TODAY,
        previous=content,
        edited_sections=frozenset(section["key"] for section in content["sections"]),
        terms=content["glossary"],
    )


def _count(sections: list[dict[str, Any]], audience: str) -> int:
    return sum(len(section[audience].split()) for section in sections)


def _section(raw: dict[str, Any], turn: int, place: int) -> dict[str, Any]:
    """A sample section; from the second turn on with other amounts, so that no cache answers for it."""
    texts = {audience: _AMOUNT.sub(lambda found: _other(found[1], turn), raw[audience]) for audience in _AUDIENCES}
    return {
        "key": f"00000000-0000-4000-8000-{place:012}",
        "kind": raw["kind"],
        "heading": f"{raw['heading']} ({turn + 1})" if turn else raw["heading"],
        **texts,
        "plain_missing_reason": "",
        "blocks": [],
        "certainty": ("high", "moderate", "low", "")[place % 4],
        "strength": ("strong", "conditional", "")[place % 3],
        "cites": {audience: used_citation_keys(texts[audience]) for audience in _AUDIENCES},
    }


def _other(number: str, turn: int) -> str:
    return f"{int(number.replace(',', '')) + 5 * turn:,}"


def _content(sections: list[dict[str, Any]], sources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    used = {key for section in sections for audience in _AUDIENCES for key in section["cites"][audience]}
    content: dict[str, Any] = {
        "schema": 2,
        "title": "What do seven guidelines advise, one after the other?",
        "language": "en",
        "style": "ama",
        "template": "medicine",
        "not_applicable": [],
        "ai": {"declared": True, "used": True, "tool": "Sample Drafting Assistant", "purpose": "wording"},
        "sections": sections,
        "citations": [],
        "glossary": [{name: entry[name] for name in _FROZEN} for entry in shipped_glossary.entries()],
    }
    content["citations"] = [
        {
            "key": key,
            "use": sources[key]["use"],
            "locator": sources[key]["locator"],
            "quote": next(iter(_sentences(content, key)), ""),
            "source": _source(sources[key], place),
        }
        for place, key in enumerate(sorted(used), start=1)
    ]
    return content


def _source(fields: dict[str, Any], place: int) -> dict[str, Any]:
    names = ("kind", "level", "doi", "pmid", "set_id", "label_version", "effective_date", "marketing_category")
    country = "US" if fields["kind"] == "drug_label" else ""
    csl = {**fields["csl"], "id": f"source-{place}"}
    return {**{name: fields[name] for name in names}, "country": country, "csl": csl}


def _sentences(content: dict[str, Any], key: str) -> list[str]:
    """Up to twenty sentences that cite a key, without their citations: what stands in for its stored passages."""
    found = (
        re.sub(r"\[@[^\]]*\]", "", sentence).strip()
        for section in content["sections"]
        for sentence in re.split(r"(?<=[.!?])\s+|\n", section["professional"])
        if f"@{key}]" in sentence
    )
    return list(itertools.islice((text for text in found if text), 20))
