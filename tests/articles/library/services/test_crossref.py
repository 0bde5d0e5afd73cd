"""Crossref's documented shapes, its golden paper, and what other answers come to."""

from datetime import date

import pytest

from articles.library.services.crossref import Crossref, work_csl, work_facts
from articles.library.services.http import State
from tests.articles.library.services import local_server
from tests.articles.library.services.local_server import says

DOI = "10.1016/s0140-6736(97)11096-0"


def update(doi, kind, day, source="publisher", **more):
    updated = {"date-parts": [day], "date-time": "{}-{:02}-{:02}T00:00:00Z".format(*day), "timestamp": 1}
    return {"DOI": doi, "type": kind, "label": kind.title(), "source": source, "updated": updated, **more}


GOLDEN = {
    "DOI": DOI,
    "type": "journal-article",
    "title": ["RETRACTED: Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and more in children"],
    "container-title": ["The Lancet"],
    "short-container-title": ["The Lancet"],
    "author": [{"given": "AJ", "family": "Wakefield", "sequence": "first", "affiliation": []}],
    "issued": {"date-parts": [[1998, 2]]},
    "volume": "351",
    "issue": "9103",
    "page": "637-641",
    "publisher": "Elsevier BV",
    "ISSN": ["0140-6736"],
    "updated-by": [
        update("10.1016/s0140-6736(04)15715-2", "correction", [2004, 3, 6], "retraction-watch", **{"record-id": 17269}),
        update("10.1016/s0140-6736(10)60175-4", "retraction", [2010, 2, 6], "retraction-watch", **{"record-id": 4036}),
    ],
}


def work(message, kind="work"):
    return says({"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message})


def asked(server, doi=DOI):
    return Crossref(local_server.client(server), base=server.base, contact="editor@example.org").work(doi)


def test_golden_paper_has_its_correction_and_its_retraction(server):
    server.on(f"/works/{DOI}", work(GOLDEN))

    told = asked(server)

    assert told.state is State.FOUND
    assert [(one.kind, one.date, one.notice_doi) for one in told.facts.updates] == [
        ("correction", date(2004, 3, 6), "10.1016/s0140-6736(04)15715-2"),
        ("retraction", date(2010, 2, 6), "10.1016/s0140-6736(10)60175-4"),
    ]
    assert {one.told_by for one in told.facts.updates} == {"retraction-watch"}
    assert told.facts.fields["doi"] == DOI
    assert told.facts.csl == {
        "type": "article-journal",
        "author": [{"family": "Wakefield", "given": "AJ"}],
        "container-title": "The Lancet",
        "container-title-short": "The Lancet",
        "issued": {"date-parts": [[1998, 2]]},
        "volume": "351",
        "issue": "9103",
        "page": "637-641",
        "publisher": "Elsevier BV",
        "ISSN": "0140-6736",
    }


def test_doi_is_sent_whole_and_with_a_contact(server):
    server.on(f"/works/{DOI}", work(GOLDEN))

    asked(server)

    assert server.asked[0][0] == "/works/10.1016%2Fs0140-6736%2897%2911096-0?mailto=editor%40example.org"


def test_paper_with_only_an_addendum_has_no_update():
    addendum = update("10.1038/s41586-020-2951-z", "addendum", [2020, 12, 3])

    found = work_facts({"DOI": "10.1038/s41586-020-2012-7", "type": "journal-article", "updated-by": [addendum]})

    assert found.updates == ()


def test_notice_is_not_what_it_retracts():
    notice = {"title": ["Retraction: a paper"], "update-to": [update(DOI, "retraction", [2010, 2, 6])]}

    assert work_facts(notice).updates == ()


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("retraction", "retraction"),
        ("partial_retraction", "retraction"),
        ("withdrawal", "retraction"),
        ("removal", "retraction"),
        ("expression_of_concern", "concern"),
        ("Expression of Concern", "concern"),
        ("corrigendum", "correction"),
        ("erratum", "correction"),
        ("reinstatement", "reinstatement"),
        ("new_version", "superseded"),
        ("new_edition", "superseded"),
    ],
)
def test_kind_of_update(word, kind):
    entry = {**update("10.5555/n", word, [2020, 1, 2]), "label": None}

    (one,) = work_facts({"updated-by": [entry]}).updates

    assert (one.kind, one.told_by, bool(one.detail)) == (kind, "crossref", True)


@pytest.mark.parametrize(
    ("updated", "expected"),
    [
        ({"date-parts": [[2010, 2, 6]]}, date(2010, 2, 6)),
        ({"date-parts": [[2010]], "date-time": "2010-02-06T00:00:00Z"}, date(2010, 2, 6)),
        ({"date-parts": [[2010, None, None]]}, None),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[2010, 2, 31]]}, None),
        ({"date-time": "no-da-te"}, None),
        (None, None),
    ],
)
def test_date_of_update(updated, expected):
    entry = {**update("10.5555/n", "retraction", [2020, 1, 2]), "updated": updated}

    assert work_facts({"updated-by": [entry]}).updates[0].date == expected


@pytest.mark.parametrize("title", ["RETRACTED: A paper", "Retracted Article: A paper", "WITHDRAWN: A paper"])
def test_title_that_says_retracted_is_believed(title):
    assert [one.kind for one in work_facts({"title": [title]}).updates] == ["retraction"]


def test_record_of_many_forms_as_csl():
    found = work_csl(
        {
            "type": "posted-content",
            "author": [{"name": "The <i>Pain</i> Group", "sequence": "first"}, {"given": "Only"}, {}, None, "x"],
            "issued": {"date-parts": [[2019, 12, 30]]},
            "published-print": {"date-parts": [["2020", "1"]]},
            "volume": "3",
            "article-number": "e123",
            "container-title": [],
            "language": "en",
        }
    )

    assert found == {
        "type": "article",
        "author": [{"literal": "The Pain Group"}, {"literal": "Only"}],
        "issued": {"date-parts": [[2020, 1]]},
        "volume": "3",
        "page": "e123",
        "language": "en",
    }


def test_title_without_tags_and_with_its_subtitle():
    found = work_facts({"title": ["H<sub>2</sub>O &amp; <mml:mi>x</mml:mi> < 3"], "subtitle": ["a trial"]})

    assert found.fields["title"] == "H2O & x < 3: a trial"


def test_doi_of_another_agency_is_not_found_and_says_whose(server):
    server.on(f"/works/{DOI}/agency", work({"DOI": DOI, "agency": {"id": "datacite"}}, "work-agency"))

    told = asked(server)

    assert (told.state, told.detail) == (State.NOT_FOUND, "It is registered with datacite, not with Crossref.")


def test_doi_nobody_knows_is_not_found(server):
    assert asked(server).state is State.NOT_FOUND


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (says(b"", 429), State.UNKNOWN),
        (says(b"", 500), State.UNKNOWN),
        (says(b"{"), State.BROKEN),
        (says([]), State.BROKEN),
        (says({"status": "failed", "message-type": "validation-failure", "message": []}), State.BROKEN),
        (says({"status": "ok", "message-type": "work-list", "message": {}}), State.BROKEN),
        (says({"status": "ok", "message-type": "work", "message": None}), State.BROKEN),
        (says(b"<html>sorry</html>", 200, "text/html"), State.BROKEN),
        (local_server.leads_to("https://elsewhere.example/"), State.REFUSED),
    ],
)
def test_other_answers(server, reply, state):
    server.on(f"/works/{DOI}", reply)

    told = asked(server)

    assert (told.state, told.facts) == (state, None)


@pytest.mark.parametrize("value", [None, [], {}, "x", 7, [None], [{}], [[]], {"date-parts": "x"}, True, [["a"]]])
@pytest.mark.parametrize("name", [*GOLDEN, "subtitle", "published-print", "resource", "editor"])
def test_field_of_any_shape_is_survived(name, value):
    work_facts({**GOLDEN, name: value})
