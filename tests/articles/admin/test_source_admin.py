"""Sources typed in people's fields, the glossary and its approval, topics, and records that are only read."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.library import csl_fields
from articles.models import GlossaryTerm, Publication, Revision, Source
from articles.writing import terms
from tests import factories, hostile

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

ADD = "admin:articles_source_add"
SET_ID = "0cc5a3a2-1a2b-4c3d-8e4f-0123456789ab"
EMPTY_INLINE = {"extracts-TOTAL_FORMS": "0", "extracts-INITIAL_FORMS": "0"}
ARTICLE = {
    **EMPTY_INLINE,
    "kind": "study",
    "status": "unknown",
    "title": "A trial of pain",
    "type": "article-journal",
    "authors": "Writer, Ann B\r\nPain Study Group\r\n",
    "container": "Journal of Pain",
    "container_short": "J Pain",
    "year": "2020",
    "month": "3",
    "volume": "12",
    "issue": "3",
    "pages": "45-50",
    "doi": "https://doi.org/10.5555/ABC.1",
    "pmid": "12345",
}


@pytest.fixture
def as_author(client):
    client.force_login(factories.user("Author"))
    return client


def change_url(name, row):
    return reverse(f"admin:articles_{name}_change", args=[row.pk])


def errors(response):
    return response.context["adminform"].form.errors


def test_add_source_writes_csl(as_author):
    as_author.post(reverse(ADD), ARTICLE)

    source = Source.objects.get(title="A trial of pain")
    assert source.doi == "10.5555/abc.1"
    assert source.csl == {
        "type": "article-journal",
        "author": [{"family": "Writer", "given": "Ann B"}, {"literal": "Pain Study Group"}],
        "container-title": "Journal of Pain",
        "container-title-short": "J Pain",
        "volume": "12",
        "issue": "3",
        "page": "45-50",
        "issued": {"date-parts": [[2020, 3]]},
    }


def test_change_source_keeps_what_the_form_does_not_know(as_author):
    before = {
        "type": "article-journal",
        "author": [{"family": "Beethoven", "non-dropping-particle": "van", "given": "Ludwig", "ORCID": "x"}],
        "language": "de",
        "issued": {"date-parts": [["1810", 4]], "season": 2},
        "volume": 7,
    }
    source = factories.source(csl=before, kind="study")
    page = as_author.get(change_url("source", source))
    form = page.context["adminform"].form
    data = {bound.html_name: bound.value() for bound in form if bound.value() is not None}

    as_author.post(change_url("source", source), {**data, **EMPTY_INLINE, "title": "Renamed"})

    source.refresh_from_db()
    assert source.title == "Renamed"
    assert source.csl == before


def test_source_fields_say_the_item_again():
    before = {"type": "report", "author": [{"literal": "WHO"}], "issued": {"date-parts": [[2021, 5, 6]]}, "x": [1]}

    assert csl_fields.csl_of(csl_fields.fields_of(before), before) == before


@pytest.mark.parametrize(
    ("field", "kept", "value"),
    [("doi", "10.5555/here.1", "https://doi.org/10.5555/HERE.1"), ("pmid", "777", "777")],
)
def test_source_made_twice_leads_to_the_first(as_author, field, kept, value):
    first = factories.source("The <b>first</b>", **{field: kept})

    page = as_author.post(reverse(ADD), {**ARTICLE, "doi": "", "pmid": "", field: value})

    assert "This source is already in the library" in errors(page)[field][0]
    assert change_url("source", first) in errors(page)[field][0]
    assert "The &lt;b&gt;first&lt;/b&gt;" in page.content.decode()
    assert "is violated" not in page.content.decode()


def test_label_needs_set_id_and_version(as_author):
    page = as_author.post(reverse(ADD), {**ARTICLE, "kind": "drug_label"})

    assert set(errors(page)) == {"set_id", "label_version"}


def test_label_made_twice_leads_to_the_first(as_author):
    factories.source("Label", kind="drug_label", set_id=SET_ID, label_version="3")
    label = {**ARTICLE, "kind": "drug_label", "doi": "", "pmid": "", "set_id": SET_ID.upper(), "label_version": "3"}

    page = as_author.post(reverse(ADD), label)

    assert set(errors(page)) == {"set_id"}


def test_source_page_shows_the_reference_as_printed(as_author):
    as_author.post(reverse(ADD), ARTICLE)

    page = as_author.get(change_url("source", Source.objects.get(title="A trial of pain"))).content.decode()

    assert "Writer AB; Pain Study Group. A trial of pain. <em>J Pain</em>" in page


def test_source_page_prints_the_reference_in_the_style_of_the_policy(as_author):
    as_author.post(reverse(ADD), ARTICLE)
    factories.policy(reference_style="apa")

    page = as_author.get(change_url("source", Source.objects.get(title="A trial of pain"))).content.decode()

    assert "Writer, A. B., &amp; Pain Study Group. (" in page


def test_source_list_counts_who_cites_in_constant_queries(as_author, django_assert_num_queries):
    factories.submitted()
    url = reverse("admin:articles_source_changelist")
    as_author.get(url)
    with django_assert_num_queries(6) as few:
        page = as_author.get(url).content.decode()
    for _number in range(3):
        factories.submitted()

    with django_assert_num_queries(len(few)):
        as_author.get(url)

    assert "1 draft, 1 frozen revision" in page


def test_frozen_source_says_that_revisions_keep_copies(as_author):
    review = factories.submitted()

    page = as_author.get(change_url("source", review.revision.sources.first())).content.decode()

    assert "It keeps its own copy" in page


@pytest.mark.parametrize("term", ["trial of our", "10.5555/find.me", "4242", SET_ID])
def test_citations_find_their_source(as_author, term):
    wanted = factories.source(
        "A trial of ours", kind="drug_label", doi="10.5555/find.me", pmid="4242", set_id=SET_ID, label_version="1"
    )
    factories.source("Another")
    query = {"app_label": "articles", "model_name": "citation", "field_name": "source", "term": term}

    found = as_author.get(reverse("admin:autocomplete"), query).json()["results"]

    assert [one["id"] for one in found] == [str(wanted.pk)]


def test_board_member_reads_sources_and_changes_none(client):
    client.force_login(factories.board_member().user)
    source = factories.source()

    page = client.get(change_url("source", source))

    assert page.status_code == 200
    assert client.post(change_url("source", source), ARTICLE).status_code == 403


def test_source_pages_make_hostile_text_inert(as_author):
    for text in list(hostile.SAMPLES.values())[::40]:
        source = factories.source(text[:200], csl={"type": text[:100], "author": [{"family": text[:300]}], "URL": text})

        for url in (change_url("source", source), reverse("admin:articles_source_history", args=[source.pk])):
            hostile.assert_inert_page(as_author.get(url).content.decode())


@pytest.fixture
def term():
    return GlossaryTerm.objects.create(
        term="neuropathy", variants=["neuropathies"], plain="nerve damage", definition="Damage to nerves."
    )


@pytest.fixture
def member(client):
    person = factories.board_member().user
    client.force_login(person)
    return person


APPROVE = "admin:articles_glossaryterm_approve"


def test_approve_shows_the_words_then_approves_them(client, member, term):
    page = client.get(reverse(APPROVE), {"terms": term.pk})
    shown = [f"{one.pk}:{digest}" for one, digest in page.context["terms"]]
    before = GlossaryTerm.objects.approved().count()

    client.post(reverse(APPROVE), {"term": shown})

    term.refresh_from_db()
    assert before == 0
    assert term.approved_by == member
    assert term.history.first().history_user == member


def test_approve_refuses_words_that_changed_since(client, member, term):
    page = client.get(reverse(APPROVE), {"terms": term.pk})
    shown = [f"{one.pk}:{digest}" for one, digest in page.context["terms"]]
    term.definition = "Something else."
    term.save()

    answer = client.post(reverse(APPROVE), {"term": shown}, follow=True)

    term.refresh_from_db()
    assert term.approved_at is None
    assert "changed while you were reading" in answer.content.decode()


def test_approve_keeps_who_approved_first(client, member, term):
    first = factories.board_member().user
    term.approved_by, term.approved_at = first, timezone.now()
    term.save()

    page = client.get(reverse(APPROVE), {"terms": term.pk})
    client.post(reverse(APPROVE), {"term": [f"{term.pk}:{terms.wording_digest(term)}"]})

    term.refresh_from_db()
    assert page.context["terms"] == []
    assert term.approved_by == first


@pytest.mark.parametrize("role", ["Author", "Editor", "Auditor", "Administrator"])
def test_approve_is_for_the_board(client, role):
    client.force_login(factories.user(role))

    assert client.get(reverse(APPROVE)).status_code == 403
    assert client.post(reverse(APPROVE)).status_code == 403


def test_approve_garbage_approves_nothing(client, member, term):
    answer = client.post(reverse(APPROVE), {"term": ["x", "9999:", f"{term.pk}:", "²:1"]})

    term.refresh_from_db()
    assert answer.status_code == 302
    assert term.approved_at is None


def test_glossary_pages_make_hostile_text_inert(client, member):
    for text in list(hostile.SAMPLES.values())[::60]:
        term = GlossaryTerm.objects.create(
            term=text[:80], variants=[text[:80]], plain=text[:120], definition=text[:400]
        )

        for url in (
            change_url("glossaryterm", term),
            reverse("admin:articles_glossaryterm_changelist"),
            reverse("admin:articles_glossaryterm_history", args=[term.pk]),
            f"{reverse(APPROVE)}?terms={term.pk}",
        ):
            hostile.assert_inert_page(client.get(url).content.decode())


def test_changed_wording_loses_its_approval(as_author, term):
    term.approved_by, term.approved_at = factories.user(), "2026-01-01T00:00:00Z"
    term.save()
    same = {"term": term.term, "variants": "neuropathies", "plain": term.plain, "definition": term.definition}

    as_author.post(change_url("glossaryterm", term), same)
    kept = GlossaryTerm.objects.approved().count()
    as_author.post(change_url("glossaryterm", term), {**same, "plain": "sick nerves"})

    assert kept == 1
    assert GlossaryTerm.objects.approved().count() == 0


def test_variants_are_one_a_line(as_author):
    as_author.post(
        reverse("admin:articles_glossaryterm_add"),
        {"term": "oedema", "variants": " edema\r\n\r\noedemas \r\nedema", "plain": "swelling", "definition": "Water."},
    )

    assert GlossaryTerm.objects.get(term="oedema").variants == ["edema", "oedemas"]


def test_topic_keeps_its_address(client):
    topic = factories.topic()
    client.force_login(factories.user("Editor"))

    client.post(change_url("topic", topic), {"name": "Nerves", "slug": "nerves"})

    topic.refresh_from_db()
    assert (topic.name, topic.slug) == ("Nerves", "neurology")


@pytest.mark.parametrize("role", ["Auditor", "Editor"])
def test_records_are_read_and_never_written(client, role):
    review = factories.approved()
    client.force_login(factories.user(role))
    publication = Publication.objects.get()

    pages = [
        client.get(reverse("admin:articles_revision_changelist")),
        client.get(change_url("revision", review.revision)),
        client.get(change_url("revision", review.revision), {"audience": "plain"}),
        client.get(reverse("admin:articles_publication_changelist")),
        client.get(change_url("publication", publication)),
    ]
    writes = [
        client.post(change_url("revision", review.revision), {"number": "9"}),
        client.post(reverse("admin:articles_revision_delete", args=[review.revision.pk]), {"post": "yes"}),
        client.post(change_url("publication", publication), {"status": "approved"}),
        client.get(reverse("admin:articles_publication_add")),
    ]

    assert [page.status_code for page in pages] == [200] * 5
    assert [write.status_code for write in writes] == [403] * 4
    assert review.revision.digest in pages[1].content.decode()
    assert "You start with 300 mg once a day" in pages[2].content.decode()


def test_history_opens_for_rows_without_one_of_their_own(admin_client):
    review = factories.submitted()
    specialty = review.article.topics.first().specialties.first()

    pages = [
        admin_client.get(reverse("admin:articles_specialty_history", args=[specialty.pk])),
        admin_client.get(reverse("admin:articles_revision_history", args=[review.revision.pk])),
    ]

    assert [page.status_code for page in pages] == [200, 200]


def test_records_are_closed_to_superusers_too(admin_client):
    revision = factories.submitted().revision

    answer = admin_client.post(change_url("revision", revision), {"number": "9"})

    assert answer.status_code == 403
    assert Revision.objects.get(pk=revision.pk).number == 1
