"""Glossary words explained in place."""

import re

import pytest

from articles.text.rendering import render_body, used_terms
from tests.hostile import assert_inert, content_with


def test_first_use_in_a_section_is_explained_in_the_text():
    html = explained("Pain and pain.", term("pain", "what hurts"))

    assert html == '<p><dfn class="glossary">Pain</dfn> <span class="glossary-plain">(what hurts)</span> and pain.</p>'


def test_longest_term_wins():
    html = explained("nerve pain, pain", term("pain", "hurt"), term("nerve pain", "hurt of a nerve"))

    assert words(html) == "nerve pain (hurt of a nerve), pain (hurt)"


@pytest.mark.parametrize(
    "text",
    [
        "painful",
        "repaint",
        "pain-free",
        "chronic-pain",
        "patient's-pain",
        "pain's",
        "The label says “severe pain was seen”.",
        'It says "severe pain was seen".',
        "`pain`",
        "    pain",
        "# pain",
        "> pain",
        "[pain](https://example.org)",
        "pa*in*",
    ],
)
def test_not_explained_in(text):
    assert "glossary" not in explained(text, term("pain", "hurt"))


@pytest.mark.parametrize(
    "text", ["pain", "PAIN.", "(pain)", "*pain*", "pain/itch", "- pain", "|pain|b|\n|-|-|\n|1|2|", "“pain”"]
)
def test_explained_in(text):
    assert "(hurt)" in explained(text, term("pain", "hurt"))


def test_words_of_a_term_may_stand_on_two_lines():
    assert "(hurt)" in explained("nerve\npain", term("nerve pain", "hurt"))


def test_shorter_term_stands_in_for_one_that_is_half_a_compound():
    html = explained("heart pain-free", term("heart", "pump"), term("heart pain", "angina"))

    assert words(html) == "heart (pump) pain-free"


def test_quotation_is_left_as_it_was_said_and_the_text_after_it_explained():
    html = explained("“Severe pain was seen.” Pain is rare.", term("pain", "hurt"))

    assert words(html) == "“Severe pain was seen.” Pain (hurt) is rare."


def test_term_said_plainly_is_not_explained_by_itself_again():
    html = explained("A mini-stroke, or TIA.", term("TIA", "mini-stroke", "mini-stroke"))

    assert "glossary" not in html


def test_variant_counts_as_its_term():
    html = explained("aches and pain", term("pain", "hurt", "aches"))

    assert words(html) == "aches (hurt) and pain"


def test_order_of_first_use_is_the_order_of_the_text():
    html = explained("a *pain* pain", term("pain", "hurt"))

    assert words(html) == "a pain (hurt) pain"


def test_definition_explains_where_there_is_no_plain_wording():
    html = explained("pain", {"term": "pain", "variants": [], "plain": "", "definition": "a\n feeling"})

    assert words(html) == "pain (a feeling)"


@pytest.mark.parametrize("plain", ["", "Pain"])
def test_term_that_explains_nothing_is_left_alone(plain):
    assert "glossary" not in explained("pain", term("pain", plain))


def test_explanation_is_text():
    html = explained("a <b> b", term("<b>", "<script>alert(1)</script> [@a] *x*"))

    assert "&lt;b&gt;</dfn>" in html
    assert "(&lt;script&gt;alert(1)&lt;/script&gt; [@a] *x*)" in html
    assert_inert(html)


def test_clinicians_passage_on_the_plain_page_is_boxed_and_explained():
    content = content_with("professional", "Pain [@a].")
    content["sections"][0]["plain"] = ""

    html = render_body(content, "plain")

    assert (
        '<div class="clinician-box" role="note"><p class="clinician-note">This passage was written for clinicians. '
        'It has not been put into plain language yet.</p><p><dfn class="glossary">Pain</dfn>' in html
    )


def test_professional_page_explains_nothing():
    assert "glossary" not in render_body(content_with("professional", "nerve pain"), "professional")


def test_each_section_explains_again():
    content = content_with("plain", "pain")
    content["sections"][1]["plain"] = "pain"

    assert render_body(content, "plain").count("<dfn") == 2


def test_used_terms_are_those_explained():
    terms = [term("pain", "hurt"), term("nerve pain", "x"), term("heading", "x"), term("drug", "x", "drugs")]

    assert used_terms("# A heading\n\nNerve pain, `pain` and DRUGS.", terms) == [terms[1], terms[3]]


def test_leaving_out_unused_terms_changes_nothing():
    content = content_with("plain", "Nerve pain of a nerve, script, <b>.")
    before = render_body(content, "plain")
    texts = [section["plain"] or section["professional"] for section in content["sections"]]

    content["glossary"] = used_terms("\n\n".join(texts), content["glossary"])

    assert render_body(content, "plain") == before


def term(name, plain, *variants):
    return {"term": name, "variants": list(variants), "plain": plain, "definition": ""}


def explained(text, *terms):
    content = content_with("plain", text)
    content["glossary"] = list(terms)
    content["sections"] = content["sections"][:1]
    found = re.search(r'<div class="section-text">(.*?)</div></section>', render_body(content, "plain"), re.DOTALL)
    return found[1]


def words(html):
    return re.sub(r"<[^>]*>", "", html)
