"""What the tests of real services share: which of them are there, and steps that leave other people's queue alone."""

import shutil
from pathlib import Path

import pytest
from django.db import connection

from reviews.notifications import outbox
from tests.conftest import require_service
from tests.services import servers


@pytest.fixture(autouse=True)
def _no_hints(monkeypatch):
    """Steps of the test's own process put nothing on the queue of this machine."""
    monkeypatch.setattr(outbox, "hint", lambda: None)


@pytest.fixture
def database_url():
    """The address of the test's own database, for another process."""
    require_service(connection.vendor == "postgresql", "PostgreSQL")
    database = connection.settings_dict
    return f"postgres://{database['USER']}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


@pytest.fixture
def own_redis():
    require_service(shutil.which("redis-server") is not None, "redis-server")
    server = servers.Redis()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def mail_server():
    server = servers.MailServer()
    server.start()
    yield server
    server.is_stalled = False
    server.shutdown()
    server.server_close()


@pytest.fixture
def own_postgresql():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    program = found[-1] if found else Path(shutil.which("initdb") or "")
    require_service(program.name == "initdb", "initdb")
    server = servers.PostgreSQL(program.parent)
    try:
        server.start()
        yield server
    finally:
        server.stop()
