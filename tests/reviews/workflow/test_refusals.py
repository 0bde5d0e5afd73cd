"""Refused attempts to sign: on the article's record of who is asked, on the site's, and bounded, of anybody else."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reviews import workflow
from reviews.models import Event
from reviews.record import signatures, verification
from tests import factories
from tests.reviews import steps

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]


@pytest.fixture
def review():
    return factories.under_review()


def tries(review, member, error=PermissionDenied, **form):
    with pytest.raises(error):
        steps.approve(review, member, **form)


def on_site(**about):
    return Event.objects.of_site().filter(verb="sign_refused", **about)


def test_attempt_of_a_stranger_is_on_the_sites_record_once_a_minute(review):
    stranger, before = factories.board_member("Sten"), steps.events(review.article)

    for _ in range(3):
        tries(review, stranger)
    assert on_site(actor=stranger.user).count() == 1
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        tries(review, stranger)

    assert on_site(actor=stranger.user).count() == 2
    assert steps.events(review.article) == before
    assert list(verification.faults()) == []


def test_bound_is_of_one_person_and_one_article(review):
    first, second = factories.board_member("Sten"), factories.board_member("Stina")
    other = factories.under_review()

    for about in (review, other):
        for member in (first, second):
            tries(about, member)

    assert on_site().count() == 4


def test_wrong_password_of_a_stranger_is_told_as_one(review):
    stranger = factories.board_member("Sten")

    tries(review, stranger, signatures.WrongPassword, password="guessed")

    event = on_site().get()
    assert (event.data["is_wrong_password"], event.data["article"]) == (True, review.article_id)
    assert event.deliveries.filter(recipient=stranger.user).exists()
    assert "guessed" not in str(event.data)


def test_attempt_of_who_was_released_is_on_the_sites_record(review):
    assignment = review.assignments.first()
    workflow.release(assignment, by=factories.user("Editor"), reason="Ill.", seen=factories.seen(review))
    before = steps.events(review.article)

    tries(review, assignment.member)

    assert steps.events(review.article) == before
    assert on_site(actor=assignment.member.user).count() == 1


def test_attempt_of_who_is_invited_is_on_the_articles_record(review):
    asked = factories.board_member("Ada")
    steps.assign(review, asked, factories.user("Editor"))

    tries(review, asked)

    assert steps.events(review.article)[-1] == "sign_refused"
    assert not on_site().exists()


def test_signature_says_on_the_record_which_version_it_was_given_under(review):
    member = review.assignments.first().member

    decision = factories.sign(review, member)

    event = Event.objects.of_article(review.article_id).last()
    assert (event.verb, event.data["signed_under"], decision.policy_version) == ("approve", 1, 1)
