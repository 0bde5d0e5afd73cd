"""`python -m benchmarks.checks`: every check over a text of 5,000 words for professionals and as many in plain words.

The text is made of the sample articles, repeated with other numbers until it is long enough. Prints the milliseconds of
each module of checks and keeps them in CHECKS.md; `make bench` shows the whole.
"""

import itertools
import os
import platform
import re
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from articles.text.lexicon import shipped_glossary

_HERE = Path(__file__).parent
_FROZEN = ("term", "variants", "plain", "definition")
_DEMO = _HERE.parent / "reviews" / "demo"
_WORDS = 5_000
_TIMES = 7
_TODAY = date(2026, 11, 24)
_AUDIENCES = ("professional", "plain")
_AMOUNT = re.compile(r"\b(\d{1,3}(?:,\d{3})*)(?= (?:mg|mcg|mL|units|mmHg|weeks|days)\b)")


def long_content() -> dict[str, Any]:
    """Return content of schema 2 with at least 5,000 words for each audience, and a source for each key it cites."""
    articles = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted((_DEMO / "articles").glob("*.toml"))]
    sources = {one["key"]: one for article in articles for one in article["sources"]}
    sections: list[dict[str, Any]] = []
    for turn in itertools.count():
        for article in articles:
            sections += [_section(raw, turn, len(sections) + place) for place, raw in enumerate(article["sections"])]
            if all(_count(sections, audience) >= _WORDS for audience in _AUDIENCES):
                return _content(sections, sources)
    raise AssertionError("unreachable")


def context(content: dict[str, Any]) -> Any:
    """Return everything a check may ask: passages and states of all sources, the text before, the terms."""
    from articles.text.checks import Context, Passage, SourceFacts

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


def timings() -> dict[str, float]:
    """Return the median milliseconds of each module of checks, and of all of them by `run` under `all`."""
    from articles.text import checks

    content = long_content()
    around = context(content)
    works: dict[str, Callable[[], Any]] = {
        check.__module__.removeprefix("articles.text.checks."): lambda check=check: list(check(content, around))
        for check in checks._CHECKS
    }
    works["all"] = lambda: checks.run(content, around)
    return {name: _median_ms(work) for name, work in works.items()}


def measure() -> Iterator[Any]:
    """Yield the row of `make bench`."""
    from benchmarks.timing import Row

    took = timings()
    slowest = max((name for name in took if name != "all"), key=lambda name: took[name])
    yield Row(
        "all checks, 5,000 words in two audiences",
        f"{took['all']:.0f} ms",
        f"most of it in {slowest}: {took[slowest]:.0f} ms",
        "well under 1,000 ms",
    )


def main() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
    os.environ["DJANGO_DEBUG"] = "0"
    django.setup()
    content = long_content()
    words = " and ".join(f"{_count(content['sections'], audience):,} {audience}" for audience in _AUDIENCES)
    size = f"{len(content['sections'])} sections, {len(content['citations'])} sources, {words} words"
    rows = [f"| {name} | {took:.1f} ms |" for name, took in timings().items()]
    table = "\n".join(["| checks | median |", "| --- | ---: |", *rows])
    print(f"{size}\n\n{table}")
    place = f"Python {platform.python_version()}, {os.cpu_count()} cores. Made by `python -m benchmarks.checks`"
    (_HERE / "CHECKS.md").write_text(f"# Checks\n\n{_today()}, {place}: {size}.\n\n{table}\n", encoding="utf-8")


def _today() -> str:
    return datetime.now(tz=UTC).date().isoformat()


def _median_ms(work: Callable[[], Any]) -> float:
    work()  # patterns compile and tables load once in a process
    times = []
    for _ in range(_TIMES):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def _count(sections: list[dict[str, Any]], audience: str) -> int:
    return sum(len(section[audience].split()) for section in sections)


def _section(raw: dict[str, Any], turn: int, place: int) -> dict[str, Any]:
    """A sample section; from the second turn on with other amounts, so that no cache answers for it."""
    from articles.text.rendering import used_citation_keys

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


if __name__ == "__main__":
    sys.exit(main())
