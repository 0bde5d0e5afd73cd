"""The rule `label-numbers-disagree`: every kind of quantity, in the case for which the passage states it."""

import pytest

from articles.text.checks import Context
from articles.text.checks.numbers import check
from tests.articles.text.checks.dosing import assert_spans, content, section

CETIRIZINE = "Adults: 10 mg once daily. Children 6 to 11 years: 5 mg once daily."
HARMS = "The most common reactions were nausea (20%) and headache (10%)."
CIPROFLOXACIN = "Cystitis: 250 mg twice daily for 3 days. Pyelonephritis: 500 mg twice daily for 7 days."
APIXABAN = "10 mg twice daily for the first 7 days, then 5 mg twice daily."
ALLOPURINOL = "Start with 100 mg daily and increase by 100 mg each week to a maximum of 800 mg."
POTASSIUM = "Withhold when serum potassium exceeds 5.5 mEq/L."


def words_found(text, quote):
    one = content(section(f"{text} [@label]."), quotes={"label": quote})
    findings = [finding for finding in check(one, Context()) if finding.rule == "label-numbers-disagree"]
    assert_spans(findings, one)
    return [finding.words for finding in findings]


@pytest.mark.parametrize(
    ("text", "quote", "words"),
    [
        ("Amoxicillin is given for 10 days", "Treat for 5 days in adults with pneumonia.", ["10 days"]),
        ("Wait 7 days after an MAOI", "At least 14 days must elapse after an MAOI.", ["7 days"]),
        ("Not for children under 16 years", "Not recommended in children under 12 years.", ["16 years"]),
        ("Methotrexate 10 mg daily", "Methotrexate 10 mg once weekly.", ["daily"]),
        ("Check kidney function every 3 months", "Monitor renal function every 6 months.", ["every 3 months"]),
        ("Nausea occurred in 10% of patients", HARMS, ["10%"]),
        ("Withhold when potassium is above 6 mmol/L", POTASSIUM, ["6 mmol/L"]),
        ("Creatinine of 2 mmol/L or more", "Serum creatinine of 2 mg/dL or more.", ["2 mmol/L"]),
        ("Aim for less than 140/90 mmHg", "The target is less than 130/80 mmHg.", ["140/90 mmHg"]),
        ("Heparin 5000 units intravenously", "Give 5000 units subcutaneously.", ["intravenously"]),
        ("Allopurinol: increase by 200 mg each week", ALLOPURINOL, ["200 mg each week"]),
    ],
)
def test_wrong_quantity_of_a_kind_that_the_passage_states(text, quote, words):
    assert words_found(text, quote) == words


@pytest.mark.parametrize(
    ("text", "quote", "words"),
    [
        ("Children take 10 mg of cetirizine once daily", CETIRIZINE, ["10 mg"]),
        ("In cystitis give ciprofloxacin 250 mg for 7 days", CIPROFLOXACIN, ["7 days"]),
        (
            "Apixaban 5 mg twice daily for 7 days, then 10 mg twice daily",
            APIXABAN,
            ["5 mg twice daily", "10 mg twice daily"],
        ),
        (
            "Rizatriptan: up to 30 mg per dose",
            "A single dose is 10 mg. The most in 24 hours is 30 mg.",
            ["30 mg per dose"],
        ),
    ],
)
def test_quantity_that_the_passage_gives_in_another_case(text, quote, words):
    found = words_found(text, quote)

    assert len(found) == len(words)
    assert all(word in whole for word, whole in zip(words, found, strict=True))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Adults take cetirizine 10 mg once daily", CETIRIZINE),
        ("Nausea occurred in 20% of patients and headache in 10%", HARMS),
        ("Fatigue occurred in 15% of patients", HARMS),
        ("Weight loss was 15%", "Mean weight loss was 14.9%."),
        ("Withhold when potassium is above 5.5 mmol/L", POTASSIUM),
        ("Apixaban 10 mg twice daily for 7 days, then 5 mg twice daily", APIXABAN),
        ("Gabapentin 1,800 mg per day", "The usual dose is 900 to 3600 mg per day."),
        ("Attacks last for 4 to 72 hours; sumatriptan 50 mg helps", "Do not use for 24 hours after ergotamine."),
        ("Use within 48 hours of the first symptoms", "Start treatment within 2 days of symptom onset."),
        ("Take zolpidem 5 mg before bedtime", "The recommended dose is 5 mg."),
        ("Start allopurinol at 100 mg daily", ALLOPURINOL),
    ],
)
def test_supported_or_of_a_kind_that_the_passage_does_not_state(text, quote):
    assert words_found(text, quote) == []


def test_number_before_another_citation_is_not_held_against_this_one():
    one = content(
        section("Sertraline starts at 50 mg daily [@label]; the trial gave 100 mg daily [@study]."),
        quotes={"label": "Sertraline: begin at 50 mg daily."},
    )

    assert [finding for finding in check(one, Context()) if finding.rule == "label-numbers-disagree"] == []


def test_a_part_of_a_range_is_no_second_finding():
    quote = "Adjust the dosage by 12.5 to 25 mcg increments every 4 to 6 weeks."

    for interval in ("every week", "every 1 to 2 weeks"):
        (words,) = words_found(f"Levothyroxine is adjusted by 12.5 to 25 mcg {interval}", quote)
        assert words.endswith(interval)
