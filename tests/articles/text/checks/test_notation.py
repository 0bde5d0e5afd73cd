"""Notation that has led to errors, and what to write instead."""

import pytest

from articles.text.checks import Context
from articles.text.checks.notation import check
from tests.articles.text.checks.dosing import assert_spans, content, section


def found(text):
    one = content(section(text))
    findings = list(check(one, Context()))
    assert_spans(findings, one)
    return [(finding.rule, finding.words) for finding in findings]


@pytest.mark.parametrize(
    ("text", "words", "instead"),
    [
        ("Give 10 U of insulin.", "U", "units"),
        ("Vitamin D 800 IU a day.", "IU", "units"),
        ("Aspirin 81 mg QD.", "QD", "daily"),
        ("Aspirin 81 mg q.d. at breakfast", "q.d.", "daily"),
        ("Prednisone 5 mg QOD.", "QOD", "every other day"),
        ("Give 1.0 mg.", "1.0 mg", "1 mg"),
        ("Give .5 mg.", ".5", "0.5"),
        ("Give 1000 mg.", "1000", "1,000"),
        ("Give 10000 units.", "10000", "10,000"),
        ("Give 300mg.", "300mg", "300 mg"),
        ("Give 50 µg.", "µg", "micrograms"),
        ("Give 50 ug.", "ug", "micrograms"),
        ("Give 5 cc.", "cc", "mL"),
        ("MS 10 mg for pain", "MS", "morphine sulfate"),
        ("MgSO4 2 g", "MgSO4", "magnesium sulfate"),
        ("Give 5 mg if >10 mg was taken.", ">", "more than"),
        ("Give 4 mg SC.", "SC", "subcutaneously"),
        ("2 drops AU of 5 mg", "AU", "both ears"),
        ("HCTZ 25 mg", "HCTZ", "hydrochlorothiazide"),
        ("Take 5 mg @ noon.", "@", "at"),
        ("Temazepam 10 mg HS", "HS", "bedtime"),
    ],
)
def test_error_prone_dose(text, words, instead):
    (finding,) = check(content(section(text)), Context())

    assert (finding.rule, finding.words) == ("error-prone-dose", words)
    assert instead in str(finding.message)


@pytest.mark.parametrize("text", ["Write QD nowhere.", "MSO4 is no name."])
def test_error_prone_notation_without_a_dose(text):
    assert [rule for rule, _words in found(text)] == ["error-prone-notation"]


@pytest.mark.parametrize(
    "text",
    [
        "ALT above 40 IU/L or 40 U/L.",
        "Potassium of 4.0 mmol/L.",
        "INR 2.0 to 3.0.",
        "An eGFR <30 is low.",
        "p<0.05",
        "In 2021 and 1,000 mg and 0.5 mg.",
        "[@cc5] [@qd2020]",
        "`1.0 mg QD`",
        "[a page](https://example.org/1.0mg@QD)",
        "Multiple sclerosis (MS) and systemic sclerosis (SC).",
        "U-100 syringes",
        "Write to board@example.org.",
        "Version 1.0",
    ],
)
def test_sound_notation(text):
    assert found(text) == []
