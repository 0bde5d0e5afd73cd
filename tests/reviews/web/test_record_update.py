"""An editor records a source update: shown whom it concerns, confirmed, told."""

import pytest
from django.urls import reverse

from articles.models import Publication, Source, SourceUpdate
from reviews.models import Review
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def study():
    return factories.source("A trial that is taken back", kind="study")


@pytest.fixture
def editor(client):
    person = factories.user("Editor", "Edith")
    client.force_login(person)
    return person


def published(source, use="relied_on"):
    citations = [{"key": "first", "source": source, "use": use}, {"key": "second", "source": factories.source()}]
    draft = factories.article(risk="low", citations=citations)
    return factories.approved(factories.board_member(), review=factories.submitted(draft)).article


def send(client, source, **data):
    facts = {"kind": "retraction", "date": "2026-05-03", "notice_doi": "https://doi.org/10.5555/TAKEN.back"}
    return client.post(reverse("reviews:record_update", args=[source.pk]), {**facts, **data}, follow=True)


def test_first_sending_shows_whom_it_concerns_and_records_nothing(client, editor, study):
    published(study)
    published(study, "discussed")

    page = send(client, study).text

    assert "2 published texts cite it: their readers will be told." in page
    assert "1 of them relies on it and will be reviewed again." in page
    assert 'name="confirmed"' in page
    assert not SourceUpdate.objects.exists()


def test_first_sending_says_when_it_will_be_a_campaign(client, editor, study):
    factories.policy(campaign_from=1)
    published(study)

    assert "a campaign will be opened" in send(client, study).text


def test_confirmed_update_is_recorded_and_told(client, editor, study):
    article = published(study)

    answer = send(client, study, confirmed="on")

    assert answer.redirect_chain[-1][0] == reverse("admin:articles_source_change", args=[study.pk])
    update = SourceUpdate.objects.get()
    assert (update.kind, update.notice_doi, update.told_by) == ("retraction", "10.5555/taken.back", "person")
    assert update.handled_at is not None
    assert Publication.objects.get(article=article).source_warnings[0]["status"] == "retracted"
    assert Review.objects.open().get().article == article


def test_newer_document_is_found_by_its_doi(client, editor, study):
    newer = factories.source("The newer one")

    send(client, study, kind="superseded", superseded_by=f"https://doi.org/{newer.doi}", confirmed="on")

    assert Source.objects.get(pk=study.pk).superseded_by == newer


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"notice_doi": "nonsense"}, "A DOI looks like"),
        ({"notice_pmid": "x"}, "A PMID is a number"),
        ({"kind": "superseded", "superseded_by": "10.5555/nowhere"}, "The library has no such source"),
        ({"superseded_by": "self"}, "Only a superseded source"),
        ({"kind": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_read_comes_back_with_a_sentence(client, editor, study, data, words):
    if data.get("superseded_by") == "self":
        data = {"superseded_by": study.doi}

    answer = send(client, study, **data, confirmed="on")

    assert answer.status_code == 422
    assert words in answer.text
    assert not SourceUpdate.objects.exists()


def test_what_is_on_record_already_is_refused_with_what_was_typed(client, editor, study):
    send(client, study, confirmed="on")

    answer = send(client, study, detail="Read in the journal.", confirmed="on")

    assert answer.status_code == 422
    assert "This is already on record." in answer.text
    assert "Read in the journal." in answer.text


@pytest.mark.parametrize("role", ["Author", "Board member", "Auditor"])
def test_who_is_no_editor_may_not(client, study, role):
    client.force_login(factories.user(role))

    assert send(client, study, confirmed="on").status_code == 403
    assert not SourceUpdate.objects.exists()


def test_source_page_leads_editors_there(client, editor, study):
    page = reverse("admin:articles_source_change", args=[study.pk])
    there = reverse("reviews:record_update", args=[study.pk])
    assert there in client.get(page).text

    client.force_login(factories.user("Author"))

    assert there not in client.get(page).text
