import json
from datetime import timedelta

import pytest
import time_machine

from articles.models import Publication
from articles.text.rendering.sanitising import script_data
from tests import factories
from tests.articles.reading.reader_pages import address, node_of, text_of

pytestmark = pytest.mark.django_db


def _day_in_words(day):
    year, month, number = day.split("-")
    return f'datetime="{year}-{month}-{number}"'


@pytest.mark.parametrize(("audience", "reader"), [("professional", "Clinician"), ("plain", "Patient")])
def test_json_ld_says_what_the_page_says(client, audience, reader):
    review = factories.approved(factories.board_member("Ann"), factories.board_member("Ben"))

    response = client.get(address(review, audience))

    node, shown, source = node_of(response), text_of(response), response.content.decode()
    assert f"<h1>{node['name']}</h1>" in source
    assert node["medicalAudience"]["audienceType"] == reader
    assert [person["name"] for person in node["reviewedBy"]] == ["Ann", "Ben"]
    for person in node["reviewedBy"]:
        assert f"{person['name']}, {person['honorificSuffix']} ({', '.join(person['knowsAbout'])})" in shown
    for name in ("datePublished", "dateModified", "lastReviewed"):
        assert _day_in_words(node[name]) in source
    for topic in node["about"]:
        assert topic["name"] in shown
    for work in node["citation"]:
        assert work["name"] in shown
        assert f'href="{work["sameAs"]}"' in source
    assert len(node["citation"]) == 2
    assert node["version"] == "1"
    assert node["creativeWorkStatus"] == "Approved"
    assert node["url"] in source


def test_pending_page_claims_no_review(client):
    factories.policy(shows_pending=True)
    review = factories.under_review(factories.board_member())

    node = node_of(client.get(address(review)))

    assert not {"reviewedBy", "lastReviewed", "datePublished"} & node.keys()
    assert node["creativeWorkStatus"] == "Under Review"


def test_overdue_page_claims_no_review(client):
    review = factories.approved()

    with time_machine.travel(Publication.objects.get().next_review_due + timedelta(days=1)):
        node = node_of(client.get(address(review)))

    assert not {"reviewedBy", "lastReviewed"} & node.keys()


def test_source_that_only_the_other_audience_reads_of_is_left_out(client):
    sections = [{**factories.SECTIONS[0], "plain": "You start low."}, factories.SECTIONS[1]]
    review = factories.approved(review=factories.submitted(sections=sections))

    assert len(node_of(client.get(address(review, "professional")))["citation"]) == 2
    assert len(node_of(client.get(address(review, "plain")))["citation"]) == 1


def test_ai_assistance_is_declared(client):
    review = factories.approved(review=factories.submitted(ai_use="assisted", ai_tool="Writer 3"))

    node = node_of(client.get(address(review)))

    assert node["digitalSourceType"].endswith("CompositeWithTrainedAlgorithmicMediaDigitalSource")


def test_title_cannot_end_the_script(client):
    title = "</script><script>alert(1)</script><!-- &"
    review = factories.approved(review=factories.submitted(title=title))

    response = client.get(address(review))

    assert node_of(response)["name"] == title
    assert b"<script>alert(1)" not in response.content


def test_script_data_keeps_its_meaning():
    data = {"name": "a < b & c > d \u2028 é"}

    assert json.loads(script_data(data)) == data
