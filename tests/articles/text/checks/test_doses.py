"""Doses need a label or guideline, keep to the label, and say so where they are off-label."""

import pytest

from articles.text.checks import Context, Passage
from articles.text.checks.doses import check
from tests.articles.text.checks.dosing import assert_spans, content, section


def found(one, **facts):
    findings = list(check(one, Context(**facts)))
    assert_spans(findings, one)
    return [(finding.rule, finding.audience, finding.words) for finding in findings]


def uncited(text, **kinds):
    return [words for rule, _audience, words in found(content(section(text, **kinds))) if rule == "dose-without-label"]


@pytest.mark.parametrize(
    "text",
    [
        "Start gabapentin 300 mg daily [@label].",
        "Start gabapentin 300 mg daily [@guideline].",
        "- Gabapentin 300 mg. Raise it to 600 mg [@label].",
        "The label gives [@label]:\n\n- gabapentin 300 mg\n- then 600 mg",
        "| Drug | Dose |\n|---|---|\n| Gabapentin | 300 mg [@label] |",
        "> Start gabapentin at 300 mg.\n> Raise it to 600 mg. [@label]",
        "Give 5 mg at night.",
        "Gabapentin helps when creatinine is above 1.5 mg/dL and weight is 60 kg.",
        "Lithium levels stay at 0.6 to 0.8 mmol/L.",
        "Metformin is for HbA1c above 7%; drink 2 L of water.",
        "`gabapentin 300 mg`",
    ],
)
def test_dose_with_its_source_or_no_dose(text):
    assert uncited(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Start gabapentin 300 mg daily.", ["300 mg daily"]),
        ("Start gabapentin 300 mg daily [@study].", ["300 mg daily"]),
        ("Start gabapentin 300 mg daily [@unversioned].", ["300 mg daily"]),
        ("Start gabapentin 300 mg daily [@open].", ["300 mg daily"]),
        ("Gabapentin works [@label]. The dose is 300 mg TID.", ["300 mg TID"]),
        ("- Gabapentin 300 mg [@label]\n- Pregabalin 75 mg BID", ["75 mg BID"]),
        ("| Drug | Dose |\n|---|---|\n| Gabapentin | 300 mg |\n| Pregabalin | 75 mg [@label] |", ["300 mg"]),
        ("Eliquis 5 mg twice daily", ["5 mg twice daily"]),
        ("Inject 10 units of insulin.", ["10 units"]),
        ("Salbutamol: 2 puffs as needed", ["2 puffs"]),
        ("Levothyroxine 1.6 mcg/kg/day", ["1.6 mcg/kg/day"]),
        ("Zanubrutinib 160 mg twice daily", ["160 mg twice daily"]),
    ],
)
def test_dose_without_label(text, words):
    assert uncited(text) == words


def test_dose_that_a_trial_gave_may_cite_the_trial_where_research_is():
    assert uncited("The trial gave gabapentin 300 mg daily [@study].", kind="research") == []


def test_source_that_is_only_discussed_carries_no_dose():
    one = content(section("Gabapentin 300 mg daily [@label]."), use="discussed")

    assert found(one) == [("dose-without-label", "professional", "300 mg daily")]


@pytest.mark.parametrize(
    ("professional", "plain", "audiences"),
    [
        ("Gabapentin 300 mg TID [@label].", "Take 300 mg of gabapentin three times a day.", []),
        ("Gabapentin 300 mg TID.", "Take 300 mg of gabapentin three times a day [@label].", ["professional"]),
        ("Gabapentin 300 mg TID.", "Take 300 mg of gabapentin three times a day.", ["professional", "plain"]),
        ("Gabapentin 300 mg TID [@label].", "Take 600 mg of gabapentin three times a day.", ["plain"]),
    ],
)
def test_dose_in_plain_text_is_judged_through_the_professional_text(professional, plain, audiences):
    assert [audience for _rule, audience, _words in found(content(section(professional, plain)))] == audiences


LABEL = "The maximum recommended dose is 600 mg/day. Start at 75 mg two times a day (150 mg/day)."
SINGLE = "Take 50 mg; the maximum single dose is 100 mg. Do not exceed 200 mg in 24 hours."


def above(text, label=LABEL, loinc=""):
    one = content(section(text))
    findings = found(one, extracts={"label": [Passage(label, loinc=loinc)]})
    return [words for rule, _audience, words in findings if rule == "dose-above-label"]


@pytest.mark.parametrize(
    "text",
    [
        "Pregabalin 300 mg twice daily [@label].",
        "Pregabalin up to 600 mg per day [@label].",
        "Pregabalin 450 mg twice daily [off-label] [@label].",
        "Do not give pregabalin 900 mg a day [@label].",
        "Pregabalin 900 mg a day [@guideline].",
        "Gabapentin 900 mg a day [@guideline].",
    ],
)
def test_dose_within_the_label(text):
    assert above(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pregabalin 450 mg twice daily [@label].", "450 mg twice daily"),
        ("Pregabalin up to 900 mg/day [@label].", "900 mg/day"),
        ("Pregabalin 0.9 g daily [@label].", "0.9 g daily"),
        ("Pregabalin 700 mg [@label].", "700 mg"),
    ],
)
def test_dose_above_label(text, words):
    assert above(text) == [words]


def test_single_dose_has_its_own_maximum():
    assert above("Sumatriptan 100 mg [@label].", SINGLE) == []
    assert above("Sumatriptan 150 mg [@label].", SINGLE) == ["150 mg"]
    assert above("Sumatriptan 300 mg in 24 hours [@label].", SINGLE) == ["300 mg in 24 hours"]


def test_overdose_is_no_maximum():
    assert above("Pregabalin 900 mg a day [@label].", LABEL + " In overdose, up to 15,000 mg a day was taken.") == [
        "900 mg a day"
    ]


def unmarked(text, **facts):
    findings = found(content(section(text), **facts))
    return [words for rule, _audience, words in findings if rule == "off-label-unmarked"]


@pytest.mark.parametrize(
    "text",
    [
        "Amitriptyline 10 mg at night is used off-label [@guideline].",
        "Unlicensed use: amitriptyline 10 mg at night [@guideline].",
        "Amitriptyline is not approved for pain. Amitriptyline 10 mg at night helps [@guideline].",
        "Amitriptyline 10 mg at night, outside its licence [@guideline].",
    ],
)
def test_off_label_unmarked(text):
    assert unmarked(text) == ["10 mg at night"]


@pytest.mark.parametrize(
    "text",
    [
        "Amitriptyline 10 mg at night [off-label] is used off-label [@guideline].",
        "This is not off-label: amitriptyline 10 mg at night [@guideline].",
        "Amitriptyline is approved here. Take 10 mg at night [@guideline].",
        "Amitriptyline is unlicensed for this [@guideline].",
        # The label that is cited for the dose says what it is approved for.
        "Gabapentin 300 mg daily is for shingles [@label]. For other pain gabapentin is not an approved use [@label].",
    ],
)
def test_off_label_marked_or_not_said(text):
    assert unmarked(text) == []


def test_citation_that_says_off_label_asks_for_the_marker():
    assert unmarked("Amitriptyline 10 mg [@guideline].", locator="Table 3, off-label uses") == ["10 mg"]
