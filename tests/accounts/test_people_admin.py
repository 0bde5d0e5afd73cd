"""People in the admin: added and given roles, deactivated, never deleted, and no way up to superuser."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse

from reviews.models import Event
from reviews.record import verification
from tests import factories

pytestmark = pytest.mark.django_db

User = get_user_model()
ADD = "admin:accounts_user_add"


@pytest.fixture
def administrator(client):
    person = factories.user("Administrator", "Adam Administrator")
    client.force_login(person)
    return person


def change_url(person):
    return reverse("admin:accounts_user_change", args=[person.pk])


def facts(person, **changes):
    return {"email": person.email, "name": person.name, "is_active": "on", "reason": "For a test.", **changes}


def test_add_person_who_sets_their_own_password(client, administrator, django_capture_on_commit_callbacks):
    role = Group.objects.get(name="Author")
    data = {"email": "New@Example.org", "name": "New Person", "groups": [role.pk], "reason": "Joins the desk."}

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(ADD), data)

    person = User.objects.get(email="new@example.org")
    assert not person.has_usable_password()
    assert not person.is_superuser
    assert mail.outbox[0].to == ["new@example.org"]
    event = Event.objects.of_site().filter(verb="add_person").last()
    assert (event.actor, event.data["roles"], event.data["reason"]) == (administrator, ["Author"], "Joins the desk.")


def test_add_person_twice_is_refused_in_any_case(client, administrator):
    factories.user(name="There already")
    taken = User.objects.get(name="There already").email.upper()

    page = client.post(reverse(ADD), {"email": taken, "name": "x", "reason": "Joins."})

    assert "already exists" in page.content.decode()


def test_change_gives_roles_and_deactivates(client, administrator):
    person, role = factories.user(), Group.objects.get(name="Author")

    client.post(
        change_url(person), {"email": person.email, "name": "Renamed", "groups": [role.pk], "reason": "Left the desk."}
    )

    person.refresh_from_db()
    assert (person.name, person.is_active, list(person.groups.all())) == ("Renamed", False, [role])


def test_change_cannot_make_a_superuser(client, administrator):
    person = factories.user()

    client.post(change_url(person), facts(person, is_superuser="on", user_permissions=["1"]))

    person.refresh_from_db()
    assert not person.is_superuser
    assert not person.user_permissions.exists()


@pytest.mark.parametrize("path", ["admin:accounts_user_change", "admin:accounts_user_send_link"])
def test_superuser_is_out_of_an_administrators_reach(client, administrator, path):
    above = User.objects.create_superuser("root@example.org", factories.PASSWORD, name="Root")

    answer = client.post(reverse(path, args=[above.pk]), facts(above, name="Taken", password1="x", password2="x"))

    assert answer.status_code == 403


def test_administrator_cannot_deactivate_themselves(client, administrator):
    page = client.post(change_url(administrator), {"email": administrator.email, "name": "x"})

    assert "cannot deactivate yourself" in page.content.decode()
    assert User.objects.get(pk=administrator.pk).is_active


def test_nobody_deletes_a_person(admin_client):
    person = factories.user()

    answer = admin_client.post(reverse("admin:accounts_user_delete", args=[person.pk]), {"post": "yes"})

    assert answer.status_code == 403


@pytest.mark.parametrize("role", ["Author", "Editor", "Board member"])
def test_people_are_for_administrators(client, role):
    client.force_login(factories.user(role))

    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 403


def test_auditor_reads_people_and_changes_none(client):
    person = factories.user()
    client.force_login(factories.user("Auditor"))

    assert client.get(change_url(person)).status_code == 200
    assert client.post(change_url(person), facts(person)).status_code == 403


def test_roles_are_read_only_for_superusers_too(admin_client):
    role = Group.objects.get(name="Author")
    url = reverse("admin:auth_group_change", args=[role.pk])

    page = admin_client.get(url)
    answer = admin_client.post(url, {"name": "Other"})

    assert "Can add article" in page.content.decode()
    assert answer.status_code == 403


def last_event():
    return Event.objects.of_site().last()


def test_change_of_roles_is_on_the_record(client, administrator):
    person, author, editor = factories.user("Author"), *(Group.objects.get(name=name) for name in ("Author", "Editor"))

    client.post(change_url(person), facts(person, groups=[author.pk, editor.pk], reason="Edits from May on."))

    event = last_event()
    assert (event.verb, event.actor, event.data["person"]) == ("set_roles", administrator, person.pk)
    assert (event.data["from"], event.data["to"]) == (["Author"], ["Author", "Editor"])
    assert event.data["reason"] == "Edits from May on."


@pytest.mark.parametrize(
    ("was", "sent", "verb"), [(True, {"is_active": ""}, "close_account"), (False, {}, "open_account")]
)
def test_closing_and_opening_an_account_is_on_the_record(client, administrator, was, sent, verb):
    person = factories.user(is_active=was)

    client.post(change_url(person), {name: value for name, value in facts(person, **sent).items() if value})

    person.refresh_from_db()
    assert (last_event().verb, person.is_active) == (verb, not was)


def test_change_of_address_is_on_the_record_and_told_to_the_old_one(
    client, administrator, django_capture_on_commit_callbacks
):
    person = factories.user()
    old = person.email

    with django_capture_on_commit_callbacks(execute=True):
        client.post(change_url(person), facts(person, email="taken.over@example.org"))

    event = last_event()
    assert (event.verb, event.data["from"], event.data["to"]) == ("set_email", old, "taken.over@example.org")
    assert mail.outbox[0].to == [old]
    assert "the e-mail address of your account" in mail.outbox[0].body


def test_change_without_a_reason_is_refused(client, administrator):
    person = factories.user("Author")
    count = Event.objects.count()

    page = client.post(change_url(person), facts(person, reason=" "))

    assert "Say why: each change to an account is put on record" in page.content.decode()
    assert list(person.groups.values_list("name", flat=True)) == ["Author"]
    assert Event.objects.count() == count


def test_saving_without_a_change_leaves_no_event(client, administrator):
    person = factories.user()
    count = Event.objects.count()

    client.post(change_url(person), facts(person))

    assert Event.objects.count() == count


def test_superusers_changes_are_on_the_record_too(admin_client):
    above = User.objects.create_superuser("root@example.org", factories.PASSWORD, name="Root")
    made = last_event()

    admin_client.post(change_url(above), facts(above, name="Other"))

    assert (made.verb, made.data["person"]) == ("make_superuser", above.pk)
    assert (last_event().verb, last_event().data["to"]) == ("set_name", "Other")
    assert list(verification.faults()) == []


@pytest.mark.parametrize("role", ["Author", "Editor", "Board member", "Auditor", "Administrator"])
def test_home_opens_for_every_role(client, role):
    person = factories.board_member().user if role == "Board member" else factories.user(role)
    client.force_login(person)

    page = client.get(reverse("admin:index"))

    assert page.status_code == 200
    assert ("New article" in page.content.decode()) == (role in ("Author", "Editor"))
