"""Every hostile text in every place of an article ends inert or refused, in bounded time."""

import signal

import pytest

from articles.text.parsing.links import allowed_address
from articles.text.rendering import TextTooComplex, check_limits, render_body, render_text
from articles.text.rendering.sanitising import safe
from tests.hostile import ADDRESSES, FIELDS, PLACES, SAMPLES, assert_inert, assert_inert_page, content_with

SECONDS = 10  # a stop for what hangs, not a measure


@pytest.fixture
def stopped_when_stuck():
    """Let no single text hold up the run."""

    def restart():
        signal.setitimer(signal.ITIMER_REAL, SECONDS)

    def stop(signum, frame):
        raise TimeoutError(f"still rendering after {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    yield restart
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


# Some fields stand in for others (a DOI of the source for that of its CSL-JSON), so not every place is filled at once.
@pytest.mark.parametrize(
    "places",
    [
        ["professional"],
        ["plain"],
        FIELDS,
        [field for field in FIELDS if field not in ("doi", "set_id", "kind", "wording")],
    ],
    ids=["professional", "plain", "all fields", "most fields"],
)
def test_hostile_text_in_an_article_is_inert_or_refused(places, stopped_when_stuck):
    for name, text in SAMPLES.items():
        content = content_with(places, text)
        for audience in ("professional", "plain"):
            stopped_when_stuck()

            try:
                html = render_body(content, audience)
            except TextTooComplex:
                continue

            try:
                assert_inert(html)
            except AssertionError as fault:
                raise AssertionError(f"{name} in {places} for {audience}") from fault
            assert safe(html) == html, f"{name} in {places} changes when it is sanitised again"


@pytest.mark.parametrize("place", PLACES)
def test_each_place_of_an_article_is_tried(place):
    """The corpus would prove nothing of a place that its article does not have."""
    assert "{found}" in str(content_with(place, "{found}"))


def test_hostile_text_alone_is_inert_or_refused(stopped_when_stuck):
    for name, text in SAMPLES.items():
        stopped_when_stuck()
        try:
            html = render_text(text)
        except TextTooComplex:
            continue
        assert_inert(html)
        assert safe(html) == html, name


def test_hostile_text_is_refused_by_the_form_when_it_is_refused_by_the_page(stopped_when_stuck):
    for name, text in SAMPLES.items():
        stopped_when_stuck()
        try:
            check_limits(text)
        except TextTooComplex:
            continue
        render_text(text)  # what a form accepts always renders
        assert name


def test_hostile_html_given_to_the_sanitiser_is_inert():
    for name, text in SAMPLES.items():
        once = safe(text[:60_000])

        assert safe(once) == once, name
        assert_inert_page(once)


@pytest.mark.parametrize("name", ADDRESSES)
def test_hostile_address_is_no_address(name):
    assert allowed_address(ADDRESSES[name]) is None


def test_corpus_is_large_and_named():
    assert len(SAMPLES) >= 120
    assert all(SAMPLES)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">x</p>',
        '<p style="color:red">x</p>',
        '<p id="body">x</p>',
        "<p>x",
        "<p>x</span></p>",
        "x</p>",
        '<a href="javascript:alert(1)" rel="nofollow noopener noreferrer">x</a>',
        '<a href="https://example.org">x</a>',
        '<section id="references"></section><section id="references"></section>',
        "<!-- x -->",
        "a & b",
        "a < b",
        "a\x00b",
        "<p class='x'>x</p>",
    ],
)
def test_assert_inert_sees(html):
    with pytest.raises(AssertionError):
        assert_inert(html)


@pytest.mark.parametrize(
    "html",
    [
        "<img src=x onerror=alert(1)>",
        "<a href=' java\tscript:alert(1)'>x</a>",
        "<iframe></iframe>",
        "<script>alert(1)</script>",
        "<meta http-equiv=Refresh content=0>",
        "<p id=a><p id=a>",
    ],
)
def test_assert_inert_page_sees(html):
    with pytest.raises(AssertionError):
        assert_inert_page(html)
