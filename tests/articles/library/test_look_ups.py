"""Look-ups from the desk: filled, proposed, never overwritten; and what people see when services fail."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from articles import tasks
from articles.library import lookups, source_updates
from articles.library.services import service_clients
from articles.library.services.facts import Update
from articles.models import LookUp, Source
from tests import factories
from tests.articles.library import test_retractions
from tests.articles.library.services import label_shapes, local_server
from tests.articles.library.services.label_shapes import SET_ID
from tests.articles.library.services.local_server import says, xml
from tests.articles.library.services.test_crossref import DOI, GOLDEN, work
from tests.articles.library.services.test_pubmed import CORRECTIONS, article, articles

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]
AT = datetime(2026, 11, 24, tzinfo=UTC)
PMID = "9500320"
ADD = "admin:articles_source_add_by_identifier"


@pytest.fixture
def server():
    with local_server.running() as running:
        yield running


@pytest.fixture
def services(server, settings, monkeypatch):
    """Switch look-ups on and lead them to the local server."""
    settings.LOOKUPS_ENABLED, settings.LOOKUP_CONTACT = True, "editor@example.org"
    bases = dict.fromkeys(("crossref", "pubmed", "pmc", "dailymed", "openfda"), server.base)
    clients = service_clients.over(local_server.client(server), bases=bases, contact="editor@example.org")
    monkeypatch.setattr(service_clients, "clients", lambda: clients)
    return server


@pytest.fixture
def author(client):
    person = factories.user("Author")
    client.force_login(person)
    return person


def knows(server, corrections=""):
    good = {**GOLDEN, "title": ["A title of ours"], "updated-by": []}
    server.on(f"/works/{DOI}", work(GOLDEN if corrections else good))
    server.on("/efetch.fcgi", xml(articles(article(corrections))))
    record = {"doi": DOI, "pmid": int(PMID), "pmcid": "PMC1", "requested-id": DOI}
    server.on("/articles/", says({"status": "ok", "records": [record]}))


def asked_of(source, by=None):
    return lookups.answer(lookups.ask_of(source, by=by or factories.user("Author"), at=AT).pk, at=AT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" https://doi.org/10.5555/ABC.1 ", ("crossref", "10.5555/abc.1")),
        ("doi:10.5555/x", ("crossref", "10.5555/x")),
        ("12345", ("pubmed", "12345")),
        ("PMID: 12345", ("pubmed", "12345")),
        ("https://pubmed.ncbi.nlm.nih.gov/12345/", ("pubmed", "12345")),
        (SET_ID.upper(), ("label", SET_ID)),
        (f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={SET_ID}", ("label", SET_ID)),
    ],
)
def test_identifier_in_every_form(text, expected):
    assert lookups.identify(text) == expected


@pytest.mark.parametrize("text", ["", "0", "123456789", "10.5555", "a title", "https://example.org/"])
def test_text_that_is_no_identifier(text):
    with pytest.raises(lookups.UnknownIdentifier):
        lookups.identify(text)


def test_empty_fields_are_filled_and_others_proposed(services):
    knows(services)
    csl = {"type": "article-journal", "volume": "999", "custom": {"x": 1}}
    source = factories.source("Another title", doi=DOI, kind="study", csl=csl)

    look_up = asked_of(source)

    source.refresh_from_db()
    assert (source.pmid, source.csl["issue"], source.csl["custom"]) == (PMID, "9103", {"x": 1})
    assert (source.title, source.csl["volume"]) == ("Another title", "999")
    assert look_up.proposals == {"title": ["Another title", "A title of ours"], "volume": ["999", "351"]}
    assert (source.status, source.checked_at) == ("current", AT)
    reasons = [row.history_change_reason for row in source.history.all()]
    assert any(reason and reason.startswith("Looked up; filled in: pmid") for reason in reasons)


def test_field_a_person_emptied_is_not_filled(services):
    knows(services)
    source = factories.source(doi=DOI, kept_fields=["issue", "pmid"])

    look_up = asked_of(source)

    source.refresh_from_db()
    assert (source.pmid, "issue" in source.csl) == ("", False)
    assert (look_up.proposals["pmid"], look_up.proposals["issue"]) == (["", PMID], [None, "9103"])


def test_identifier_that_another_source_has_is_proposed_and_refused(services):
    knows(services)
    factories.source(doi="", pmid=PMID)
    source = factories.source(doi=DOI)

    look_up = asked_of(source)

    assert look_up.proposals["pmid"] == ["", PMID]
    with pytest.raises(lookups.AlreadyHere):
        lookups.apply(look_up.pk, ["pmid"], by=look_up.asked_by, at=AT)
    look_up.refresh_from_db()
    assert look_up.applied_at is None


def test_retraction_found_by_a_look_up_is_recorded(services):
    knows(services, CORRECTIONS)
    source = factories.source(doi=DOI)

    asked_of(source)

    source.refresh_from_db()
    assert (source.status, source.updates.count()) == ("retracted", 2)


def test_what_a_person_chose_is_taken_over_and_no_longer_kept(services):
    knows(services)
    source = factories.source("Another title", doi=DOI, csl={"volume": "999"}, kept_fields=["title", "volume"])
    look_up = asked_of(source)
    person = factories.user("Author")

    lookups.apply(look_up.pk, ["title", "nonsense"], by=person, at=AT)

    source.refresh_from_db()
    assert (source.title, source.csl["volume"], source.kept_fields) == ("A title of ours", "999", ["volume"])
    assert source.history.first().history_user == person
    with pytest.raises(lookups.AlreadyApplied):
        lookups.apply(look_up.pk, ["volume"], by=person, at=AT)


def test_source_that_changed_meanwhile_is_not_overwritten(services):
    knows(services)
    source = factories.source("Another title", doi=DOI)
    look_up = asked_of(source)
    Source.objects.get(pk=source.pk)
    source.refresh_from_db()
    source.title = "A third title"
    source.save()

    with pytest.raises(lookups.Moved):
        lookups.apply(look_up.pk, ["title"], by=look_up.asked_by, at=AT)

    source.refresh_from_db()
    assert source.title == "A third title"


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (says(b"", 404), "not_found"),
        (says(b"", 429, Retry_After="600"), "unknown"),
        (says(b"{"), "broken"),
        (local_server.leads_to("https://elsewhere.example/"), "refused"),
        (local_server.pours(50_000_000), "refused"),
        (local_server.waits(2), "unknown"),
    ],
)
def test_other_ends_change_nothing(services, reply, outcome):
    source = factories.source()
    services.on(f"/works/{source.doi}", reply)

    look_up = asked_of(source)

    source.refresh_from_db()
    assert (look_up.outcome, look_up.proposals, source.history.count()) == (outcome, {}, 1)
    assert look_up.detail


def test_question_is_answered_once(services):
    knows(services)
    look_up = asked_of(factories.source(doi=DOI))
    asked = len(services.asked)

    lookups.answer(look_up.pk, at=AT + timedelta(days=1))

    assert len(services.asked) == asked


def test_question_the_queue_lost_is_asked_by_the_clock(services):
    knows(services)
    old = factories.look_up(factories.source(doi=DOI), asked_at=timezone.now() - timedelta(minutes=3))
    young = factories.look_up(factories.source())

    assert tasks.answer_look_ups() == 1

    assert LookUp.objects.get(pk=old.pk).outcome == "found"
    assert LookUp.objects.get(pk=young.pk).outcome == "waiting"


def test_label_look_up_stores_missing_sections(services):
    services.on(f"/spls/{SET_ID}.xml", xml(label_shapes.spl(3)))
    source = factories.source("Neural", kind="drug_label", doi="", set_id=SET_ID, label_version="3")

    look_up = asked_of(source)

    source.refresh_from_db()
    assert look_up.proposals == {"title": ["Neural", "Neural (gabapentin)"], "type": ["article-journal", "webpage"]} | {
        "issued": look_up.proposals["issued"]
    }
    assert (source.marketing_category, source.country, source.extracts.count()) == ("NDA", "US", 3)


def test_label_look_up_finds_a_newer_version(services):
    services.on(f"/spls/{SET_ID}.xml", xml(label_shapes.spl(4)))
    source = factories.source("Neural", kind="drug_label", doi="", set_id=SET_ID, label_version="3")

    look_up = asked_of(source)

    source.refresh_from_db()
    assert (look_up.proposals, source.superseded_by.label_version) == ({}, "4")
    assert source.updates.get().kind == "label_version"


# -- Pages


def test_add_by_doi_shows_what_was_found_and_adds_it(client, author, services, django_capture_on_commit_callbacks):
    knows(services, CORRECTIONS)
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(reverse(ADD), {"identifier": f"https://doi.org/{DOI.upper()}"})
    page = client.get(asked["Location"])
    names = [row["name"] for row in page.context["rows"]]

    client.post(asked["Location"], {"take": [name for name in names if name != "ISSN"]})

    source = Source.objects.get(doi=DOI)
    assert (source.title, source.pmid, source.status) == ("A title of ours", PMID, "retracted")
    assert ("ISSN" in source.csl, source.csl["volume"]) == (False, "351")
    assert "Müller, Ann B; Pain Study Group" in page.content.decode()
    assert "1998-02-28" in page.content.decode()


def test_add_label_by_set_id(client, author, services, django_capture_on_commit_callbacks):
    services.on(f"/spls/{SET_ID}.xml", xml(label_shapes.spl(3)))
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(reverse(ADD), {"identifier": SET_ID})
    page = client.get(asked["Location"])

    client.post(asked["Location"], {"take": [row["name"] for row in page.context["rows"]]})

    source = Source.objects.get(set_id=SET_ID)
    assert (source.kind, source.label_version, str(source.effective_date)) == ("drug_label", "3", "2026-05-25")
    assert source.extracts.count() == 3
    assert "3 sections of the label are stored with it." in page.content.decode()


def test_add_what_is_here_leads_to_it(client, author, services):
    source = factories.source(doi=DOI)

    page = client.post(reverse(ADD), {"identifier": DOI})

    assert page["Location"] == reverse("admin:articles_source_change", args=[source.pk])
    assert services.asked == []


def test_add_by_nonsense_says_so(client, author, services):
    page = client.post(reverse(ADD), {"identifier": "a title"})

    assert page.status_code == 422
    assert "This is not a DOI, a PMID or the set id of a label." in page.content.decode()


def test_look_up_button_asks_and_leads_to_what_was_found(client, author, services, django_capture_on_commit_callbacks):
    knows(services)
    source = factories.source("Another <b>title</b>", doi=DOI)
    change = client.get(reverse("admin:articles_source_change", args=[source.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(reverse("admin:articles_source_look_up", args=[source.pk]))
    page = client.get(asked["Location"]).content.decode()

    done = client.post(asked["Location"], {"take": "title"})

    source.refresh_from_db()
    assert reverse("admin:articles_source_look_up", args=[source.pk]) in change
    assert "Another &lt;b&gt;title&lt;/b&gt;" in page
    assert (source.title, done.status_code) == ("A title of ours", 302)
    assert "style=" not in page.split("<main", 1)[-1].split("</main", 1)[0]


def test_many_are_looked_up_from_the_list(client, author, services, django_capture_on_commit_callbacks):
    sources = [factories.source(), factories.source(doi="")]
    data = {"action": "look_up_selected", "_selected_action": [source.pk for source in sources]}
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(reverse("admin:articles_source_changelist"), data, follow=True).content.decode()

    assert "1 source is being looked up." in page
    assert "has no DOI, PMID or set id" in page
    assert LookUp.objects.get().outcome == "not_found"


def test_switched_off_says_so_and_asks_nothing(client, author, settings, server):
    settings.LOOKUPS_ENABLED = False
    source = factories.source()
    url = reverse("admin:articles_source_look_up", args=[source.pk])

    change = client.get(reverse("admin:articles_source_change", args=[source.pk])).content.decode()
    refused = client.post(url, follow=True).content.decode()
    add = client.get(reverse(ADD)).content.decode()

    assert url not in change
    assert all("Look-ups are switched off on this site." in page for page in (change, refused, add))
    assert LookUp.objects.count() == 0


def test_look_up_is_not_asked_for_by_a_link(client, author):
    assert client.get(reverse("admin:articles_source_look_up", args=[factories.source().pk])).status_code == 405


def form_data(client, source):
    """Return what a browser sends when a person opens a source and presses Save."""
    page = client.get(reverse("admin:articles_source_change", args=[source.pk]))
    assert f'name="initial-status" value="{source.status}"' in page.content.decode()
    form = page.context["adminform"].form
    data = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    inline = {"extracts-TOTAL_FORMS": "0", "extracts-INITIAL_FORMS": "0"}
    return {**data, **inline, "initial-status": source.status}


def test_what_a_person_edits_is_kept(client, author):
    source = factories.source("A title", kind="study", kept_fields=["volume"])
    edits = {"title": "My title", "authors": "Me, Myself", "month": "5"}

    client.post(reverse("admin:articles_source_change", args=[source.pk]), {**form_data(client, source), **edits})

    source.refresh_from_db()
    assert source.kept_fields == ["author", "issued", "title", "volume"]


def test_status_a_person_sets_is_kept(client, author):
    source = factories.source()
    url = reverse("admin:articles_source_change", args=[source.pk])

    client.post(url, {**form_data(client, source), "status": "current"})

    source.refresh_from_db()
    assert (source.status, source.kept_fields) == ("current", ["status"])
    assert source.checked_at is not None


@pytest.mark.parametrize(("present", "typed"), [("unknown", "retracted"), ("retracted", "current")])
def test_status_that_readers_are_told_of_is_not_set_by_the_form(client, author, present, typed):
    source = factories.source(status=present)
    url = reverse("admin:articles_source_change", args=[source.pk])

    page = client.post(url, {**form_data(client, source), "status": typed})

    source.refresh_from_db()
    assert source.status == present
    assert "status" in page.context["adminform"].form.errors


def test_retraction_found_meanwhile_is_not_undone_by_an_old_page(client, author):
    source = factories.source(status="current")
    opened = form_data(client, source)
    source_updates.record(source, [Update("retraction", "crossref")], at=AT)

    client.post(reverse("admin:articles_source_change", args=[source.pk]), {**opened, "note": "Confirmed."})

    source.refresh_from_db()
    assert (source.status, source.note, source.checked_at) == ("retracted", "Confirmed.", AT)


def upload(client, text, **data):
    url = reverse("admin:articles_source_retractions")
    return client.post(url, {"file": SimpleUploadedFile("file.csv", text.encode()), **data})


def test_retraction_file_is_screened_by_upload(client, author):
    source = factories.source(doi="10.5555/paper")
    text = test_retractions.file({}, {"RetractionNature": "Lost"}).getvalue()

    first = upload(client, text, is_dry_run="on").content.decode()
    second = upload(client, text).content.decode()

    assert "1 updates are new; nothing was written." in first
    assert "1 new updates were recorded." in second
    assert "1 row was left out:" in second
    assert source.updates.count() == 1


def test_other_file_is_refused(client, author):
    page = upload(client, "a,b\n1,2\n")

    assert (page.status_code, "not the Retraction Watch file" in page.content.decode()) == (422, True)
