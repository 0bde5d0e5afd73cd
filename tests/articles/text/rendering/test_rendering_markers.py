"""The marker of an off-label dose."""

import pytest

from articles.text.rendering import citing_sentences, render_body, render_text, used_citation_keys, used_terms
from tests.articles.text.rendering.citing import article
from tests.hostile import assert_inert

SHOWN = '<span class="off-label">not an approved use</span>'


def test_marker_is_shown_where_it_stands():
    html = render_text("Gabapentin 300 mg daily [off-label] for neck pain.")

    assert f"300 mg daily {SHOWN} for neck pain" in html


def test_marker_may_touch_a_citation():
    html = render_body(article("Give 5 mg [off-label][@a]."), "professional")

    assert SHOWN in html
    assert used_citation_keys("Give 5 mg [off-label][@a].") == ["a"]


@pytest.mark.parametrize("text", ["`[off-label]`", r"\[off-label]", "    [off-label]", "[Off-Label]", "[off-label"])
def test_marker_is_text_in_code_or_escaped(text):
    assert SHOWN not in render_text(f"x\n\n{text}\n")
    assert "ff-" in render_text(text)


def test_marker_with_an_address_is_a_link():
    html = render_text("[off-label](https://example.org)")

    assert SHOWN not in html
    assert 'href="https://example.org"' in html


def test_marker_cannot_be_defined_as_a_link():
    html = render_text("5 mg [off-label]\n\n[off-label]: https://evil.example\n")

    assert SHOWN in html
    assert "evil" not in html


@pytest.mark.parametrize(
    "text",
    [
        "[off-label]<script>",
        "[[off-label]](javascript:alert(1))",
        "**[off-label]**",
        "| a [off-label] |\n|--|\n| [off-label] |",
    ],
)
def test_marker_among_hostile_text_is_inert(text):
    assert_inert(render_text(text))


def test_marker_is_in_no_glossary_explanation():
    term = {"term": "approved use", "variants": ["off-label"], "plain": "what it may be sold for", "definition": ""}
    content = article("Take 5 mg [off-label].")
    content["glossary"] = [term]
    content["sections"][0]["plain"] = "Take 5 mg [off-label]."

    assert used_terms("Take 5 mg [off-label].", [term]) == []
    assert SHOWN in render_body(content, "plain")


def test_marker_stays_in_a_citing_sentence():
    assert citing_sentences("Give 5 mg [off-label] [@a].", {"a"}) == ["Give 5 mg [off-label]."]
