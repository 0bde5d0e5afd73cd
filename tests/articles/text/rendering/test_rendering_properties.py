"""What holds for any text at all."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.text.rendering import TextTooComplex, check_limits, render_body, render_text, used_citation_keys
from articles.text.rendering.sanitising import safe
from tests.articles.text.rendering.citing import article, assert_linked
from tests.hostile import PLACES, assert_inert, content_with

# fmt: off
MARKS = [
    "[", "]", "(", ")", "](", "[@a]", "[@b; @c]", "[@", "*", "**", "_", "__", "`", "``", "<", ">", "&", "&amp;", "&lt;",
    "!", "![", "\\", "#", "##", "|", "|-|", "-", "1.", "+", ":", '"', "'", "\t", "a", "b", "pain", "script", " ", "  ",
    "https://a.org", "javascript:", "<b>", "</p>", "<script>", "&#60;", "&#2;", "\u200b", "é", "[r]: ", "    ", "\n",
    "\n\n", "\n- ", "\n  - ", "\n    - ", "\n> ", "\n1. ", "\n\n|a|b|\n|-|-|\n", "<https://a.org>", "<a@b.org>",
]
# fmt: on

texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(MARKS), max_size=60).map("".join))
unhurried = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(texts)
def test_any_text_is_inert_and_final(text):
    try:
        html = render_text(text)
    except TextTooComplex:
        return

    assert_inert(html)
    assert render_text(text) == html
    assert safe(html) == html


@unhurried
@given(texts)
def test_any_accepted_text_can_be_read_by_the_parser(text):
    try:
        check_limits(text)
    except TextTooComplex:
        return

    render_text(text)


@unhurried
@given(texts)
def test_any_html_is_sanitised_once_and_for_all(text):
    html = safe(text)

    assert safe(html) == html


@unhurried
@given(st.sampled_from(PLACES), texts, st.sampled_from(["professional", "plain"]))
def test_any_text_in_any_place_is_inert(place, text, audience):
    try:
        html = render_body(content_with(place, text), audience)
    except TextTooComplex:
        return

    assert_inert(html)
    assert safe(html) == html


citing = st.lists(
    st.one_of(
        st.lists(st.sampled_from("abcdefxy"), min_size=1, max_size=6).map(lambda keys: f"[@{'; @'.join(keys)}]"),
        st.sampled_from([" and ", "\n\n", "[@a][@b]", "`[@f]`", "[x [@e]](https://a.org)", "*", "\n- ", "\n> "]),
    ),
    max_size=25,
).map("".join)


@unhurried
@given(citing)
def test_numbers_follow_first_use_and_every_link_leads_somewhere(text):
    html = render_body(article(text), "professional")

    resolved = [key for key in used_citation_keys(text) if key in "abcdef"]
    listed = re.findall(r'<li id="reference-(\d+)".*?Study (\w)', html)
    assert listed == [(str(number), key) for number, key in enumerate(resolved, start=1)]
    assert_linked(html)
    assert_inert(html)


@unhurried
@given(st.text(max_size=200))
def test_text_without_marks_keeps_every_word(text):
    words = re.findall(r"[a-zA-Z0-9]+", text)
    plain = " ".join(words)

    assert re.findall(r"[a-zA-Z0-9]+", re.sub(r"<[^>]*>", " ", render_text(plain))) == words
