"""S14: what stands in quotation marks is in the stored extract, byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.checks import Context, Passage, citations, quotations
from tests.articles.text.checks.contents import citation, content, is_exact, section, source

STORED = "The first dose is 75 mg two times a day. It may be\nraised to 150 mg two times a day within one week."
EXTRACTS = {"a": [Passage("Other words."), Passage(STORED)]}


def drifted(text, extracts=EXTRACTS, **fields):
    written = content(section(text), citations=(citation("a", source("drug_label"), **fields),))
    found = [one for one in citations.check(written, Context(extracts=extracts)) if one.rule == "quote-not-found"]
    assert all(not one.section_key or is_exact(one, written) for one in found)
    return [one.words for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "The label says “The first dose is 75 mg two times a day” [@a].",
        "The label says: “The first dose is 75 mg two times a day.” [@a]",
        'The label [@a] says "The first dose is 75 mg two times a day".',
        "“The first dose is 75 mg two times a day,” says the label [@a].",
        "The label says “The first dose … may be raised to 150 mg” [@a].",
        "> The first dose is 75 mg two times a day.\n> It may be raised to 150 mg two times a day [@a]",
        "“These words are in no extract at all” is a saying. The dose is 75 mg [@a].",
        "He felt “pins and needles” [@a].",
    ],
)
def test_quotation_word_for_word(text):
    assert drifted(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“The first dose is 75 mg three times a day.” [@a]", "The first dose is 75 mg three times a day."),
        ("The label [@a] says “the first dose is 75 mg two times a day”.", "the first dose is 75 mg two times a day"),
        ("> The usual dose is 75 mg two times a day [@a]", "The usual dose is 75 mg two times a day"),
        ("As it says [@a]:\n\n> The usual dose is 75 mg two times a day.", "The usual dose is 75 mg two times a day."),
        ("- “It may be raised to 300 mg two times a day” [@a]", "It may be raised to 300 mg two times a day"),
    ],
)
def test_quotation_that_drifted(text, words):
    assert drifted(text) == [words]


def test_quotation_of_a_source_without_extracts_is_not_judged():
    assert drifted("“The first dose is 75 mg three times a day” [@a].", extracts={}) == []


def test_quotation_of_the_list_and_of_the_text_is_one_finding():
    words = "The first dose is 75 mg three times a day"

    assert drifted(f"It says “{words}” [@a].", quote=words) == [words]


@given(st.lists(st.sampled_from(STORED.split()), min_size=1, max_size=8))
def test_words_of_an_extract_in_another_order_are_found_only_as_they_stand(words):
    quotation = " ".join(words)

    assert quotations.is_word_for_word(quotation, [Passage(STORED)]) == (
        quotation.rstrip(".") in " ".join(STORED.split())
    )
