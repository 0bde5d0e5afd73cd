"""The local server, fresh for each test."""

import pytest

from tests.articles.library.services import local_server


@pytest.fixture
def server():
    with local_server.running() as running:
        yield running
