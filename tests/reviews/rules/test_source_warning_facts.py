"""What `of_revision` says of each source of a text, every field of it: the page and the record hold nothing else."""

from datetime import date

import pytest

from articles.models import Extract, Source
from reviews.rules import source_warnings
from tests import factories

pytestmark = pytest.mark.django_db

DOSAGE, REACTIONS = "34068-7", "34084-4"


@pytest.fixture
def study():
    return factories.source("A trial", kind="study")


def revision(source, use="relied_on", **citation):
    """Return a text whose second section cites a source."""
    citations = [
        {"key": "second", "source": source, "use": use, **citation},
        {"key": "first", "source": factories.source()},
    ]
    return factories.submitted(factories.article(citations=citations)).revision


def warnings(text, at_top=("retracted", "superseded")):
    return source_warnings.of_revision(text, at_top=at_top)


def facts(source, update, text, **changes):
    return {
        "source": source.pk,
        "title": source.title,
        "status": "retracted",
        "date": "2026-05-03",
        "known": update.found_at.date().isoformat(),
        "notice_doi": update.notice_doi,
        "notice_pmid": "",
        "sections": [text.document["sections"][1]["key"]],
        "is_discussed": False,
        "is_at_top": True,
        **changes,
    }


def test_text_whose_sources_have_no_updates_asks_once(study, django_assert_num_queries):
    text = revision(study)

    with django_assert_num_queries(1):
        assert warnings(text) == []


def test_retraction_is_told_with_its_notice(study):
    text = revision(study)
    update = factories.source_update(study, notice_pmid="12345678")

    assert warnings(text) == [facts(study, update, text, notice_pmid="12345678")]


@pytest.mark.parametrize(("use", "at_top"), [("discussed", ("retracted",)), ("relied_on", ("concern",))])
def test_top_has_what_the_policy_names_and_the_text_relies_on(study, use, at_top):
    text = revision(study, use)
    update = factories.source_update(study)

    is_discussed = use == "discussed"
    expected = facts(study, update, text, is_discussed=is_discussed, is_at_top=False)
    assert warnings(text, at_top) == [expected]


def test_last_update_of_the_status_counts_and_one_without_a_day_is_of_the_day_it_was_found(study):
    text = revision(study)
    factories.source_update(study, date=date(2026, 1, 1))
    undated = factories.source_update(study, date=None)
    factories.source_update(study, date=date(2026, 2, 1))
    factories.source_update(study, "correction", date=date(2020, 1, 1))
    Source.objects.filter(pk=study.pk).update(status="retracted")

    assert warnings(text) == [facts(study, undated, text, date="")]


def test_status_that_came_without_an_update_has_no_day(study):
    text = revision(study)
    Source.objects.filter(pk=study.pk).update(status="retracted")

    (told,) = warnings(text)

    assert (told["date"], told["known"], told["notice_doi"], told["notice_pmid"]) == ("", "", "", "")


def test_gravest_comes_first(study):
    other = factories.source("Another")
    citations = [{"key": "first", "source": other}, {"key": "second", "source": study}]
    text = factories.submitted(factories.article(citations=citations)).revision
    factories.source_update(other, "correction")
    factories.source_update(study)

    assert [one["status"] for one in warnings(text)] == ["retracted", "corrected"]


@pytest.mark.parametrize("is_known", [True, False])
def test_superseded_source_names_its_successor(study, is_known):
    text = revision(study)
    newer = factories.source("The second edition") if is_known else None
    study.superseded_by = newer
    update = factories.source_update(study, "superseded")

    successor = {"title": "The second edition", "doi": newer.doi} if is_known else None
    assert warnings(text) == [facts(study, update, text, status="superseded", successor=successor)]


def test_duplicate_is_told_of_what_it_was_merged_into(study):
    text = revision(study)
    between, kept = factories.source("Between"), factories.source("Kept")
    Source.objects.filter(pk=between.pk).update(merged_into=kept)
    Source.objects.filter(pk=study.pk).update(merged_into=between)
    update = factories.source_update(kept)

    assert warnings(text) == [facts(study, update, text)]


@pytest.fixture
def label():
    made = factories.source("A label", kind="label")
    for pinpoint, loinc in (("section 2", DOSAGE), ("section 6", REACTIONS)):
        Extract.objects.create(source=made, pinpoint=pinpoint, loinc=loinc, text=f"Words of {pinpoint}.")
    return made


@pytest.mark.parametrize(
    ("changed", "answer"), [([DOSAGE], True), ([REACTIONS], False), (None, None), ([DOSAGE, REACTIONS], True)]
)
def test_new_version_of_a_label_says_whether_what_is_cited_changed(label, changed, answer):
    text = revision(label, locator="section 2")
    update = factories.source_update(label, "label_version", changed_sections=changed)

    expected = facts(label, update, text, status="label_version", is_at_top=answer is not False)
    assert warnings(text) == [expected | {"sections_changed": answer}]


def test_versions_of_a_label_are_weighed_together(label):
    text = revision(label, locator="section 2")
    factories.source_update(label, "label_version", changed_sections=[DOSAGE], date=date(2026, 1, 1))
    last = factories.source_update(label, "label_version", changed_sections=None)

    (told,) = warnings(text)

    assert (told["sections_changed"], told["notice_doi"]) == (True, last.notice_doi)


@pytest.mark.parametrize(("at_top", "use"), [(("retracted",), "relied_on"), (("superseded",), "discussed")])
def test_label_stands_at_the_top_as_what_is_superseded_does(label, at_top, use):
    text = revision(label, use, locator="section 2")
    factories.source_update(label, "label_version", changed_sections=[DOSAGE])

    (told,) = warnings(text, at_top)

    assert not told["is_at_top"]


def test_label_that_is_superseded_by_its_new_version_is_told_once(label):
    text = revision(label, locator="section 2")
    Source.objects.filter(pk=label.pk).update(status="superseded")
    label.refresh_from_db()
    factories.source_update(label, "label_version", changed_sections=[DOSAGE])

    assert [one["status"] for one in warnings(text)] == ["label_version"]

    factories.source_update(label, "superseded")

    assert [one["status"] for one in warnings(text)] == ["superseded", "label_version"]


@pytest.mark.parametrize(
    ("kind", "use", "changed", "answer"),
    [
        ("retraction", "relied_on", None, True),
        ("retraction", "discussed", None, False),
        ("label_version", "relied_on", [DOSAGE], True),
        ("label_version", "relied_on", None, True),
        ("label_version", "relied_on", [REACTIONS], False),
        ("label_version", "discussed", [DOSAGE], False),
    ],
)
def test_update_matters_to_what_relies_on_what_changed(label, kind, use, changed, answer):
    text = revision(label, use, locator="section 2")
    update = factories.source_update(label, kind, changed_sections=changed)

    assert source_warnings.matters(update, text, [label.pk, 10**9]) == answer
    assert not source_warnings.matters(update, text, [10**9])


def test_relying_sections_are_those_that_cite_it(study):
    text = revision(study)

    assert source_warnings.relying_sections(text, [study.pk, 10**9]) == [text.document["sections"][1]["key"]]
    assert source_warnings.relying_sections(text, [10**9]) == []
    assert source_warnings.relying_sections(revision(factories.source(), "discussed"), [study.pk]) == []


def test_section_that_only_discusses_a_source_relies_on_nothing(study):
    assert source_warnings.relying_sections(revision(study, "discussed"), [study.pk]) == []
