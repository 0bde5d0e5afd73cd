"""Files that come in through the desk: watched, stopped, carried on, reported, tried again; and the export."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles import tasks
from articles.library import file_import
from articles.library.files import exchange_files
from articles.models import Source, SourceImport, SourceImportRecord
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

SAMPLES = Path(__file__).parent / "files" / "samples"
GOOD = (
    "TY  - JOUR\nAU  - Writer, Ann\nTI  - Work number {0} of many others\nPY  - 2020\nDO  - 10.5555/many.{0}\nER  -\n"
)
BROKEN = "TY  - JOUR\nAU  - Nobody, N\nPY  - 2020\nER  -\n"
ADD = "admin:articles_sourceimport_add"


@pytest.fixture
def as_author(client):
    client.force_login(factories.user("Author"))
    return client


def upload(client, *contents, **fields):
    given = [SimpleUploadedFile(f"export{number}.ris", content) for number, content in enumerate(contents)]
    return client.post(reverse(ADD), {"uploads": given, "format": "", **fields}, follow=True)


def test_upload_brings_a_file_in_and_reports(as_author):
    response = upload(as_author, (GOOD.format(1) + BROKEN + GOOD.format(2)).encode())

    batch = SourceImport.objects.get()
    assert (batch.reached, bytes(batch.content), batch.problem) == (3, b"", "")
    assert Source.objects.count() == 2
    page = response.content.decode()
    assert "It has no title." in page
    assert "Nobody, N" in page
    assert "Work number 1" not in page
    assert 'http-equiv="refresh"' not in page


def test_upload_takes_several_files(as_author):
    upload(as_author, *((SAMPLES / name).read_bytes() for name in ("zotero.ris", "pubmed.nbib", "jabref.bib")))

    assert [batch.reached for batch in SourceImport.objects.order_by("pk")] == [6, 10, 4]


def test_upload_of_nothing_or_too_much_says_so(as_author, monkeypatch):
    monkeypatch.setattr("articles.forms.source_import.LARGEST", 10)

    assert as_author.post(reverse(ADD), {"format": ""}).status_code == 422
    response = upload(as_author, GOOD.format(1).encode())
    assert response.status_code == 422
    assert "Split the file" in response.content.decode()
    assert not SourceImport.objects.exists()


def test_a_file_without_records_says_so(as_author):
    response = upload(as_author, b"\n\n \n")

    assert "It holds no record that can be read." in response.content.decode()


def test_work_that_was_cut_short_goes_on_where_it_was():
    batch = factories.source_import("".join(GOOD.format(number) for number in range(20)).encode())

    ended = file_import.carry_on(batch.pk, seconds=0)
    first = SourceImport.objects.get().reached
    whole = file_import.carry_on(batch.pk)

    assert (ended, first, whole) == (False, 1, True)
    assert SourceImportRecord.objects.filter(outcome="added").count() == 20
    assert Source.objects.count() == 20


def test_work_that_died_inside_a_record_has_not_done_it(monkeypatch):
    batch = factories.source_import("".join(GOOD.format(number) for number in range(5)).encode())
    create = SourceImportRecord.objects.create
    monkeypatch.setattr(
        SourceImportRecord.objects,
        "create",
        lambda **fields: create(**fields) if fields["number"] < 3 else (_ for _ in ()).throw(KeyboardInterrupt),
    )
    with pytest.raises(KeyboardInterrupt):
        file_import.carry_on(batch.pk)
    monkeypatch.undo()
    assert (SourceImport.objects.get().reached, Source.objects.count()) == (2, 2)

    file_import.carry_on(batch.pk)

    assert (SourceImport.objects.get().reached, Source.objects.count()) == (5, 5)


def test_two_workers_on_one_file_do_nothing_twice():
    batch = factories.source_import("".join(GOOD.format(number) for number in range(5)).encode())
    behind = SourceImport.objects.get()
    file_import.carry_on(batch.pk)

    [first, *_rest] = exchange_files.read("".join(GOOD.format(number) for number in range(5)).encode())

    assert not file_import._deal_with(behind, first, 0)
    assert SourceImportRecord.objects.count() == 5


def test_the_clock_finds_what_nobody_is_at():
    batch = factories.source_import(GOOD.format(1).encode())

    assert file_import.waiting() == [batch.pk]
    assert tasks.carry_on_imports() == 1
    assert file_import.waiting() == []
    assert Source.objects.count() == 1


def test_a_page_of_running_work_loads_itself_again(as_author):
    batch = factories.source_import(GOOD.format(1).encode())

    page = as_author.get(reverse("admin:articles_sourceimport_change", args=[batch.pk])).content.decode()

    assert 'http-equiv="refresh"' in page
    assert "Reload" in page


def test_what_did_not_come_in_is_downloaded_mended_and_comes_in(as_author):
    upload(as_author, (GOOD.format(1) + BROKEN).encode())
    batch = SourceImport.objects.get()

    response = as_author.get(reverse("admin:articles_sourceimport_rejected", args=[batch.pk]))
    text = b"".join(response.streaming_content).decode()

    assert text.strip() == BROKEN.strip()
    assert response["Content-Disposition"] == 'attachment; filename="export0-not-imported.ris"'
    upload(as_author, text.replace("PY  -", "TI  - Now it has a title\nPY  -").encode())
    assert Source.objects.count() == 2


def test_what_did_not_come_in_is_tried_again(as_author):
    upload(as_author, (GOOD.format(1) + BROKEN).encode())
    row = SourceImportRecord.objects.get(outcome="failed")
    row.raw = row.raw.replace("PY  -", "TI  - Now it has a title\nPY  -")
    row.save()

    response = as_author.post(reverse("admin:articles_sourceimport_again", args=[row.batch_id]), follow=True)

    row.refresh_from_db()
    assert (row.outcome, Source.objects.count()) == ("added", 2)
    assert "1 record was tried again." in response.content.decode()


def test_the_raw_text_of_a_record_is_shown_as_text(as_author):
    hostile = b"TY  - JOUR\nAU  - <script>alert(1)</script>\nPY  - 2020\nER  -\n"

    page = upload(as_author, hostile).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_pages_take_a_constant_number_of_queries(as_author, django_assert_max_num_queries):
    upload(as_author, "".join(GOOD.format(number) for number in range(40)).encode())
    batch = SourceImport.objects.get()

    with django_assert_max_num_queries(8):
        as_author.get(reverse("admin:articles_sourceimport_change", args=[batch.pk]))


@pytest.mark.parametrize("format_name", exchange_files.FORMATS)
def test_export_of_chosen_sources_streams_a_file(as_author, format_name):
    sources = [factories.source(f"Source number {number}") for number in range(3)]
    action = f"export_{format_name.replace('-', '_')}"

    response = as_author.post(
        reverse("admin:articles_source_changelist"),
        {"action": action, "_selected_action": [source.pk for source in sources[:2]]},
    )

    assert response.streaming
    assert response["Content-Disposition"].endswith(f'{exchange_files.ENDINGS[format_name]}"')
    found = list(exchange_files.read(b"".join(response.streaming_content)))
    assert [record.title for record in found] == ["Source number 0", "Source number 1"]


def test_export_of_all_that_the_list_holds(as_author):
    for number in range(3):
        factories.source(f"Source number {number}", kind="study" if number else "review")

    response = as_author.post(
        reverse("admin:articles_source_changelist") + "?kind__exact=study",
        {"action": "export_ris", "_selected_action": ["1"], "select_across": "1", "index": "0"},
    )

    assert len(list(exchange_files.read(b"".join(response.streaming_content)))) == 2
