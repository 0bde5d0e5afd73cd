"""Passwords: set by a link in a mail, by nobody but the person, and always on the record."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import NoReverseMatch, reverse

from cms.accounts import password_links
from reviews.models import Event
from tests import factories

pytestmark = pytest.mark.django_db

User = get_user_model()
NEW = "a-new-and-long-one-7"


@pytest.fixture
def administrator(client):
    person = factories.user("Administrator", "Adam Administrator")
    client.force_login(person)
    return person


def link_in(message):
    return re.search(r"https?://[^/]+(/accounts/password/set/\S+)", message.body).group(1)


def set_password(client, link, password=NEW):
    page = client.get(link, follow=True)
    return client.post(page.request["PATH_INFO"], {"new_password1": password, "new_password2": password}, follow=True)


def verbs():
    return list(Event.objects.of_site().values_list("verb", flat=True))


def test_forgotten_password_is_set_by_the_link_and_then_signs_in(client):
    person = factories.user("Author")

    client.post(reverse("accounts:password_forgotten"), {"email": person.email.upper()})
    page = set_password(client, link_in(mail.outbox[0]))

    person.refresh_from_db()
    assert person.check_password(NEW)
    assert "Your password is set" in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert verbs()[-2:] == ["ask_password_link", "set_password"]


def test_person_without_a_password_asks_for_a_link_too(client):
    person = User.objects.create_user("new@example.org", None, name="New")

    client.post(reverse("accounts:password_forgotten"), {"email": person.email})
    set_password(client, link_in(mail.outbox[0]))

    person.refresh_from_db()
    assert person.check_password(NEW)


def test_link_works_once(client):
    person = factories.user()
    password_links.send(person, by=None)
    link = link_in(mail.outbox[0])
    set_password(client, link)

    page = client.get(link, follow=True)

    assert "no longer works" in page.content.decode()
    assert reverse("accounts:password_forgotten") in page.content.decode()


@pytest.mark.parametrize("link", ["/accounts/password/set/MQ/bad-token/", "/accounts/password/set/!!/set-password/"])
def test_wrong_link_leads_to_another_one(client, link):
    assert "Request another link" in client.get(link, follow=True).content.decode()


def test_asking_for_no_account_says_the_same_and_sends_nothing(client):
    known = client.post(reverse("accounts:password_forgotten"), {"email": factories.user().email}, follow=True)
    unknown = client.post(reverse("accounts:password_forgotten"), {"email": "nobody@example.org"}, follow=True)

    def said(page):
        return [str(message) for message in page.context["messages"]]

    assert said(known) == said(unknown)
    assert len(mail.outbox) == 1


def test_closed_account_gets_no_link(client):
    person = factories.user(is_active=False)

    client.post(reverse("accounts:password_forgotten"), {"email": person.email})

    assert mail.outbox == []


def test_asking_twice_at_once_sends_one_mail(client):
    person = factories.user()

    for _time in range(2):
        client.post(reverse("accounts:password_forgotten"), {"email": person.email})

    assert len(mail.outbox) == 1


def test_administrator_sends_a_link_and_types_no_password(client, administrator):
    person = factories.user()
    url = reverse("admin:accounts_user_send_link", args=[person.pk])

    asked = client.get(url)
    client.post(url, {"password1": NEW, "password2": NEW})

    assert asked.status_code == 200
    assert mail.outbox[0].to == [person.email]
    assert verbs()[-1] == "send_password_link"
    person.refresh_from_db()
    assert person.check_password(factories.PASSWORD)


def test_no_address_takes_another_persons_password():
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_user_password_change", args=[1])


def test_mail_server_that_is_down_is_told(client, administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    person = factories.user()

    page = client.post(reverse("admin:accounts_user_send_link", args=[person.pk]), follow=True)

    assert "could not be sent" in page.content.decode()


def test_change_of_ones_own_password_is_on_the_record(client):
    person = factories.user("Author")
    client.force_login(person)

    client.post(
        reverse("accounts:password_change"),
        {"old_password": factories.PASSWORD, "new_password1": NEW, "new_password2": NEW},
    )

    person.refresh_from_db()
    event = Event.objects.of_site().last()
    assert person.check_password(NEW)
    assert (event.verb, event.actor) == ("set_password", person)
    assert NEW not in str(event.data)


def test_token_is_nowhere_in_the_database():
    person = factories.user()

    password_links.send(person, by=None)

    token = link_in(mail.outbox[0]).rstrip("/").rsplit("/", 1)[1]
    assert token not in str(list(Event.objects.values_list("data", flat=True)))
