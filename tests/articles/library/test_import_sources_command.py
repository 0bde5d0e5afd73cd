"""`manage.py import_sources`: a line a record, nothing written in a trial, a count when some did not come in."""

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Source
from tests import factories

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent / "files" / "samples"
BROKEN = "TY  - JOUR\nAU  - A, B\nER  -\n"


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    failure = None
    try:
        call_command("import_sources", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        failure = error
    lines = [json.loads(line) for line in out.getvalue().splitlines()] if "--json" in arguments else []
    return lines, failure, out.getvalue() + err.getvalue()


def test_each_record_is_a_line_of_json():
    lines, failure, _said = run(SAMPLES / "pubmed.nbib", SAMPLES / "zotero.ris", "--json")

    assert failure is None
    assert [line["number"] for line in lines] == [*range(1, 11), *range(1, 7)]
    first = lines[0]
    assert first["csl"]["DOI"] == "10.1056/NEJMoa2034577"
    assert (first["csl"]["PMID"], first["pmid"], first["status"], first["faults"]) == (
        "33301246",
        "33301246",
        "unknown",
        [],
    )
    assert (first["outcome"], first["format"]) == ("added", "nbib")
    assert lines[2]["status"] == "retracted"
    assert Source.objects.filter(status="retracted").count() == 2


def test_all_samples_come_in_and_the_second_time_nothing_changes():
    samples = sorted(path for path in SAMPLES.iterdir() if path.name != "expected.json")
    _lines, failure, _said = run(*samples)
    count = Source.objects.count()
    changes = Source.history.count()

    again, failure_again, _said = run(*samples, "--json")

    assert (failure, failure_again) == (None, None)
    assert {line["outcome"] for line in again} == {"already"}
    assert (Source.objects.count(), Source.history.count()) == (count, changes)


def test_a_trial_writes_nothing():
    lines, failure, _said = run(SAMPLES / "zotero.ris", "--dry-run", "--json")

    assert (failure, {line["outcome"] for line in lines}) == (None, {"added"})
    assert not Source.objects.exists()


def test_what_did_not_come_in_is_counted_and_the_rest_came_in(tmp_path):
    broken = tmp_path / "broken.ris"
    broken.write_text(BROKEN)
    empty = tmp_path / "empty.bib"
    empty.write_text("")

    lines, failure, _said = run(broken, tmp_path / "none.ris", empty, SAMPLES / "papers.bib", "--json")

    assert [line["outcome"] for line in lines] == ["failed"] * 3 + ["added"] * 3
    assert str(failure) == "3 of 6 were not imported; the others were."
    assert failure.returncode == 1
    assert "cannot be read" in lines[1]["faults"][0]


def test_the_standard_input_is_read(monkeypatch):
    content = (SAMPLES / "jabref.bib").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    lines, failure, _said = run("-", "--json", "--format", "bibtex")

    assert (len(lines), failure) == (4, None)


def test_the_history_names_who_brought_it_in():
    author = factories.user("Author")

    run(SAMPLES / "jabref.bib", "--by", author.email)

    assert {entry.history_user for entry in Source.history.all()} == {author}


def test_only_people_who_may_add_sources_are_named():
    for email in ("nobody@example.org", factories.user("Auditor").email):
        _lines, failure, _said = run(SAMPLES / "jabref.bib", "--by", email)

        assert failure is not None
    assert not Source.objects.exists()


def test_people_read_a_sum():
    _lines, failure, said = run(SAMPLES / "jabref.bib")

    assert failure is None
    assert "4 added" in said
