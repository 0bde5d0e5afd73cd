"""Figures that the professional text has, but of another drug, arm, line or threshold."""

import time

import pytest

from articles.text.checks.number_comparison import compare
from articles.text.statements.stated_quantities import stated

TRIAL = "Response was seen in 45% with sertraline and 30% with placebo."
TABLE = "| Age | Dose |\n| --- | --- |\n| 2 to 4 years | 180 mg |\n| 4 to 6 years | 240 mg |"
LIST = "- Amoxicillin 500 mg three times daily for 5 days\n- Doxycycline 100 mg twice daily for 7 days"
SURGERY = "Stop it 24 hours before low-risk and 48 hours before high-risk surgery."


@pytest.mark.parametrize(
    ("professional", "plain"),
    [
        (TRIAL, "With a sugar pill 30% got better, and with sertraline 45% did."),
        (TRIAL, "On sertraline, 45 in 100 got better. On the dummy pill, 30 did."),
        ("Apixaban against warfarin: 1.3% and 1.6% had a stroke.", "On warfarin 1.6% had a stroke, on apixaban 1.3%."),
        ("It helped 38% of patients on gabapentin.", "Of 100 people on gabapentin, 38 felt better."),
        (TABLE, "- 4 to 6 years: 240 mg\n- 2 to 4 years: 180 mg"),
        (LIST, "Doxycycline: 100 mg twice a day for 7 days. Amoxicillin: 500 mg three times a day for 5 days."),
        (SURGERY, "Before high-risk surgery stop it 48 hours ahead, and before low-risk surgery 24 hours."),
        (
            "The dose was lower: 57 mg per day instead of 340 mg per day.",
            "It was higher: 340 mg a day instead of 57 mg a day.",
        ),
        ("Any two criteria are enough.", "It is enough if two criteria are met."),
        (
            "Begin with lisinopril 5–10 mg once daily.",
            "You begin with a low dose, often 5 mg of lisinopril once a day.",
        ),
        ("Repeat after at least 2 hours if pain has not gone.", "You may repeat it after at least 2 hours."),
        (
            "Give 1 mg of adrenaline IV, or 0.5 mg IM.",
            "You get 0.5 mg into a muscle, or 1 mg of adrenaline into a vein.",
        ),
    ],
)
def test_figures_in_their_places_agree(professional, plain):
    assert compare(professional, plain) == []


@pytest.mark.parametrize(
    ("professional", "plain", "words"),
    [
        (TRIAL, "With a sugar pill 45% got better, and with sertraline 30% did.", ["45%", "30%"]),
        (TRIAL, "Sertraline helped 30% of people. The dummy pill helped 45%.", ["30%", "45%"]),
        (
            "Apixaban against warfarin: 1.3% and 1.6% had a stroke.",
            "On warfarin 1.3% had a stroke, on apixaban 1.6%.",
            ["1.3%", "1.6%"],
        ),
        (
            "A clot occurred in 560 patients with rivaroxaban and 446 with the vitamin K antagonist.",
            "A clot came in 560 on the older medicine and 446 on rivaroxaban.",
            ["446"],
        ),
        (TABLE, "- 2 to 4 years: 240 mg\n- 4 to 6 years: 240 mg", ["240 mg"]),
        (TABLE, "Children of 2 to 4 years take 240 mg, and those of 4 to 6 years 180 mg.", ["240 mg", "180 mg"]),
        (LIST, "- amoxicillin 500 mg three times a day for 7 days", ["7 days"]),
        (
            SURGERY,
            "Stop it 48 hours before low-risk surgery and 24 hours before high-risk surgery.",
            ["48 hours", "24 hours"],
        ),
        (
            "Mild disease: 250 mg twice daily. Severe disease: 500 mg twice daily.",
            "For mild disease take 500 mg twice a day. For severe disease take 500 mg twice a day.",
            ["500 mg"],
        ),
        (
            "The steroid dose was lower: 57 mg per day instead of 340 mg per day.",
            "It meant less steroid: 340 mg per day instead of 57 mg per day.",
            ["340 mg per day"],
        ),
        (
            "Triptans on 10 or more days per month, or analgesics on 15 or more days per month.",
            "Triptans on 10 or more days per month, or painkillers on 10 or more days per month.",
            ["10 or more days"],
        ),
        ("- Day 1: 300 mg.\n- Stop over at least 1 week.", "- Day 1: 300 mg.\n- Stop over at least 1 day.", ["1 day"]),
        ("Any two criteria are enough.", "It is enough if one criterion is met.", ["one"]),
        (
            "Repeat after at least 2 hours if pain has not gone.",
            "You may repeat it after at most 2 hours.",
            ["2 hours"],
        ),
        (
            "Give 1 mg of adrenaline IV, or 0.5 mg IM.",
            "You get 0.5 mg of adrenaline into a vein, or 1 mg into a muscle.",
            ["0.5 mg of adrenaline into a vein", "1 mg into a muscle"],
        ),
    ],
)
def test_figures_out_of_their_places_are_found(professional, plain, words):
    found = [fault.words for fault in compare(professional, plain)]

    assert [one for one in found if any(word in one or one in word for word in words)] == found
    assert len(found) == len(words)


def test_fault_quotes_what_stands_in_the_place():
    first, _second = compare(TRIAL, "Sertraline helped 30% of people. The dummy pill helped 45%.")

    assert first.professional == "45%"


@pytest.mark.parametrize(
    "text",
    [
        "amoxicillin 5 mg twice daily, " * 660,
        ", ".join(f"{number} mg daily" for number in range(1500)),
        "".join(f"- gabapentin {number} mg for {number} days\n" for number in range(195)),
        "".join(f"{number}% with gabapentin and {number + 1}% with placebo. " for number in range(195)),
    ],
    ids=["one sentence", "distinct amounts", "list", "arms"],
)
def test_the_time_for_hostile_text_is_bounded(text):
    start = time.process_time()
    compare(text, text.replace("5", "6"))

    assert time.process_time() - start < 4  # 1 to 2 seconds at most on a slow machine; quadratic code takes far more


@pytest.mark.parametrize(
    ("text", "low"), [("Vitamin D3 800 IU daily.", 800), ("Co-codamol two tablets four times daily.", 2)]
)
def test_dose_behind_a_name_with_a_digit_or_a_hyphen_has_its_drug(text, low):
    (dose,) = stated(text).quantities

    assert dose.low == low
    assert dose.drugs
    assert dose.drug_is_named
