"""An import of sources, and a look-up, in a process of its own that is killed without a warning."""

import signal
import sqlite3
import time

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.library import file_import, lookups
from articles.models import LookUp, SourceImport
from tests import factories
from tests.articles.writing.test_import_killed import asked, empty_site, site

__all__ = ["empty_site", "site"]

COUNT = 300
RECEIVE = f"""
from django.contrib.auth import get_user_model
from articles.library import file_import
author = get_user_model().objects.get(email="author@example.org")
record = "TY  - JOUR\\nTI  - Work number %d of many\\nPY  - 2020\\nDO  - 10.5555/k.%d\\nER  -\\n"
records = "".join(record % (n, n) for n in range({COUNT}))
file_import.receive(records.encode(), name="killed.ris", format_name="", by=author)
"""
CLOCK = "from articles import tasks; tasks.carry_on_imports()"
BUTTON = """
from articles import tasks
from articles.library import file_import
from articles.models import SourceImport
file_import.try_again(SourceImport.objects.get())
tasks.import_sources(1)
"""


@pytest.fixture
def run(site, tmp_path):
    site_file = tmp_path / "site.sqlite3"

    def in_shell(words):
        with site("shell", "--verbosity", "0", "-c", words) as process:
            assert process.wait(240) == 0

    def killed_after(words, number):
        with site("shell", "--verbosity", "0", "-c", words) as process:
            until = time.monotonic() + 120
            while asked(tmp_path, "SELECT reached FROM articles_sourceimport") < number:
                assert process.poll() is None
                assert time.monotonic() < until
                time.sleep(0.02)
            process.kill()
            assert process.wait(60) == -signal.SIGKILL

    def change(words):
        connection = sqlite3.connect(site_file)
        with connection:
            connection.execute(words)
        connection.close()

    in_shell.killed_after, in_shell.change = killed_after, change
    return in_shell


def test_import_whose_process_was_killed_is_marked_and_goes_on_only_by_a_person(run, tmp_path):
    run(RECEIVE)
    run.killed_after(CLOCK, 20)
    reached = asked(tmp_path, "SELECT reached FROM articles_sourceimport")
    assert 20 <= reached < COUNT

    # Right after it, another turn of the clock cannot know yet; minutes later it marks it.
    run(CLOCK)
    assert asked(tmp_path, "SELECT problem FROM articles_sourceimport") == ""
    run.change("UPDATE articles_sourceimport SET touched_at = datetime('now', '-10 minutes')")
    run(CLOCK)
    run(CLOCK)

    assert asked(tmp_path, "SELECT reached FROM articles_sourceimport") == reached
    problem = asked(tmp_path, "SELECT problem FROM articles_sourceimport")
    assert problem.startswith(f"The import stopped after record {reached}: the process that ran it ended")
    run(BUTTON)
    assert asked(tmp_path, "SELECT problem FROM articles_sourceimport") == ""
    assert asked(tmp_path, "SELECT finished_at IS NOT NULL FROM articles_sourceimport") == 1
    assert asked(tmp_path, "SELECT count(*) FROM articles_sourceimportrecord WHERE outcome = 'added'") == COUNT
    assert asked(tmp_path, "SELECT count(DISTINCT doi) FROM articles_source") == COUNT
    assert asked(tmp_path, "SELECT count(*) FROM articles_source") == COUNT


def _dead(**fields):
    batch = factories.source_import(b"TY  - JOUR\nTI  - A work\nPY  - 2020\nER  -\n")
    SourceImport.objects.update(touched_at=timezone.now() - 2 * file_import._LEASE, **fields)
    return batch


@pytest.mark.django_db
@pytest.mark.parametrize("is_marked", [True, False])
def test_page_of_a_dead_import_says_so_and_has_the_button(client, is_marked):
    client.force_login(factories.user("Author"))
    batch = _dead()
    if is_marked:
        assert file_import.mark_died() == 1
    page = reverse("admin:articles_sourceimport_change", args=[batch.pk])

    shown = client.get(page).content.decode()

    assert "the process that ran it ended without finishing" in shown
    assert "It is not tried again by itself" in shown
    assert "Continue now" in shown
    assert 'http-equiv="refresh"' not in shown
    client.post(reverse("admin:articles_sourceimport_again", args=[batch.pk]))
    assert "Finished" in client.get(page).content.decode()


@pytest.mark.django_db
def test_import_that_another_process_is_at_is_left_to_it():
    batch = _dead()
    SourceImport.objects.update(touched_at=timezone.now())

    assert file_import.carry_on(batch.pk) is False
    assert file_import.try_again(batch) == 0
    assert file_import.carry_on(batch.pk) is False
    assert (file_import.waiting(), file_import.mark_died()) == ([], 0)


@pytest.mark.django_db
def test_import_that_raises_is_marked_and_not_tried_again(monkeypatch):
    batch = factories.source_import(b"TY  - JOUR\nTI  - A work\nPY  - 2020\nER  -\n")

    def out_of_memory(*_args):
        raise MemoryError

    monkeypatch.setattr(file_import, "_deal_with", out_of_memory)
    with pytest.raises(MemoryError):
        file_import.carry_on(batch.pk)

    assert SourceImport.objects.get().problem == "The import stopped after record 0: MemoryError."
    assert file_import.waiting() == []


@pytest.mark.django_db
def test_look_up_whose_process_died_is_not_asked_again():
    look_up = factories.look_up()
    LookUp.objects.update(begun_at=timezone.now() - 2 * lookups._LEASE)

    answered = lookups.answer(look_up.pk, at=timezone.now())

    assert answered.outcome == LookUp.Outcome.UNKNOWN
    assert answered.detail == "The process that asked ended before the answer was kept. Look it up again."


@pytest.mark.django_db
def test_look_up_that_another_process_asks_is_left_to_it():
    look_up = factories.look_up()
    LookUp.objects.update(begun_at=timezone.now())

    assert lookups.answer(look_up.pk, at=timezone.now()).outcome == LookUp.Outcome.WAITING
