"""People in the admin: added and given roles, deactivated, never deleted, and no way up to superuser."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

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
    return {"email": person.email, "name": person.name, "is_active": "on", **changes}


def test_add_person_who_may_sign_in(client, administrator):
    password = "long-enough-for-anybody-9"
    data = {"email": "New@Example.org", "name": "New Person", "password1": password, "password2": password}

    client.post(reverse(ADD), data)

    person = User.objects.get(email="new@example.org")
    assert person.check_password(password)
    assert not person.is_superuser


def test_add_person_twice_is_refused_in_any_case(client, administrator):
    factories.user(name="There already")
    taken = User.objects.get(name="There already").email.upper()

    page = client.post(
        reverse(ADD), {"email": taken, "name": "x", "password1": "Abc12345xyz", "password2": "Abc12345xyz"}
    )

    assert "already exists" in page.content.decode()


def test_change_gives_roles_and_deactivates(client, administrator):
    person, role = factories.user(), Group.objects.get(name="Author")

    client.post(change_url(person), {"email": person.email, "name": "Renamed", "groups": [role.pk]})

    person.refresh_from_db()
    assert (person.name, person.is_active, list(person.groups.all())) == ("Renamed", False, [role])


def test_change_cannot_make_a_superuser(client, administrator):
    person = factories.user()

    client.post(change_url(person), facts(person, is_superuser="on", user_permissions=["1"]))

    person.refresh_from_db()
    assert not person.is_superuser
    assert not person.user_permissions.exists()


@pytest.mark.parametrize("path", ["admin:accounts_user_change", "admin:auth_user_password_change"])
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


def test_password_set_by_an_administrator_works(client, administrator):
    person = factories.user()
    url = reverse("admin:auth_user_password_change", args=[person.pk])
    password = "another-long-one-5"

    client.post(url, {"usable_password": "true", "password1": password, "password2": password})

    person.refresh_from_db()
    assert person.check_password(password)


@pytest.mark.parametrize("role", ["Author", "Editor", "Board member", "Auditor", "Administrator"])
def test_home_opens_for_every_role(client, role):
    person = factories.board_member().user if role == "Board member" else factories.user(role)
    client.force_login(person)

    page = client.get(reverse("admin:index"))

    assert page.status_code == 200
    assert ("New article" in page.content.decode()) == (role in ("Author", "Editor"))
