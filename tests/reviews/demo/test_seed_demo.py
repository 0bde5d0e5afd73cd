import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Publication, Revision
from reviews.demo import sample_history, sample_people
from reviews.models import Event, Review
from reviews.record import verification

HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

pytestmark = pytest.mark.differs_by_database


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The sample content, written once for this module and taken away with its transaction."""
    from django.db import transaction
    from django.test import override_settings

    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEBUG=True, PASSWORD_HASHERS=HASHERS):
        call_command("seed_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


def publication(slug):
    return Publication.objects.get(article__slug=slug)


def test_sample_articles_are_in_every_state(seeded):
    today = timezone.now().date()
    assert publication(sample_history.SUBMITTED).status == "submitted"
    assert publication(sample_history.UNDER_REVIEW).status == "under_review"
    assert {publication(slug).status for slug in sample_history.APPROVED} == {"approved"}
    assert (publication(sample_history.UPDATED).status, publication(sample_history.UPDATED).update) == (
        "approved",
        "under_review",
    )
    assert publication(sample_history.OVERDUE).is_overdue(today)
    assert publication(sample_history.RETRACTED).status == "retracted"
    assert not any(publication(slug).is_overdue(today) for slug in (*sample_history.APPROVED, sample_history.UPDATED))


def test_sample_record_is_whole(seeded):
    assert list(verification.faults()) == []


def test_samples_walk_real_time(seeded):
    for article_id in Publication.objects.values_list("pk", flat=True):
        times = list(Event.objects.of_article(article_id).values_list("at", flat=True))
        assert times == sorted(times)
    assert Review.objects.filter(state="approved").count() == 5


def test_every_sample_section_has_its_references(seeded):
    for revision in Revision.objects.all():
        assert all(citation["source"] for citation in revision.document["citations"])
        assert all(
            one["source"]["doi"] or one["source"]["pmid"] or one["source"]["set_id"]
            for one in revision.document["citations"]
        )


def test_sample_people_can_sign_in(seeded):
    for email in (*sample_people.STAFF, "board1@example.org", "board2@example.org", "board3@example.org"):
        assert authenticate(username=email, password=sample_people.PASSWORD) is not None


def test_second_run_changes_nothing(seeded, settings, capsys):
    settings.DEBUG = True
    before = Event.objects.count()

    call_command("seed_demo")

    said = capsys.readouterr().out
    assert Event.objects.count() == before
    assert "auditor@example.org" in said
    assert sample_people.PASSWORD in said


@pytest.mark.django_db
def test_samples_are_refused_outside_debug_mode(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="public password"):
        call_command("seed_demo")

    assert not get_user_model().objects.exists()
