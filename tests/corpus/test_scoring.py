import pytest

from articles.text.checks import Finding
from tests.corpus import loading, scoring

KEY = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def item():
    return loading.build(
        {
            "id": "x",
            "note": "x",
            "about": ["dose-without-label"],
            "professional": "Give 20 mg now, then 40 mg daily [@gabapentin-label].",
            "find": ["20 mg", "40 mg daily"],
        }
    )


def count(item, *findings, monkeypatch):
    monkeypatch.setattr(scoring.checks, "run", lambda content, context: list(findings))
    return scoring.measure([item])["dose-without-label"]


def finding(start, end, *, rule="dose-without-label", section=KEY, audience="professional", words=""):
    return Finding(rule, "message", section, audience, words, start, end)


def test_finding_with_an_overlapping_span_counts(item, monkeypatch):
    result = count(item, finding(0, 7), finding(25, 30), monkeypatch=monkeypatch)

    assert (result.positives, result.found, result.wrong, result.missed) == (2, 2, 0, 0)


def test_several_findings_of_one_expected_count_once(item, monkeypatch):
    result = count(item, finding(5, 7), finding(8, 10), monkeypatch=monkeypatch)

    assert (result.found, result.wrong, result.missed) == (1, 0, 1)


def test_one_finding_meets_one_expected_only(item, monkeypatch):
    result = count(item, finding(0, 40), monkeypatch=monkeypatch)

    assert (result.found, result.wrong, result.missed) == (1, 0, 1)


@pytest.mark.parametrize(
    "wrong",
    [finding(11, 15), finding(5, 10, section="another"), finding(5, 10, audience="plain")],
    ids=["beside", "other section", "other audience"],
)
def test_finding_elsewhere_is_wrong(item, monkeypatch, wrong):
    result = count(item, wrong, monkeypatch=monkeypatch)

    assert (result.found, result.wrong) == (0, 1)


def test_finding_of_a_rule_that_is_not_judged_is_left_alone(item, monkeypatch):
    result = count(item, finding(5, 10, rule="claim-uncited"), monkeypatch=monkeypatch)

    assert (result.found, result.wrong) == (0, 0)


def test_finding_without_a_section_is_compared_by_its_words(item, monkeypatch):
    result = count(item, finding(0, 0, section="", audience="", words="Give 20 mg now"), monkeypatch=monkeypatch)

    assert (result.found, result.wrong) == (1, 0)


def test_expected_of_a_citation_is_met_wherever_it_is_named(monkeypatch):
    told = {
        "id": "x",
        "note": "x",
        "about": ["source-retracted"],
        "professional": "Words [@trial-pain].",
        "find": ["@trial-pain"],
    }
    found = finding(0, 5, rule="source-retracted", words="Words [@trial-pain].")
    other = finding(0, 5, rule="source-retracted", words="[@trial-pain-2]")
    monkeypatch.setattr(scoring.checks, "run", lambda content, context: [found, other])

    result = scoring.measure([loading.build(told)])["source-retracted"]

    assert (result.found, result.wrong) == (1, 1)
