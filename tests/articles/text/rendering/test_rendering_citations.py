"""Citation numbers and their links."""

import re

import pytest

from articles.text.rendering import reference_numbers, render_body, used_citation_keys
from tests.articles.text.rendering.citing import article, assert_linked, citation


def test_numbers_follow_first_use_and_count_sources():
    html = render_body(article("[@c] [@a]\n\nThen [@c], [@b]."), "professional")

    assert numbers(html) == ["[1,2]", "[1]", "[3]"]
    assert references(html) == ["Study c", "Study a", "Study b"]


def test_three_numbers_in_a_row_become_a_range():
    html = render_body(article("[@a] [@b]\n\n[@a; @b; @c]\n\n[@a; @b]\n\n[@d][@c][@b][@f]\n\n[@e]"), "professional")

    assert numbers(html) == ["[1,2]", "[1–3]", "[1,2]", "[2–5]", "[6]"]


def test_number_within_a_range_is_a_place_to_come_back_to():
    html = render_body(article("[@a; @b; @c]"), "professional")

    assert '<span class="citation-target" id="citation-2-1"></span>–' in html
    assert_linked(html)


def test_keys_of_one_source_share_its_number_and_keep_their_locators():
    content = article("[@a] and [@a2]")
    content["citations"].append(citation("a2", "a", locator="Table 2"))
    content["citations"][0]["locator"] = "p 12"

    html = render_body(content, "professional")

    assert numbers(html) == ["[1]", "[1]"]
    assert "Cited at: p 12; Table 2." in html
    assert 'title="Family GI. Study a. J Pain. 2020. Table 2"' in html
    assert_linked(html)


@pytest.mark.parametrize("key", ["waiting", "unknown"])
def test_citation_without_a_source_says_so(key):
    content = article(f"Text [@{key}] and [@a; @{key}].")
    content["citations"].append({**citation("waiting", "x"), "source": None})

    html = render_body(content, "professional")

    assert html.count('<span class="citation-unresolved">[source not identified]</span>') == 2
    assert numbers(html) == ["[source not identified]", "[1][source not identified]"]
    assert key not in html


def test_article_without_sources_has_no_references():
    html = render_body(article("Text [@unknown]."), "professional")

    assert "references" not in html


@pytest.mark.parametrize(
    "text",
    [
        "`[@a]`",
        "    [@a]",
        "[see [@a]](https://example.org)",
        "\\[@a]",
        "[@a b]",
        "[@]",
        "[@-a]",
        "[@" + "a" * 65 + "]",
    ],
)
def test_what_is_no_citation_stays_as_typed(text):
    html = render_body(article(text), "professional")

    assert used_citation_keys(text) == []
    assert "[@" in html
    assert "reference-1" not in html


def test_citation_before_brackets_is_no_link():
    html = render_body(article("Text [@a](see https://example.org)"), "professional")

    assert numbers(html) == ["[1]"]
    assert "(see https://example.org)" in html


def test_used_citation_keys_in_order_each_once():
    text = (
        "# H [@h]\n\n[@b; @a][@b] `[@c]`\n\n- [@d]\n\n> [@e]\n\n|x [@f]|y|\n|-|-|\n|[@g]|[x [@i]](https://example.org)|"
    )

    assert used_citation_keys(text) == ["h", "b", "a", "d", "e", "f", "g"]


def test_every_use_is_linked_from_its_reference_by_a_letter():
    html = render_body(article("[@a]. " * 28), "professional")

    letters = re.findall(r'<a href="#citation-1-\d+" aria-label="[^"]*">([a-z]+)</a>', html)
    assert letters[:3] == ["a", "b", "c"]
    assert letters[25:] == ["z", "aa", "ab"]
    assert_linked(html)


def test_audiences_are_numbered_apart():
    content = article("[@a] [@b]", plain="[@b]")

    assert reference_numbers(content, "professional") == {"a": 1, "b": 2}
    assert reference_numbers(content, "plain") == {"b": 1}


def test_source_without_an_id_is_its_own_source():
    content = article("[@a] [@b]")
    for one in content["citations"]:
        del one["source"]["csl"]["id"]

    assert numbers(render_body(content, "professional")) == ["[1,2]"]


def numbers(html):
    """What a reader sees of each citation."""
    found = re.findall(r'<span class="citation">(.*?\])(?:</span>)+(?=[^<\]]|</)', html)
    return [re.sub(r"<[^>]*>", "", one) for one in found]


def references(html):
    return re.findall(r"Study \w+", html.partition('id="references"')[2])
