import pytest
from django.urls import reverse

from tests import factories
from tests.articles.reading.reader_pages import text_of

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


def test_sign_in_leads_to_where_one_wanted_to_go(client):
    person = factories.user("Editor")
    wanted = reverse("admin:index")
    page = client.get(wanted, follow=True)

    response = client.post(LOGIN, {"username": person.email, "password": factories.PASSWORD, "next": wanted})

    assert f'name="next" value="{wanted}"' in page.content.decode()
    assert (response.status_code, response["Location"]) == (302, wanted)


def test_wrong_password_is_said_and_the_way_is_kept(client):
    person = factories.user("Editor")

    response = client.post(LOGIN, {"username": person.email, "password": "wrong", "next": "/admin/"})

    assert "Please enter a correct e-mail address and password" in text_of(response)
    assert 'name="next" value="/admin/"' in response.content.decode()


def test_sign_in_never_leads_elsewhere(client):
    person = factories.user("Editor")

    response = client.post(
        LOGIN, {"username": person.email, "password": factories.PASSWORD, "next": "https://evil.example/"}
    )

    assert response["Location"] == reverse("admin:index")


def test_sign_in_page_says_whom_to_ask(client):
    assert "Ask your editor or an administrator" in text_of(client.get(LOGIN))


def test_person_without_a_role_learns_why_they_may_not_enter(client):
    client.force_login(factories.user())

    response = client.get(reverse("admin:index"), follow=True)

    assert response.status_code == 403
    assert "Your account has no role at the editorial desk." in text_of(response)


def test_password_change_needs_the_old_one(client):
    client.force_login(factories.user("Editor"))
    address = reverse("accounts:password_change")
    new = "another-horse-battery-7"

    refused = client.post(address, {"old_password": "wrong", "new_password1": new, "new_password2": new})
    changed = client.post(address, {"old_password": factories.PASSWORD, "new_password1": new, "new_password2": new})

    assert "Your old password was entered incorrectly." in text_of(refused)
    assert changed.status_code == 302
