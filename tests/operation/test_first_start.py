import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks, mail
from django.core.mail import get_connection
from django.core.management import call_command
from django.urls import reverse

from articles.reading import page_cache
from cms.celery import BeatSchedule, app
from reviews.models import Delivery, EditorialPolicy
from reviews.notifications import outbox
from reviews.policies import adoption
from tests import factories
from tests.articles.reading.reader_pages import address, text_of

ROOT = Path(settings.BASE_DIR)


def adopt(by, **changes):
    current = EditorialPolicy.objects.current()
    for name, value in {"change_note": "Ours.", **changes}.items():
        setattr(current, name, value)
    return adoption.adopt(current, by=by, seen=current.version)


@pytest.fixture
def superuser(db):
    return get_user_model().objects.create_superuser("ada@example.org", "a long password", name="Ada Ivers")


def steps_shown(client, person):
    """Return the steps on a person's start page by their state."""
    client.force_login(person)
    steps = client.get(reverse("admin:index")).context["steps"]
    return {is_done: {step.label for step in steps if step.is_done == is_done} for is_done in (True, False)}


def test_beat_makes_the_folder_of_its_file(tmp_path):
    file = tmp_path / "missing" / "folder" / "beat"

    schedule = BeatSchedule(app=app, schedule_filename=str(file))
    schedule.close()

    assert list(file.parent.iterdir())


def test_beat_says_which_folder_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(SystemExit, match="The folder of BEAT_FILE cannot be made"):
        BeatSchedule(app=app, schedule_filename=str(tmp_path / "file" / "beat"))


def test_procfile_names_no_folder_of_one_machine():
    assert "/var/" not in (ROOT / "deploy" / "Procfile").read_text()
    assert app.conf.beat_schedule_filename == settings.CELERY_BEAT_SCHEDULE_FILENAME


@pytest.mark.django_db
def test_site_that_sends_no_mail_marks_nothing_as_sent(settings):
    settings.SENDS_MAIL = False
    editor = factories.user("Editor")
    factories.submitted()

    assert outbox.deliver() == 0

    rows = Delivery.objects.filter(recipient=editor)
    assert rows.exists()
    assert not rows.exclude(
        sent_at=None, next_attempt_at=None, last_error="This site sends no email (EMAIL_URL)."
    ).exists()
    assert mail.outbox == []


@pytest.mark.django_db
def test_site_that_sends_no_mail_promises_no_link(client, settings):
    settings.SENDS_MAIL = False
    person = factories.user("Author")

    shown = client.post(reverse("accounts:password_forgotten"), {"email": person.email}, follow=True)

    assert "This site sends no email" in text_of(shown)
    assert "was sent to" not in text_of(shown)


def test_mail_of_a_trial_is_a_file_and_a_line(settings, tmp_path, capsys):
    settings.MAIL_FOLDER = tmp_path / "mail"
    message = mail.EmailMultiAlternatives(
        "Invitation to", "Set your password: http://localhost:8000/x/", to=["ann@example.org"]
    )
    message.attach_alternative("<p>Set your password</p>", "text/html")

    assert get_connection("cms.mail_folder.EmailBackend").send_messages([message]) == 1

    [file] = (tmp_path / "mail").iterdir()
    assert "http://localhost:8000/x/" in file.read_text()
    said = capsys.readouterr().out
    assert said.startswith("Mail to ann@example.org: Invitation to\n")
    assert (len(said.splitlines()), "MIME" in said) == (2, False)


@pytest.mark.django_db
def test_cache_that_is_down_is_logged_once_and_without_a_traceback(client, settings, monkeypatch, caplog):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    monkeypatch.setattr(page_cache, "_log", page_cache._Log())
    review = factories.approved()

    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            assert client.get(address(review)).status_code == 200

    records = [record for record in caplog.records if record.name == "articles.reading.page_cache"]
    assert len(records) == 1
    assert records[0].exc_info is None


@pytest.mark.django_db
def test_person_gets_a_link_while_the_cache_is_down(client, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    person = factories.user("Author")

    assert client.post(reverse("accounts:password_forgotten"), {"email": person.email}).status_code == 302
    assert [message.to for message in mail.outbox] == [[person.email]]


@pytest.mark.django_db
def test_superuser_is_made_by_a_script_that_knows_no_name(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long password")

    call_command("createsuperuser", interactive=False, email="ada@example.org", verbosity=0)
    call_command("createsuperuser", interactive=False, email="ben@example.org", name="Ben", verbosity=0)

    assert dict(get_user_model().objects.values_list("email", "name")) == {
        "ada@example.org": "ada@example.org",
        "ben@example.org": "Ben",
    }


@pytest.mark.django_db
def test_deployment_check_names_what_a_new_site_has_in_place_of_its_own(superuser):
    assert {one.id for one in _found()} >= {"reviews.W001", "reviews.W002", "reviews.W003"}

    adopt(superuser, responsible_person="Dr Ada Ivers")
    factories.topic()

    assert not {one.id for one in _found()} & {"reviews.W001", "reviews.W002", "reviews.W003"}


@pytest.mark.django_db
def test_deployment_check_names_mail_that_reaches_nobody(settings):
    settings.SENDS_MAIL, settings.DEFAULT_FROM_EMAIL, settings.ADMINS = False, "countersign@localhost", []
    assert {"accounts.W001", "accounts.W002", "accounts.W003"} <= {one.id for one in _found()}

    settings.SENDS_MAIL, settings.DEFAULT_FROM_EMAIL = True, "desk@example.org"
    settings.ADMINS = [("Administrator", "operator@example.org")]
    assert not {"accounts.W001", "accounts.W002", "accounts.W003"} & {one.id for one in _found()}


def _found():
    return checks.run_checks(include_deployment_checks=True)


OPEN = {
    "Add authors and editors",
    "Invite the Medical Advisory Board",
    "Add the topics you write about",
    "Adopt the editorial policy",
    "Name the person who is editorially responsible",
}


def test_first_administrator_is_led_through_what_is_missing(client, superuser):
    assert steps_shown(client, superuser) == {True: set(), False: OPEN}

    factories.topic()
    factories.user("Author")
    factories.user("Editor")
    assert steps_shown(client, superuser)[True] == {"Add authors and editors", "Add the topics you write about"}

    factories.board_member("Ann")
    adopt(superuser, text="Our own rules.")
    assert steps_shown(client, superuser)[False] == {
        "Invite the Medical Advisory Board",
        "Name the person who is editorially responsible",
    }

    factories.board_member("Ben")
    adopt(superuser, responsible_person="Dr Ada Ivers")
    assert steps_shown(client, superuser) == {True: set(), False: set()}
    assert "First steps" not in client.get(reverse("admin:index")).content.decode()


def test_each_first_step_leads_to_a_page_where_it_can_be_done(client, superuser):
    client.force_login(superuser)

    for step in client.get(reverse("admin:index")).context["steps"]:
        assert client.get(step.url).status_code == 200


@pytest.mark.django_db
def test_administrator_without_the_editors_role_is_told_who_does_it(client):
    client.force_login(factories.user("Administrator"))

    steps = client.get(reverse("admin:index")).context["steps"]

    assert {step.label for step in steps if not step.url} == {
        "Adopt the editorial policy",
        "Name the person who is editorially responsible",
    }
    assert {step.who for step in steps if not step.url} == {"An editor does this."}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Author", "Editor", "Board member", "Auditor"])
def test_first_steps_are_the_administrators(client, role):
    assert steps_shown(client, factories.user(role)) == {True: set(), False: set()}


def test_person_whom_a_script_made_is_asked_for_a_name(client, superuser):
    superuser.name = superuser.email
    superuser.save()

    assert "Enter your name" in steps_shown(client, superuser)[False]
