"""An import in a process of its own, killed without a warning, and begun again with the same words."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings

from tests.generated_pages import write_pages
from tests.processes import started

COUNT = 240
_AUTHOR = """
from django.contrib.auth import get_user_model
author = get_user_model().objects.create_user("author@example.org", "a", name="Ann Author", roles=["Author"])
"""


def starter(database):
    """Return how to run a command on a database file, beside the test."""
    environment = {**os.environ, "DJANGO_DEBUG": "1", "DATABASE_URL": f"sqlite:///{database}"}
    for name in ("REDIS_URL", "SECRET_KEY", "SITE_URL"):
        environment.pop(name, None)

    def start(*arguments, **options):
        command = [sys.executable, "manage.py", *map(str, arguments)]
        return started(command, cwd=settings.BASE_DIR, env=environment, text=True, **options)

    return start


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory):
    """A database file with an author and nothing else."""
    database = tmp_path_factory.mktemp("empty") / "site.sqlite3"
    start = starter(database)
    for words in (("migrate", "--verbosity", "0"), ("shell", "--verbosity", "0", "-c", _AUTHOR)):
        with start(*words) as process:
            assert process.wait(120) == 0
    return database


@pytest.fixture
def site(empty_site, tmp_path):
    shutil.copy(empty_site, tmp_path / "site.sqlite3")
    return starter(tmp_path / "site.sqlite3")


def asked(tmp_path, question):
    connection = sqlite3.connect(tmp_path / "site.sqlite3")
    try:
        return connection.execute(question).fetchone()[0]
    finally:
        connection.close()


def test_import_killed_twice_ends_complete_without_duplicates(tmp_path, site):
    pages = tmp_path / "pages"
    write_pages(pages, COUNT)
    arguments = ("import_page", pages, "--author", "author@example.org", "--progress", "1")
    reached = []

    for stop_after in (40, 30):
        with site(*arguments, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
            for line in process.stderr:
                if line.startswith(f"{stop_after + sum(reached[-1:])} of"):
                    break
            process.kill()
            assert process.wait(60) == -signal.SIGKILL
        reached.append(asked(tmp_path, "SELECT count(*) FROM articles_importedpage"))
        assert asked(tmp_path, "SELECT count(*) FROM articles_article") == reached[-1]
    assert 0 < reached[0] < reached[1] < COUNT

    with site(*arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as last:
        said, _nothing = last.communicate(timeout=300)

    assert last.returncode == 0
    assert f"{COUNT - reached[1]} imported, {reached[1]} in already, 0 the same as another file, 0 failed" in said
    assert asked(tmp_path, "SELECT count(DISTINCT digest) FROM articles_importedpage") == COUNT
    assert asked(tmp_path, "SELECT count(DISTINCT slug) FROM articles_article") == COUNT
    assert asked(tmp_path, "SELECT count(*) FROM articles_section") == 3 * COUNT
    assert asked(tmp_path, "SELECT count(*) FROM articles_historicalsection") == 3 * COUNT
    assert asked(tmp_path, "PRAGMA integrity_check") == "ok"


def test_two_imports_at_the_same_time_do_no_harm(tmp_path, site):
    pages = tmp_path / "pages"
    write_pages(pages, 60)
    arguments = ("import_page", pages, "--author", "author@example.org", "--progress", "0")

    with site(*arguments, stdout=subprocess.PIPE) as one, site(*arguments, stdout=subprocess.PIPE) as other:
        said = [process.communicate(timeout=300)[0] for process in (one, other)]

    assert (one.returncode, other.returncode) == (0, 0)
    assert sum(int(words.split(" imported")[0]) for words in said) == 60
    assert asked(tmp_path, "SELECT count(*) FROM articles_article") == 60
    assert asked(tmp_path, "SELECT count(*) FROM articles_importedpage") == 60
