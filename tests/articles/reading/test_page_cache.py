import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Publication, Topic
from articles.reading import article_page, page_cache
from reviews import workflow
from reviews.policies import first_policy
from tests import factories
from tests.articles.reading.reader_pages import BUILT, address, retract, text_of

# Markers move when a step commits, so these tests commit.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.differs_by_database]


@pytest.fixture
def shared(settings):
    settings.CACHE_IS_SHARED = True


@pytest.fixture
def review():
    first_policy.adopt()
    return factories.approved()


def _queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(page)
    return len(captured), response


def test_shared_cache_answers_without_a_query(client, shared, review):
    page = address(review)

    first, built = _queries(client, page)
    second, kept = _queries(client, page)

    assert (first, second) == (1 + BUILT, 0)
    assert kept.content == built.content
    assert kept["ETag"] == built["ETag"]


def test_local_memory_never_skips_the_query(client, review, settings):
    settings.CACHE_IS_SHARED = False
    page = address(review)

    first, _built = _queries(client, page)
    second, _kept = _queries(client, page)

    assert (first, second) == (1 + BUILT, 1)


def test_page_in_memory_is_not_built_again(client, review, monkeypatch):
    built = client.get(address(review)).content
    monkeypatch.setattr(article_page, "build", None)

    assert client.get(address(review)).content == built


@pytest.mark.parametrize("is_shared", [True, False])
def test_decision_is_seen_by_the_next_reader(client, settings, review, is_shared):
    settings.CACHE_IS_SHARED = is_shared
    for audience in ("professional", "plain"):
        client.get(address(review, audience))

    retract(review)

    for audience in ("professional", "plain"):
        assert client.get(address(review, audience)).status_code == 410


def test_reader_of_the_old_row_cannot_put_it_back(client, shared, review):
    client.get(address(review))
    slug, old = review.article.slug, Publication.objects.get()

    with transaction.atomic():
        page_cache.announce(slug, old.version + 1)
        assert page_cache.current_version(slug) is None
        page_cache.remember_version(slug, old.version)
        assert page_cache.current_version(slug) is None

    assert page_cache.current_version(slug) == old.version + 1
    page_cache.remember_version(slug, old.version)
    assert page_cache.current_version(slug) == old.version + 1


def test_step_that_failed_leaves_no_page_of_its_own(client, shared, review):
    before = client.get(address(review)).content
    publication = Publication.objects.get()

    with transaction.atomic():
        page_cache.announce(review.article.slug, publication.version + 1)
        transaction.set_rollback(True)

    assert client.get(address(review)).content == before


def test_new_day_is_a_new_page(shared, review):
    today = timezone.localdate()
    due = Publication.objects.get().next_review_due

    badge = article_page.page(review.article.slug, "plain", today=today)
    overdue = article_page.page(review.article.slug, "plain", today=due.replace(year=due.year + 1))

    assert b"Reviewed and approved by" in badge.body
    assert b"Review out of date since" in overdue.body


def test_changed_address_is_not_answered_from_memory(client, shared, review):
    old = address(review)
    client.get(old)
    facts = {"risk": "moderate", "owner": review.article.owner, "topics": list(Topic.objects.all())}

    workflow.catalogue(review.article, by=factories.user("Editor"), reason="Shorter.", slug="shorter", **facts)

    assert client.get(old).status_code == 301
    review.article.refresh_from_db()
    retract(review)
    assert client.get(client.get(old)["Location"]).status_code == 410


def test_cache_that_is_down_costs_no_page(client, shared, review, monkeypatch):
    def down(*_args):
        raise ConnectionError

    for name in ("get", "set", "add"):
        monkeypatch.setattr(page_cache.cache, name, down)

    assert "Reviewed and approved by" in text_of(client.get(address(review)))
