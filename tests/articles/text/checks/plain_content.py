"""A content of one or more sections in plain words, and what a check finds in it."""

from articles.text.checks import Context


def section(plain="", professional="", *, key="k0", heading="Part", **grades):
    return {"key": key, "heading": heading, "professional": professional, "plain": plain, **grades}


def content(*sections, glossary=(), language="en"):
    return {"language": language, "sections": list(sections), "citations": [], "glossary": list(glossary)}


def found(check, *sections, glossary=(), language="en", **facts):
    """Return the rule and words of each finding, after looking whether the words stand where it says."""
    findings = list(check(content(*sections, glossary=glossary, language=language), Context(**facts)))
    texts = {(one["key"], audience): one[audience] for one in sections for audience in ("plain", "professional")}
    for finding in findings:
        if finding.section_key:
            assert texts[finding.section_key, finding.audience][finding.start : finding.end] == finding.words
        assert str(finding.message)
    return [(finding.rule, finding.words) for finding in findings]
