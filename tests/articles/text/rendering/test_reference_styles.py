"""AMA, NLM and APA on real records, each line written from the published rules: see `expected_references`."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.rendering import (
    format_reference,
    plain_reference,
    reference_numbers,
    render_body,
    styles,
    title_shown,
)
from articles.text.rendering.sanitising import safe
from articles.text.rendering.styles import STYLES
from tests.articles.text.rendering.citing import article
from tests.articles.text.rendering.expected_references import AMA, APA, NLM, SHAPES
from tests.articles.text.rendering.real_records import KNOWN, demo, work
from tests.hostile import SAMPLES, assert_inert

RECORDS = demo() | KNOWN


def _line(key, expected):
    return expected[key].format(title=RECORDS[key]["csl"]["title"])


@pytest.mark.parametrize("key", RECORDS)
def test_ama_reads_as_its_manual_says(key):
    assert plain_reference(RECORDS[key], style="ama") == _line(key, AMA)


@pytest.mark.parametrize("key", RECORDS)
def test_nlm_reads_as_citing_medicine_says(key):
    assert plain_reference(RECORDS[key], style="nlm") == _line(key, NLM)


@pytest.mark.parametrize("key", APA)
def test_apa_reads_as_its_manual_says(key):
    assert plain_reference(RECORDS[key], style="apa") == _line(key, APA)


@pytest.mark.parametrize(("source", "ama", "nlm", "apa"), SHAPES)
def test_shapes_of_records_read(source, ama, nlm, apa):
    lines = {style: plain_reference(source, style=style) for style in ("ama", "nlm", "apa")}

    assert lines == {"ama": ama, "nlm": nlm, "apa": apa}


@pytest.mark.parametrize("style", [None, "", "chicago", "../../etc/passwd", 7, ["nlm"], {}])
def test_a_style_that_there_is_not_is_ama(style):
    assert plain_reference(RECORDS["watson1953"], style=style) == _line("watson1953", AMA)


@pytest.mark.parametrize("style", STYLES)
def test_identifiers_are_links_in_every_style(style):
    html = format_reference(RECORDS["watson1953"], style=style)

    assert 'href="https://doi.org/10.1038/171737a0"' in html
    assert ">13054692</a>" in html
    assert safe(html) == html


@pytest.mark.parametrize(
    ("style", "emphasised"), [("ama", ["Nature"]), ("nlm", []), ("apa", ["Nature", "171"])], ids=STYLES
)
def test_emphasis_is_that_of_the_style(style, emphasised):
    html = format_reference(RECORDS["watson1953"], style=style)

    assert re.findall("<em>(.*?)</em>", html) == emphasised


@pytest.mark.parametrize(
    ("written", "ama", "nlm"),
    [
        ("355–66", "355-366", "355-66"),
        ("1199-1205", "1199-1205", "1199-205"),
        ("pp. 12 - 19", "12-19", "12-9"),
        ("100-100", "100-100", "100-100"),
        ("S10-8", "S10-S18", "S10-S18"),
        ("e13-e115", "e13-e115", "e13-e115"),
        ("123A-125A", "123A-125A", "123A-125A"),
        ("e0123456", "e0123456", "e0123456"),
        ("12, 14-16", "12, 14-16", "12, 14-16"),
        ("xi-xiv", "xi-xiv", "xi-xiv"),
        ("1-2-3", "1-2-3", "1-2-3"),
    ],
)
def test_pages_read(written, ama, nlm):
    source = work(title="T", container_title="J", volume="1", page=written)

    assert plain_reference(source, style="ama") == f"T. J. 1:{ama}."
    assert plain_reference(source, style="nlm") == f"T. J. 1:{nlm}."


@pytest.mark.parametrize("title", ["Is it so?", "It is so!", "It is so.", "It is (so).", "It is “so”?", "It is so..."])
@pytest.mark.parametrize("style", STYLES)
def test_a_sentence_ends_once(style, title):
    for source in (work(title=title, container_title="J", volume="1"), work("book", title=title, publisher="P")):
        assert f"{title.removesuffix('.')}.." not in plain_reference(source, style=style).replace("...", "…")
        assert not re.search(r"[?!][”)]?\.", plain_reference(source, style=style))


def test_a_label_is_found_by_the_title_its_reference_shows():
    label = RECORDS["gabapentin-label"]

    assert label["csl"]["title"] == "Gabapentin capsule [prescribing information]"
    assert title_shown(label) == "Gabapentin capsule"
    assert all(title_shown(label) in plain_reference(label, style=style) for style in STYLES)


@pytest.mark.parametrize("style", STYLES)
def test_what_is_no_doi_is_not_made_an_address(style):
    html = format_reference(work(title="T", DOI="javascript:alert(1)", container_title="J Pain"), style=style)

    assert "<a" not in html
    assert "doi.org" not in html
    assert "javascript:alert(1)" in html


def test_a_record_that_the_style_cannot_take_is_shown_without_one(monkeypatch, caplog):
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("articles.text.rendering.styles.printed", fail)

    assert plain_reference(RECORDS["watson1953"]) == (
        "Watson J. D., Crick F. H. C. Molecular structure of nucleic acids; a structure for deoxyribose nucleic "
        "acid. Nature. "
        "1953. 10.1038/171737a0 13054692"
    )
    assert "could not be put into the style" in caplog.text


def test_a_style_shows_in_the_body_and_its_references_stay_numbered():
    content = article("First [@b] and [@a; @b].") | {"schema": 2}

    pages = {style: render_body(content | {"style": style}, "professional") for style in STYLES}

    assert "Family, G. I. (2020)." in pages["apa"]
    assert "Family GI." in pages["nlm"]
    assert render_body(content, "professional") == pages["ama"]
    for html in pages.values():
        assert [f'id="reference-{number}"' in html for number in (1, 2, 3)] == [True, True, False]
        assert re.findall(r'href="#reference-(.)"', html) == ["1", "1", "2"]
    assert reference_numbers(content | {"style": "apa"}, "professional") == {"b": 1, "a": 2}


_FIELDS = (
    *("type", "title", "author", "editor", "issued", "accessed", "container-title", "container-title-short", "volume"),
    *("issue", "page", "number", "edition", "publisher", "publisher-place", "genre", "language", "status", "version"),
    *("DOI", "PMID", "URL", "PMCID", "chapter-number", "collection-title", "id"),
)
_TEXTS = st.text(max_size=40) | st.sampled_from([*SAMPLES.values()]).map(lambda text: text[:2_000])
_LEAVES = st.none() | st.booleans() | st.integers() | _TEXTS
_NAMES = st.dictionaries(
    st.sampled_from(["family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle", "x"]),
    _LEAVES,
)
_DATES = st.dictionaries(
    st.sampled_from(["date-parts", "literal", "raw", "season", "circa"]),
    _LEAVES | st.lists(st.lists(st.integers(-3, 3000) | _TEXTS, max_size=4), max_size=3),
)
_VALUES = _LEAVES | st.lists(_LEAVES | _NAMES, max_size=9) | _NAMES | _DATES
_TYPES = st.sampled_from(
    ["article-journal", "article", "book", "chapter", "report", "webpage", "dataset", "thesis", "bill"]
)
_CSL = st.builds(lambda csl, kind: csl | kind, st.dictionaries(st.sampled_from(_FIELDS), _VALUES),
                 st.fixed_dictionaries({}, optional={"type": _TYPES}))  # fmt: skip


@given(csl=_CSL | _LEAVES, style=st.sampled_from(STYLES), kind=st.sampled_from(["study", "drug_label", "x"]))
def test_any_record_becomes_safe_words(csl, style, kind):
    with _Logged() as logged:
        html = format_reference({"kind": kind, "csl": csl, "doi": "", "pmid": ""}, style=style)

    assert_inert(html)
    assert safe(html) == html
    assert not any("\ue000" <= character <= "\ue00f" for character in html)
    assert not logged.records  # the style took it


class _Logged(logging.Handler):
    """Keeps what is logged of references meanwhile."""

    def __init__(self):
        super().__init__()
        self.records = []
        self._logger = logging.getLogger("articles.text.rendering.references")

    def emit(self, record):
        self.records.append(record)

    def __enter__(self):
        self._logger.addHandler(self)
        return self

    def __exit__(self, *_):
        self._logger.removeHandler(self)


def test_many_threads_get_what_one_gets():
    wanted = [(key, style, plain_reference(RECORDS[key], style=style)) for key in RECORDS for style in STYLES]
    styles.forget()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda one: (*one[:2], plain_reference(RECORDS[one[0]], style=one[1])), wanted))

    assert found == wanted
