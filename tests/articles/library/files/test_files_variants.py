"""What programs write differently: one line of difference a test, one record each."""

import pytest

from articles.library.files import exchange_files

RIS = "TY  - JOUR\nTI  - A title\nAU  - Writer, Ann\n{}\nER  - \n"
BIB = "@article{{key,\n title = {{A title}},\n author = {{Writer, Ann}},\n {}\n}}\n"
NBIB = "PMID- 123\nTI  - A title.\nFAU - Writer, Ann\n{}\n"


def csl(text):
    [record] = exchange_files.read(text.encode())
    assert not record.is_broken
    return record.csl


@pytest.mark.parametrize(
    ("line", "variable", "value"),
    [
        ("PY  - 2020", "issued", {"date-parts": [[2020]]}),
        ("PY  - 2020/03/02/", "issued", {"date-parts": [[2020, 3, 2]]}),
        ("Y1  - 2020///", "issued", {"date-parts": [[2020]]}),
        ("PY  - 2020\nDA  - 2020/03/02", "issued", {"date-parts": [[2020, 3, 2]]}),
        ("PY  - 2020\nDA  - Mar 2", "issued", {"date-parts": [[2020, 3, 2]]}),
        ("PY  - 2020\nDA  - 2021/01/05", "issued", {"date-parts": [[2020]]}),
        ("SP  - 12\nEP  - 20", "page", "12-20"),
        ("SP  - 12-20", "page", "12-20"),
        ("SP  - 12–20", "page", "12-20"),
        ("SP  - e12", "page", "e12"),
        ("C7  - e1234", "page", "e1234"),
        ("M1  - CD001841", "page", "CD001841"),
        ("M1  - 7", "issue", "7"),
        ("JO  - J Own", "container-title", "J Own"),
        ("JF  - Journal of Our Own\nJO  - J Own", "container-title-short", "J Own"),
        ("T2  - Journal of Our Own\nJA  - J Own", "container-title", "Journal of Our Own"),
        ("DO  - https://doi.org/10.5555/ABC", "DOI", "10.5555/ABC"),
        ("M3  - doi: 10.5555/abc", "DOI", "10.5555/abc"),
        ("L3  - 10.5555/abc", "DOI", "10.5555/abc"),
        ("UR  - https://doi.org/10.5555/abc", "DOI", "10.5555/abc"),
        ("AN  - 123\nDB  - PubMed", "PMID", "123"),
        ("AN  - 123\nDP  - NLM", "PMID", "123"),
        ("UR  - https://pubmed.ncbi.nlm.nih.gov/123/", "PMID", "123"),
        ("N1  - PMID: 123", "PMID", "123"),
        ("C2  - PMC123", "PMCID", "PMC123"),
        ("N2  - In short.", "abstract", "In short."),
        ("AB  - In short.\nIt goes on.", "abstract", "In short.\nIt goes on."),
        ("A1  - Second, B", "author", [{"family": "Writer", "given": "Ann"}, {"family": "Second", "given": "B"}]),
        ("KW  - one\nKW  - two", "keyword", "one; two"),
        ("KW  - one\ntwo", "keyword", "one; two"),
        ("ET  - 2019/12/24", "available-date", {"date-parts": [[2019, 12, 24]]}),
        ("Y2  - 2023/05/01/10:12:33", "accessed", {"date-parts": [[2023, 5, 1]]}),
    ],
)
def test_ris(line, variable, value):
    assert csl(RIS.format(line))[variable] == value


@pytest.mark.parametrize("line", ["C1  - x", "L1  - file.pdf", "LB  - label", "U1  - 7", "ZZ  - own", "PY  - in press"])
def test_ris_keeps_what_has_no_variable(line):
    tag, value = line.split("  - ")

    assert csl(RIS.format(line))["custom"] == {"ris": {tag: [value]}}


@pytest.mark.parametrize(
    "marks",
    [
        "TY - JOUR\nTI - A title\nER -",
        "TY  - JOUR\nTI  - A title\nER  -\n\n\n",
        "  TY  - JOUR\n  TI  - A title\n  ER  -",
    ],
)
def test_ris_of_careless_programs(marks):
    assert csl(marks)["title"] == "A title"


@pytest.mark.parametrize(
    ("field", "variable", "value"),
    [
        ("date = {2020-03}", "issued", {"date-parts": [[2020, 3]]}),
        ("date = {2020-03-01/2020-04-02}", "issued", {"date-parts": [[2020, 3, 1], [2020, 4, 2]]}),
        ("year = 2020, month = mar", "issued", {"date-parts": [[2020, 3]]}),
        ('year = "2020", month = "March"', "issued", {"date-parts": [[2020, 3]]}),
        ("year = {2020}, month = {3}, day = {2}", "issued", {"date-parts": [[2020, 3, 2]]}),
        ('year = 2020, month = "2~" # mar', "issued", {"date-parts": [[2020, 3, 2]]}),
        ("journaltitle = {Journal of Our Own}", "container-title", "Journal of Our Own"),
        ("pages = {12--20}", "page", "12-20"),
        ("pages = {12 – 20}", "page", "12-20"),
        ("eid = {e12}", "page", "e12"),
        ("eprint = {123}, eprinttype = {pubmed}", "PMID", "123"),
        ("doi = {https://doi.org/10.5555/a{\\_}b}", "DOI", "10.5555/a_b"),
        ("url = {https://doi.org/10.5555/ab}", "DOI", "10.5555/ab"),
        ("note = {PMID: 123}", "note", "PMID: 123"),
        ("number = 7", "issue", "7"),
        ("editor = {{Group of Editors}}", "editor", [{"literal": "Group of Editors"}]),
        ("subtitle = {and more}", "title", "A title: and more"),
    ],
)
def test_bibtex(field, variable, value):
    assert csl(BIB.format(field))[variable] == value


def test_bibtex_keeps_what_has_no_variable_and_the_braces():
    item = csl(
        BIB.format("file = {:C$\\backslash$:/x.pdf:pdf},\n mendeley-groups = {a/b},\n booktitle = {A {UK} book}")
    )

    assert item["custom"]["bibtex"]["fields"] == {"file": ":C$\\backslash$:/x.pdf:pdf", "mendeley-groups": "a/b"}
    assert "{UK}" in "".join(exchange_files.write([item], "bibtex"))


def test_bibtex_macros_and_parentheses():
    text = (
        '@string(own = "Journal of " # {Our Own})\n@article(key, title = {A (short) title},\n'
        'author = "Writer, Ann (Jr)", journal = own, year = 2020)\n'
    )

    [record] = exchange_files.read(text.encode())
    assert record.csl["container-title"] == "Journal of Our Own"
    assert record.faults == []


@pytest.mark.parametrize("is_first", [True, False])
def test_bibtex_inherits_from_its_book(is_first):
    book = "@book{whole, title = {The whole}, editor = {Editor, Eve}, publisher = {A maker}, year = 2020}\n"
    part = "@incollection{part, title = {The part}, author = {Writer, Ann}, pages = {1--9}, crossref = {whole}}\n"

    found = {
        record.title: record for record in exchange_files.read((book + part if is_first else part + book).encode())
    }

    item = found["The part"].csl
    assert (item["container-title"], item["publisher"]) == ("The whole", "A maker")
    assert item["issued"] == {"date-parts": [[2020]]}
    assert found["The part"].faults == []


def test_bibtex_tells_a_parent_that_is_missing():
    text = "@incollection{part, title = {The part}, author = {Writer, Ann}, year = 2020, crossref = {whole}}\n"

    [record] = exchange_files.read(text.encode())

    assert record.faults == ["It inherits from whole, which is not in the file."]


@pytest.mark.parametrize(
    ("line", "variable", "value"),
    [
        ("DP  - 2020 Mar 2", "issued", {"date-parts": [[2020, 3, 2]]}),
        ("DP  - 2020 Winter", "issued", {"date-parts": [[2020]], "season": 4}),
        ("DP  - 2020 1st Quart", "issued", {"date-parts": [[2020]]}),
        ("DEP - 20200302", "issued", {"date-parts": [[2020, 3, 2]]}),
        ("LID - 10.5555/abc [doi]", "DOI", "10.5555/abc"),
        ("AID - S0001 [pii]\nAID - 10.5555/abc [doi]", "DOI", "10.5555/abc"),
        ("LID - e0123456 [pii]", "page", "e0123456"),
        ("PG  - 854-65", "page", "854-65"),
        ("CN  - Study Group", "author", [{"family": "Writer", "given": "Ann"}, {"literal": "Study Group"}]),
        ("AB  - It is long\n      and goes on.", "abstract", "It is long and goes on."),
        ("JT  - Journal of Our Own", "container-title", "Journal of Our Own"),
        ("OT  - one\nOT  - two", "keyword", "one; two"),
    ],
)
def test_nbib(line, variable, value):
    assert csl(NBIB.format(line))[variable] == value


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("RIN - J Own. 2020;1:2.", "retracted"),
        ("PT  - Retracted Publication", "retracted"),
        ("ECI - J Own. 2020;1:2.", "concern"),
        ("EIN - J Own. 2020;1:2.", "corrected"),
        ("UIN - J Own. 2020;1:2.", "superseded"),
        ("EIN - J Own. 2020;1:2.\nRIN - J Own. 2021;1:2.", "retracted"),
        ("ROF - J Own. 2020;1:2.\nPT  - Retraction of Publication", "unknown"),
        ("CIN - J Own. 2020;1:2.\nSPIN- J Own. 2020;1:2.", "unknown"),
    ],
)
def test_nbib_tells_what_happened(line, status):
    [record] = exchange_files.read(NBIB.format(line).encode())

    assert record.status == status


@pytest.mark.parametrize(
    "title", ["RETRACTED: A title", "[Retracted] : A title", "WITHDRAWN: A title", "Retracted Article: A"]
)
def test_a_title_tells_of_a_retraction_in_any_format(title):
    [record] = exchange_files.read(RIS.replace("A title", title).format("PY  - 2020").encode())

    assert record.status == "retracted"


def test_a_notice_of_retraction_is_not_retracted():
    [record] = exchange_files.read(
        RIS.replace("A title", "Retraction: a title of another work").format("PY  - 2020").encode()
    )

    assert record.status == "unknown"
