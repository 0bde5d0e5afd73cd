"""Somebody who may write to Redis: what they put there runs nowhere and is shown to nobody."""

import os
import pickle

import pytest
import redis
from django.core.cache import cache

from articles.models import Publication
from tests import factories
from tests.articles.reading.reader_pages import address, retract, text_of
from tests.operation.production import PRODUCTION
from tests.operation.test_environment import printed

pytestmark = [pytest.mark.services, pytest.mark.django_db]

SERIALIZER = "cms.cache_values.PlainSerializer"


class Touch:
    """A pickle that makes a folder where it is loaded."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


@pytest.fixture
def server(own_redis, settings):
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {
        "default": {"BACKEND": backend, "LOCATION": own_redis.url, "OPTIONS": {"serializer": SERIALIZER}}
    }
    return redis.Redis.from_url(own_redis.url)


def test_production_keeps_no_pickle():
    said = printed("settings.CACHES['default']['OPTIONS']['serializer']", **PRODUCTION, REDIS_URL="redis://x:1/0")

    assert said == SERIALIZER


def test_pickle_in_redis_is_never_loaded(client, server, tmp_path):
    review = factories.approved()
    before = client.get(address(review)).content
    keys = server.keys("*page:*")
    for key in keys:
        server.set(key, pickle.dumps(Touch(tmp_path / "ran")))
        server.set(key + b"x", b"b" + pickle.dumps(Touch(tmp_path / "ran")))

    assert client.get(address(review)).content == before
    assert keys
    assert not (tmp_path / "ran").exists()


def test_page_written_to_redis_by_hand_is_not_served(client, server):
    review = factories.approved()
    before = client.get(address(review)).content
    (key,) = server.keys("*page:*")
    server.set(key, server.get(key).replace(b"5 mg", b"50 mg"))

    assert client.get(address(review)).content == before


def test_page_of_before_a_retraction_is_not_served_again_from_redis(client, server):
    review = factories.approved()
    client.get(address(review))
    (key,) = server.keys("*page:*")
    old = server.get(key)
    retract(review)
    client.get(address(review))
    for present in server.keys("*page:*"):
        server.set(present, old)
    version = Publication.objects.get().version

    answer = client.get(address(review))

    assert f":{version}:".encode() not in key
    assert answer.status_code == 410
    assert "Reviewed and approved by" not in text_of(answer)


def test_bytes_words_and_numbers_come_back_from_redis(server):
    cache.set_many({"bytes": b"\x00", "words": "5 µg", "number": 5})

    assert cache.get_many(["bytes", "words", "number", "none"]) == {"bytes": b"\x00", "words": "5 µg", "number": 5}
    assert cache.add("number", 6, 10) is False
