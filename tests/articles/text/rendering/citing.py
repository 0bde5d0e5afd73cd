"""An article of one section that cites, and what must hold of its links."""

import re


def article(professional, plain="", keys="abcdef"):
    section = {"key": "aaaaaaaa-0000-4000-8000-000000000001", "kind": "research", "heading": "H"}
    return {
        "schema": 1,
        "title": "T",
        "language": "en",
        "ai": {"declared": True, "used": False, "tool": "", "purpose": ""},
        "sections": [{**section, "professional": professional, "plain": plain, "plain_missing_reason": ""}],
        "citations": [citation(key, key) for key in keys],
        "glossary": [],
    }


def citation(key, source, locator=""):
    csl = {
        "id": source,
        "title": f"Study {source}",
        "author": [{"family": "Family", "given": "Gina Inez"}],
        "container-title": "J Pain",
        "issued": {"date-parts": [[2020]]},
    }
    return {"key": key, "use": "relied_on", "locator": locator, "quote": "", "source": {"kind": "study", "csl": csl}}


def assert_linked(html):
    """Every link within the page leads to a place, every use of a reference is linked from it."""
    ids = re.findall(r' id="([^"]+)"', html)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)
    assert {one for one in ids if one.startswith("citation-")} <= set(targets)
