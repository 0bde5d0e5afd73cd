import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.models import Citation, Extract, Source
from tests import factories

pytestmark = pytest.mark.django_db

LABEL = {"kind": "drug_label", "doi": "", "set_id": "12345678-abcd-4321-abcd-1234567890ab", "label_version": "3"}


def source(**fields):
    return Source(**{"kind": "guideline", "title": "A guideline", "csl": {"type": "report"}, **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {"doi": "10.1000/xyz123"},
        {"doi": "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"},
        {"pmid": "12345678"},
        LABEL,
    ],
    ids=["DOI", "DOI of the older kind", "PMID", "label"],
)
def test_source_is_accepted(fields):
    source(**fields).full_clean()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("doi", "https://doi.org/10.1000/xyz123"),
        ("doi", "10.10/x"),
        ("doi", "10.1000/with space"),
        ("pmid", "0123"),
        ("pmid", "123456789"),
        ("pmid", "12a"),
        ("set_id", "12345678"),
        ("set_id", "12345678-ABCD-4321-abcd-1234567890ab"),
    ],
)
def test_source_with_a_mistyped_identifier_is_refused(field, value):
    with pytest.raises(ValidationError) as refusal:
        source(**{field: value}).full_clean()

    assert field in refusal.value.message_dict


def test_source_has_one_spelling_of_its_doi():
    one = source(doi="10.1000/ABC")

    one.full_clean()

    assert one.doi == "10.1000/abc"


@pytest.mark.parametrize(
    "fields", [{"doi": "10.1000/xyz"}, {"pmid": "123"}, LABEL], ids=["DOI", "PMID", "label version"]
)
def test_source_is_listed_once(fields):
    source(**fields).save()

    with pytest.raises(IntegrityError), transaction.atomic():
        source(**fields).save()


def test_source_without_identifiers_may_be_one_of_many():
    source().save()
    source().save()

    assert Source.objects.count() == 2


def test_source_of_another_label_version_is_another():
    source(**LABEL).save()
    source(**{**LABEL, "label_version": "4"}).save()

    assert Source.objects.count() == 2


@pytest.mark.parametrize("missing", ["set_id", "label_version"])
def test_source_that_is_a_label_is_identified(missing):
    with pytest.raises(ValidationError, match="set id and version"):
        source(**{**LABEL, missing: ""}).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        source(**{**LABEL, missing: ""}).save()


def test_source_copy_is_named_by_its_key():
    one = factories.source("A title", csl={"id": "from elsewhere", "title": "Old", "type": "report"})

    assert one.frozen()["csl"] == {"id": f"source-{one.pk}", "title": "A title", "type": "report"}


def test_source_with_citations_cannot_be_deleted():
    article = factories.article()

    with pytest.raises(Exception, match="protected"):
        article.citations.first().source.delete()


@pytest.mark.parametrize("key", ["a", "A1", "smith-2020", "a.b:c_d", "0", "a" * 64])
def test_citation_key_is_accepted(key):
    Citation(article=factories.article(citations=[], sections=[]), key=key).full_clean()


@pytest.mark.parametrize("key", ["", "-a", "a b", "a]", "é", "a" * 65, "@a", "<b>", "a\n"])
def test_citation_key_is_refused(key):
    with pytest.raises(ValidationError):
        Citation(article=factories.article(citations=[], sections=[]), key=key).full_clean()


def test_citation_key_is_used_once_an_article():
    article = factories.article()

    with pytest.raises(ValidationError):
        Citation(article=article, key="first").full_clean()


def test_citation_quotes_a_stored_extract_word_for_word():
    one = factories.source()
    Extract.objects.create(source=one, pinpoint="page 1", text="Start with\n300 mg.")
    article = factories.article(citations=[])

    Citation(article=article, key="a", source=one, quote="Start  with 300 mg.").full_clean()
    with pytest.raises(ValidationError, match="stored extract of the source"):
        Citation(article=article, key="b", source=one, quote="Start with 600 mg.").full_clean()


def test_citation_quote_needs_its_source():
    with pytest.raises(ValidationError, match="needs its source"):
        Citation(article=factories.article(citations=[]), key="a", quote="Start with 300 mg.").full_clean()


def test_extract_keeps_the_digest_of_its_words():
    one = Extract.objects.create(source=factories.source(), pinpoint="page 1", text="Words.")
    before = one.digest

    one.text = "Other words."
    one.save()

    assert len(before) == 64
    assert one.digest != before
