"""Records brought into the library: added once, completed where they are here already, never written over."""

import pytest

from articles.library import file_export
from articles.library.file_import import ImportPreview
from articles.library.files import exchange_files
from articles.library.record_intake import Kind, bring_in
from articles.models import Source, SourceUpdate
from tests import factories

pytestmark = pytest.mark.django_db

RIS = """TY  - JOUR
AU  - Writer, Ann
TI  - A trial of something that has a long title
JF  - A Journal
PY  - 2020
VL  - 12
DO  - 10.5555/LIB.1
AN  - 99000001
DB  - PubMed
ER  -
"""
LABEL = (
    '{"type": "webpage", "title": "A label", "version": "7",'
    ' "URL": "https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid=0CC5A3A2-1a2b-4c3d-8e4f-0123456789ab"}'
)
RETRACTED = """PMID- 99000001
TI  - A trial of something that has a long title.
LID - 10.5555/lib.1 [doi]
FAU - Writer, Ann
DP  - 2020
PT  - Retracted Publication
RIN - A Journal. 2021 Feb 6;13(1):4. doi: 10.5555/lib.2. PMID: 99000002
"""


def record(text):
    [found] = exchange_files.read(text.encode())
    return found


def bring(text, by=None):
    return bring_in(record(text), by=by, reason="imported from a test")


def test_a_record_becomes_a_source_with_its_person_and_reason():
    author = factories.user("Author")

    outcome = bring(RIS, by=author)

    source = Source.objects.get()
    assert (outcome.kind, outcome.source) == (Kind.ADDED, source)
    assert (source.kind, source.level, source.status) == ("study", "", "unknown")
    assert (source.doi, source.pmid) == ("10.5555/lib.1", "99000001")
    entry = source.history.get()
    assert (entry.history_user, entry.history_change_reason) == (author, "imported from a test")


def test_the_same_record_again_changes_nothing():
    bring(RIS)

    outcome = bring(RIS)

    assert outcome.kind == Kind.ALREADY
    assert Source.objects.get().history.count() == 1


@pytest.mark.parametrize("kept", ["DO  - 10.5555/LIB.1", "AN  - 99000001"])
def test_a_record_is_found_by_each_identifier(kept):
    source = bring(RIS).source
    others = {"DO  - 10.5555/LIB.1", "AN  - 99000001"} - {kept}

    outcome = bring("\n".join(line for line in RIS.splitlines() if line not in others))

    assert outcome.source == source
    assert Source.objects.count() == 1


def test_what_is_empty_is_filled_and_nothing_is_written_over():
    source = factories.source("Another title", doi="10.5555/lib.1", csl={"type": "report", "volume": "99"})

    outcome = bring(RIS)

    source.refresh_from_db()
    assert outcome.kind == Kind.FILLED
    assert {"pmid", "csl.container-title", "csl.author"} <= set(outcome.filled)
    assert (source.title, source.csl["volume"], source.csl["type"]) == ("Another title", "99", "report")
    assert (source.pmid, source.csl["container-title"]) == ("99000001", "A Journal")
    assert source.history.count() == 2


def test_what_a_person_set_or_emptied_is_left_alone():
    source = factories.source(doi="10.5555/lib.1", csl={}, kept_fields=["pmid", "volume"])

    bring(RIS)

    source.refresh_from_db()
    assert source.pmid == ""
    assert "volume" not in source.csl
    assert source.csl["container-title"] == "A Journal"


def test_identifiers_of_two_sources_are_told_and_neither_takes_the_other():
    one = factories.source(doi="10.5555/lib.1")
    other = factories.source(doi="", pmid="99000001")

    outcome = bring(RIS)

    one.refresh_from_db()
    assert (outcome.source, one.pmid) == (one, "")
    assert any(str(other.pk) in fault for fault in outcome.faults)


def test_a_merged_duplicate_leads_to_the_source_that_was_kept():
    kept = factories.source()
    factories.source(doi="10.5555/lib.1", merged_into=kept)

    assert bring(RIS).source == kept


def test_a_likely_duplicate_is_added_and_told():
    known = bring(RIS).source

    title = "A Trial of Something: that has a long title"

    outcome = bring(f"TY  - JOUR\nAU  - WRITER, A.\nTI  - {title}\nPY  - 2021\nDO  - 10.5555/lib.9\nER  -")

    assert (outcome.kind, outcome.like) == (Kind.PROBABLE, known)
    assert outcome.source != known
    assert str(known.pk) in outcome.source.note


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nAU  - Reader, Ann\nTI  - A trial of something that has a long title\nPY  - 2020\nER  -",
        "TY  - JOUR\nAU  - Writer, Ann\nTI  - A trial of something that has a long title\nPY  - 2024\nER  -",
    ],
)
def test_another_author_or_a_year_far_away_is_another_work(text):
    bring(RIS)

    assert bring(text).kind == Kind.ADDED


def test_a_record_without_identifiers_comes_in_once():
    text = "TY  - RPRT\nAU  - Group of Writers\nTI  - A report without any identifier\nPY  - 2020\nER  -"
    bring(text)

    assert bring(text).kind == Kind.ALREADY
    assert Source.objects.count() == 1


def test_a_label_needs_set_id_and_version():
    label = bring(LABEL).source
    other = bring(LABEL.replace('"version": "7",', "").replace("A label", "Another one")).source

    assert (label.kind, label.set_id, label.label_version) == (
        "drug_label",
        "0cc5a3a2-1a2b-4c3d-8e4f-0123456789ab",
        "7",
    )
    assert (other.kind, other.set_id) == ("other", "")


def test_a_retraction_becomes_status_and_update():
    source = bring(RETRACTED).source

    update = SourceUpdate.objects.get()
    assert source.status == "retracted"
    assert (update.source, update.kind, update.notice_doi, update.notice_pmid) == (
        source,
        "retraction",
        "10.5555/lib.2",
        "99000002",
    )
    assert (str(update.date), update.handled_at) == ("2021-02-06", None)


def test_a_retraction_reaches_a_source_that_is_here_once():
    source = bring(RIS).source

    kinds = [bring(RETRACTED).kind, bring(RETRACTED).kind]

    source.refresh_from_db()
    assert kinds == [Kind.FILLED, Kind.ALREADY]
    assert source.status == "retracted"
    assert source.updates.count() == 1


def test_a_file_does_not_take_a_reinstatement_back():
    source = factories.source(doi="10.5555/lib.1", status="reinstated")

    bring(RETRACTED)

    source.refresh_from_db()
    assert source.status == "reinstated"


def test_a_trial_writes_nothing_and_tells_what_would_be():
    factories.source(doi="10.5555/lib.5")
    trial = ImportPreview()

    kinds = [trial.bring_in(record(text)).kind for text in (RIS, RIS, RIS.replace("LIB.1", "lib.5"))]

    assert kinds == [Kind.ADDED, Kind.ALREADY, Kind.ALREADY]
    assert Source.objects.count() == 1


def test_bringing_in_takes_few_statements(django_assert_max_num_queries):
    bring(RIS)
    found = record(RIS.replace("LIB.1", "lib.7").replace("99000001", "99000007").replace("something", "anything"))

    # One of them reads the row of the history before, whose code the new one names.
    with django_assert_max_num_queries(7):
        bring_in(found, by=None, reason="")


# -- Export


@pytest.mark.parametrize("format_name", exchange_files.FORMATS)
def test_an_export_brings_every_column_back(format_name):
    facts = {
        "kind": "drug_label",
        "title": "A label of our own",
        "doi": "",
        "set_id": "0cc5a3a2-1a2b-4c3d-8e4f-0123456789ab",
        "label_version": "12",
        "effective_date": "2025-04-09",
        "marketing_category": "NDA",
        "country": "US",
        "level": "2",
        "status": "superseded",
        "note": "Seen {here} & there.\nTwice.",
        "csl": {"type": "webpage", "publisher": "A maker", "custom": {"ris": {"C1": ["x"]}}},
    }
    factories.source(**facts)
    bring(RETRACTED)
    before = list(Source.objects.order_by("pk").values())
    text = "".join(file_export.export(Source.objects.order_by("pk"), format_name))
    SourceUpdate.objects.all().delete()
    Source.objects.all().delete()

    for found in exchange_files.read(text.encode(), format_name=format_name):
        bring_in(found, by=None, reason="")

    after = list(Source.objects.order_by("pk").values())
    for one, other in zip(before, after, strict=True):
        csl = {**other["csl"], "title": one["title"]}
        csl.pop("id")
        assert csl == {**one["csl"], "title": one["title"]}
        for name in set(one) - {"id", "csl", "checked_at"}:
            assert other[name] == one[name], name


def test_an_export_says_what_a_person_corrected():
    source = bring(RIS).source
    source.title, source.doi = "A corrected title", "10.5555/lib.3"
    source.save()

    item = file_export.item_of(source)

    assert (item["title"], item["DOI"]) == ("A corrected title", "10.5555/lib.3")


def test_a_title_longer_than_its_column_comes_back_whole():
    title = "A very long title of a work " * 30
    source = bring(f"TY  - JOUR\nAU  - A, B\nTI  - {title}\nPY  - 2020\nER  -").source

    assert len(source.title) == 500
    assert file_export.item_of(source)["title"] == title.strip()
