import logging
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from articles.models import Publication
from reviews import tasks, workflow
from reviews.management.commands import clock as command
from reviews.models import Delivery, Event, Review
from reviews.notifications import outbox, reminders
from tests import factories
from tests.processes import started

pytestmark = pytest.mark.django_db

BEGIN = datetime(2027, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    """Keep the connection that holds the test's transaction, however old the shifted clock makes it look."""
    monkeypatch.setattr(command, "close_old_connections", lambda: None)


@pytest.fixture
def clock():
    with time_machine.travel(BEGIN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith Editor")


def assigned(editor, member, *, days=14, review=None):
    review = review or factories.submitted()
    due = timezone.localdate() + timedelta(days=days)
    return workflow.assign(review, by=editor, member=member, seen=factories.seen(review), due_date=due)


def subjects(kind):
    return list(Delivery.objects.filter(kind=kind).order_by("pk").values_list("subject", flat=True))


def test_member_is_reminded_on_the_policys_days_and_then_weekly(clock, editor):
    ann = factories.board_member("Ann")
    assigned(editor, ann)
    reminded = []

    for number in range(31):
        clock.move_to(BEGIN + timedelta(days=number))
        if tasks.remind() and Delivery.objects.filter(kind="reminder", created_at=timezone.now()).exists():
            reminded.append(number - 14)
        tasks.remind()

    assert reminded == [-7, -1, 1, 8, 15]
    assert {row.recipient for row in Delivery.objects.filter(kind="reminder")} == {ann.user}
    assert len(subjects("reminder")) == 5


@pytest.mark.parametrize(
    ("left", "asked_before", "stage"),
    [
        (8, 14, ""),
        (7, 14, "before-7"),
        (4, 14, "before-7"),
        (1, 14, "before-1"),
        (0, 14, "before-1"),
        (-1, 14, "late-0"),
        (-7, 14, "late-0"),
        (-8, 14, "late-1"),
        (5, 5, ""),
        (1, 5, "before-1"),
    ],
)
def test_reminder_that_is_owed(left, asked_before, stage):
    due = date(2026, 11, 20)
    asked, today = due - timedelta(days=asked_before), due - timedelta(days=left)

    assert reminders._stage(due, [7, 1], asked=asked, today=today) == stage


def test_clock_that_stood_still_for_three_days_loses_and_doubles_nothing(clock, editor):
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    assigned(editor, ann, days=8)
    assigned(editor, ben, days=3)

    clock.shift(timedelta(days=4))
    for _ in range(3):
        tasks.remind()
        outbox.deliver()

    assert [row.subject.split(":")[0] for row in Delivery.objects.filter(kind="reminder", recipient=ann.user)] == [
        "Due on 10 November 2027"
    ]
    assert [row.subject.split(":")[0] for row in Delivery.objects.filter(kind="reminder", recipient=ben.user)] == [
        "Overdue since 5 November 2027"
    ]
    assert len([message for message in mail.outbox if message.to == [ann.user.email]]) == 1


def test_who_answered_is_not_reminded(clock, editor):
    ann = factories.board_member("Ann")
    review = factories.submitted()
    assigned(editor, ann, review=review)
    workflow.decline(review, by=ann.user, kind="time", reason="No time.", seen=factories.seen(review))

    clock.shift(timedelta(days=20))
    tasks.remind()

    assert subjects("reminder") == []


def test_editors_hear_of_late_reviews_in_their_digest(clock, editor):
    ann = factories.board_member("Ann Ahrens")
    assigned(editor, ann)

    clock.shift(timedelta(days=16))
    tasks.remind()
    tasks.remind()

    row = Delivery.objects.get(kind="late_review")
    assert (row.recipient, row.is_urgent) == (editor, False)
    assert "It is waiting for Ann Ahrens, MD." in row.text


def test_periodic_review_opens_before_the_text_is_out_of_date(clock, editor):
    review = factories.approved()
    due = Publication.objects.get().next_review_due
    lead = timedelta(days=review.policy.rereview_lead_days)

    clock.move_to(datetime.combine(due - lead - timedelta(days=1), BEGIN.timetz()))
    assert tasks.open_due_reviews() == 0
    clock.shift(timedelta(days=4))  # three days late
    assert tasks.open_due_reviews() == 1
    assert tasks.open_due_reviews() == 0

    opened = Review.objects.open().get()
    assert (opened.reason, opened.opened_by, opened.revision) == ("periodic", None, review.revision)


def test_periodic_review_that_was_rejected_is_left_to_people(clock, editor):
    factories.approved()
    clock.move_to(datetime.combine(Publication.objects.get().next_review_due, BEGIN.timetz()))
    tasks.open_due_reviews()
    opened = Review.objects.open().get()
    workflow.reject(opened, by=editor, reason="Later.", seen=factories.seen(opened))

    clock.shift(timedelta(days=1))

    assert tasks.open_due_reviews() == 0


def test_one_article_that_cannot_be_opened_does_not_keep_the_others(clock, monkeypatch):
    first, second = factories.approved(), factories.approved()
    clock.move_to(datetime.combine(Publication.objects.first().next_review_due, BEGIN.timetz()))
    rereview = workflow.rereview

    def fails_on_first(article, **options):
        if article.pk == first.article_id:
            raise RuntimeError("broken")
        return rereview(article, **options)

    monkeypatch.setattr(workflow, "rereview", fails_on_first)

    assert tasks.open_due_reviews() == 1
    assert Review.objects.open().get().article_id == second.article_id


def test_editors_hear_once_of_each_stage_of_an_overdue_page(clock, editor):
    policy = factories.policy(noindex_after_days=30, hide_after_days=90)
    factories.approved()
    due = Publication.objects.get().next_review_due
    told = []

    for days in (0, 1, 2, 30, 31, 32, 91, 92):
        clock.move_to(datetime.combine(due + timedelta(days=days), BEGIN.timetz()))
        tasks.remind()
        told.append(Delivery.objects.filter(kind="overdue").count())

    assert policy.hide_after_days == 90
    assert told == [0, 1, 1, 1, 2, 2, 3, 3]
    assert [row.is_urgent for row in Delivery.objects.filter(kind="overdue").order_by("pk")] == [False, False, True]


def test_licence_that_ends_is_told_to_editors_administrators_and_the_member(clock, editor):
    administrator = factories.user("Administrator")
    ann = factories.board_member("Ann", licence_expires=BEGIN.date() + timedelta(days=61))

    assert tasks.remind() == 0
    clock.shift(timedelta(days=1))
    tasks.remind()
    tasks.remind()
    first = {row.recipient for row in Delivery.objects.filter(kind="licence")}
    clock.shift(timedelta(days=61))
    tasks.remind()

    assert first == {editor, administrator, ann.user}
    assert Delivery.objects.filter(kind="licence", recipient=editor).count() == 2
    assert "they cannot sign" in Delivery.objects.filter(kind="licence", is_urgent=True).first().text


def test_record_is_verified_once_a_day(clock):
    factories.approved()

    outcomes = []
    for _ in range(4):
        outcomes.append(tasks.verify_nightly())
        clock.shift(timedelta(hours=9))

    assert outcomes == [0, None, None, 0]
    assert Event.objects.of_site().filter(verb="verify_audit").count() == 2


def test_unfinished_work_that_fails_does_not_keep_the_rest(monkeypatch, caplog):
    done = []
    monkeypatch.setattr(tasks, "UNFINISHED", [lambda: 1 / 0, lambda: done.append("second")])

    tasks.carry_on()

    assert done == ["second"]
    assert "is tried again" in caplog.text


def test_clock_once_runs_every_task_of_the_table(monkeypatch):
    ran = []
    monkeypatch.setattr(command, "run", ran.append)

    call_command("clock", once=True)

    assert ran == list(settings.CLOCK)


def test_every_task_of_the_table_exists_and_beat_has_the_same():
    tasks_known = command.current_app.tasks

    assert [name for name in settings.CLOCK if name not in tasks_known] == []
    assert {one["task"]: one["schedule"] for one in settings.CELERY_BEAT_SCHEDULE.values()} == settings.CLOCK


def test_clock_survives_a_task_that_fails(monkeypatch, caplog, clock, editor):
    monkeypatch.setattr(verify := tasks.verification, "verify", lambda *read, **options: 1 / 0)
    factories.submitted()
    clock.shift(timedelta(days=1))

    with caplog.at_level(logging.ERROR):
        call_command("clock", once=True)

    assert verify is tasks.verification
    assert "The clock goes on without reviews.tasks.verify_nightly" in caplog.text
    assert [one.subject for one in mail.outbox if "checked" not in one.subject] != []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_clock_stops_at_once(tmp_path, number):
    environment = {**os.environ, "DJANGO_DEBUG": "1", "DATABASE_URL": f"sqlite:///{tmp_path}/clock.sqlite3"}
    environment.pop("REDIS_URL", None)
    command = [sys.executable, "manage.py", "clock"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    # Without its tables every task fails: the clock goes on, and can be stopped.
    with started(command, cwd=settings.BASE_DIR, env=environment, **pipes) as clock:
        for line in clock.stderr:
            if "The clock goes on without reviews.tasks.verify_nightly" in line:
                break
        time.sleep(0.2)

        clock.send_signal(number)

        said, _ = clock.communicate(timeout=60)
    assert clock.returncode == 0
    assert "The clock stopped." in said
