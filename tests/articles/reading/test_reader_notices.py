"""Dated lines on sections as readers find them: at the section, at the top, and labelled by who stands behind them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.reading.standing import day_in_words
from tests import factories, states
from tests.articles.reading.reader_pages import address, text_of
from tests.reviews import steps

pytestmark = pytest.mark.django_db

AUDIENCES = ("professional", "plain")


def today():
    return day_in_words(timezone.now().date().isoformat())


approved = states.once_a_module(factories.approved)


@pytest.fixture
def review(approved):
    return states.anew(approved)


def place(review, text="The dose here is wrong: read 150 mg."):
    return steps.notice(review.article, factories.user("Editor"), steps.section_keys(review.article)[1], text)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_notice_stands_at_its_section_and_at_the_top(client, review, audience):
    place(review)

    response = client.get(address(review, audience))

    shown = text_of(response)
    label = f"Notice of {today()}, not reviewed by the board:"
    assert shown.count(f"{label} “From the research” The dose here is wrong: read 150 mg.") == 1
    assert shown.count("The dose here is wrong") == 2
    at_section = shown.rindex("The dose here is wrong")
    assert shown.rindex("From the research", 0, at_section) < at_section < shown.index("fewer nights with pain")
    assert "300 mg" in shown
    assert "Reviewed and approved by" in shown
    assert "X-Robots-Tag" not in response


def test_notice_at_the_top_leads_to_its_section(client, review):
    place(review)

    shown = client.get(address(review)).content.decode()

    anchor = shown.split('<a href="#section-', 1)[1].split('"', 1)[0]
    assert f'<section id="section-{anchor}"' in shown
    assert "From the research" in shown[shown.index(f'<section id="section-{anchor}"') :][:400]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_signed_notice_says_who_signed_it_and_when(client, review, audience):
    placed = place(review)
    steps.sign_notice(placed, factories.board_member("Ann Arbor").user)

    shown = text_of(client.get(address(review, audience)))

    assert shown.count(f"Notice of {today()}, signed by Ann Arbor, MD on {today()}:") == 2
    assert "not reviewed by the board" not in shown


def test_withdrawn_notice_is_gone_and_the_page_is_as_it_was(client, review):
    before = client.get(address(review)).content
    placed = place(review)
    assert client.get(address(review)).content != before

    steps.withdraw_notice(placed, factories.user("Editor"))

    assert client.get(address(review)).content == before


def test_notice_falls_with_the_words_it_is_about(client, review):
    key = steps.section_keys(review.article)[0]
    steps.notice(review.article, factories.user("Editor"), key, "Read 150 mg.")
    factories.edit(review.article)

    factories.approved(review=factories.submitted(review.article))

    assert "Read 150 mg." not in text_of(client.get(address(review)))


def test_page_with_a_notice_that_is_kept_takes_one_query(client, django_assert_num_queries, review):
    place(review)
    client.get(address(review))

    with django_assert_num_queries(1):
        client.get(address(review))


def test_hostile_notice_is_plain_text_everywhere(client, review):
    place(review, "<script>alert(1)</script> **bold** [@first] ${x} {{ title }}")

    history = reverse("reviews:history", args=[review.article.slug])
    for page in (address(review), address(review, "professional"), history):
        shown = client.get(page).content.decode()
        assert "<script>alert(1)" not in shown
        assert "**bold** [@first] ${x} {{ title }}" in shown


def test_notice_counts_no_citation(client, review):
    plain = client.get(address(review, "professional")).content.decode().count('class="reference"')
    place(review, "See [@first] and [@second].")

    assert client.get(address(review, "professional")).content.decode().count('class="reference"') == plain


def test_notice_on_a_masked_section_stands_beside_the_mask(client, review):
    place(review)
    key = steps.section_keys(review.article)[1]
    steps.suspend(review.article, factories.user("Editor"), section_key=key)

    shown = text_of(client.get(address(review)))

    assert shown.count("The dose here is wrong") == 2
    assert "This section has been hidden since" in shown
    assert "fewer nights" not in shown
