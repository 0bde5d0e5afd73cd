"""An account is what events say: a hand in the database opens none, and signs in nobody's name."""

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from cms.accounts import account_record
from cms.accounts.models import User
from reviews import workflow
from reviews.models import Event, Review
from reviews.record import credentials, signatures, verification
from tests import factories
from tests.reviews.record.forgery import forge, raw

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

STOLEN = "a-password-of-the-attacker"


@pytest.fixture
def ann(db):
    return factories.board_member("Ann")


def sign_in(client, person, password=factories.PASSWORD):
    client.post(reverse("accounts:login"), {"username": person.email, "password": password})
    return "_auth_user_id" in client.session


def named(person):
    return {one.field for one in verification.faults() if (one.table, one.row) == ("accounts_user", str(person.pk))}


def alter(fact, person):
    """Write into the database what the product would not, as somebody with its password could."""
    if fact == "roles":
        person.groups.add(Group.objects.get(name="Editor"))
    elif fact == "permissions":
        person.user_permissions.add(Permission.objects.get(codename="triage_review"))
    else:
        values = {"password": make_password(STOLEN), "email": "other@example.org"}
        value = values.get(fact, fact == "is_superuser")
        raw(f"UPDATE accounts_user SET {fact} = %s WHERE id = %s", value, person.pk)
    person.refresh_from_db()


@pytest.mark.parametrize("fact", ["password", "email", "is_superuser", "is_active", "roles", "permissions"])
def test_altered_account_is_named_and_neither_signs_in_nor_signs(client, ann, fact):
    review = factories.under_review(ann)
    factories.mark_all(review, ann)

    alter(fact, ann.user)

    password = STOLEN if fact == "password" else factories.PASSWORD
    expected = {"roles": {"roles", "groups"}, "permissions": {"roles"}}
    assert named(ann.user) == expected.get(fact, {fact})
    assert not sign_in(client, ann.user, password)
    with pytest.raises(Exception, match=r"not on the record|not your password"):
        signatures.authenticate(User.objects.get(pk=ann.user_id), password)


def test_two_replaced_passwords_sign_nothing(client):
    """Attack 11: two members' hashes replaced by UPDATE; marks and signatures for both through the product."""
    members = [factories.board_member(name) for name in ("Ann", "Ben")]
    review = factories.under_review(*members)
    for member in members:
        factories.mark_all(review, member)
        alter("password", member.user)

    for member in members:
        client.logout()
        assert not sign_in(client, member.user, STOLEN)
        client.force_login(member.user)
        form = {"password": STOLEN, "digest": review.revision.digest, "seen": factories.seen(review)}
        client.post(reverse("reviews:approve", args=[review.pk]), form)

    review.refresh_from_db()
    assert review.state == Review.State.UNDER_REVIEW
    assert not Event.objects.filter(verb="approve").exists()


def test_later_event_does_not_bind_what_was_written_by_hand(client, ann):
    alter("password", ann.user)
    before = account_record.facts(ann.user)
    ann.user.groups.add(Group.objects.get(name="Author"))

    account_record.changes(User.objects.get(pk=ann.user_id), before, by=factories.user(), reason="writes, too")

    assert named(ann.user) == {"password"}
    assert not sign_in(client, ann.user, STOLEN)


def test_older_row_put_back_is_refused(client, ann):
    """The hash of before, with all that bound it, is of an event that is not the last any more."""
    old = User.objects.filter(pk=ann.user_id).values("password", "credentials").get()
    user = User.objects.get(pk=ann.user_id)
    user.set_password("a-new-password-of-hers")
    user.save()
    account_record.put("set_password", user, by=user)
    assert sign_in(client, user, "a-new-password-of-hers")

    User.objects.filter(pk=user.pk).update(**old)

    client.logout()
    assert not sign_in(client, user)
    assert named(user) == {"password"}


def test_account_of_another_person_is_not_taken_over(client, ann):
    other = factories.user("Editor")
    row = User.objects.filter(pk=other.pk).values("password", "credentials").get()

    User.objects.filter(pk=ann.user_id).update(**row)

    assert not sign_in(client, ann.user)
    assert "password" in named(ann.user)


@pytest.mark.parametrize("value", [{}, [], {"password": 1}, {"password": [None, None]}, {"password": ["x", []]}])
def test_what_cannot_be_read_binds_nothing(client, ann, value):
    User.objects.filter(pk=ann.user_id).update(credentials=value)

    assert not sign_in(client, ann.user)
    assert "password" in named(ann.user)


def test_event_that_is_not_sealed_sets_nothing(client, ann):
    event = Event.objects.of_site().filter(verb="add_person", data__person=ann.user_id).last()

    forge(event, with_key=False, data={**event.data, "email": "x@example.org"})

    assert not credentials.hold(ann.user)


def test_password_set_by_the_command_line_is_on_the_record(client, ann, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: "a-long-and-new-password")

    call_command("changepassword", ann.user.email)

    assert Event.objects.of_site().last().verb == "set_password"
    assert sign_in(client, ann.user, "a-long-and-new-password")


def test_password_written_in_a_shell_opens_no_account(client, ann):
    ann.user.set_password("a-long-and-new-password")
    ann.user.save()

    assert not sign_in(client, ann.user, "a-long-and-new-password")
    assert named(ann.user) == {"password"}


def test_sign_in_that_is_refused_says_why(client, ann):
    alter("roles", ann.user)

    page = client.post(reverse("accounts:login"), {"username": ann.user.email, "password": factories.PASSWORD})

    assert "not on the record" in page.content.decode()


def test_signing_asks_the_database_twice_for_the_account(ann, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert credentials.hold(ann.user)


def test_refused_signature_of_an_altered_account_is_on_the_record(ann):
    review = factories.under_review(ann, factories.board_member("Ben"))
    factories.mark_all(review, ann)
    alter("roles", ann.user)

    with pytest.raises(signatures.WrongPassword):
        workflow.approve(
            review,
            by=User.objects.get(pk=ann.user_id),
            digest=review.revision.digest,
            password=factories.PASSWORD,
            seen=factories.seen(review),
        )

    assert Event.objects.of_article(review.article_id).last().verb == "sign_refused"
