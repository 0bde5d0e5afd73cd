"""What a page says to machines is what it says to people, in each state of DESIGN §4 and beside a voided signature."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.reading.standing import day_in_words
from reviews.models import BoardMember
from reviews.people import voidings
from tests import factories
from tests.articles.reading.reader_pages import node_of, text_of
from tests.reviews.record.test_what_readers_see import BADGE, CAUTION, HIDDEN, OVERDUE, SUSPENDED, TABLE, walk

pytestmark = pytest.mark.django_db

# What the page says of its state where it has these words; nothing is said to machines of a text that is not read.
STATUS = {BADGE: {"Approved"}, OVERDUE: {"Review out of date"}, CAUTION: {"Submitted", "Under Review"}}
ROWS = [
    pytest.param(approved, review, policy == "shows pending", status, words, id=f"{approved}, {review}, {policy}")
    for approved, review, policy, status, _is_indexed, words, _text in TABLE
]


@pytest.mark.parametrize(("approved", "review", "shows_pending", "status", "words"), ROWS)
def test_json_ld_says_what_the_page_says_in_every_state(client, approved, review, shows_pending, status, words):
    article = walk(approved, review, shows_pending)

    for audience in ("professional", "plain"):
        response = client.get(reverse(f"articles:{audience}", args=[article.slug]))

        if status != 200 or words & {SUSPENDED, HIDDEN}:
            assert node_of(response) is None
            continue
        [expected] = [STATUS[one] for one in words if one in STATUS]
        assert node_of(response)["creativeWorkStatus"] in expected
        says_the_same(node_of(response), response)


def test_json_ld_of_a_page_that_lost_a_signature_claims_no_approval(client):
    review = factories.approved()
    facts = {"ground": "false", "since": timezone.now().date(), "public_ground": "A false licence", "reason": "Found."}
    voidings.find(BoardMember.objects.first(), by=factories.user("Editor"), **facts)
    voidings.carry_out()

    response = client.get(reverse("articles:plain", args=[review.article.slug]))

    assert node_of(response)["creativeWorkStatus"] == "Approval withdrawn"
    says_the_same(node_of(response), response)


def says_the_same(node, response):
    """Hold each claim of the JSON-LD against the words that stand on the page under their name."""
    shown, source = text_of(response), response.content.decode()
    has_badge = BADGE in shown
    assert f"Status {node['creativeWorkStatus']} " in shown
    assert f"<h1>{node['name']}</h1>" in source
    dates = {"datePublished": "First published", "dateModified": "Text changed", "lastReviewed": "Reviewed"}
    for name, label in dates.items():
        if name in node:
            assert f"{label} {day_in_words(node[name])}" in shown
    assert f"Text changed {day_in_words(node['dateModified'])}" in shown
    assert ("datePublished" in node) == ("First published" in shown)
    assert ("lastReviewed" in node) == ("reviewedBy" in node) == has_badge
    for person in node.get("reviewedBy", []):
        assert f"{person['name']}, {person['honorificSuffix']}" in shown
        assert person["description"] in shown
    assert f"Revision {node['version']} " in shown
    assert ("digitalSourceType" in node) == ("The author declared that A tool was used." in shown)
    assert re.search(rf'href="{re.escape(path(node["publishingPrinciples"]))}"', source)
    assert f'id="{node["usageInfo"].rpartition("#")[2]}"' in source
    for work in node.get("citation", []):
        assert work["name"] in shown
    for topic in node.get("about", []):
        assert topic["name"] in shown


def path(url):
    return url.removeprefix("http://localhost:8000")
