"""The body of an article, part by part."""

import copy

import pytest

from articles.text.rendering import RENDERING_VERSION, UnknownSchema, render_body
from articles.text.rendering.sanitising import safe
from tests.hostile import assert_inert, content_with


def test_contents_lead_to_sections_and_references():
    html = render_body(content_with("heading", "What & why"), "professional")

    assert html.startswith(
        '<nav class="contents" aria-labelledby="contents-heading"><h2 id="contents-heading">Contents</h2><ol>'
        '<li><a href="#section-aaaaaaaa">What &amp; why</a></li>'
        '<li><a href="#section-aaaaaaaa-2">From the FDA Drug Label</a></li>'
        '<li><a href="#references">References</a></li></ol></nav>'
        '<section id="section-aaaaaaaa" class="section section-guidelines" aria-labelledby="section-aaaaaaaa-heading">'
        '<h2 id="section-aaaaaaaa-heading">What &amp; why</h2>'
    )


def test_label_section_names_its_label_and_marks_quotations():
    html = render_body(content_with("title", "T"), "professional")

    label = (
        "Lyrica (pregabalin), DailyMed set id 0cc5a3a2-1a2b-4c3d-8e4f-0123456789ab, version 12, effective 2025-03-01"
    )
    assert f'<p class="label-source">Drug label cited: {label}.</p>' in html
    assert '<figure class="label-quotation"><blockquote>' in html
    assert f"<figcaption>Quoted from the drug label: {label}.</figcaption></figure>" in html


def test_quotation_of_two_labels_names_neither():
    content = content_with("professional", "> The dose.\n\n[@b] [@b2]")
    other = copy.deepcopy(content["citations"][1]) | {"key": "b2"}
    other["source"]["csl"]["id"] = "another"
    content["citations"].append(other)

    html = render_body(content, "professional")

    assert html.count('class="label-source"') == 2
    assert "<figcaption>Quoted from a drug label.</figcaption>" in html


def test_quotation_elsewhere_is_a_plain_quotation():
    content = content_with("professional", "> Words")
    content["sections"] = content["sections"][:1]

    assert "<blockquote><p>Words</p></blockquote>" in render_body(content, "professional")
    assert "figure" not in render_body(content, "professional")


def test_empty_section_is_left_out_and_the_others_keep_their_ids():
    content = content_with("professional", "text")
    content["sections"][0] |= {"professional": " ", "plain": ""}

    html = render_body(content, "professional")

    assert 'id="section-aaaaaaaa"' not in html
    assert 'id="section-aaaaaaaa-2"' in html


def test_section_without_a_professional_text_says_so():
    content = content_with("professional", "")

    assert '<p class="no-text">This section has no text yet.</p>' in render_body(content, "professional")


@pytest.mark.parametrize("kind", ["guidelines", "drug_label", "research", "other", "unheard of"])
def test_section_without_a_heading_has_that_of_its_kind(kind):
    content = content_with("heading", "")
    content["sections"][0]["kind"] = kind

    assert "<h2" in render_body(content, "professional")
    assert "></h2>" not in render_body(content, "professional")


def test_article_without_sections_is_empty():
    content = content_with("title", "T")
    content["sections"] = []

    assert render_body(content, "plain") == ""


def test_tables_are_numbered_over_the_article():
    content = content_with("professional", "|a|b|\n|-|-|\n|1|2|")

    html = render_body(content, "professional")

    assert 'aria-label="Table 1: a, b"' in html
    assert 'aria-label="Table 2: a, b"' in html


@pytest.mark.parametrize("schema", [None, 0, 3, "1"])
def test_unknown_schema_is_refused(schema):
    with pytest.raises(UnknownSchema):
        render_body({**content_with("title", "T"), "schema": schema}, "plain")


def test_unknown_audience_is_refused():
    with pytest.raises(ValueError, match="audience"):
        render_body(content_with("title", "T"), "lay")


def test_body_is_a_pure_function_of_the_content():
    content = content_with("title", "T")
    before = copy.deepcopy(content)

    first, second = render_body(content, "plain"), render_body(content, "plain")

    assert first == second
    assert content == before
    assert RENDERING_VERSION == 2


@pytest.mark.parametrize("audience", ["professional", "plain"])
def test_body_passes_the_sanitiser_unchanged(audience):
    html = render_body(content_with("professional", "# A\n\n|a|\n|:-:|\n|1|\n\n3. x\n\n[y](https://a.org)"), audience)

    assert safe(html) == html
    assert_inert(html)
