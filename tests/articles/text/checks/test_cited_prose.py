"""Markdown as the checks read it: every place is the place of its words, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.checks import cited_prose

LINES = st.lists(
    st.sampled_from(
        [
            "# Head",
            "- item one. Item two [@a]",
            "  - deeper: [@b; @c]",
            "1. first",
            "| A | B |",
            "| --- | --- |",
            "| 1 mg | 2 [@a] |",
            "> quoted words [@q]",
            "A sentence. Another e.g. this one! **Bold.** More [@a].",
            "",
            "```",
            "goes on [@z]",
            "---",
        ]
    ),
    max_size=25,
)


@given(LINES)
def test_every_place_is_in_order_and_holds_its_words(lines):
    text = "\n".join(lines)

    end = 0
    for place, block in enumerate(cited_prose.blocks(text)):
        assert end <= block.start < block.end <= len(text)
        assert -1 <= block.parent < place
        end = block.end
        for sentence in block.sentences:
            assert block.start <= sentence.start < sentence.end <= block.end
            assert text[sentence.start : sentence.end] == sentence.text
            assert len(sentence.bare) == len(sentence.text)
            assert all(text[mark.start : mark.end].startswith("[@") for mark in sentence.marks)


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    assert all(text[one.start : one.end] == one.text for one in cited_prose.sentences(text))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("One.[@a] Two [@b].", ["One.[@a]", "Two [@b]."]),
        ("One [@a]. [@b] Two.", ["One [@a]. [@b]", "Two."]),
        ("Doses of e.g. Gabapentin vs. Placebo.", ["Doses of e.g. Gabapentin vs. Placebo."]),
        ("Smith et al. Found it.", ["Smith et al. Found it."]),
        ("**Call now.** Then wait.", ["**Call now.**", "Then wait."]),
        ("1.5 mg. 2 mg.", ["1.5 mg.", "2 mg."]),
        ("Line one\ngoes on. Next", ["Line one\ngoes on.", "Next"]),
    ],
)
def test_sentences(text, sentences):
    assert [one.text for one in cited_prose.sentences(text)] == sentences


def test_blocks_know_what_introduces_them():
    text = "Intro [@x]:\n\n- one\n  - deeper\n- two\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n"

    found = [(block.kind, block.depth, block.parent) for block in cited_prose.blocks(text)]

    assert found == [
        ("paragraph", 0, -1),
        ("item", 0, 0),
        ("item", 1, 1),
        ("item", 0, 0),
        ("header", 0, -1),
        ("row", 0, 4),
    ]


def test_code_is_no_prose():
    assert list(cited_prose.sentences("```\nGive 5 mg.\n```\n")) == []
