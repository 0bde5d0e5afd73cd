"""Source updates: each event once, the gravest decides, a person's status stands, labels get their versions."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.library import source_updates
from articles.library.services import service_clients
from articles.library.services.facts import Update
from articles.library.services.http import State
from articles.models import Source, SourceUpdate
from tests import factories
from tests.articles.library.services import label_shapes, local_server
from tests.articles.library.services.label_shapes import SET_ID
from tests.articles.library.services.local_server import says, xml
from tests.articles.library.services.test_crossref import DOI, GOLDEN, work
from tests.articles.library.services.test_pubmed import CORRECTIONS, article, articles

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, tzinfo=UTC)
LATER = datetime(2026, 12, 24, tzinfo=UTC)
RETRACTED = Update("retraction", "crossref", date(2010, 2, 6), "10.5555/r")
CORRECTED = Update("correction", "crossref", date(2004, 3, 6), "10.5555/c")
REINSTATED = Update("reinstatement", "retraction-watch", date(2012, 1, 1))


def clients(server):
    bases = dict.fromkeys(("crossref", "pubmed", "pmc", "dailymed", "openfda"), server.base)
    return service_clients.over(local_server.client(server), bases=bases, contact="editor@example.org")


def check(source, server, at=AT):
    return source_updates.check(source, at=at, clients=clients(server))


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ([], "current"),
        ([CORRECTED], "corrected"),
        ([CORRECTED, RETRACTED], "retracted"),
        ([RETRACTED, CORRECTED], "retracted"),
        ([Update("concern", "x"), CORRECTED], "concern"),
        ([Update("superseded", "x"), CORRECTED], "superseded"),
        ([RETRACTED, REINSTATED], "reinstated"),
        ([CORRECTED, RETRACTED, REINSTATED], "reinstated"),
        ([RETRACTED, REINSTATED, Update("retraction", "x", date(2013, 1, 1))], "retracted"),
        ([RETRACTED, REINSTATED, Update("correction", "x", date(2013, 1, 1))], "corrected"),
        ([RETRACTED, Update("reinstatement", "x")], "retracted"),
        ([Update("retraction", "x"), REINSTATED], "retracted"),
        ([Update("retraction", "x", REINSTATED.date), REINSTATED], "retracted"),
        ([Update("superseded", "x", date(2000, 1, 1)), REINSTATED], "superseded"),
        ([Update("label_version", "dailymed", subject="4")], "current"),
    ],
)
def test_status_of_all_that_was_told(told, status):
    source = factories.source()

    source_updates.record(source, told, at=AT)

    source.refresh_from_db()
    assert (source.status, source.checked_at, source.updates.count()) == (status, AT, len(told))


@given(st.permutations([CORRECTED, RETRACTED, REINSTATED, Update("concern", "x", date(2009, 1, 1))]))
def test_status_does_not_depend_on_the_order(told):
    assert source_updates.derived_status(told) == "reinstated"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (RETRACTED, Update("retraction", "retraction-watch", date(2010, 2, 6), "10.5555/r"), True),
        (RETRACTED, Update("retraction", "retraction-watch", date(2010, 2, 2), "10.5555/r"), True),
        (RETRACTED, Update("retraction", "pubmed", date(2010, 2, 6), notice_pmid="7"), True),
        (RETRACTED, Update("retraction", "pubmed", notice_pmid="7"), True),
        (RETRACTED, Update("retraction", "retraction-watch", date(2010, 2, 6), "10.5555/paper"), True),
        (RETRACTED, Update("retraction", "retraction-watch", date(2014, 2, 6), "10.5555/s"), False),
        (RETRACTED, Update("concern", "crossref", date(2010, 2, 6), "10.5555/r"), False),
        (CORRECTED, Update("correction", "pubmed", date(2004, 3, 6), "10.5555/c"), True),
        (CORRECTED, Update("correction", "pubmed", date(2004, 3, 6), notice_pmid="7"), True),
        (CORRECTED, Update("correction", "pubmed", date(2004, 3, 6), "10.5555/d"), False),
        (CORRECTED, Update("correction", "pubmed", notice_pmid="7"), False),
        (Update("label_version", "dailymed", subject="4"), Update("label_version", "openfda", subject="4"), True),
        (Update("label_version", "dailymed", subject="4"), Update("label_version", "dailymed", subject="5"), False),
    ],
)
def test_event_told_twice_is_one(one, other, is_same):
    source, turned = factories.source(), factories.source()

    for told in ([one], [other]):
        source_updates.record(source, told, at=AT)
    source_updates.record(turned, [other, one], at=AT)

    assert (source.updates.count(), turned.updates.count()) == ((1, 1) if is_same else (2, 2))


def test_record_returns_only_what_is_new():
    source = factories.source()
    first = source_updates.record(source, [CORRECTED], at=AT)

    second = source_updates.record(source, [CORRECTED, RETRACTED], at=LATER)

    assert ([one.kind for one in first], [one.kind for one in second]) == (["correction"], ["retraction"])
    assert SourceUpdate.objects.get(kind="retraction").found_at == LATER
    assert SourceUpdate.objects.get(kind="correction").found_at == AT


def test_history_names_what_was_told():
    source, person = factories.source(), factories.user()

    source_updates.record(source, [RETRACTED], by=person, at=AT)

    last = source.history.first()
    assert (last.status, last.history_user) == ("retracted", person)
    assert "Retraction (crossref, 2010-02-06)" in last.history_change_reason


@pytest.mark.parametrize(
    ("kept", "status", "told", "expected"),
    [
        (["status"], "concern", [], "concern"),
        (["status"], "concern", [CORRECTED], "concern"),
        (["status"], "concern", [RETRACTED], "retracted"),
        (["status"], "current", [], "current"),
        ([], "concern", [], "concern"),
        ([], "retracted", [CORRECTED], "retracted"),
    ],
)
def test_status_of_a_person_gives_way_to_graver_news_only(kept, status, told, expected):
    source = factories.source(status=status, kept_fields=kept)

    source_updates.record(source, told, at=AT)

    assert source.status == expected


def test_retraction_a_person_put_aside_does_not_come_back():
    source = factories.source()
    source_updates.record(source, [RETRACTED], at=AT)
    Source.objects.get(pk=source.pk).save()
    source.status, source.kept_fields = "current", ["status"]
    source.save()

    source_updates.record(source, [RETRACTED], at=LATER)

    assert source.status == "current"


def test_update_of_a_duplicate_is_kept_at_the_source_it_went_into():
    target = factories.source()
    duplicate = factories.source(merged_into=target)

    source_updates.record(duplicate, [RETRACTED], at=AT)

    target.refresh_from_db()
    assert (target.status, target.updates.count(), duplicate.updates.count()) == ("retracted", 1, 0)


def test_check_asks_each_service_and_keeps_one_of_each_event(server):
    source = factories.source(doi=DOI, pmid="9500320")
    server.on(f"/works/{DOI}", work(GOLDEN))
    server.on("/efetch.fcgi", xml(articles(article(CORRECTIONS, ("Retracted Publication",)))))

    outcome = check(source, server)

    assert (outcome.state, source.status) == (State.FOUND, "retracted")
    assert sorted(one.kind for one in outcome.new) == ["correction", "retraction"]
    assert check(source, server, LATER).new == []


def test_check_that_nobody_answers_changes_nothing(server):
    source = factories.source(doi=DOI)
    server.on(f"/works/{DOI}", says(b"", 503, Retry_After="600"))

    outcome = check(source, server)

    source.refresh_from_db()
    assert (outcome.state, source.status, source.checked_at) == (State.UNKNOWN, "unknown", None)
    assert outcome.retry_at is not None
    assert source.history.count() == 1


def test_check_of_what_nobody_knows_notes_the_time_and_no_status(server):
    source = factories.source()

    outcome = check(source, server)

    source.refresh_from_db()
    assert (outcome.state, source.status, source.checked_at) == (State.NOT_FOUND, "unknown", AT)


def test_one_service_is_enough(server):
    source = factories.source(doi=DOI, pmid="9500320")
    server.on(f"/works/{DOI}", says(b"", 500))
    server.on("/efetch.fcgi", xml(articles(article())))

    outcome = check(source, server)

    assert (outcome.state, source.status) == (State.FOUND, "current")
    assert "crossref: The service is not working at the moment." in outcome.detail


def test_retraction_of_another_paper_by_a_mistyped_pmid_is_not_taken(server):
    source = factories.source(doi="10.5555/mine", pmid="9500320")
    server.on("/works/10.5555/mine", work({"DOI": "10.5555/mine", "title": ["Mine"]}))
    server.on("/efetch.fcgi", xml(articles(article(CORRECTIONS))))

    outcome = check(source, server)

    assert (source.status, outcome.new) == ("current", [])
    assert "another DOI" in outcome.detail


def test_source_without_an_identifier_is_not_asked_for(server):
    outcome = check(factories.source(doi=""), server)

    assert (outcome.state, server.asked) == (State.NOT_FOUND, [])


def test_check_while_switched_off_is_unknown(settings):
    settings.LOOKUPS_ENABLED = False

    outcome = source_updates.check(factories.source(), at=AT)

    assert (outcome.state, "switched off" in outcome.detail) == (State.UNKNOWN, True)


# -- Labels


def label(version="3", sections=(("34068-7", label_shapes.DOSE),), **fields):
    named = {"kind": "drug_label", "doi": "", "set_id": SET_ID, "label_version": version}
    source = factories.source("Neural", **{**named, **fields})
    for loinc, text in sections:
        source.extracts.create(pinpoint=loinc, loinc=loinc, text=text)
    return source


def serves(server, version, dose=label_shapes.DOSE):
    server.on(f"/spls/{SET_ID}/history.json", says(label_shapes.history(*range(1, version + 1))))
    server.on(f"/spls/{SET_ID}.xml", xml(label_shapes.spl(version, dose)))


def test_label_of_the_newest_version_is_current(server):
    source = label()
    serves(server, 3)

    outcome = check(source, server)

    assert (outcome.state, outcome.new, source.status, source.superseded_by) == (State.FOUND, [], "current", None)
    assert len(server.asked) == 1


def test_new_version_of_a_label_becomes_a_source_with_its_sections(server):
    source = label()
    serves(server, 4)

    (update,) = check(source, server).new

    newer = source.superseded_by
    assert (newer.label_version, newer.status, newer.country) == ("4", "current", "US")
    assert newer.effective_date == date(2026, 5, 25)
    assert list(newer.extracts.values_list("loinc", flat=True)) == ["34066-1", "34068-7", "42231-1"]
    assert (update.kind, update.date, update.told_by) == ("label_version", date(2026, 5, 25), "dailymed")
    assert update.detail == "Version 4 follows version 3."
    assert source.status == "current"


def stored_by_look_up(server):
    """Return a label as a look-up stored it at version 3."""
    serves(server, 3)
    told = clients(server).dailymed.label(SET_ID)
    return source_updates.label_versions.keep(told.facts, at=AT)


@pytest.mark.parametrize(("dose", "changed"), [(label_shapes.DOSE, []), ("Take 100 mg once a day.", ["34068-7"])])
def test_sections_that_changed_are_named(server, dose, changed):
    source = stored_by_look_up(server)
    serves(server, 4, dose)

    (update,) = check(source, server).new

    assert update.changed_sections == changed


def test_section_that_is_gone_has_changed_and_without_sections_nothing_is_known(server):
    gone, unknown = label(sections=[("34073-7", "Interactions")]), label(version="2", sections=[])
    serves(server, 4)

    first, second = check(gone, server).new[0], check(unknown, server).new[0]

    assert (first.changed_sections, second.changed_sections) == (["34073-7"], None)
    assert gone.superseded_by == unknown.superseded_by


def test_version_after_the_next_is_told_too(server):
    source = label()
    for version in (4, 5):
        serves(server, version)
        check(source, server)

    assert source.superseded_by.label_version == "5"
    assert [one.detail[:9] for one in source.updates.order_by("pk")] == ["Version 4", "Version 5"]


def test_label_is_asked_for_at_openfda_when_dailymed_does_not_answer(server):
    source = label()
    server.on(f"/spls/{SET_ID}/history.json", says(b"", 500))
    server.on("/drug/label.json", says(label_shapes.fda("4")))

    (update,) = check(source, server).new

    assert (update.told_by, source.superseded_by.label_version) == ("openfda", "4")


@pytest.mark.parametrize(
    ("dailymed", "openfda", "state"),
    [
        (says(b"", 500), says(label_shapes.FDA_NOTHING, 404), State.UNKNOWN),
        (says(b"", 404), says(label_shapes.FDA_NOTHING, 404), State.NOT_FOUND),
        (says(b"", 404), says(b"", 500), State.UNKNOWN),
        (says(b"{"), says(label_shapes.FDA_NOTHING, 404), State.BROKEN),
    ],
)
def test_label_that_no_service_tells_of(server, dailymed, openfda, state):
    source = label()
    server.on(f"/spls/{SET_ID}/history.json", dailymed)
    server.on("/drug/label.json", openfda)

    assert check(source, server).state is state
    assert source.status == "unknown"


def test_label_with_a_version_in_words_is_not_compared(server):
    assert check(label("of May"), server).state is State.BROKEN
