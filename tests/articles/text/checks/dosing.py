"""A content with one text or more, for the checks of doses and numbers."""

from articles.text.rendering import used_citation_keys

SOURCES = {
    "label": {"kind": "drug_label", "set_id": "9c1d", "label_version": "3"},
    "unversioned": {"kind": "drug_label", "set_id": "", "label_version": ""},
    "guideline": {"kind": "guideline"},
    "study": {"kind": "study"},
    "open": None,
}


def section(professional="", plain="", *, key="k0", kind="guidelines", heading="Treatment"):
    """Return a section of schema 1, which has no more than these."""
    cites = {"professional": used_citation_keys(professional), "plain": used_citation_keys(plain)}
    return {"key": key, "kind": kind, "heading": heading, "professional": professional, "plain": plain, "cites": cites}


def content(*sections, title="A question", quotes=None, use="relied_on", locator=""):
    """Return a content of these sections that cites every kind of source."""
    return {
        "title": title,
        "sections": list(sections),
        "citations": [
            {"key": key, "use": use, "locator": locator, "quote": (quotes or {}).get(key, ""), "source": source}
            for key, source in SOURCES.items()
        ],
    }


def assert_spans(found, one):
    """Every finding's words are what stands at its span."""
    texts = {part["key"]: part for part in one["sections"]}
    for finding in found:
        assert texts[finding.section_key][finding.audience][finding.start : finding.end] == finding.words
        assert str(finding.message)
