"""Contents for the tests of checks: what a revision holds, with as little as a test has to say."""

from typing import Any

from articles.text.rendering import used_citation_keys


def section(professional: str = "", plain: str = "", **fields: Any) -> dict[str, Any]:
    return {
        "key": "k0",
        "kind": "guidelines",
        "heading": "Part",
        "professional": professional,
        "plain": plain,
        "plain_missing_reason": "",
        "blocks": [],
        "certainty": "",
        "strength": "",
        "cites": {"professional": used_citation_keys(professional), "plain": used_citation_keys(plain)},
        **fields,
    }


def source(kind: str = "guideline", title: str = "A guideline of our own", **fields: Any) -> dict[str, Any]:
    csl = {"id": "source-1", "title": title, **fields.pop("csl", {})}
    blank = dict.fromkeys(("level", "effective_date", "marketing_category", "country"), "")
    return {"kind": kind, **blank, **fields, "csl": csl}


def citation(key: str = "a", of: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    return {"key": key, "use": "relied_on", "locator": "", "quote": "", "source": of, **fields}


def content(*sections: dict[str, Any], citations: tuple[dict[str, Any], ...] = (), **facts: Any) -> dict[str, Any]:
    return {
        "schema": 2,
        "title": "A question?",
        "language": "en",
        "template": "general",
        "not_applicable": [],
        "ai": {"declared": True, "used": False, "tool": "", "purpose": ""},
        "sections": [{**one, "key": f"k{place}"} for place, one in enumerate(sections)],
        "citations": list(citations),
        "glossary": [],
        **facts,
    }


def is_exact(found, written: dict[str, Any]) -> bool:
    """Say whether the span of a finding holds its words."""
    texts = {one["key"]: one for one in written["sections"]}
    return texts[found.section_key][found.audience][found.start : found.end] == found.words
