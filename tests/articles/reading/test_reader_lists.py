import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Publication
from articles.reading import listing
from tests import factories
from tests.articles.reading.reader_pages import retract, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)


@pytest.fixture
def pending_is_shown():
    return factories.policy(shows_pending=True)


@pytest.mark.parametrize("count", [1, 4])
def test_home_takes_two_queries(client, django_assert_num_queries, pending_is_shown, count):
    for _number in range(count):
        factories.submitted()

    with django_assert_num_queries(2):
        response = client.get(reverse("articles:home"))

    assert response.content.count(b'class="card"') == count


@pytest.mark.parametrize("count", [1, 4])
def test_topic_takes_two_queries(client, django_assert_num_queries, pending_is_shown, count):
    for _number in range(count):
        factories.submitted()

    with django_assert_num_queries(2):
        response = client.get(reverse("articles:topic", args=["neurology"]))

    assert response.content.count(b'class="card"') == count


def test_pages_of_a_list_hold_each_article_once(client, small_pages, pending_is_shown):
    titles = [factories.submitted().article.title for _number in range(5)]
    address, seen = reverse("articles:home"), []

    while address:
        response = client.get(address)
        found = response.context["listing"]
        seen += [publication.title for publication in found.publications]
        address = f"?before={found.before}" if found.before else ""

    assert seen == titles[::-1]


def test_articles_listed_at_the_same_time_are_not_lost_between_pages(small_pages, pending_is_shown):
    for _number in range(5):
        factories.submitted()
    for one in Publication.objects.all():
        one.listed_at = Publication.objects.first().listed_at
        one.mac = one.listed_mac()
        one.save()

    first = listing.newest(Publication.objects.readable(timezone.localdate()))
    second = listing.newest(Publication.objects.readable(timezone.localdate()), before=first.before)
    third = listing.newest(Publication.objects.readable(timezone.localdate()), before=second.before)

    ids = [one.pk for page in (first, second, third) for one in page.publications]
    assert ids == sorted(ids, reverse=True)
    assert (len(ids), third.before) == (5, "")


@pytest.mark.parametrize(
    "place", ["x", "2026-01-01", "2026-13-01T00:00:00.000000Z-1", "2026-01-01T00:00:00.000000Z-" + "9" * 30]
)
def test_place_we_never_linked_to_is_not_found(client, place):
    assert client.get(reverse("articles:home"), {"before": place}).status_code == 404


def test_lists_hold_what_is_readable_only(client):
    hidden = factories.submitted()
    retracted = factories.approved()
    retract(retracted)
    approved = factories.approved()

    shown = text_of(client.get(reverse("articles:home")))

    assert approved.article.title in shown
    assert hidden.article.title not in shown
    assert retracted.article.title not in shown


def test_cards_say_what_their_pages_say(client, pending_is_shown):
    factories.submitted()
    factories.approved()

    shown = text_of(client.get(reverse("articles:home")))

    assert "Submitted: not reviewed yet" in shown
    assert "Reviewed and approved on" in shown


def test_topic_without_anything_to_read_is_not_offered(client):
    factories.topic("Cardiology")
    factories.approved()

    shown = client.get(reverse("articles:home")).content.decode()

    assert reverse("articles:topic", args=["neurology"]) in shown
    assert reverse("articles:topic", args=["cardiology"]) not in shown


def test_unknown_topic_is_not_found(client):
    assert client.get(reverse("articles:topic", args=["nothing"])).status_code == 404


def test_empty_site_says_so(client):
    assert "No texts have been published here yet." in text_of(client.get(reverse("articles:home")))
