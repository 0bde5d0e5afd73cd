import pytest

from articles.text import checks
from articles.text.rendering import TextTooComplex, used_citation_keys

SOURCE = {"kind": "guideline", "csl": {"id": "source-1"}}


def content(*sections, citations=(), ai_declared=True):
    blank = {"kind": "guidelines", "professional": "Words.", "plain": "Words.", "plain_missing_reason": ""}
    return {
        "ai": {"declared": ai_declared, "used": False, "tool": "", "purpose": ""},
        "sections": [
            {**blank, "key": f"k{number}", "heading": f"Part {number}", "cites": cites({**blank, **section}), **section}
            for number, section in enumerate(sections)
        ],
        "citations": [
            {"key": key, "use": "relied_on", "locator": "", "quote": quote, "source": source}
            for key, source, quote in citations
        ],
    }


def cites(section):
    """The keys as freezing stores them beside the text; a text over the limits is not read."""
    try:
        return {audience: used_citation_keys(section[audience]) for audience in ("professional", "plain")}
    except TextTooComplex:
        return {"professional": [], "plain": []}


def rules(*args, **facts):
    return [finding.rule for finding in checks.run(*args, checks.Context(**facts))]


def test_a_sound_text_has_no_findings():
    text = {"professional": "Give 5 mg [@a].", "plain": "Take 5 mg [@a]."}

    assert rules(content(text, citations=[("a", SOURCE, "")])) == []


def test_no_section():
    assert rules(content()) == ["no-section"]


@pytest.mark.parametrize("text", ["", "  \n "])
def test_section_empty(text):
    (finding,) = checks.run(content({"professional": text}))

    assert (finding.rule, finding.section_key, finding.audience) == ("section-empty", "k0", "professional")


def test_ai_undeclared():
    assert rules(content({}, ai_declared=False)) == ["ai-undeclared"]


@pytest.mark.parametrize(
    ("section", "risk"),
    [
        ({"plain": ""}, "moderate"),
        ({"plain": "", "plain_missing_reason": "  "}, "low"),
        ({"plain": "", "plain_missing_reason": "A table for clinicians."}, "high"),
        *(
            ({"plain": "", "plain_missing_reason": "A table.", "professional": f"Give {dose} at night."}, "low")
            for dose in ("5 mg", "0.5mg", "300 mcg", "10 mL", "2 tablets", "4 units", "1 g", "5 µg", "40 mmol")
        ),
    ],
)
def test_plain_missing(section, risk):
    assert "plain-missing" in rules(content(section), risk=risk)


@pytest.mark.parametrize("risk", ["low", "moderate"])
def test_plain_text_may_be_missing_for_a_reason(risk):
    assert rules(content({"plain": "", "plain_missing_reason": "A table for clinicians."}), risk=risk) == []


@pytest.mark.parametrize("audience", ["professional", "plain"])
def test_text_too_complex(audience):
    assert "text-too-complex" in rules(content({audience: "[" * 20_000}))


@pytest.mark.parametrize("audience", ["professional", "plain"])
def test_citation_unknown(audience):
    (finding,) = checks.run(content({audience: "First.\nHelps [@a] a lot.\nLast."}))

    assert (finding.rule, finding.audience, finding.words) == ("citation-unknown", audience, "Helps [@a] a lot.")
    assert (finding.start, finding.end) == (7, 24)


def test_citation_unresolved():
    (finding,) = checks.run(content({"professional": "Helps [@a]."}, citations=[("a", None, "")]))

    assert (finding.rule, finding.section_key) == ("citation-unresolved", "k0")
    assert "“Part 0” cites [@a]" in str(finding.message)


def test_citation_unresolved_once_a_text():
    text = {"professional": "Helps [@a]. Again [@a].", "plain": "Helps [@a]."}

    assert rules(content(text, text, citations=[("a", None, "")])) == ["citation-unresolved"] * 4


def test_citation_unused():
    (finding,) = checks.run(content({}, citations=[("a", SOURCE, "")]))

    assert (finding.rule, finding.words) == ("citation-unused", "[@a]")


def test_citation_key_that_begins_another_is_not_that_other():
    text = {"professional": "First [@ab].\nThen [@a]."}
    found = checks.run(content(text, citations=[("ab", SOURCE, "")]))

    assert [(finding.rule, finding.words) for finding in found] == [("citation-unknown", "Then [@a].")]


@pytest.mark.parametrize("stored", ["Give 300 mg\n once daily.", "Before. Give 300  mg once daily. After."])
def test_quote_word_for_word(stored):
    text = content({"professional": "So [@a]."}, citations=[("a", SOURCE, "Give 300 mg once daily.")])

    assert rules(text, extracts={"a": [checks.Passage("Something else."), checks.Passage(stored)]}) == []


@pytest.mark.parametrize("stored", [[], ["Give 600 mg once daily."], ["give 300 mg once daily."]])
def test_quote_not_found(stored):
    text = content({"professional": "So [@a]."}, citations=[("a", SOURCE, "Give 300 mg once daily.")])

    (finding,) = checks.run(text, checks.Context(extracts={"a": [checks.Passage(one) for one in stored]}))

    assert (finding.rule, finding.words) == ("quote-not-found", "Give 300 mg once daily.")


def test_findings_stand_in_the_order_of_the_text():
    found = checks.run(content({"plain": "[@b]"}, {"professional": "[@a]"}, {"professional": ""}))

    assert [finding.section_key for finding in found] == ["k0", "k1", "k2"]


@pytest.mark.parametrize(
    ("before", "after", "falls"),
    [
        ("Helps [@a].", "Helps a lot [@a].", True),
        ("Helps [@a].", "New line.\n\nHelps [@a].", False),
        ("Helps [@a].\n\nMore.", "Helps [@a].\n\nOther.", False),
    ],
)
def test_identity_changes_with_the_words_it_names(before, after, falls):
    first, second = (checks.run(content({"professional": text}))[0].identity for text in (before, after))

    assert (first != second) == falls


def test_every_rule_that_is_found_is_named():
    found = rules(
        content(
            {"professional": "", "plain": "[@x] [@y]"},
            {"plain": ""},
            {"plain": "[" * 20_000},
            citations=[("y", None, ""), ("z", SOURCE, "Not there.")],
            ai_declared=False,
        ),
    )

    assert {"section-empty", "plain-missing", "text-too-complex", "citation-unknown"} <= set(found) <= set(checks.RULES)
    assert all(checks.RULES.values())
