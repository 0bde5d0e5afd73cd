"""References from records of every shape, in the default style."""

import pytest

from articles.text.rendering import format_reference, plain_reference

PEOPLE = [{"family": f"Family{number}", "given": "Gina I."} for number in range(1, 9)]
REL = 'rel="nofollow noopener noreferrer"'


def study(**csl):
    return {"kind": "study", "doi": "", "pmid": "", "csl": {"id": "x", "type": "article-journal", **csl}}


@pytest.mark.parametrize(
    ("csl", "line"),
    [
        (
            {
                "author": PEOPLE[:2],
                "title": "A study",
                "container-title": "Journal of Pain",
                "container-title-short": "J Pain",
                "issued": {"date-parts": [[2020, 6, 1]]},
                "volume": "12",
                "issue": "3",
                "page": "45-50",
                "DOI": "10.1000/182",
                "PMID": 123,
            },
            "Family1 GI, Family2 GI. A study. J Pain. 2020;12(3):45-50. doi:10.1000/182 PMID: 123",
        ),
        ({"title": "Does it help?", "container-title": "J Pain"}, "Does it help? J Pain."),
        ({"container-title": "J Pain", "page": "e1"}, "J Pain. e1."),
        ({"container-title": "J Pain", "issued": {"date-parts": [["2020"]]}, "page": "e1"}, "J Pain. 2020:e1."),
        ({"container-title": "J Pain", "volume": 3, "issue": 4}, "J Pain. 3(4)."),
        ({"container-title": "J Pain", "issued": {"literal": "in press"}}, "J Pain. In press."),
        ({}, "Source without a title."),
        ({"title": "A <i>study</i> of H<sub>2</sub>", "author": "nonsense", "issued": 7}, "A study of H2."),
        (
            {
                "author": [{"literal": "American Diabetes Association"}],
                "title": "Standards of Care",
                "publisher": "ADA",
                "issued": {"date-parts": [[2025]]},
                "accessed": {"date-parts": [[2025, 6, 10]]},
                "URL": "https://example.org/soc",
            },
            "American Diabetes Association. Standards of Care. ADA; 2025. Accessed June 10, 2025. https://example.org/soc",
        ),
        ({"title": "T", "URL": "javascript:alert(1)"}, "T."),
        ({"title": "T", "URL": "https://example.org", "DOI": "10.1000/1"}, "T. doi:10.1000/1"),
    ],
)
def test_reference_reads(csl, line):
    assert plain_reference(study(**csl)) == line


@pytest.mark.parametrize(
    ("author", "words"),
    [
        (PEOPLE[:6], "Family1 GI, Family2 GI, Family3 GI, Family4 GI, Family5 GI, Family6 GI. T."),
        (PEOPLE[:7], "Family1 GI, Family2 GI, Family3 GI, et al. T."),
        ([{"family": "Müller", "given": "Jean-Pierre"}], "Müller JP. T."),
        ([{"family": "Berg", "given": "Anna", "non-dropping-particle": "van den"}], "van den Berg A. T."),
        ([{"family": "King", "given": "ML", "suffix": "Jr"}], "King ML Jr. T."),
        ([{"family": "Plato"}], "Plato. T."),
        ([{"given": "Éva"}], "Éva. T."),
        ([{}, None, "x", {"family": 7}], "7. T."),
        ([], "T."),
    ],
)
def test_authors_read(author, words):
    assert plain_reference(study(author=author, title="T")) == words


def test_label_reads_with_set_id_version_and_date():
    label = {
        "kind": "drug_label",
        "set_id": "0CC5A3A2-1a2b-4c3d-8e4f-0123456789ab",
        "label_version": "12",
        "effective_date": "2025-03-01",
        "csl": {"title": "Lyrica", "publisher": "Viatris", "issued": {"date-parts": [[2025, 3]]}},
    }

    html = format_reference(label)

    assert plain_reference(label) == (
        "Lyrica. Prescribing information. Viatris; March 2025. "
        "DailyMed set id 0CC5A3A2-1a2b-4c3d-8e4f-0123456789ab, version 12, effective 2025-03-01."
    )
    assert "drugInfo.cfm?setid=0cc5a3a2-1a2b-4c3d-8e4f-0123456789ab" in html


def test_label_without_a_set_id_reads():
    assert plain_reference({"kind": "drug_label", "label_version": "3", "csl": {"title": "Lyrica"}}) == (
        "Lyrica. Prescribing information. version 3."
    )


def test_identifiers_are_links():
    html = format_reference(study(title="T", DOI="https://doi.org/10.1000/a(b)<c>#d?e", PMID="123"))

    assert f'doi:<a href="https://doi.org/10.1000/a(b)%3Cc%3E%23d%3Fe" {REL}>10.1000/a(b)&lt;c&gt;#d?e</a>' in html
    assert f'PMID: <a href="https://pubmed.ncbi.nlm.nih.gov/123/" {REL}>123</a>' in html


@pytest.mark.parametrize(
    "field", [{"DOI": "javascript:alert(1)"}, {"PMID": "1/../x"}, {"PMID": "١٢٣"}, {"DOI": "10.1/ x"}]
)
def test_what_is_no_identifier_is_words(field):
    html = format_reference(study(title="T", **field))

    assert "<a" not in html
    assert str(next(iter(field.values()))) in plain_reference(study(title="T", **field))


def test_journal_is_emphasised_and_markup_is_text():
    html = format_reference(study(title="<script>x</script> & <b onclick=x>", **{"container-title": "J <img> Pain"}))

    assert html == (
        '<span class="reference-text">&lt;script&gt;x&lt;/script&gt; &amp; &lt;b onclick=x&gt;. '
        "<em>J &lt;img&gt; Pain</em>.</span>"
    )
