import hashlib
import json

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Audience, Citation, GlossaryTerm, Revision, Section, Source
from articles.text import rendering
from articles.text.canonical import canonical_text
from articles.writing import contributors, freezing
from tests import factories

pytestmark = pytest.mark.django_db


def freeze(article):
    fresh = Article.objects.get(pk=article.pk)
    with transaction.atomic():
        return freezing.freeze(fresh, by=fresh.owner, at=timezone.now())


def change(row, person, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row._history_user = person
    row.save()


@pytest.fixture
def article():
    return factories.article()


def test_freeze_keeps_the_bytes_that_were_hashed(article):
    revision = freeze(article)

    stored = Revision.objects.get()
    assert hashlib.sha256(stored.content.encode()).hexdigest() == revision.digest == stored.digest
    assert stored.content == canonical_text(json.loads(stored.content))


def test_freeze_the_same_text_gives_the_same_revision(article):
    assert freeze(article) == freeze(article)
    assert Revision.objects.count() == 1


def test_freeze_another_text_gives_the_next_revision(article):
    first = freeze(article)
    factories.edit(article)

    second = freeze(article)

    assert (second.number, second.parent) == (2, first)
    assert second.digest != first.digest


def test_freeze_an_earlier_text_gives_a_new_revision(article):
    before = article.sections.first()
    first = freeze(article)
    factories.edit(article)
    freeze(article)
    factories.edit(article, text=before.professional, plain=before.plain)

    third = freeze(article)

    assert (third.number, third.digest) == (3, first.digest)


@pytest.mark.parametrize(
    ("typed", "again"),
    [("Mu\u0308ller's dose [@first].", "Müller's dose [@first]."), ("a\r\nb [@first].", "a\nb [@first].")],
    ids=["one letter in two spellings", "line ends"],
)
def test_freeze_a_text_typed_on_another_machine_gives_the_same_revision(typed, again, article):
    factories.edit(article, text=typed)
    first = freeze(article)

    factories.edit(article, text=again)

    assert freeze(article) == first


@pytest.mark.parametrize("name", ["slug", "risk"])
def test_catalogue_facts_are_not_in_the_text(name, article):
    first = freeze(article)

    change(article, article.owner, **{name: "low"})
    article.topics.clear()

    assert freeze(article) == first


def test_freeze_renders_both_audiences_once(article):
    revision = freeze(article)
    freeze(article)

    rendered = {one.audience: one.html for one in revision.renderings.all()}
    assert rendered == {
        audience: str(rendering.render_body(revision.document, audience)) for audience in Audience.values
    }
    assert {one.version for one in revision.renderings.all()} == {rendering.RENDERING_VERSION}


def test_freeze_names_its_sources(article):
    assert set(freeze(article).sources.all()) == {one.source for one in article.citations.all()}


def test_freeze_keeps_a_citation_without_a_source(article):
    change(article.citations.get(key="first"), article.owner, source=None)

    revision = freeze(article)

    assert {one["key"]: one["source"] is None for one in revision.document["citations"]} == {
        "first": True,
        "second": False,
    }


def test_freeze_refuses_a_text_over_the_limits(article):
    change(article.sections.first(), article.owner, professional="[" * 20_000)

    with pytest.raises(rendering.TextTooComplex):
        freeze(article)

    assert not Revision.objects.exists()


def test_freeze_refuses_words_by_nobody(article):
    change(article.sections.first(), None, professional="By a script [@first].")

    with pytest.raises(contributors.UnknownContributor):
        freeze(article)

    assert not Revision.objects.exists()


def test_a_source_edited_afterwards_leaves_the_revision(article):
    revision = freeze(article)
    source = Source.objects.get(citations__key="first")
    before = revision.document["citations"][0]["source"]

    source.title = "Another title"
    source.save()

    stored = Revision.objects.get()
    assert stored.document["citations"][0]["source"] == before
    assert freeze(article).number == 2


def test_revision_is_not_the_draft(article):
    revision = freeze(article)

    factories.edit(article, text="Quite another sentence [@first].")

    assert "Quite another" not in Revision.objects.get(pk=revision.pk).content


# The digest of a section


def digests(article):
    content = freezing.draft_content(Article.objects.get(pk=article.pk))
    return list(freezing.section_digests(content).values())


@pytest.mark.parametrize("name", ["kind", "heading", "professional", "plain", "plain_missing_reason"])
def test_section_digest_changes_with_its_words(name, article):
    first, second = digests(article)

    change(article.sections.first(), article.owner, **{name: "other"})

    after = digests(article)
    assert after[0] != first
    assert after[1] == second


@pytest.mark.parametrize(
    "fields", [{"locator": "page 2"}, {"use": "discussed"}, {"quote": "words"}, {"source": None}], ids=str
)
def test_section_digest_changes_with_its_citation_and_no_other(fields, article):
    first, second = digests(article)

    change(article.citations.get(key="first"), article.owner, **fields)

    after = digests(article)
    assert after[0] != first
    assert after[1] == second


@pytest.mark.parametrize(
    "fields",
    [{"title": "Another"}, {"level": "2"}, {"kind": "study"}, {"csl": {"type": "book"}}, {"pmid": "1234"}],
    ids=str,
)
def test_section_digest_changes_with_the_copy_of_its_source(fields, article):
    first, second = digests(article)

    change(article.citations.get(key="first").source, article.owner, **fields)

    after = digests(article)
    assert after[0] != first
    assert after[1] == second


@pytest.mark.parametrize("name", ["status", "note"])
def test_section_digest_does_not_know_what_is_kept_beside_the_text(name, article):
    before = digests(article)

    change(article.citations.get(key="first").source, article.owner, **{name: "retracted"})

    assert digests(article) == before


def test_section_digest_does_not_know_its_place_nor_its_neighbours(article):
    first, second = digests(article)

    change(article.sections.last(), article.owner, position=0)
    change(article.sections.first(), article.owner, position=1)
    change(Section(article=article, heading="New", position=9), article.owner)
    change(Citation(article=article, key="new"), article.owner)

    assert digests(article)[:2] in ([first, second], [second, first])


def test_section_digest_counts_what_only_the_plain_text_cites(article):
    change(article.sections.first(), article.owner, plain="In short [@second].")
    before = digests(article)

    change(article.citations.get(key="second"), article.owner, locator="page 3")

    assert digests(article)[0] != before[0]


# The glossary


def term(name, **fields):
    approved = {"approved_by": factories.user(), "approved_at": timezone.now(), **fields}
    return GlossaryTerm.objects.create(term=name, plain="plain words", definition="What it is.", **approved)


def test_freeze_keeps_the_approved_terms_that_the_plain_text_uses(article):
    term("neuropathy")
    term("weeks", variants=["week"])
    term("once", approved_at=None)

    words = [one["term"] for one in freeze(article).document["glossary"]]

    assert words == ["weeks"]


def test_a_term_changed_afterwards_makes_another_text(article):
    used = term("weeks")
    freeze(article)

    used.definition = "Seven days each."
    used.save()

    assert freeze(article).number == 2


def test_term_digest_changes_with_its_words():
    one = {"term": "a", "variants": [], "plain": "b", "definition": "c"}

    assert freezing.term_digest(one) != freezing.term_digest({**one, "definition": "d"})


any_text = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=80)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=any_text, other=any_text)
def test_section_digests_differ_when_the_words_do(one, other, article):
    contents = []
    for text in (one, other):
        change(article.sections.first(), article.owner, professional=text)
        contents.append(freezing.draft_content(Article.objects.get(pk=article.pk)))

    is_same_text = canonical_text(contents[0]) == canonical_text(contents[1])
    assert (freezing.section_digests(contents[0]) == freezing.section_digests(contents[1])) == is_same_text
