import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from articles.models import Publication
from reviews import workflow
from reviews.models import Assignment, Delivery, Review
from reviews.notifications import outbox
from reviews.record import verification
from tests import factories
from tests.conftest import require_service
from tests.reviews.notifications.test_mail import told
from tests.services.servers import SECONDS, Worker, act, call, wait_for

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def ended(process):
    """Return what a process printed and what it complained of."""
    said, complained = process.communicate(timeout=SECONDS)
    return (json.loads(said) if process.returncode == 0 else None), complained


def one_signature_short():
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.under_review(ann, ben)
    factories.sign(review, ann)
    factories.mark_all(review, ben)
    return Assignment.objects.get(review=review, member=ben)


def test_approval_stands_without_redis_and_the_mail_goes_when_it_is_back(database_url, own_redis, mail_server):
    environment = {"DATABASE_URL": database_url, "REDIS_URL": own_redis.url, "EMAIL_URL": mail_server.url}
    last = one_signature_short()
    worker = Worker(**environment)
    try:
        worker.start()
        call("reviews.tasks.deliver", **environment)
        wait_for(lambda: not Delivery.objects.due(timezone.now()).exists())
        mail_server.received.clear()

        own_redis.stop()
        with act("sign", str(last.pk), **environment) as signing:
            printed, complained = ended(signing)
        approved = Publication.objects.get().status
        waiting = Delivery.objects.get(kind="approve", recipient=last.review.article.owner)
        own_redis.start()
        call("reviews.tasks.deliver", **environment)
        wait_for(lambda: Delivery.objects.get(pk=waiting.pk).sent_at)
    finally:
        worker.stop()

    assert printed is not None
    assert "Error calling" not in complained
    assert "The broker took no hint" in complained
    assert approved == "approved"
    assert (waiting.sent_at, waiting.attempts) == (None, 0)
    assert mail_server.received == [Delivery.objects.get(pk=waiting.pk).message_id]
    assert list(verification.faults()) == []


def test_worker_killed_while_sending_sends_the_same_mail_after_its_restart(database_url, own_redis, mail_server):
    environment = {"DATABASE_URL": database_url, "REDIS_URL": own_redis.url, "EMAIL_URL": mail_server.url}
    review, ann, editor = factories.submitted(), factories.board_member("Ann"), factories.user("Editor")
    workflow.assign(review, by=editor, member=ann, seen=factories.seen(review))
    row = Delivery.objects.get(kind="assign")
    worker = Worker(**environment)
    try:
        mail_server.is_stalled = True
        worker.start()
        call("reviews.tasks.deliver", **environment)
        wait_for(lambda: mail_server.received)
        worker.kill()
        held = Delivery.objects.get(pk=row.pk)
        mail_server.is_stalled = False
        # The lease of the dead worker runs out.
        Delivery.objects.filter(pk=row.pk).update(next_attempt_at=timezone.now())
        worker.start()
        call("reviews.tasks.deliver", **environment)
        wait_for(lambda: Delivery.objects.get(pk=row.pk).sent_at)
    finally:
        worker.stop()

    sent = Delivery.objects.get(pk=row.pk)
    assert (held.sent_at, held.attempts) == (None, 1)
    assert held.next_attempt_at > timezone.now() + timedelta(minutes=5)
    assert mail_server.received == [held.message_id, held.message_id]
    assert (sent.message_id, sent.attempts, sent.next_attempt_at) == (held.message_id, 2, None)


def test_workers_that_deliver_at_once_send_each_mail_once():
    require_service(connection.vendor == "postgresql", "PostgreSQL")
    for number in range(40):
        person = factories.user("Editor")
        told(person, f"First of {number}", next_attempt_at=timezone.now())
        told(person, f"Second of {number}", next_attempt_at=timezone.now())
    start = threading.Barrier(4)

    def deliver():
        start.wait()
        try:
            outbox.deliver()
        finally:
            connections.close_all()

    workers = [threading.Thread(target=deliver) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(mail.outbox) == 40
    assert len({message.to[0] for message in mail.outbox}) == 40
    assert not Delivery.objects.filter(sent_at__isnull=True).exists()


def test_three_days_without_a_clock_lose_nothing_and_double_nothing():
    require_service(connection.vendor == "postgresql", "PostgreSQL")
    begin = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    with time_machine.travel(begin, tick=False) as clock:
        editor, ann = factories.user("Editor"), factories.board_member("Ann")
        approved = factories.approved(ann, factories.board_member("Ben"))
        clock.move_to(datetime.combine(Publication.objects.get().next_review_due, begin.timetz()))
        clock.shift(timedelta(days=-approved.policy.rereview_lead_days - 1))
        review = factories.submitted()
        due = timezone.localdate() + timedelta(days=8)
        workflow.assign(review, by=editor, member=ann, seen=factories.seen(review), due_date=due)
        call_command("clock", once=True)
        mail.outbox.clear()
        before = set(Delivery.objects.values_list("pk", flat=True))

        clock.shift(timedelta(days=3))  # on the first of them a reminder, a digest and a periodic review were due
        for _ in range(3):
            call_command("clock", once=True)
        clock.shift(timedelta(days=1))
        call_command("clock", once=True)

    reminded = Delivery.objects.filter(kind="reminder")
    assert [row.recipient for row in reminded] == [ann.user]
    assert Review.objects.filter(article=approved.article, reason="periodic", opened_by__isnull=True).count() == 1
    assert not Delivery.objects.filter(pk__in=before, sent_at__isnull=True).exists()
    assert not Delivery.objects.filter(sent_at__isnull=True).exists()
    subjects = [(message.to[0], message.subject) for message in mail.outbox]
    assert len(subjects) == len(set(subjects))
    assert {row.attempts for row in Delivery.objects.all()} == {1}
    assert list(verification.faults()) == []


def test_postgresql_restarted_in_the_middle_of_a_step_leaves_all_of_it_or_nothing(own_postgresql, tmp_path):
    environment = {"DATABASE_URL": own_postgresql.url, "REDIS_URL": "", "EMAIL_URL": "dummymail://"}
    with act("sign_through_restarts", str(tmp_path), **environment) as signing:
        for name in ("inside", "after"):
            wait_for(lambda name=name: (tmp_path / f"{name}.here").exists() or signing.poll() is not None)
            own_postgresql.restart()
            (tmp_path / f"{name}.go").touch()
        told, complained = ended(signing)

    assert told is not None, complained
    assert "terminating connection" in told["error"] or "closed the connection" in told["error"]
    assert told["whole_or_nothing"] == told["before"]
    assert told["before"]["faults"] == []
    again = told["again"]
    assert (again["state"], again["page"], again["decisions"], again["faults"]) == ("approved", "approved", 2, [])
    assert again["events"] == told["before"]["events"] + 1
    assert again["deliveries"] > told["before"]["deliveries"]
