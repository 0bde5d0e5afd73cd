"""Files in the exact shapes of Zotero, EndNote, Mendeley, RefWorks, Citavi, JabRef, Papers, PubMed and Crossref."""

import json
from pathlib import Path

import pytest

from articles.library.files import exchange_files
from articles.text.csl import csl_dates, person_names

SAMPLES = Path(__file__).parent / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
OURS = ("XC  - ", "x-csl", "XCSL")


def read(name):
    with (SAMPLES / name).open("rb") as stream:
        return list(exchange_files.read(stream))


def facts(record):
    return {
        "title": record.title,
        "authors": [person_names.line_of(author) for author in record.csl["author"]],
        "year": csl_dates.parts(record.csl["issued"])[0],
        "doi": record.doi,
        "pmid": record.pmid,
        "page": record.csl["page"],
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_sample_gives_title_authors_year_identifiers_and_pages(name):
    found = read(name)

    assert [facts(record) for record in found] == EXPECTED[name]
    assert [record.faults for record in found] == [[]] * len(found)


def test_samples_hold_forty_publications_of_ten_tools():
    every = {one["doi"] or one["title"] for found in EXPECTED.values() for one in found}

    assert len(every) >= 40
    assert len(EXPECTED) >= 10


@pytest.mark.parametrize("name", EXPECTED)
def test_sample_comes_back_the_same_from_its_own_format_without_help(name):
    for record in read(name):
        text = "".join(exchange_files.write([record.csl], record.format))

        again = list(exchange_files.read(text.encode()))

        assert [one.csl for one in again] == [record.csl]
        assert not any(mark in text for mark in OURS)


@pytest.mark.parametrize("format_name", exchange_files.FORMATS)
@pytest.mark.parametrize("name", EXPECTED)
def test_sample_comes_back_the_same_from_every_format(name, format_name):
    records = read(name)

    text = "".join(exchange_files.write((record.csl for record in records), format_name))

    again = list(exchange_files.read(text.encode()))
    assert [one.csl | {"id": None} for one in again] == [one.csl | {"id": None} for one in records]
    assert {one.format for one in again} == {format_name}


@pytest.mark.parametrize("name", EXPECTED)
def test_sample_is_known_by_its_content_and_by_its_name(name):
    content = (SAMPLES / name).read_bytes()

    assert exchange_files.detect(content) == exchange_files.format_of_name(name)


def test_samples_put_together_are_read_as_one_file():
    together = b"\n".join((SAMPLES / name).read_bytes() for name in EXPECTED if "16" not in name)

    found = list(exchange_files.read(together))

    assert [facts(record) for record in found] == [
        one for name, listed in EXPECTED.items() if "16" not in name for one in listed
    ]
    assert [record.number for record in found] == list(range(1, len(found) + 1))


def test_pubmed_sample_tells_retractions_and_kinds():
    found = {record.pmid: record for record in read("pubmed.nbib")}

    assert [found[pmid].status for pmid in ("9500320", "32356626", "33301246")] == ["retracted", "retracted", "unknown"]
    assert [found[pmid].kind for pmid in ("36272764", "25575710", "33378609")] == ["guideline", "guideline", "study"]
    assert [found[pmid].level for pmid in ("36272764", "33378609", "9500320")] == ["1", "2", ""]
    notice = found["9500320"].notices[0]
    assert (notice.kind, notice.doi, notice.pmid, notice.date) == (
        "retraction",
        "10.1016/s0140-6736(10)60175-4",
        "20137807",
        "2010-02-06",
    )


def test_pubmed_sample_keeps_every_tag():
    lines = (SAMPLES / "pubmed.nbib").read_text(encoding="utf-8").splitlines()
    tags = sorted(line[:4] for line in lines if line[4:6] == "- ")

    written = "".join(exchange_files.write((record.csl for record in read("pubmed.nbib")), "nbib")).splitlines()

    assert sorted(line[:4] for line in written if line[4:6] == "- ") == tags
