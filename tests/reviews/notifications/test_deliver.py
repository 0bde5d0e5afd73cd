import smtplib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from reviews import tasks, workflow
from reviews.models import Delivery
from reviews.notifications import outbox
from tests import factories
from tests.reviews.notifications.test_mail import told

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

NOON = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)


class Server:
    """A mail server that fails as it is told to; what it takes is in `django.core.mail.outbox`."""

    error: Exception | None = None
    refuses: tuple[str, ...] = ()
    asked = 0


class Backend(EmailBackend):
    def send_messages(self, messages):
        Server.asked += 1
        if Server.error:
            raise Server.error
        if any(message.to[0] in Server.refuses for message in messages):
            raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"No such person")})
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Backend"
    monkeypatch.setattr(Server, "error", None)
    monkeypatch.setattr(Server, "refuses", ())
    monkeypatch.setattr(Server, "asked", 0)
    monkeypatch.setattr(outbox._broker, "down_until", 0.0)
    return Server


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ann():
    return factories.user("Board member", "Ann Ahrens")


def due(person, subject="A subject", **fields):
    return told(person, subject, **{"next_attempt_at": timezone.now(), **fields})


def test_what_is_due_goes_out_as_one_mail_a_person(ann, clock):
    ben = factories.user("Editor")
    due(ann, "One")
    due(ann, "Two")
    due(ben, "Three")

    assert outbox.deliver() == 2

    assert sorted(message.subject for message in mail.outbox) == [
        "[Countersign] One (and 1 more)",
        "[Countersign] Three",
    ]
    assert not Delivery.objects.waiting().exists()
    assert {row.sent_at for row in Delivery.objects.all()} == {NOON}


def test_what_was_sent_is_not_sent_again(ann, clock):
    due(ann)

    outbox.deliver()
    clock.shift(timedelta(days=3))
    outbox.deliver()

    assert len(mail.outbox) == 1


def test_digest_waits_for_its_hour_and_is_one_mail(clock):
    editor = factories.user("Editor")
    factories.submitted()
    factories.submitted()

    assert outbox.deliver() == 0
    clock.move_to(datetime(2026, 11, 5, 6, 0, tzinfo=UTC))
    assert outbox.deliver() == 1

    (message,) = mail.outbox
    assert message.to == [editor.email]
    assert message.subject.endswith("(and 1 more)")


@pytest.mark.parametrize(("hour", "day"), [(5, 4), (6, 5), (12, 5)])
def test_next_digest_is_the_next_morning(hour, day):
    at = datetime(2026, 11, 4, hour, 0, tzinfo=UTC)

    assert outbox.next_digest(at) == datetime(2026, 11, day, 6, 0, tzinfo=UTC)


def test_urgent_mail_goes_out_when_the_step_is_committed(settings, django_capture_on_commit_callbacks):
    review, ann, editor = factories.submitted(), factories.board_member("Ann"), factories.user("Editor")

    with django_capture_on_commit_callbacks(execute=True):
        workflow.assign(review, by=editor, member=ann, seen=factories.seen(review))

    assert [message.to for message in mail.outbox] == [[ann.user.email]]


def test_digest_gives_the_queue_no_hint(monkeypatch, django_capture_on_commit_callbacks):
    factories.user("Editor")
    hints = []
    monkeypatch.setattr(outbox, "hint", lambda: hints.append("given"))

    with django_capture_on_commit_callbacks(execute=True):
        factories.submitted()

    assert hints == []


def test_broker_that_is_down_fails_no_step(monkeypatch, django_capture_on_commit_callbacks):
    review, ann, editor = factories.submitted(), factories.board_member("Ann"), factories.user("Editor")
    monkeypatch.setattr(outbox.deliver, "apply_async", lambda **options: 1 / 0)

    with django_capture_on_commit_callbacks(execute=True):
        workflow.assign(review, by=editor, member=ann, seen=factories.seen(review))

    assert review.assignments.count() == 1
    outbox.deliver()
    assert len(mail.outbox) == 1


def test_broker_that_is_down_is_left_alone_for_a_while(monkeypatch):
    asked = []
    monkeypatch.setattr(outbox.deliver, "apply_async", lambda **options: asked.append("asked") or 1 / 0)

    outbox.hint()
    outbox.hint()
    with monkeypatch.context() as later:
        later.setattr(outbox._broker, "down_until", 0.0)
        outbox.hint()

    assert asked == ["asked", "asked"]


def test_failed_mail_is_tried_again_as_the_same_mail(ann, clock, server):
    due(ann, "One")
    due(ann, "Two")
    server.error = smtplib.SMTPServerDisconnected("gone")

    outbox.deliver()
    rows = list(Delivery.objects.all())
    due(ann, "Three")
    server.error = None
    clock.shift(timedelta(minutes=5))
    outbox.deliver()

    assert {(row.attempts, row.last_error) for row in rows} == {(1, "SMTPServerDisconnected: gone")}
    assert {row.next_attempt_at for row in rows} == {NOON + timedelta(minutes=5)}
    again = next(message for message in mail.outbox if "and 1 more" in message.subject)
    assert again.extra_headers["Message-ID"] == rows[0].message_id == rows[1].message_id
    assert [message.subject for message in mail.outbox if message is not again] == ["[Countersign] Three"]
    assert {(row.attempts, row.last_error) for row in Delivery.objects.filter(subject="One")} == {(2, "")}


def test_message_id_is_kept_before_the_mail_is_sent(ann, clock, monkeypatch):
    due(ann)
    seen = []
    monkeypatch.setattr(Backend, "send_messages", lambda self, messages: seen.append(Delivery.objects.get().message_id))

    outbox.deliver()

    assert seen == [Delivery.objects.get().message_id]
    assert seen[0].startswith("<")


def test_worker_that_dies_while_sending_leaves_a_lease_and_the_message_id(ann, clock, monkeypatch):
    due(ann)

    def die(self, messages):
        raise SystemExit

    monkeypatch.setattr(Backend, "send_messages", die)
    with pytest.raises(SystemExit):
        outbox.deliver()
    left = Delivery.objects.get()
    monkeypatch.undo()

    assert (left.sent_at, left.attempts, left.next_attempt_at) == (None, 1, NOON + outbox.LEASE)
    assert outbox.claim(NOON) is None
    assert outbox.claim(NOON + outbox.LEASE).message_id == left.message_id


def test_pauses_double_up_to_sixteen_hours_and_end_after_about_three_days():
    pauses = [outbox.pause(attempts) for attempts in range(1, outbox.ATTEMPTS)]

    assert pauses[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert max(pauses) == timedelta(hours=16)
    assert timedelta(days=2, hours=12) < sum(pauses, timedelta()) < timedelta(days=3, hours=12)


def test_mail_that_fails_too_often_stops_and_can_be_tried_again(ann, clock, server):
    row = due(ann)
    server.refuses = (ann.email,)

    for _ in range(outbox.ATTEMPTS + 3):
        outbox.deliver()
        clock.shift(timedelta(days=1))
    row.refresh_from_db()
    given_up = (row.attempts, row.next_attempt_at, server.asked)
    server.refuses = ()
    outbox.try_again([row], at=timezone.now())
    outbox.deliver()

    assert given_up == (outbox.ATTEMPTS, None, outbox.ATTEMPTS)
    assert "No such person" in row.last_error
    assert len(mail.outbox) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == row.message_id


def test_refused_recipient_does_not_keep_the_others(ann, clock, server):
    ben = factories.user("Editor")
    server.refuses = (ann.email,)
    due(ann)
    due(ben)

    assert outbox.deliver() == 1

    assert [message.to for message in mail.outbox] == [[ben.email]]


def test_server_that_is_down_is_asked_once_a_sweep(ann, clock, server):
    server.error = ConnectionRefusedError("refused")
    due(ann)
    due(factories.user("Editor"))

    assert outbox.deliver() == 0

    assert server.asked == 1
    assert sorted(row.attempts for row in Delivery.objects.all()) == [0, 1]


def test_person_deactivated_meanwhile_is_not_mailed(ann, clock):
    row = due(ann)
    ann.is_active = False
    ann.save()

    assert outbox.deliver() == 0

    row.refresh_from_db()
    assert (row.sent_at, row.next_attempt_at) == (None, None)
    assert row.last_error == "This person’s account is not active."
    assert mail.outbox == []


def test_hundred_things_in_a_minute_are_two_mails(ann, clock):
    for number in range(100):
        due(ann, f"Thing {number}")
        outbox.deliver()
    clock.shift(outbox.GATHERED)
    outbox.deliver()

    assert [message.subject for message in mail.outbox] == [
        "[Countersign] Thing 0",
        "[Countersign] Thing 1 (and 98 more)",
    ]


def test_long_list_is_sent_in_parts(ann, clock):
    for _ in range(3):
        due(ann)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "ROWS_A_MAIL", 2)
        assert outbox.deliver() == 1
        clock.shift(outbox.GATHERED)
        assert outbox.deliver() == 1

    assert not Delivery.objects.waiting().exists()


def test_deliver_is_the_task_that_workers_and_the_clock_know():
    assert tasks.deliver.name == "reviews.tasks.deliver"


def state_of(client, row):
    page = client.get(reverse("admin:reviews_delivery_changelist")).text
    return page[page.index(row.subject) :]


def test_list_says_what_was_sent_what_waits_and_what_fails(client, ann, clock):
    due(ann, "Sent one", sent_at=NOON, next_attempt_at=None)
    due(ann, "Waiting one")
    due(ann, "Failing one", attempts=2, last_error="No such person", next_attempt_at=NOON + timedelta(hours=1))
    due(ann, "Stopped one", attempts=12, last_error="No such person", next_attempt_at=None)
    client.force_login(factories.user("Auditor"))

    page = client.get(reverse("admin:reviews_delivery_changelist")).text

    assert "Stopped: No such person" in page
    assert "Failing: No such person" in page
    assert "Waiting until" in page
    assert "Try again" not in page


@pytest.mark.parametrize("state", ["sent", "waiting", "failing", "stopped"])
def test_list_is_filtered_by_state(client, ann, clock, state):
    due(ann, "sent-one", sent_at=NOON, next_attempt_at=None)
    due(ann, "waiting-one")
    due(ann, "failing-one", attempts=2, last_error="No", next_attempt_at=NOON + timedelta(hours=1))
    due(ann, "stopped-one", attempts=12, last_error="No", next_attempt_at=None)
    client.force_login(factories.user("Editor"))

    page = client.get(reverse("admin:reviews_delivery_changelist"), {"state": state}).text

    shown = {name for name in ("sent", "waiting", "failing", "stopped") if f"{name}-one" in page}
    assert shown == {state}


@pytest.mark.parametrize(("role", "is_tried"), [("Editor", True), ("Administrator", True), ("Auditor", False)])
def test_editors_and_administrators_try_again(client, ann, clock, role, is_tried):
    row = due(ann, attempts=12, last_error="No such person", next_attempt_at=None, message_id="<kept@example.org>")
    client.force_login(factories.user(role))

    client.post(
        reverse("admin:reviews_delivery_changelist"), {"action": "try_again", "_selected_action": [row.pk]}, follow=True
    )

    row.refresh_from_db()
    assert (row.next_attempt_at is not None) == is_tried
    assert row.message_id == "<kept@example.org>"


def test_delivery_is_not_changed_by_hand(client, ann):
    row = due(ann)
    client.force_login(factories.user(is_superuser=True))

    client.post(reverse("admin:reviews_delivery_change", args=[row.pk]), {"subject": "Another"})

    row.refresh_from_db()
    assert row.subject == "A subject"
