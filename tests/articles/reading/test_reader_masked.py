"""A page of which one section is hidden: its words are nowhere, the rest is as it was approved."""

import json
import re

import pytest
from django.urls import reverse

from articles.models import Publication
from articles.text import rendering
from tests import factories, states
from tests.articles.reading.reader_pages import address, text_of
from tests.reviews import steps

pytestmark = pytest.mark.django_db

AUDIENCES = ("professional", "plain")
CITATIONS = [("first", "A source of the hidden section"), ("second", "A source of the other section")]


@states.once_a_module
def approved():
    sources = [{"key": key, "source": factories.source(title)} for key, title in CITATIONS]
    return factories.approved(review=factories.submitted(citations=sources))


@pytest.fixture
def review(approved):
    return states.anew(approved)


def mask(review, place=0, **words):
    key = steps.section_keys(review.article)[place]
    return steps.suspend(review.article, factories.user("Editor"), section_key=key, **words)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_masked_section_shows_the_notice_and_none_of_its_words(client, review, audience):
    mask(review)

    response = client.get(address(review, audience))

    shown = response.content.decode()
    for words in ("300 mg", "two weeks", "A source of the hidden section", "[@first]"):
        assert words not in shown
    assert "fewer nights with pain" in shown
    assert "A source of the other section" in text_of(response)
    assert text_of(response).count("The dose is being checked.") == 2
    assert "This section has been hidden since" in text_of(response)
    assert response["X-Robots-Tag"] == "noindex"


def test_masked_page_says_so_at_the_top_and_leads_to_the_section(client, review):
    mask(review)

    shown = client.get(address(review)).content.decode()

    head = shown[: shown.index('class="contents"')]
    link = re.search(r'Hidden since [^:]*:</b>\s*<a href="#(section-[0-9a-f]{8})">“From the guidelines”</a>', head)
    assert link is not None
    assert f'<section id="{link[1]}"' in shown
    assert "Nobody currently vouches for what is hidden below." in shown


def test_references_are_numbered_anew_without_the_hidden_section(client, review):
    mask(review)

    shown = client.get(address(review, "professional")).content.decode()

    assert shown.count('class="reference"') == 1
    assert 'id="reference-1"' in shown
    assert "A source of the other section" in shown[shown.index('id="reference-1"') :]


def test_json_ld_of_a_masked_page_names_no_source_of_the_hidden_section(client, review):
    mask(review)

    shown = client.get(address(review)).content.decode()
    [node] = json.loads(re.search(r'ld\+json">(.*?)</script>', shown, re.DOTALL)[1])["@graph"]

    assert [work["name"] for work in node["citation"]] == ["A source of the other section"]
    assert "300 mg" not in json.dumps(node)


def test_glossary_of_the_hidden_section_is_gone():
    factories.term("allodynia", definition="Pain from what does not hurt others.")
    sections = [{**factories.SECTIONS[0], "plain": "You may have allodynia [@first]."}, factories.SECTIONS[1]]
    review = factories.approved(review=factories.submitted(sections=sections))
    document = review.revision.document
    lines = {document["sections"][0]["key"]: [rendering.Line("Hidden.", "Why.", hides_text=True)]}

    body = rendering.render_body(document, "plain", lines=lines)

    assert "allodynia" in rendering.render_body(document, "plain")
    assert "allodynia" not in body
    assert "Pain from what" not in body


def test_masked_texts_are_handed_out_nowhere(client, review):
    mask(review)
    slug = review.article.slug

    assert client.get(reverse("reviews:revision", args=[slug, 1])).status_code == 404
    history = client.get(reverse("reviews:history", args=[slug]))
    assert "are not available" in text_of(history)
    assert b"300 mg" not in history.content


def test_masked_page_that_is_kept_takes_one_query_and_stays_in_lists(client, django_assert_num_queries, review):
    mask(review)
    client.get(address(review))

    with django_assert_num_queries(1):
        client.get(address(review))
    with django_assert_num_queries(2):
        home = client.get(reverse("articles:home"))

    assert "Reviewed and approved on" in text_of(home)
    assert "A part is hidden." in text_of(home)


def test_stored_renderings_are_untouched(client, review):
    before = list(review.revision.renderings.order_by("pk").values())
    mask(review)
    client.get(address(review))

    assert list(review.revision.renderings.order_by("pk").values()) == before


def test_page_with_every_section_masked_has_no_references(client, review):
    for place in (0, 1):
        mask(review, place)

    shown = client.get(address(review)).content.decode()

    assert 'id="references"' not in shown
    assert "fewer nights" not in shown


def test_mask_of_a_section_that_is_gone_hides_nothing_else(review):
    publication = Publication.objects.get()
    lines = {"no such section": [rendering.Line("Hidden.", "Why.", hides_text=True)]}

    body = rendering.render_body(publication.revision.document, "plain", lines=lines)

    assert body == publication.plain.html


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>", "[x](javascript:alert(1)) **b** <b>", "</div></section><script>"]
)
def test_hostile_notice_at_a_section_is_plain_text(client, review, text):
    mask(review, notice=text)

    shown = client.get(address(review)).content.decode()

    body = shown[shown.index('class="article-body"') : shown.index('id="disclaimer"')]
    assert "<script" not in body
    assert "<img" not in body
    assert "<b>" not in body
    assert 'href="javascript' not in shown


def test_labels_cited_by_a_masked_label_section_are_gone(client):
    label = factories.source(
        "Prescribing information of a drug",
        kind="drug_label",
        set_id="01234567-89ab-4cde-8f01-23456789abcd",
        label_version="7",
    )
    sections = [{**factories.SECTIONS[0], "kind": "drug_label"}, factories.SECTIONS[1]]
    citations = [{"key": "first", "source": label}, {"key": "second", "source": factories.source()}]
    review = factories.approved(review=factories.submitted(sections=sections, citations=citations))
    assert b"01234567-89ab-4cde" in client.get(address(review, "professional")).content

    mask(review)

    assert b"01234567-89ab-4cde" not in client.get(address(review, "professional")).content
