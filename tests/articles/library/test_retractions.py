"""The Retraction Watch file: matched by DOI and PMID, read row by row, repeatable."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from articles.library import retraction_watch
from articles.models import SourceUpdate
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, tzinfo=UTC)
COLUMNS = [
    "Record ID",
    "Title",
    "Subject",
    "Institution",
    "Journal",
    "Publisher",
    "Country",
    "Author",
    "URLS",
    "ArticleType",
    "RetractionDate",
    "RetractionDOI",
    "RetractionPubMedID",
    "OriginalPaperDate",
    "OriginalPaperDOI",
    "OriginalPaperPubMedID",
    "RetractionNature",
    "Reason",
    "Paywalled",
    "Notes",
]
ROW = {
    "Record ID": "4036",
    "RetractionDate": "2/6/2010 0:00",
    "RetractionDOI": "10.5555/Notice",
    "RetractionPubMedID": "20137807",
    "OriginalPaperDOI": "10.5555/PAPER",
    "OriginalPaperPubMedID": "9500320",
    "RetractionNature": "Retraction",
    "Reason": "+Concerns About Data;+Misconduct;",
}


def file(*rows, columns=COLUMNS):
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows({**ROW, **row} for row in rows)
    return io.StringIO(text.getvalue())


def screen(*rows, **options):
    return retraction_watch.screen(file(*rows), at=AT, **options)


@pytest.mark.parametrize("fields", [{"doi": "10.5555/paper"}, {"doi": "", "pmid": "9500320"}])
def test_row_is_recorded_at_its_source(fields):
    source, other = factories.source(**fields), factories.source(pmid="1")

    report = screen({})

    update = source.updates.get()
    assert (update.kind, update.date, update.notice_doi, update.notice_pmid, update.told_by) == (
        "retraction",
        date(2010, 2, 6),
        "10.5555/notice",
        "20137807",
        "retraction-watch",
    )
    assert update.detail == "Retraction Watch record 4036: Concerns About Data; Misconduct"
    assert (report.rows, report.sources, report.new, report.faulty) == (1, 1, 1, 0)
    source.refresh_from_db()
    other.refresh_from_db()
    assert (source.status, other.status, other.checked_at) == ("retracted", "unknown", None)


@pytest.mark.parametrize(
    ("nature", "status"),
    [
        ("Retraction", "retracted"),
        ("Correction", "corrected"),
        ("Expression of concern", "concern"),
        ("Reinstatement", "reinstated"),
    ],
)
def test_nature_of_a_row(nature, status):
    source = factories.source(doi="10.5555/paper")

    screen({"RetractionNature": nature})

    source.refresh_from_db()
    assert source.status == status


def test_reinstatement_after_a_retraction():
    source = factories.source(doi="10.5555/paper")

    screen({"RetractionNature": "Reinstatement", "RetractionDate": "1/1/2012 0:00", "RetractionDOI": "unavailable"}, {})

    source.refresh_from_db()
    assert (source.status, source.updates.count()) == ("reinstated", 2)


def test_file_read_twice_adds_nothing():
    factories.source(doi="10.5555/paper")
    screen({})

    assert screen({}).new == 0
    assert SourceUpdate.objects.count() == 1


def test_dry_run_counts_and_writes_nothing():
    source = factories.source(doi="10.5555/paper")

    report = screen({}, {}, dry_run=True)

    assert (report.new, SourceUpdate.objects.count(), source.history.count()) == (1, 0, 1)


def test_rows_without_identifiers_match_nothing():
    factories.source(doi="", pmid="")

    report = screen({"OriginalPaperDOI": "unavailable", "OriginalPaperPubMedID": "0"})

    assert (report.sources, report.faulty) == (0, 0)


def test_pmid_here_with_another_doi_is_reported_and_not_recorded():
    factories.source(doi="10.5555/other", pmid="9500320")

    report = screen({})

    assert (report.new, report.faulty) == (0, 1)
    assert report.faults == [
        "Line 2: PMID 9500320 is in the library with a DOI other than 10.5555/paper: nothing was recorded."
    ]


def test_duplicate_leads_to_the_source_it_went_into():
    target = factories.source(doi="10.5555/target")
    factories.source(doi="10.5555/paper", merged_into=target)

    screen({})

    assert target.updates.count() == 1


def test_row_that_cannot_be_read_does_not_stop_the_rest():
    source = factories.source(doi="10.5555/paper")

    report = screen({"RetractionNature": "Lost"}, {"Reason": "x" * 1_100_000}, {"RetractionDate": "soon"})

    assert (report.new, report.faulty, source.updates.get().date) == (1, 2, None)


def test_thousands_of_rows_are_few_queries(django_assert_max_num_queries):
    factories.source(doi="10.5555/paper")
    rows = [{"OriginalPaperDOI": f"10.5555/{number}", "OriginalPaperPubMedID": ""} for number in range(20_000)]

    with django_assert_max_num_queries(12):
        report = screen(*rows, {})

    assert (report.rows, report.new) == (20_001, 1)


def test_another_file_is_refused():
    with pytest.raises(retraction_watch.UnreadableFile, match="OriginalPaperDOI"):
        retraction_watch.screen(["a,b\n", "1,2\n"], at=AT)
    with pytest.raises(retraction_watch.UnreadableFile):
        retraction_watch.screen([], at=AT)


def test_command(tmp_path):
    factories.source(doi="10.5555/paper")
    path, said = tmp_path / "retractions.csv", io.StringIO()
    path.write_text("\ufeff" + file({}).getvalue(), encoding="utf-8")

    call_command("import_retractions", path, "--dry-run", stdout=said)
    call_command("import_retractions", path, stdout=said)

    assert said.getvalue().splitlines() == [
        "1 rows; 1 sources named; 1 updates would be recorded.",
        "1 rows; 1 sources named; 1 updates recorded.",
    ]
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_retractions", tmp_path / "none.csv")
