"""Whatever a source holds, each format gives it back: Hypothesis writes the sources, and the files."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.library.files import bibtex_names, exchange_files, latex, nbib, ris
from articles.text.csl import csl_dates, person_names

WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("{}\\$%&_#~^-–'\"`,;: \n@"),
    min_size=1,
    max_size=40,
)
LETTERS = st.text(string.ascii_letters + "éüøßł ", min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "x"
)
NAMES = st.one_of(
    st.builds(lambda family, given: {"family": family, "given": given}, LETTERS, LETTERS),
    st.builds(lambda literal: {"literal": literal}, WORDS),
    st.builds(
        lambda family, given, suffix: {"family": family, "given": given, "suffix": suffix},
        LETTERS,
        LETTERS,
        st.sampled_from(("Jr", "Sr", "III")),
    ),
    st.dictionaries(st.sampled_from(("family", "given", "non-dropping-particle", "ORCID")), WORDS),
)
PARTS = st.one_of(
    st.builds(lambda year: [year], st.integers(1000, 2999)),
    st.builds(lambda year, month: [year, month], st.integers(1000, 2999), st.integers(1, 12)),
    st.builds(lambda *known: list(known), st.integers(1000, 2999), st.integers(1, 12), st.integers(1, 28)),
)
DATES = st.one_of(
    st.builds(lambda known: {"date-parts": [known]}, PARTS),
    st.builds(lambda one, other: {"date-parts": [one, other]}, PARTS, PARTS),
    st.builds(lambda literal: {"literal": literal}, WORDS),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
VARIABLES = (
    "container-title", "container-title-short", "volume", "issue", "page", "number", "publisher", "URL", "DOI", "PMID",
    "ISSN", "abstract", "note", "keyword", "language", "genre", "edition", "medium",
)  # fmt: skip
RIS_TAGS = "AU A1 TI T1 T2 JF JO JA PY Y1 DA SP EP C7 M1 M3 DO UR AN DB KW N1 N2 AB SN LB ET Y2 IS VL ZZ"
RIS_VALUES = ("2020", "2020/03/02/", "Sep 15", "12-20", "e12", "10.5555/x.1", "PMID: 123", "PubMed", "7")
NBIB_TAGS = "FAU AU AD CN TI LID AID DP DEP PG IS MH PT RIN AUID FIR IR IRAD OT JT ZZ"
NBIB_VALUES = ("2020 Mar 5", "2020 Nov-Dec", "20200305", "10.5555/x.1 [doi]", "e12 [pii]", "Writer, Ann B Jr")


def lines_of(tags, values):
    return st.lists(st.tuples(st.sampled_from(tags.split()), LETTERS | st.sampled_from(values)), max_size=12)


ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(("article-journal", "book", "report", "webpage", "chapter", "speech")), "title": WORDS},
    optional={
        "id": WORDS | st.integers(),
        "author": st.lists(NAMES, max_size=4),
        "editor": st.lists(NAMES, max_size=2),
        "issued": DATES,
        "accessed": DATES,
        "available-date": DATES,
        **dict.fromkeys(VARIABLES, WORDS),
        "custom": st.dictionaries(
            st.sampled_from(("ris", "bibtex", "nbib", "csl-json", "other")),
            JSON | st.dictionaries(st.sampled_from(("C1", "LB", "MH", "fields", "written", "type", "TY")), JSON),
        ),
        "x-unknown": JSON,
    },
)  # fmt: skip


@pytest.mark.parametrize("format_name", exchange_files.FORMATS)
@given(item=ITEMS.filter(lambda item: item["title"].strip()))
def test_an_item_comes_back_as_it_was(format_name, item):
    text = "".join(exchange_files.write([item], format_name))

    found = list(exchange_files.read(text.encode(), format_name=format_name))

    assert [record.csl for record in found] == [item]


@given(lines_of(RIS_TAGS, RIS_VALUES))
def test_a_record_of_ris_comes_back_with_every_value(pairs):
    raw = "".join(f"{tag}  - {value}\n" for tag, value in [("TY", "JOUR"), *pairs]) + "ER  - \n"
    csl = ris.parse(raw, [])

    written = ris.write(csl)

    assert ris.parse(written, []) == csl
    kept = " ".join(str(csl).casefold().replace("/", " ").replace("-", " ").split())
    for tag, value in pairs:
        if tag in ("ZZ", "LB", "N1", "KW") and value != "10.5555/x.1":
            assert value.casefold().replace("/", " ").replace("-", " ").split()[-1] in kept


@given(lines_of(NBIB_TAGS, NBIB_VALUES))
def test_a_record_of_nbib_comes_back(pairs):
    raw = "".join(f"{tag:<4}- {value}\n" for tag, value in [("PMID", "123"), *pairs])
    csl = nbib.parse(raw, [])

    assert nbib.parse(nbib.write(csl), []) == csl


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_an_error(content):
    for record in exchange_files.read(
        b"TY  - JOUR\n" + content + b"\nPMID- 1\n@article{a," + content + b"[{" + content
    ):
        assert record.csl or record.faults


@given(WORDS)
def test_latex_of_a_text_is_the_text(text):
    plain = " ".join(text.split())

    assert latex.decode(latex.encode(plain)) == " ".join(latex.decode(latex.encode(plain)).split())
    if plain.isascii():
        assert latex.decode(latex.encode(plain)) == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"M{\"u}ller", "Müller"), (r"M\"uller", "Müller"), (r"M\"{u}ller", "Müller"), (r"{\'e}t{\'e}", "été"),
        (r"Stra{\ss}e", "Straße"), (r"S{\o}ren \O stergaard", "Søren Østergaard"), (r"{\L}ukasz", "Łukasz"),
        (r"Fran\c{c}ois", "François"), (r"\v{S}koda {\v C}ech", "Škoda Čech"), (r"Mart{\'\i}nez", "Martínez"),
        (r"Erd{\H{o}}s", "Erdős"), (r"{\AA}ngstr{\"o}m", "Ångström"), (r"Nguy{\~{\^e}}n", "Nguyễn"),
        (r"5{\%} \& more", "5% & more"), ("pages 1--2", "pages 1–2"), ("``quoted''", "“quoted”"),
        (r"$\beta$-blockers", "β-blockers"), (r"CO$_2$ and 10$^{3}$", "CO₂ and 10³"), (r"\textit{E. coli}", "E. coli"),
        (r"{$\geq$} 65 years", "≥ 65 years"), ("The {UK} {P}rospective", "The UK Prospective"),
    ],
)  # fmt: skip
def test_latex_is_decoded(written, plain):
    assert latex.decode(written) == plain


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("van der Heijden, Frank", ["van der Heijden, Frank"]),
        ("Frank van der Heijden and Ann Writer", ["van der Heijden, Frank", "Writer, Ann"]),
        ("King, Jr, Martin Luther", ["King, Martin Luther, Jr"]),
        ("{World Health Organization}", ["World Health Organization"]),
        ("{Barnes and Noble} and Writer, Ann", ["Barnes and Noble", "Writer, Ann"]),
        (r"G{\'a}gyor, Ildik{\'o} and\n others".replace(r"\n", "\n"), ["Gágyor, Ildikó"]),
        (r"{\'E}tienne Dupont", ["Dupont, Étienne"]),
        ("UNICEF", ["UNICEF"]),
    ],
)
def test_names_of_bibtex(written, people):
    assert [person_names.line_of(name) for name in bibtex_names.read_names(written)] == people


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Writer, Ann B.", {"family": "Writer", "given": "Ann B."}),
        ("King, Martin Luther, Jr.", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("van der Meer, J.", {"family": "van der Meer", "given": "J."}),
        ("Writer A.B.", {"family": "Writer", "given": "A.B."}),
        ("de la Cruz MJ", {"family": "de la Cruz", "given": "MJ"}),
        ("World Health Organization", {"literal": "World Health Organization"}),
        ("Study Group,", {"literal": "Study Group"}),
    ],
)
def test_names_of_ris(line, name):
    assert person_names.of_line(line) == name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2020", [[2020]]), ("2020/03/02", [[2020, 3, 2]]), ("2020-03", [[2020, 3]]), ("20200302", [[2020, 3, 2]]),
        ("2020 Mar 2", [[2020, 3, 2]]), ("Mar 2, 2020", [[2020, 3, 2]]), ("2 March 2020", [[2020, 3, 2]]),
        ("March 2020", [[2020, 3]]), ("2020 Nov-Dec", [[2020, 11], [2020, 12]]), ("2020 Winter", [[2020]]),
        ("2020/13/02", [[2020]]), ("2020//", [[2020]]),
    ],
)  # fmt: skip
def test_dates_are_read(text, parts):
    assert csl_dates.parse(text)["date-parts"] == parts


@pytest.mark.parametrize("text", ["in press", "n.d.", "03/04/2020", "", "forthcoming 2021", "12"])
def test_nothing_is_guessed_of_a_date(text):
    assert csl_dates.parse(text) is None
