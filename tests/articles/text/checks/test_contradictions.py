"""Passages of one article that contradict each other."""

import re
from pathlib import Path

import pytest

from articles.text.checks import Context
from articles.text.checks.contradictions import check
from tests.articles.text.checks.dosing import assert_spans, content, section

SEED = Path(__file__).parents[2] / "pages" / "seed.txt"


def found(*texts, audience="professional"):
    one = content(*(section(**{audience: text}, key=f"k{number}") for number, text in enumerate(texts)))
    findings = list(check(one, Context()))
    assert_spans(findings, one)
    return findings


CONTRADICTIONS = [
    ("Gabapentin is first-line for neuropathic pain.", "Gabapentin is a second-line treatment of neuropathic pain."),
    ("Gabapentin is a first-line drug.", "Gabapentin is not a first-line drug."),
    ("Second-line treatments include:\n\n- tramadol\n- capsaicin", "Tramadol is a first-line choice."),
    ("The maximum dose of sertraline is 200 mg daily.", "Sertraline should not exceed 150 mg a day."),
    ("Start sertraline at 50 mg daily.", "The starting dose of sertraline is 25 mg daily."),
    ("Metformin is recommended for type 2 diabetes.", "Metformin is not recommended for type 2 diabetes."),
    ("Aspirin reduces stroke.", "Aspirin increases the risk of stroke."),
    ("Pregabalin and gabapentin have similar efficacy.", "Pregabalin is less effective."),
    ("Vitamin D is effective.", "Vitamin D is ineffective."),
    ("Avoid nitrofurantoin in cystitis.", "Use nitrofurantoin in cystitis."),
    ("Take levothyroxine on an empty stomach.", "Take levothyroxine with food."),
    ("Allopurinol lowers the risk of flares.", "Allopurinol increases the risk of flares."),
]


@pytest.mark.parametrize(("earlier", "later"), CONTRADICTIONS)
def test_contradiction_is_found_at_the_later_passage(earlier, later):
    (finding,) = found(earlier, later)

    assert (finding.rule, finding.section_key, finding.words) == ("contradiction", "k1", later)
    assert earlier.splitlines()[-1].split()[1] in str(finding.message) or "tramadol" in str(finding.message)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Gabapentin is first-line for neuropathic pain.", "Gabapentin is second-line for migraine."),
        ("Gabapentin is first-line.", "Tramadol is second-line."),
        ("Gabapentin is first-line and tramadol is second-line.", "Tramadol is second-line."),
        ("Start lisinopril at 10 mg once daily.", "If you take a diuretic, start lisinopril at 5 mg once daily."),
        ("Start sertraline at 50 mg daily.", "In older people start sertraline at 25 mg daily."),
        ("Start metformin at 500 mg twice daily or 850 mg once daily.", "Metformin starts with 850 mg once daily."),
        ("The maximum dose of sertraline is 200 mg daily.", "Take at most 100 mg of sertraline twice a day."),
        ("Aspirin reduces stroke.", "Aspirin increases bleeding."),
        ("Metformin is recommended for type 2 diabetes.", "Metformin is not recommended for obesity."),
        ("Gabapentin helps.", "Gabapentin helps."),
        ("Avoid nitrofurantoin in pyelonephritis.", "Use nitrofurantoin in cystitis."),
        ("Take apixaban with or without food.", "Take apixaban with food."),
    ],
)
def test_no_contradiction(earlier, later):
    assert found(earlier, later) == []


def test_audiences_are_read_apart():
    one = content(section("Gabapentin is first-line.", "Gabapentin is second-line."))

    assert list(check(one, Context())) == []


def test_seed_page_contradicts_itself_on_pregabalin():
    text = re.sub(r"^(\s*)•", r"\1-", SEED.read_text(encoding="utf-8"), flags=re.MULTILINE)
    findings = found(*re.split(r"\n(?=From the )", text))

    assert ["similar efficacy" in finding.words and "pregabalin" in str(finding.message) for finding in findings] == [
        True
    ]


def test_two_starts_in_one_paragraph_contradict():
    text = "Start sertraline at 25 mg once daily. Later: start sertraline at 100 mg once daily."

    assert [finding.words for finding in found(text)] == ["Later: start sertraline at 100 mg once daily."]
