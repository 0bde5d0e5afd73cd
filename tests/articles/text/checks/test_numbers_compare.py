"""The door `compare(professional, plain)`: what agrees, what does not, and what is said of it."""

import pytest

from articles.text.checks.number_comparison import compare
from tests.articles.text.checks.number_pairs import AGREE, DISAGREE


@pytest.mark.parametrize(("professional", "plain"), AGREE)
def test_compare_texts_that_agree(professional, plain):
    assert compare(professional, plain) == []


@pytest.mark.parametrize(("professional", "plain"), DISAGREE)
def test_compare_texts_that_disagree(professional, plain):
    found = compare(professional, plain)

    assert found
    assert all(plain[fault.start : fault.end] == fault.words for fault in found)


@pytest.mark.parametrize(
    ("professional", "plain", "kind", "words", "instead"),
    [
        ("Gabapentin 300 mg daily.", "Take gabapentin 600 mg daily.", "amount", "600 mg", "300 mg daily"),
        (
            "Gabapentin 300 mg TID.",
            "Take gabapentin 300 mg twice a day.",
            "frequency",
            "300 mg twice a day",
            "300 mg TID",
        ),
        ("Sertraline 50 mg.", "Take 50 mg of fluoxetine.", "drug", "50 mg", "50 mg"),
        ("Morphine 5 mg SC.", "5 mg of morphine by mouth.", "route", "5 mg of morphine by mouth", "5 mg"),
        (
            "Adults 10 mg of cetirizine; children 5 mg of cetirizine.",
            "Children take 10 mg of cetirizine.",
            "population",
            "10 mg",
            "10 mg",
        ),
        ("Stop at an eGFR below 30.", "Stop at an eGFR above 30.", "direction", "30", "30"),
        ("Rest helps.", "Rest for 3 days.", "added", "3 days", ""),
    ],
)
def test_compare_says_what_differs(professional, plain, kind, words, instead):
    (fault,) = compare(professional, plain)

    assert (fault.kind, fault.words, fault.professional) == (kind, words, instead)
    assert words in str(fault.message)


def test_compare_leaves_code_links_and_citations_out():
    plain = "See `500 mg`, [this page](https://example.org/500mg), https://example.org/20mg and [@smith2021-40mg]."

    assert compare("Nothing.", plain) == []


def test_compare_reads_markdown_marks_and_entities():
    assert compare("Metoprolol **25&nbsp;mg** twice daily if &ge;65 years.", "Take *25 mg* of metoprolol BID.") == []
    assert compare("Metoprolol **25&nbsp;mg** twice daily.", "Take **50 mg** of metoprolol BID.")


@pytest.mark.parametrize("text", ["", "mg", "1/0 mg", "-- - –", "every 0 hours 5 mg", "½", "0 in 0", "1 in 0 people"])
def test_compare_odd_texts_raise_nothing(text):
    compare(text, text)
    compare("", text)
    compare(text, "")
