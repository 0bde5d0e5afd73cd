import dataclasses
import logging

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Publication, Topic
from articles.reading import article_page, page_cache
from cms.cache_values import PlainSerializer
from reviews import workflow
from reviews.policies import first_policy
from tests import factories
from tests.articles.reading.reader_pages import BUILT, address, retract, text_of

# What a step changed is seen when it commits, so these tests commit.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.differs_by_database]

PLACE = page_cache.Place(7, 3, "plain:2026-01-02:abc")
PAGE = page_cache.Page(b"<p>5 mg</p>\n", '"tag"', status=410, is_indexed=False, packed=b"packed\n\x00")


@pytest.fixture(autouse=True)
def _log_says_each(monkeypatch):
    monkeypatch.setattr(page_cache, "_log", page_cache._Log())


@pytest.fixture
def review():
    first_policy.adopt()
    return factories.approved()


def _queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(page)
    return len(captured), response


def _place(publication, audience="plain"):
    variant = f"{audience}:{publication.article.slug}:{timezone.localdate().isoformat()}:{article_page._layout()}"
    return page_cache.Place(publication.article_id, publication.version, variant)


def test_kept_page_takes_one_small_query(client, review):
    first, built = _queries(client, address(review))
    second, kept = _queries(client, address(review))

    assert (first, second) == (2 + BUILT, 1)
    assert kept.content == built.content
    assert kept["ETag"] == built["ETag"]


def test_page_in_memory_is_not_built_again(client, review, monkeypatch):
    built = client.get(address(review)).content
    monkeypatch.setattr(article_page, "build", None)

    assert client.get(address(review)).content == built


def test_decision_is_seen_by_the_next_reader(client, review):
    for audience in ("professional", "plain"):
        client.get(address(review, audience))

    retract(review)

    for audience in ("professional", "plain"):
        assert client.get(address(review, audience)).status_code == 410


def test_step_that_failed_leaves_no_page_of_its_own(client, review):
    before = client.get(address(review)).content

    with transaction.atomic():
        retract(review)
        assert client.get(address(review)).status_code == 410
        transaction.set_rollback(True)

    assert client.get(address(review)).content == before


def test_new_day_is_a_new_page(review):
    today = timezone.localdate()
    due = Publication.objects.get().next_review_due

    badge = article_page.page(review.article.slug, "plain", today=today)
    overdue = article_page.page(review.article.slug, "plain", today=due.replace(year=due.year + 1))

    assert b"Reviewed and approved by" in badge.body
    assert b"Review out of date since" in overdue.body


def test_changed_address_is_not_answered_from_memory(client, review):
    old = address(review)
    client.get(old)
    facts = {"risk": "moderate", "owner": review.article.owner, "topics": list(Topic.objects.all())}

    workflow.catalogue(review.article, by=factories.user("Editor"), reason="Shorter.", slug="shorter", **facts)

    assert client.get(old).status_code == 301
    review.article.refresh_from_db()
    retract(review)
    assert client.get(client.get(old)["Location"]).status_code == 410


def test_cache_that_is_down_costs_no_page(client, review, monkeypatch):
    def down(*_args):
        raise ConnectionError

    for name in ("get", "set"):
        monkeypatch.setattr(page_cache.cache, name, down)

    assert "Reviewed and approved by" in text_of(client.get(address(review)))


# -- A hand in the cache


@pytest.mark.parametrize("page", [PAGE, page_cache.Page(b"", "", status=301, is_indexed=False, moved_to="other")])
def test_kept_page_comes_back_whole_in_values_the_cache_may_hold(page):
    page_cache.keep_page(PLACE, page)

    assert page_cache.page(PLACE) == page
    assert isinstance(cache.get(PLACE.key), bytes)


@pytest.mark.parametrize("byte", range(0, 300, 7))
def test_page_with_one_byte_changed_is_a_miss(byte):
    page_cache.keep_page(PLACE, PAGE)
    kept = bytearray(cache.get(PLACE.key))
    kept[byte % len(kept)] ^= 1
    cache.set(PLACE.key, bytes(kept))

    assert page_cache.page(PLACE) is None


@pytest.mark.parametrize(
    "change", [{"article": 8}, {"version": 4}, {"variant": "professional:2026-01-02:abc"}, {"variant": "plain:2026"}]
)
def test_page_put_in_another_place_is_a_miss(change):
    page_cache.keep_page(PLACE, PAGE)
    other = dataclasses.replace(PLACE, **change)
    cache.set(other.key, cache.get(PLACE.key))

    assert page_cache.page(other) is None


@pytest.mark.parametrize("kept", [b"", b"x" * 64, b"0" * 200, "words", 5, b"\xff" * 80])
def test_value_of_no_page_is_a_miss_and_named_once(kept, caplog):
    cache.set(PLACE.key, kept)

    with caplog.at_level(logging.WARNING):
        assert [page_cache.page(PLACE) for _time in range(3)] == [None, None, None]

    assert [record.getMessage() for record in caplog.records] == [
        f"A page kept in the cache was not made by this site; it is built anew: {PLACE.key}"
    ]


def test_page_kept_under_a_key_that_was_taken_out_is_a_miss(settings):
    page_cache.keep_page(PLACE, PAGE)
    settings.SIGNATURE_KEYS = ["a-new-key-in-front", *settings.SIGNATURE_KEYS]
    assert page_cache.page(PLACE) == PAGE

    settings.SIGNATURE_KEYS = ["a-new-key-in-front"]

    assert page_cache.page(PLACE) is None


def test_genuine_page_of_before_a_retraction_put_back_is_not_served(client, review):
    before = client.get(address(review)).content
    old = cache.get(_place(Publication.objects.get()).key)
    retract(review)
    now = _place(Publication.objects.get())

    cache.set(now.key, old)
    answer = client.get(address(review))

    assert answer.status_code == 410
    assert answer.content != before


def test_genuine_page_of_another_article_at_this_one_is_not_served(client, review):
    other = factories.approved()
    client.get(address(other))
    found = {one.article_id: _place(one) for one in Publication.objects.all()}
    mine, theirs = found[review.article_id], found[other.article_id]
    assert mine.version == theirs.version

    cache.set(mine.key, cache.get(theirs.key))
    answer = client.get(address(review))

    assert review.article.title in text_of(answer)


def test_article_at_the_former_address_of_another_has_its_own_page(client, review):
    other = factories.approved()
    slug = review.article.slug
    client.get(address(review))
    facts = {"risk": "moderate", "owner": review.article.owner, "topics": list(Topic.objects.all())}
    workflow.catalogue(review.article, by=factories.user("Editor"), reason="Moved.", slug="elsewhere", **facts)
    review.article.refresh_from_db()

    assert text_of(client.get(address(other))) != text_of(client.get(address(review)))
    assert client.get(f"/articles/{slug}/plain/").status_code == 301


# -- What the cache may hold


@pytest.mark.parametrize("value", [b"", b"\x80\x04.", "", "ä 5", 0, -3, 10**15])
def test_serializer_gives_back_bytes_words_and_numbers(value):
    serializer = PlainSerializer()

    assert serializer.loads(serializer.dumps(value)) == value


@pytest.mark.parametrize("value", [True, None, 1.5, [1], {"a": 1}, PAGE, timezone.now()])
def test_serializer_takes_nothing_else(value):
    with pytest.raises(TypeError, match="The cache holds bytes, str and int"):
        PlainSerializer().dumps(value)


@pytest.mark.parametrize("kept", [b"", b"5", b"\x80\x04K\x05.", b"n", b"nx", b"n" + b"9" * 5000, b"s\xff", b"x1"])
def test_serializer_takes_what_it_did_not_write_for_nothing(kept):
    assert PlainSerializer().loads(kept) is None


def test_no_setting_takes_a_pickle():
    assert configured.SESSION_SERIALIZER.endswith(".JSONSerializer")
    assert configured.SESSION_ENGINE == "django.contrib.sessions.backends.db"
    assert configured.CELERY_ACCEPT_CONTENT == ["json"]
    assert (configured.CELERY_TASK_SERIALIZER, configured.CELERY_RESULT_SERIALIZER) == ("json", "json")
