"""The site behind a real gunicorn, started as docs/operating.md says."""

import http.client
import subprocess
import sys

import pytest
from django.conf import settings

from tests.operation.production import PRODUCTION, SHELL
from tests.services.servers import answers, free_port, wait_for


class Served:
    def __init__(self, folder, **environment):
        self.port = free_port()
        database = f"sqlite:///{folder}/site.sqlite3"
        self.environment = {**SHELL, **PRODUCTION, "DATABASE_URL": database, "ALLOWED_HOSTS": "*", **environment}

    def __enter__(self):
        command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=self.environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(lambda: answers(self.port))
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait(timeout=30)

    def get(self, path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body


@pytest.mark.parametrize(
    ("environment", "header", "status"),
    [
        ({}, {}, 301),
        ({}, {"X_Forwarded_Proto": "https"}, 301),
        ({}, {"X_Forwarded_Ssl": "on"}, 301),
        ({"BEHIND_PROXY": "1"}, {}, 301),
        ({"BEHIND_PROXY": "1"}, {"X_Forwarded_Proto": "https"}, 200),
        ({"SECURE_SSL_REDIRECT": "0"}, {}, 200),
    ],
)
def test_forwarded_scheme_is_believed_of_a_declared_proxy_only(tmp_path, environment, header, status):
    with Served(tmp_path, **environment) as site:
        response, _body = site.get("/robots.txt", **header)

    assert response.status == status
    if status == 301:
        assert response.getheader("Location").startswith("https://")


def test_health_is_answered_over_http_to_any_monitor(tmp_path):
    with Served(tmp_path) as site:
        response, body = site.get("/health/")

    assert (response.status, body) == (200, b"ok\n")
    assert "no-store" in response.getheader("Cache-Control")


def test_health_says_that_the_database_is_away(tmp_path):
    with Served(tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:1/none") as site:
        response, body = site.get("/health/")

    assert (response.status, body) == (503, b"the database does not answer\n")
