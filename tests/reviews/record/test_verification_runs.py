"""Runs of the verification: from where they go on, what they put on record, and whom they tell."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from reviews import tasks
from reviews.models import Delivery, Event, Review
from reviews.record import verification, verification_runs
from tests import factories
from tests.reviews.record.forgery import raw

pytestmark = [pytest.mark.django_db]

BEGIN = datetime(2027, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(BEGIN, tick=False) as traveller:
        yield traveller


def last():
    return verification_runs.last()


def test_run_says_on_record_what_it_read(clock):
    review = factories.approved()

    assert tasks.verify_audit() == 0

    data = last().data
    head = Event.objects.of_article(review.article_id).last()
    assert (data["faults"], data["is_whole"], data["events"]) == (0, True, Event.objects.count() - 1)
    assert data["heads"][f"article:{review.article_id}"] == [head.sequence, head.digest]


def test_run_lists_only_the_chains_that_moved(clock):
    first, second = factories.approved(), factories.approved()
    tasks.verify_audit()
    factories.edit(second.article)
    factories.submitted(second.article)

    tasks.verify_audit()

    assert f"article:{second.article_id}" in last().data["heads"]
    assert f"article:{first.article_id}" not in last().data["heads"]


def test_nightly_run_reads_what_is_new_and_everything_once_a_week(clock):
    factories.approved()
    runs = []

    for _ in range(9):
        tasks.verify_nightly()
        runs.append(last().data["is_whole"])
        clock.shift(timedelta(days=1, minutes=1))

    assert runs == [True, *[False] * 6, True, False]


def test_run_that_goes_on_finds_what_is_wrong_in_a_chain_that_moved(clock, monkeypatch):
    review = factories.approved()
    tasks.verify_audit()
    factories.edit(review.article)
    update = factories.submitted(review.article)
    Review.objects.filter(pk=update.pk).update(summary="By hand.")
    clock.shift(timedelta(days=1, minutes=1))

    assert tasks.verify_nightly() == 1
    assert last().data["is_whole"] is False


def test_run_that_goes_on_leaves_out_what_did_not_move(clock, monkeypatch):
    monkeypatch.setattr(verification, "_OVERLAP", 0)
    still, moved = factories.approved(), factories.approved()
    tasks.verify_audit()
    factories.edit(moved.article)
    factories.submitted(moved.article)
    verified = verification.Verified()

    assert list(verification.verify(verified, since=verification_runs.to_continue(BEGIN))) == []

    assert f"article:{moved.article_id}" in verified.heads
    assert f"article:{still.article_id}" not in verified.heads


def test_run_after_one_that_found_a_fault_reads_everything(clock):
    factories.approved()
    tasks.verify_audit()
    Review.objects.update(summary="By hand.")
    tasks.verify_audit()
    clock.shift(timedelta(days=1, minutes=1))

    assert tasks.verify_nightly() == 1
    assert last().data["is_whole"] is True


# --- Failures reach people ---


def start_page(client, person):
    client.force_login(person)
    return client.get(reverse("admin:index")).text


@pytest.mark.parametrize("role", ["Administrator", "Auditor"])
def test_fault_is_mailed_and_stands_on_the_start_page_until_a_run_finds_nothing(client, role, settings, mailoutbox):
    settings.ADMINS = [("Admin", "admin@example.org")]
    person = factories.user(role)
    factories.approved()
    summary = Review.objects.get().summary
    Review.objects.update(summary="By hand.")
    words = "The last check of the record found 1 fault."

    assert tasks.verify_audit() == 1

    assert Delivery.objects.filter(recipient=person, kind="verify_audit").exists()
    assert any("The record is not intact" in one.subject for one in mailoutbox)
    assert words in start_page(client, person)

    Review.objects.update(summary=summary)
    assert tasks.verify_audit() == 0

    assert words not in start_page(client, person)


def test_run_that_fails_is_mailed_and_stands_on_the_start_page(client, settings, mailoutbox, monkeypatch):
    settings.ADMINS = [("Admin", "admin@example.org")]
    auditor = factories.user("Auditor")
    monkeypatch.setattr(verification.recorded_rows, "newest", lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        tasks.verify_audit()

    (told,) = Delivery.objects.filter(recipient=auditor, kind="verify_audit")
    assert told.subject == "The record could not be checked"
    assert any(one.subject.endswith("The record could not be checked") for one in mailoutbox)
    assert "The last check of the record failed." in start_page(client, auditor)


def test_run_that_did_not_happen_for_two_days_is_said(client, clock):
    administrator = factories.user("Administrator")
    tasks.verify_audit()
    clock.shift(timedelta(days=2))
    assert "Check of the record" not in start_page(client, administrator)

    clock.shift(timedelta(minutes=1))

    assert "The record has not been checked since 2 November 2027." in start_page(client, administrator)


def test_site_that_was_never_checked_is_said(client):
    administrator = factories.user("Administrator")

    with time_machine.travel(datetime.now(UTC) + timedelta(days=3)):
        assert "The record has never been checked." in start_page(client, administrator)


@pytest.mark.parametrize("role", ["Author", "Editor", "Board member"])
def test_who_does_not_answer_for_the_record_is_not_told(client, role):
    person = factories.user(role)
    factories.approved()
    Review.objects.update(summary="By hand.")

    tasks.verify_audit()

    assert "Check of the record" not in start_page(client, person)


# --- The command ---


def test_command_names_every_fault_with_all(db, capsys):
    factories.approved()
    Review.objects.update(summary="By hand.", closing_reason="By hand.")

    with pytest.raises(CommandError) as stop:
        call_command("verify_audit", all=True)

    assert stop.value.returncode == 1
    assert capsys.readouterr().err.count("table reviews_review") == 2


def test_command_that_cannot_run_exits_with_2(db, monkeypatch):
    monkeypatch.setattr(verification.recorded_rows, "newest", lambda: raw("SELECT * FROM nothing"))

    with pytest.raises(CommandError) as stop:
        call_command("verify_audit")

    assert stop.value.returncode == 2


def test_command_goes_on_from_the_last_run(db, capsys):
    factories.approved()
    tasks.verify_audit()

    call_command("verify_audit", "--continue")

    assert "The record is intact" in capsys.readouterr().out
