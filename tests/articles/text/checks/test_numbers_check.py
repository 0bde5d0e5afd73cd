"""The rules `numbers-disagree` and `label-numbers-disagree` on a content."""

import pytest

from articles.text.checks import Context, Passage
from articles.text.checks.numbers import check
from tests.articles.text.checks.dosing import assert_spans, content, section


def found(one, **facts):
    findings = list(check(one, Context(**facts)))
    assert_spans(findings, one)
    return [(finding.rule, finding.section_key, finding.audience, finding.words) for finding in findings]


def test_changed_number_is_found_where_it_stands():
    one = content(section("Gabapentin 300 mg daily.", "Take gabapentin 600 mg daily."))

    assert found(one) == [("numbers-disagree", "k0", "plain", "600 mg")]


def test_fact_moved_to_another_section_is_no_fault():
    one = content(
        section("Gabapentin 300 mg daily.", "Treat it for 14 days."),
        section("Treat for two weeks.", "Take gabapentin 300 mg a day.", key="k1"),
    )

    assert found(one) == []


def test_number_of_another_section_is_quoted_from_its_own_section():
    one = content(section("Gabapentin 300 mg daily.", "Take gabapentin 600 mg daily."), section("Rest.", "", key="k1"))
    (finding,) = check(one, Context())

    assert "300 mg daily" in str(finding.message)


def test_drug_is_taken_from_the_heading_or_the_title():
    one = content(
        section("Start with 10 mg once daily.", "Start with 10 mg of lisinopril once a day.", heading="Lisinopril"),
        title="Is amlodipine right?",
    )

    assert found(one) == []


def test_plain_text_without_professional_text_adds_its_numbers():
    assert found(content(section("", "Take 5 mg of apixaban."))) == [("numbers-disagree", "k0", "plain", "5 mg")]


QUOTE = "The recommended starting dose is 75 mg two times a day (150 mg/day), up to 300 mg/day."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Start pregabalin at 75 mg twice daily [@label].", []),
        ("Start pregabalin at 150 mg/day [@label].", []),
        ("Start pregabalin at 150 mg twice daily [@label].", []),  # 300 mg a day
        ("Start pregabalin at 50 mg twice daily [@label].", ["50 mg"]),
        ("Start pregabalin at 50 mg twice daily.", []),
        ("Start pregabalin at 50 mg twice daily [off-label] [@label].", []),
        ("After 4 weeks pregabalin helps 40% of people [@label].", []),
    ],
)
def test_dose_against_the_passage_quoted_for_it(text, words):
    one = content(section(text), quotes={"label": QUOTE})

    assert found(one) == [("label-numbers-disagree", "k0", "professional", word) for word in words]


def test_dose_may_stand_in_an_extract_instead_of_the_quotation():
    one = content(section("Pregabalin 50 mg three times daily [@label]."), quotes={"label": QUOTE})

    assert found(one, extracts={"label": [Passage("Begin at 50 mg three times a day.")]}) == []


def test_passage_of_another_drug_says_nothing():
    one = content(section("Gabapentin 300 mg daily [@label]."), quotes={"label": "Pregabalin 75 mg is the first dose."})

    assert found(one) == []
