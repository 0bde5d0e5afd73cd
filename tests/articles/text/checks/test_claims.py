"""S1: what a claim is, and where its citation may stand."""

import pytest

from articles.text.checks import Context, claims
from tests.articles.text.checks.contents import content, is_exact, section

CLAIMS = [
    "Gabapentin is recommended as a first choice.",
    "Start with 300 mg once daily.",
    "Avoid opioids in the first months.",
    "Duloxetine was better tolerated than amitriptyline.",
    "Warfarin interacts with many antibiotics.",
    "About 32% of people had less pain.",
    "One in ten had a fall: 1 in 10.",
    "The relative risk was 0.81.",
    "If pain goes on, increase the dose.",
    "People aged 65 years or over fall more often.",
]
NO_CLAIMS = [
    "Does gabapentin reduce pain in adults?",
    "Neuropathic pain arises from a lesion of the nervous system.",
    "Call an ambulance if one side of the face drops.",
    "Ask your doctor or pharmacist before you stop it.",
    "Hypertension means that the pressure in the arteries stays too high.",
    "This article does not cover children.",
    "It is not known which drug helps whom.",
    "Pain can burn or sting.",
]


def uncited(professional="", plain=""):
    written = content(section(professional, plain))
    found = list(claims.check(written, Context()))
    assert all(one.rule == "claim-uncited" and is_exact(one, written) for one in found)
    return [one.words for one in found]


@pytest.mark.parametrize("sentence", CLAIMS)
def test_claim_without_a_citation_is_found(sentence):
    assert uncited(f"Some words first. {sentence}") == [sentence]


@pytest.mark.parametrize("sentence", CLAIMS)
def test_claim_with_a_citation_is_not(sentence):
    assert uncited(f"{sentence[:-1]} [@a].") == []
    assert uncited(f"{sentence} [@a]") == []


@pytest.mark.parametrize("sentence", NO_CLAIMS)
def test_what_is_no_claim_needs_none(sentence):
    assert uncited(sentence) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Give 5 mg. Give 10 mg [@a].", []),
        ("Give 5 mg [@a]. Give 10 mg.", ["Give 10 mg."]),
        ("Give 5 mg [@a]. Give 10 mg. Give 15 mg [@b].", []),
        ("Give 5 mg.\n\nGive 10 mg [@a].", ["Give 5 mg."]),
        ("It is advised [@a]:\n\n- 5 mg in the morning\n- 10 mg at night", []),
        ("It is used [@a].\n\n- 5 mg in the morning", ["5 mg in the morning"]),
        ("These are advised:\n\n- 5 mg in the morning [@a]\n- 10 mg at night", ["10 mg at night"]),
        ("- 5 mg in the morning [@a]\n  - 10 mg at night", []),
        ("# Give 5 mg\n\nWords.", []),
        ("The table gives doses [@a].\n\n| Drug | Dose |\n| --- | --- |\n| X | 5 mg |", []),
        ("| Drug | Dose |\n| --- | --- |\n| X | 5 mg |\n| Y | 6 mg [@a] |", ["| X | 5 mg |"]),
    ],
)
def test_where_a_citation_counts(text, words):
    assert uncited(text) == words


def test_plain_text_is_asked_only_where_the_section_cites_nothing():
    assert uncited("A dose is given [@a].", "Take 5 mg at night.") == []
    assert uncited("A dose is given.", "Take 5 mg at night.") == ["Take 5 mg at night."]
