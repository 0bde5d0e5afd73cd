"""DailyMed's and openFDA's documented shapes: versions, sections by LOINC, and what other answers come to."""

from datetime import date

import pytest

from articles.library.services.drug_labels import DailyMed, OpenFda, openfda_facts
from articles.library.services.http import State
from tests.articles.library.services import label_shapes, local_server
from tests.articles.library.services.label_shapes import SET_ID
from tests.articles.library.services.local_server import says, xml

SPL = f"/spls/{SET_ID}.xml"
HISTORY = f"/spls/{SET_ID}/history.json"


def dailymed(server):
    return DailyMed(local_server.client(server), base=server.base)


def openfda(server, reply):
    server.on("/drug/label.json", reply)
    return OpenFda(local_server.client(server), base=server.base).label(SET_ID)


def test_label_as_a_source(server):
    server.on(SPL, xml(label_shapes.spl()))

    told = dailymed(server).label(SET_ID)

    assert told.facts.fields == {
        "kind": "drug_label",
        "country": "US",
        "level": "2",
        "title": "Neural (gabapentin)",
        "set_id": SET_ID,
        "label_version": "3",
        "effective_date": date(2026, 5, 25),
        "marketing_category": "NDA",
    }
    assert told.facts.csl == {
        "type": "webpage",
        "publisher": "Maker of Medicines",
        "issued": {"date-parts": [[2026, 5, 25]]},
        "URL": f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={SET_ID}",
    }


def test_label_sections_by_loinc(server):
    server.on(SPL, xml(label_shapes.spl()))

    sections = {one.loinc: one for one in dailymed(server).label(SET_ID).facts.sections}

    assert list(sections) == ["34066-1", "34068-7", "42231-1"]
    assert sections["34066-1"].text == "WARNING\nCan slow breathing."
    assert sections["42231-1"].text == "Guide\nAsk your doctor."
    assert sections["34068-7"].heading == "2 DOSAGE AND ADMINISTRATION"
    assert sections["34068-7"].text.splitlines() == [
        "2 DOSAGE AND ADMINISTRATION",
        "2.1 Adults",
        "Take 300 mg three times a day.",
        "With food",
        "Or without",
        "CrCl | Dose",
        "30 to 59 | 200 mg",
    ]


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (xml(label_shapes.spl(set_id=label_shapes.OTHER)), State.BROKEN),
        (xml(label_shapes.spl(version="x")), State.BROKEN),
        (xml("<document xmlns='urn:hl7-org:v3'/>"), State.BROKEN),
        (xml("<html/>"), State.BROKEN),
        (xml("<document"), State.BROKEN),
        (says(b"<html>", 200, "text/html"), State.BROKEN),
        (says(b"", 404), State.NOT_FOUND),
        (says(b"", 500), State.UNKNOWN),
        (xml("<a>" + "x" * 300_000 + "</a>"), State.REFUSED),
    ],
)
def test_other_labels(server, reply, state):
    server.on(SPL, reply)

    told = dailymed(server).label(SET_ID)

    assert (told.state, told.facts) == (state, None)


def test_versions_newest_first(server):
    server.on(HISTORY, says(label_shapes.history(1, 3, "2")))

    versions = dailymed(server).versions(SET_ID)

    assert [one.number for one in versions.found] == [3, 2, 1]
    assert versions.found[0].published == date(2026, 5, 25)


def test_labels_by_the_name_of_a_drug(server):
    entry = {
        "spl_version": 7,
        "published_date": "Sept. 3, 2025",
        "title": "GABAPENTIN capsule",
        "setid": SET_ID.upper(),
    }
    server.on("/spls.json", says({"data": [entry], "metadata": {"total_elements": 1}}))

    (found,) = dailymed(server).named("gabapentin").found

    assert (found.set_id, found.number, found.title) == (SET_ID, 7, "GABAPENTIN capsule")
    assert "drug_name=gabapentin" in server.asked[0][0]


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (says({"data": []}), State.NOT_FOUND),
        (says({"data": {}}), State.BROKEN),
        (says({}), State.BROKEN),
        (says([]), State.BROKEN),
        (says({"data": [None, {}, {"spl_version": "x"}]}), State.NOT_FOUND),
        (says(b"", 404), State.NOT_FOUND),
        (says(b"", 503), State.UNKNOWN),
    ],
)
def test_other_versions(server, reply, state):
    server.on(HISTORY, reply)

    assert dailymed(server).versions(SET_ID).state is state


def test_openfda_label(server):
    told = openfda(server, says(label_shapes.fda()))

    assert told.facts.fields["title"] == "Neural (GABAPENTIN)"
    assert told.facts.fields["marketing_category"] == "NDA"
    assert [(one.loinc, one.text) for one in told.facts.sections] == [
        ("34068-7", "2 DOSAGE AND ADMINISTRATION Take 300 mg three times a day."),
        ("42231-1", "Ask your doctor.\nAnd read."),
    ]
    assert server.asked[0][0].startswith("/drug/label.json?search=set_id%3A%220cc5a3a2")


def test_openfda_label_without_names(server):
    told = openfda(server, says(label_shapes.fda(openfda={})))

    assert (told.state, "title" in told.facts.fields) == (State.FOUND, False)


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (says(label_shapes.FDA_NOTHING, 404), State.NOT_FOUND),
        (says({"error": {"code": "OTHER"}}, 404), State.BROKEN),
        (says(b"not here", 404, "text/plain"), State.BROKEN),
        (says({"error": {"code": "SERVER_ERROR", "message": "sorry"}}), State.BROKEN),
        (says({"results": []}), State.BROKEN),
        (says({"results": [None]}), State.BROKEN),
        (says(label_shapes.fda(set_id=label_shapes.OTHER)), State.BROKEN),
        (says(label_shapes.fda(version="")), State.BROKEN),
        (says(b"", 429, Retry_After="60"), State.UNKNOWN),
        (says(b"{"), State.BROKEN),
    ],
)
def test_other_openfda_answers(server, reply, state):
    told = openfda(server, reply)

    assert (told.state, told.facts) == (state, None)


@pytest.mark.parametrize("value", [None, [], {}, "x", 7, [None], [[]], True])
@pytest.mark.parametrize("name", ["effective_time", "dosage_and_administration", "openfda", "spl_medguide"])
def test_openfda_field_of_any_shape_is_survived(name, value):
    openfda_facts({**label_shapes.fda()["results"][0], name: value})
