import os
import sys
import time
import uuid

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from reviews import tasks
from reviews.models import Event
from tests import factories
from tests.conftest import require_service
from tests.processes import started

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _services():
    require_service(connection.vendor == "postgresql", "PostgreSQL")
    try:
        server = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2) if settings.REDIS_URL else None
        is_there = server is not None and server.ping()
    except redis.RedisError:
        is_there = False
    require_service(is_there, "Redis")


@pytest.fixture
def queue():
    """The name of a queue that a real worker of our own empties until the test ends."""
    name = f"test-{uuid.uuid4().hex}"
    database = connection.settings_dict
    address = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"
    command = [sys.executable, "-m", "celery", "-A", "cms", "worker", "--pool", "solo", "-Q", name, "-l", "warning"]
    quiet = ["--without-gossip", "--without-mingle"]
    environment = {**os.environ, "DATABASE_URL": address, "EMAIL_URL": "memorymail://"}
    with started([*command, *quiet], env=environment) as worker:
        yield name
        worker.terminate()
        worker.wait(timeout=60)


def wait_for(condition, seconds=40):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.2)
    pytest.fail("The worker did not do it in time.")


def test_worker_verifies_the_record(queue):
    factories.approved()

    tasks.verify_audit.apply_async(queue=queue)

    event = wait_for(lambda: Event.objects.of_site().filter(verb="verify_audit").first())
    assert event.data["faults"] == 0
    assert event.data["events"] == Event.objects.count() - 1


def test_decision_reaches_readers_through_the_shared_cache(client):
    review = factories.approved()
    address = f"/articles/{review.article.slug}/plain/"
    first = client.get(address)
    assert client.get(address).content == first.content

    factories.edit(review.article)
    factories.submitted(review.article)

    assert client.get(address).content != first.content


def test_page_is_served_when_redis_is_gone(client, settings):
    review = factories.approved()
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    cache.close()

    assert client.get(f"/articles/{review.article.slug}/plain/").status_code == 200
