import contextlib
import csv
import json
import os

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from articles.models import Article, ImportedPage
from articles.text import page_text
from articles.writing import page_import, readership
from reviews import workflow
from reviews.models import EditorialPolicy
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

PAGE = "How is question {number} answered?\n\nFrom the Guidelines\n\n- Start with {number} mg once daily. [1]\n"


@pytest.fixture
def author(db):
    return factories.user("Author")


@pytest.fixture
def folder(tmp_path):
    """Three pages in two folders."""
    pages = tmp_path / "pages"
    (pages / "b").mkdir(parents=True)
    write(pages / "one.txt", 1)
    write(pages / "two.TXT", 2)
    write(pages / "b" / "three.text", 3)
    return pages


def write(file, number):
    file.write_text(PAGE.format(number=number))


def run(capsys, *arguments):
    call_command("import_page", *map(str, arguments))
    return capsys.readouterr()


def run_json(capsys, *arguments):
    with contextlib.suppress(CommandError):
        call_command("import_page", *map(str, arguments), "--json")
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_folder_becomes_drafts_in_order(author, folder, capsys):
    lines = run_json(capsys, folder, "--author", author.email)

    assert [line["file"].removeprefix(f"{folder}/") for line in lines] == ["one.txt", "two.TXT", "b/three.text"]
    assert {line["outcome"] for line in lines} == {"imported"}
    assert [line["slug"] for line in lines] == list(Article.objects.order_by("pk").values_list("slug", flat=True))
    assert all(line["sections"][0]["citations"] == [1] for line in lines)


def test_only_text_files_that_are_not_hidden_are_read(author, folder, capsys):
    write(folder / "page.md", 4)
    write(folder / ".hidden.txt", 5)
    (folder / ".git").mkdir()
    write(folder / ".git" / "page.txt", 6)

    assert "3 imported" in run(capsys, folder, "--author", author.email).out
    assert "1 imported" in run(capsys, folder, "--author", author.email, "--suffix", "md").out


def test_second_run_brings_in_what_is_new(author, folder, capsys):
    run(capsys, folder, "--author", author.email)
    write(folder / "four.txt", 4)

    said = run(capsys, folder, "--author", author.email).out

    assert "1 imported, 3 in already, 0 the same as another file, 0 failed; 4 in" in said
    assert Article.objects.count() == ImportedPage.objects.count() == 4


def test_folder_that_was_moved_is_in_already(author, folder, tmp_path, capsys):
    run(capsys, folder, "--author", author.email)
    folder.rename(tmp_path / "moved")

    assert "0 imported, 3 in already, 0 the same" in run(capsys, tmp_path / "moved", "--author", author.email).out


@pytest.mark.parametrize("again", [False, True], ids=["at once", "in a second run"])
def test_same_bytes_in_two_files_are_one_article(author, folder, capsys, again):
    write(folder / "z.txt", 1)
    if again:
        run(capsys, folder, "--author", author.email)

    said = run(capsys, folder, "--author", author.email).out

    assert f"the same page twice: {folder}/z.txt is {folder}/one.txt" in said
    assert Article.objects.count() == 3


def test_broken_files_are_named_and_stop_nothing(author, folder, capsys):
    (folder / "a.txt").write_bytes(b"\x00\x01\x02PNG")
    (folder / "b.txt").write_bytes(b"")
    os.mkfifo(folder / "c.txt")
    (folder / "d.txt").symlink_to(folder / "nowhere")
    (folder / "e.txt").write_text("Why " * 200 + "?\n\nFrom the Guidelines\n\nA sentence.\n")

    with pytest.raises(CommandError, match="5 of 8 failed; the others are done") as failure:
        call_command("import_page", str(folder), "--author", author.email)

    assert failure.value.returncode == 1
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.startswith(f"  failed: {folder}/c.txt: This is not a file")]
    assert "d.txt: It cannot be read: No such file or directory." in said
    assert Article.objects.count() == 3


def test_file_that_breaks_the_reader_stops_nothing(author, folder, capsys, monkeypatch):
    parse = page_text.parse_page
    answers = iter([RecursionError("too deep"), None, ValueError("a NUL")])

    def breaking(text):
        error = next(answers)
        if error:
            raise error
        return parse(text)

    monkeypatch.setattr(page_text, "parse_page", breaking)
    lines = run_json(capsys, folder, "--author", author.email)

    assert [line["outcome"] for line in lines] == ["failed", "imported", "failed"]
    assert lines[0]["reason"] == "RecursionError: too deep"


def test_page_over_the_size_is_not_read(author, folder, capsys, monkeypatch):
    monkeypatch.setattr(page_import, "_LARGEST", 100)
    (folder / "one.txt").write_text("Title\n\n" + "word " * 50)

    lines = run_json(capsys, folder, "--author", author.email)

    assert [line["outcome"] for line in lines] == ["failed", "imported", "imported"]


def test_dry_run_says_what_would_happen_and_writes_nothing(author, folder, capsys):
    write(folder / "z.txt", 1)

    said = run(capsys, folder, "--author", author.email, "--dry-run").out

    assert "3 would be imported, 0 in already, 1 the same as another file, 0 failed" in said
    assert not Article.objects.exists()


def test_files_and_folders_may_be_named_together(author, folder, capsys):
    said = run(capsys, folder / "one.txt", folder / "b", "--author", author.email).out

    assert "2 imported" in said


def test_report_is_a_table_of_all_files(author, folder, tmp_path, capsys):
    (folder / "=cmd.txt").write_bytes(b"")
    report = tmp_path / "report.csv"

    run_json(capsys, folder, "--author", author.email, "--report", report)

    rows = list(csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["outcome"] for row in rows] == ["failed", "imported", "imported", "imported"]
    assert rows[1]["address"] == Article.objects.order_by("pk").first().slug
    assert "empty" in rows[0]["reason"]


def test_progress_is_told_on_the_error_stream(author, folder, capsys):
    said = run(capsys, folder, "--author", author.email, "--progress", 2)

    assert "2 of 3 files, " in said.err
    assert "files, " not in said.out
    assert run(capsys, folder, "--author", author.email, "--progress", 0).err == ""


def test_stopping_by_hand_sums_up_and_says_how_to_go_on(author, folder, capsys, monkeypatch):
    bring_in, done = page_import.Import.bring_in, []

    def stopped(self, file, **options):
        if done:
            raise KeyboardInterrupt
        done.append(file)
        return bring_in(self, file, **options)

    monkeypatch.setattr(page_import.Import, "bring_in", stopped)
    with pytest.raises(CommandError, match="continues where it stopped") as stop:
        call_command("import_page", str(folder), "--author", author.email)

    assert stop.value.returncode == 130
    assert "1 imported" in capsys.readouterr().out
    assert ImportedPage.objects.count() == 1


def test_article_and_its_digest_are_written_together(author, folder, monkeypatch):
    """Killed between the two, neither is there."""

    def killed(**fields):
        raise SystemExit

    monkeypatch.setattr(ImportedPage.objects, "create", killed)
    with pytest.raises(SystemExit), transaction.atomic():
        page_import.Import(author).bring_in(folder / "one.txt")

    assert not Article.objects.exists()


def test_another_import_that_was_faster_does_no_harm(author, folder, monkeypatch):
    """The second looks before the first has written, and meets the unique digest when it writes itself."""
    job, met_before = page_import.Import(author), page_import.Import._met_before
    first = page_import.Import(author).bring_in(folder / "one.txt")
    blind = iter([None])

    def late(self, file, digest):
        return next(blind, met_before(self, file, digest))

    monkeypatch.setattr(page_import.Import, "_met_before", late)
    second = job.bring_in(folder / "one.txt")

    assert (second.kind, second.article) == (page_import.SKIPPED, first.article)
    assert Article.objects.count() == 1


def test_readers_are_set_by_path_and_by_address(author, folder, tmp_path, capsys):
    run(capsys, folder / "one.txt", "--author", author.email)
    slug = Article.objects.get().slug
    statistics = tmp_path / "readers.csv"
    statistics.write_text(f"page;readers\nb/three.text;300\ntwo.TXT;20\n{slug};1000\n")

    run(capsys, folder, "--author", author.email, "--readers", statistics)

    assert list(Article.objects.order_by("pk").values_list("readers", flat=True)) == [1000, 20, 300]
    assert Article.objects.get(slug=slug).history.first().history_change_reason == "readers a month, from readers.csv"


def test_readers_of_what_is_unknown_or_submitted_are_reported(author, folder, tmp_path, capsys):
    review = factories.submitted()
    statistics = tmp_path / "readers.csv"
    statistics.write_text(f"{review.article.slug},5\nnowhere,6\nforeign,7\n")
    factories.article(slug="foreign")

    with pytest.raises(CommandError, match="3 of 6 failed"):
        call_command("import_page", str(folder), "--author", author.email, "--readers", str(statistics))

    said = capsys.readouterr().out
    assert "readers.csv: nowhere: No file and no article has this path or address." in said
    assert "may not edit this article" in said
    review.article.refresh_from_db()
    assert review.article.readers == 0


def test_readers_after_the_first_submit_are_the_catalogues(author):
    review = factories.submitted(factories.article(author))

    assert "submitted already" in readership.set_readers(review.article, 5, by=author, origin="x.csv")


@pytest.mark.parametrize("text", ["page,many\nx,lots\n", "page,readers\n,5\n", "x,1,2\n", "x,-1\nx,-1\n"])
def test_readers_that_cannot_be_read_stop_the_import_before_it_begins(author, folder, tmp_path, text):
    statistics = tmp_path / "readers.csv"
    statistics.write_text(text)

    with pytest.raises(CommandError, match=r"Line [12] is not a path"):
        call_command("import_page", str(folder), "--author", author.email, "--readers", str(statistics))

    assert not Article.objects.exists()


def test_queries_of_an_import_are_not_kept(author, folder, settings, capsys):
    settings.DEBUG = True

    run(capsys, folder, "--author", author.email)

    assert len(connection.queries_log) == 0


def test_imported_text_comes_into_review_with_its_findings_and_is_never_approved_with_them(author, folder):
    outcome = page_import.Import(author).bring_in(folder / "one.txt")
    article = Article.objects.get(pk=outcome.article.pk)
    assert "citation-unresolved" in EditorialPolicy.objects.current().blocks_approve
    review = workflow.submit(article, by=author, seen=article.version)
    member = factories.board_member()
    factories.under_review(member, factories.board_member(), review=review)

    with pytest.raises(workflow.Refused, match="source"):
        factories.sign(review, member)

    review.refresh_from_db()
    assert review.state == "under_review"
