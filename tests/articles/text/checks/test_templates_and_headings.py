"""S8, S10, S17 and label-heading: plain texts left behind, blocks that lack, sections nobody edited, headings."""

import pytest

from articles.text.checks import Context, label_headings, provenance, required_blocks, structure
from tests.articles.text.checks.contents import citation, content, is_exact, section, source

URGENT = section("Call for help at once.", "Call for help at once.", blocks=["urgent_help"])


def missing(*sections, template="condition", **facts):
    return [one.words for one in required_blocks.check(content(*sections, template=template, **facts), Context())]


def test_general_article_needs_no_block():
    assert missing(section("Words."), template="general") == []
    assert list(required_blocks.check({"sections": []}, Context())) == []


def test_every_template_asks_for_blocks_that_have_a_name():
    assert set().union(*required_blocks.TEMPLATES.values()) == set(required_blocks.NAMES)


def test_block_is_answered_by_a_section_or_by_a_reason():
    assert missing(section("Words.")) == ["urgent_help", "unknowns"]
    assert missing(URGENT) == ["unknowns"]
    assert missing(URGENT, not_applicable=[{"block": "unknowns", "reason": "All of it is known."}]) == []
    assert missing(URGENT, not_applicable=[{"block": "unknowns", "reason": "  "}]) == ["unknowns"]


@pytest.mark.parametrize(
    ("fields", "is_missing"),
    [
        ({"professional": "Words.", "plain": ""}, True),
        ({"professional": "Words.", "plain": "Words."}, False),
        ({"professional": "Words.", "plain": "", "plain_missing_reason": "For clinicians."}, False),
        ({"professional": "", "plain": ""}, True),
    ],
)
def test_block_needs_text(fields, is_missing):
    assert ("unknowns" in missing(URGENT, section(**fields, blocks=["unknowns"]))) == is_missing


def test_urgent_help_is_said_in_plain_words():
    told = section("Call for help.", "", blocks=["urgent_help"], plain_missing_reason="For clinicians.")

    assert "urgent_help" in missing(told)


_SHORT = ("NDA", "ANDA", "BLA", "NDA021446")
LABEL = {"country": "US", "marketing_category": "NDA"}


def claimed(heading, kind="other", text="Words [@a].", *, labels=(LABEL,)):
    cited = tuple(citation("a", source("drug_label", **label)) for label in labels)
    written = content(section(text, heading=heading, kind=kind), citations=cited)
    return [one.words for one in label_headings.check(written, Context())]


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("From the FDA Drug Label", {"country": "US", "marketing_category": "unapproved drug other"}),
        ("From the FDA Drug Label", {"country": "GB", "marketing_category": ""}),
        ("FDA-approved uses", {"country": "US", "marketing_category": "OTC monograph final"}),
        ("What the US label says", {"country": "CA", "marketing_category": ""}),
        ("From the SmPC", LABEL),
        ("The EMA label", LABEL),
        ("Approved doses", {"country": "US", "marketing_category": "Unapproved drug other"}),
    ],
)
def test_heading_that_claims_too_much(heading, label):
    assert claimed(heading, labels=(label,)) == [heading]


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        *(
            ("From the FDA Drug Label", {"country": country, "marketing_category": category})
            for country in ("US", "")
            for category in (
                "NDA",
                "ANDA",
                "BLA",
                "NDA021446",
                "Abbreviated New Drug Application",
                "NDA AUTHORIZED GENERIC",
            )
        ),
        ("From the SmPC", {"country": "GB", "marketing_category": ""}),
        ("The EMA label", {"country": "EU", "marketing_category": ""}),
        ("From the drug label", {"country": "US", "marketing_category": "unapproved drug other"}),
        ("Not an approved use", {"country": "CA", "marketing_category": ""}),
        ("How it works", {"country": "CA", "marketing_category": ""}),
    ],
)
def test_heading_that_is_true(heading, label):
    assert claimed(heading, labels=(label,)) == []


@pytest.mark.parametrize(("heading", "kind"), [("Doses", "drug_label"), ("Prescribing information", "other")])
def test_heading_of_a_label_that_is_not_cited(heading, kind):
    assert claimed(heading, kind, labels=()) == [heading]


def test_heading_within_a_text_is_found_in_its_place():
    written = content(section("Words.\n\n### FDA-approved uses\n\nMore."))
    (finding,) = label_headings.check(written, Context())

    assert finding.words == "FDA-approved uses"
    assert is_exact(finding, written)


def unattested(edited, *, used=True):
    written = content(section("Words."), section("", "Plain words."), ai={"declared": True, "used": used})
    return [one.section_key for one in provenance.check(written, Context(edited_sections=edited))]


def test_section_that_nobody_edited():
    assert unattested(frozenset()) == ["k0", "k1"]
    assert unattested(frozenset({"k0"})) == ["k1"]
    assert unattested(None) == []
    assert unattested(frozenset(), used=False) == []


OLD = section("Give 5 mg once daily [@a].", "Take 5 mg once a day.")


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (section("Give 10 mg once daily [@a].", "Take 5 mg once a day."), "10"),
        (section("Give 5 mg twice daily [@a].", "Take 5 mg once a day."), "twice"),
        (section("Give 5 mg daily [@a].", "Take 5 mg once a day."), "mg daily"),
        (section("", "Take 5 mg once a day."), ""),
        (section("Give 10 mg once daily [@a].", "Take 10 mg once a day."), None),
        (section("give 5 mg, once daily! [@b]", "Take 5 mg once a day."), None),
        (section("Give 10 mg once daily [@a].", ""), None),
    ],
)
def test_plain_text_that_did_not_follow(new, words):
    written = content(new)
    found = [
        one for one in structure.check(written, Context(previous=content(OLD))) if one.rule == "plain-not-revisited"
    ]

    assert [one.words for one in found] == ([] if words is None else [words])
    assert all(is_exact(one, written) for one in found)
