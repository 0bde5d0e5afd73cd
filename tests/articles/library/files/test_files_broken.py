"""Files as they should not be: broken records amid good ones, strange encodings, enormous lines, hostile words."""

import sys
import tracemalloc

import pytest

from articles.library.files import exchange_files

GOOD = {
    "ris": "TY  - JOUR\nAU  - Writer, Ann\nTI  - The good one\nPY  - 2020\nER  - \n",
    "bibtex": "@article{good,\n author = {Writer, Ann},\n title = {The good one},\n year = 2020\n}\n",
    "nbib": "PMID- 12345\nTI  - The good one.\nFAU - Writer, Ann\nDP  - 2020\n\n",
    "csl-json": '{"type": "book", "title": "The good one", "author": [{"literal": "A"}], '
    '"issued": {"date-parts": [[2020]]}}\n',
}
BROKEN = {
    "ris": [
        "TY  - JOUR\nAU  - Nobody, N\nPY  - 2020\nER  - \n",
        "TY  - JOUR\nAU  - Nobody, N\nPY  - 2020\n",
        "A1  - Nobody, N\nPY  - 2020\nER  - \n",
        "Some words that are no record\n",
    ],
    "bibtex": [
        "@article{broken,\n author = {Nobody, N},\n note = {open\n year = 2020\n",
        "@article{broken,\n author = {Nobody, N}}\n",
        "@article{broken author = }\n",
    ],
    "nbib": ["PMID- 99\nFAU - Nobody, N\n\n", "PMID- 99\n\n"],
    "csl-json": ['{"type": "book" "title": "x"}\n', '{"type": "book", "author": [{\n', '{"title": NaN}\n'],
}


def read(text):
    return list(exchange_files.read(text.encode()))


@pytest.mark.parametrize(("format_name", "broken"), [(name, one) for name, listed in BROKEN.items() for one in listed])
def test_a_broken_record_is_told_and_the_others_come_in(format_name, broken):
    found = read(GOOD[format_name] + broken + GOOD[format_name])

    usable = [record for record in found if not record.is_broken]
    told = [record for record in found if record.is_broken]
    assert [record.title for record in usable] == ["The good one"] * 2
    assert [record.faults for record in usable] == [[], []]
    assert told
    assert all(record.faults and record.raw for record in told)


def test_a_broken_item_of_an_array_is_told_and_the_others_come_in():
    good = GOOD["csl-json"].strip()
    text = f'[{good},{{"id":"a","title":"x" "y"}},{good},{{"id":"b","title":"open,{good},{good}]'

    found = read(text)

    assert sum(record.title == "The good one" for record in found) >= 2
    assert any(record.is_broken for record in found)


def test_an_item_that_is_not_closed_ends_where_the_next_one_begins():
    text = (
        '[\n\t{\n\t\t"title": "open",\n\t\t"author": [{"family": "A"}\n'
        '\t{\n\t\t"title": "The good one",\n\t\t"type": "book"\n\t}\n]\n'
    )

    found = read(text)

    assert [(record.is_broken, record.title) for record in found] == [(True, ""), (False, "The good one")]


def test_a_file_of_all_formats_is_read_whole():
    found = read("\n".join([*GOOD.values(), *reversed(GOOD.values())]))

    assert [record.format for record in found] == [*GOOD, *reversed(GOOD)]
    assert {record.title for record in found} == {"The good one"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("format_name", GOOD)
def test_encodings_and_line_ends(encoding, end, format_name):
    text = GOOD[format_name].replace("The good one", "Müller’s naïve study").replace("\n", end)

    found = list(exchange_files.read((text * 2).encode(encoding)))

    assert [record.title for record in found] == ["Müller’s naïve study"] * 2


def test_a_line_end_at_the_edge_of_a_chunk_is_one():
    for filling in range(65520, 65545):
        head = "TY  - JOUR\r\nN1  - " + "x" * (filling - 18) + "\r\nTI  - é at the edge\r\nER  - \r\n"

        assert [record.title for record in read(head)] == ["é at the edge"]


def test_what_is_no_file_of_sources_is_one_failure():
    for content in (b"%PDF-1.7\n\x00\xff\xfe binary", b"<html><body>no</body></html>", bytes(range(256)) * 40):
        found = list(exchange_files.read(content))

        assert found
        assert all(record.is_broken and record.faults for record in found)
    assert list(exchange_files.read(b"")) == []


def test_an_endless_line_is_cut_and_the_rest_comes_in():
    found = read("TY  - JOUR\nTI  - Long\nN2  - " + "x" * 5_000_000 + "\nER  - \n" + GOOD["ris"])

    assert found[-1].title == "The good one"
    assert all(len(record.raw) <= 2_000_100 for record in found)


def test_a_wrong_identifier_is_told_and_kept():
    [record] = read("TY  - JOUR\nAU  - A, B\nTI  - T\nPY  - 2020\nDO  - not-a-doi\nER  - \n")

    assert (record.doi, record.csl["DOI"], record.is_broken) == ("", "not-a-doi", False)
    assert record.faults == ["This DOI cannot be right: not-a-doi"]


def test_only_the_format_asked_for_is_read():
    text = GOOD["ris"] + GOOD["bibtex"]

    found = list(exchange_files.read(text.encode(), format_name="bibtex"))

    assert [record.format for record in found if not record.is_broken] == ["bibtex"]


class Stream:
    """A file of ten thousand records of all formats, which is never whole in memory."""

    def __init__(self, count):
        self.left, self.rest = count, b""

    def read(self, size):
        while len(self.rest) < size and self.left:
            self.rest += "\n".join(GOOD.values()).encode()
            self.left -= len(GOOD)
        found, self.rest = self.rest[:size], self.rest[size:]
        return found


def test_ten_thousand_records_are_read_in_flat_memory():
    records = exchange_files.read(Stream(10_000))
    usable = sum(not next(records).is_broken for _number in range(1_000))
    blocks = sys.getallocatedblocks()
    usable += sum(not next(records).is_broken for _number in range(7_000))
    grown = sys.getallocatedblocks() - blocks
    # Tracing takes ten times as long: the bytes of the last two thousand stand for the others.
    tracemalloc.start()
    usable += sum(not record.is_broken for record in records)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert usable == 10_000
    assert grown < 5_000
    assert peak < 1_500_000
