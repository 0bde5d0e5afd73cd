"""Whether the wording is as sure as GRADE's certainty and strength."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.checks import hedging
from tests.articles.text.checks.plain_content import found, section

EFFECT = {"high": "reduces", "moderate": "probably reduces", "low": "may reduce"}


def words(text, audience="plain", **grades):
    return [words for _rule, words in found(hedging.check, section(**{audience: text}, **grades))]


@pytest.mark.parametrize("audience", ["plain", "professional"])
@pytest.mark.parametrize("certainty", EFFECT)
def test_wording_of_its_grade_is_right(certainty, audience):
    assert words(f"This tablet {EFFECT[certainty]} pain.", audience, certainty=certainty) == []


@pytest.mark.parametrize(
    ("certainty", "text", "expected"),
    [
        ("moderate", "Statins lower the risk of stroke.", "lower"),
        ("moderate", "It definitely reduces pain.", "definitely reduces"),
        ("low", "Gabapentin reduces pain.", "reduces"),
        ("low", "It probably helps.", "helps"),
        ("low", "Exercise clearly improves sleep.", "clearly improves"),
        ("low", "The drug is effective for back pain.", "is effective"),
        ("low", "It has no effect on sleep.", "has no effect"),
        ("low", "Vitamin D does not prevent falls.", "does not prevent"),
        ("low", "This will stop your attacks.", "will stop"),
        ("low", "Zinc shortens a cold, but it may cause sickness.", "shortens"),
        ("low", "Magnesium prevented attacks.", "prevented"),
        ("low", "It is proven to cure warts.", "proven to cure"),
        ("very_low", "It may help.", "may help"),
        ("very_low", "It helps people sleep.", "helps"),
        ("high", "This may reduce stroke.", "may reduce"),
    ],
)
def test_wording_of_another_grade_is_found(certainty, text, expected):
    assert words(text, certainty=certainty) == [expected]


@pytest.mark.parametrize(
    ("certainty", "text"),
    [
        ("moderate", "Zinc may shorten a cold."),
        ("low", "To reduce pain, take it early."),
        ("low", "Reduce the dose slowly."),
        ("low", "In the trial, pain was reduced by 19%."),
        ("low", "The drug reduced pain in 59% of people."),
        ("low", "It is not known whether it lowers the risk."),
        ("low", "Does it reduce pain?"),
        ("low", "Tell your doctor if it stops your attacks."),
        ("low", "Benefits and harms differ."),
        ("low", "> It reduces pain."),
        ("low", "# It reduces pain"),
        ("very_low", "We are very uncertain whether it helps."),
        ("very_low", "It may reduce pain, but the evidence is very uncertain."),
        ("very_low", "It may help. The evidence is very uncertain."),
        ("", "It always reduces pain."),
    ],
)
def test_fair_wording_is_left_alone(certainty, text):
    assert words(text, certainty=certainty) == []


@pytest.mark.parametrize(
    ("strength", "text", "expected"),
    [
        ("conditional", "We recommend metformin.", "recommend"),
        ("conditional", "Aspirin is recommended for all adults.", "recommended"),
        ("conditional", "Adults should take metformin.", "should take"),
        ("conditional", "It is strongly advised.", "strongly advised"),
        ("strong", "The panel suggests metformin.", "panel suggests"),
        ("strong", "It may be considered.", "may be considered"),
    ],
)
def test_advice_of_another_strength_is_found(strength, text, expected):
    assert words(text, strength=strength) == [expected]


@pytest.mark.parametrize(
    ("strength", "text"),
    [
        ("conditional", "We suggest metformin."),
        ("conditional", "This is a conditional recommendation."),
        ("conditional", "You should not stop it suddenly."),
        ("conditional", "Do not take more than the recommended dose."),
        ("strong", "We recommend metformin."),
        ("strong", "The results suggest a benefit."),
        ("", "We recommend it."),
    ],
)
def test_advice_of_its_strength_is_left_alone(strength, text):
    assert words(text, strength=strength) == []


def test_content_of_schema_1_has_no_grades():
    assert found(hedging.check, section("It always cures.")) == []


@given(st.sampled_from(["", *hedging._ALLOWED]), st.text(alphabet="it may reduces. ,\n-*probably", max_size=120))
def test_every_finding_stands_in_its_text(certainty, text):
    found(hedging.check, section(text, text, certainty=certainty, strength="strong"))


@given(st.sampled_from(["reduces", "prevents", "improves"]), st.sampled_from(["pain", "falls", "sleep"]))
def test_what_is_too_sure_for_a_grade_is_too_sure_for_every_lower_one(verb, noun):
    text = f"This tablet probably {verb} {noun}."

    flagged = [bool(words(text, certainty=certainty)) for certainty in ("high", "moderate", "low", "very_low")]

    assert flagged == sorted(flagged)
