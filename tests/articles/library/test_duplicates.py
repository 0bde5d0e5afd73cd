"""Sources that are one publication: found by likeness, merged with history, and everything that cites them follows."""

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.library import duplicates
from articles.models import Extract, Source, SourceUpdate
from reviews.record import verification
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]
SET_ID = "0cc5a3a2-1a2b-4c3d-8e4f-0123456789ab"
TITLE = "Gabapentin for chronic pain after shingles: a randomised trial"


def entered(title=TITLE, *, author="Müller", year=2020, **fields):
    csl = {"author": [{"family": author, "given": "Ann"}], "issued": {"date-parts": [[year]]}}
    return factories.source(title, csl=csl, **{"kind": "study", "doi": "", **fields})


def keys(groups):
    return [[source.pk for source in group] for group in groups]


@pytest.mark.parametrize(
    "other",
    [
        {"title": TITLE.upper()},
        {"title": f"RETRACTED: {TITLE}"},
        {"title": TITLE.replace(":", ".")},
        {"author": "Muller"},
        {"year": 2021},
    ],
)
def test_groups_finds_alike_sources(other):
    one, same = entered(), entered(**other)
    entered("Pregabalin for something else entirely")

    assert keys(duplicates.groups()) == [[one.pk, same.pk]]


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Duloxetine for chronic pain in diabetes: a cohort study"},
        {"author": "Other"},
        {"year": 2015},
        {"doi": "10.5555/other"},
    ],
)
def test_groups_leaves_apart_what_differs(other):
    entered(doi="10.5555/first"), entered(**other)

    assert duplicates.groups() == []


def test_groups_of_three():
    made = [entered().pk for _ in range(3)]

    assert keys(duplicates.groups()) == [made]


@given(st.lists(st.sampled_from(["alpha trial of pain", "beta trial of sleep", "gamma"]), max_size=6))
def test_groups_hold_each_source_once(titles):
    Source.objects.all().delete()
    for title in titles:
        entered(title)

    found = [pk for group in keys(duplicates.groups()) for pk in group]

    assert len(found) == len(set(found))
    assert sorted(found) == sorted(source.pk for source in Source.objects.all() if titles.count(source.title) > 1)


def test_merge_moves_drafts_and_keeps_what_is_frozen():
    gone, kept = entered(pmid="123"), entered()
    editor = factories.user("Editor")
    citations = [{"key": key, "source": gone} for key in ("first", "second")]
    review = factories.submitted(factories.article(citations=citations))
    version = review.article.version
    frozen = review.revision.content

    duplicates.merge(gone, into=kept, by=editor, reason="the same trial")

    review.article.refresh_from_db()
    assert {citation.source_id for citation in review.article.citations.all()} == {kept.pk}
    assert review.article.version == version + 1
    review.revision.refresh_from_db()
    assert review.revision.content == frozen
    assert list(verification.faults()) == []


def test_merge_takes_over_what_the_other_knew():
    gone = entered(pmid="123", level="2", status="retracted")
    kept = entered(doi="10.5555/kept")
    Extract.objects.create(source=gone, pinpoint="page 3", text="Start with 300 mg.")
    SourceUpdate.objects.create(source=gone, kind="retraction", told_by="person", identity="a", found_at=timezone.now())
    editor = factories.user("Editor")

    merged = duplicates.merge(gone, into=kept, by=editor, reason="the same")

    merged.refresh_from_db()
    gone.refresh_from_db()
    assert (merged.doi, merged.pmid, merged.level, merged.status) == ("10.5555/kept", "123", "2", "retracted")
    assert [extract.text for extract in merged.extracts.all()] == ["Start with 300 mg."]
    assert merged.updates.count() == 1
    assert gone.merged_into == merged
    assert merged.history.first().history_user == editor
    assert duplicates.family(merged) == [merged.pk, gone.pk]
    assert duplicates.groups() == []


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"doi": "10.5555/a"}, {"doi": "10.5555/b"}, "different DOIs"),
        ({"pmid": "1"}, {"pmid": "2"}, "different PMIDs"),
        (
            {},
            {"kind": "drug_label", "set_id": "0cc5a3a2-1a2b-4c3d-8e4f-0123456789ab", "label_version": "1"},
            "drug label",
        ),
    ],
)
def test_merge_of_different_publications_is_refused(one, other, why):
    first, second = entered(**one), entered(**other)

    with pytest.raises(duplicates.NotTheSame, match=why):
        duplicates.merge(second, into=first, by=factories.user("Editor"), reason="no")

    assert not Source.objects.filter(merged_into__isnull=False).exists()


def test_merge_twice_is_refused():
    one, other, third = entered(), entered(), entered()
    editor = factories.user("Editor")
    duplicates.merge(other, into=one, by=editor, reason="same")

    with pytest.raises(duplicates.NotTheSame, match="already"):
        duplicates.merge(other, into=third, by=editor, reason="same")


@pytest.fixture
def as_editor(client):
    client.force_login(factories.user("Editor"))
    return client


def test_pages_lead_from_the_list_to_one_source(as_editor):
    one, other = entered(), entered(pmid="77")

    listed = as_editor.get(reverse("admin:articles_source_duplicates"))
    address = reverse("admin:articles_source_merge", args=[one.pk, other.pk])
    assert address in listed.content.decode()
    assert "77" in as_editor.get(address).content.decode()
    response = as_editor.post(address, {"keep": other.pk, "reason": "same trial number"})

    assert response["Location"] == reverse("admin:articles_source_change", args=[other.pk])
    one.refresh_from_db()
    assert one.merged_into == other


def test_merge_page_without_a_reason_keeps_what_was_chosen(as_editor):
    one, other = entered(), entered()

    page = as_editor.post(reverse("admin:articles_source_merge", args=[one.pk, other.pk]), {"keep": other.pk})

    assert page.status_code == 422
    assert "Say how you know" in page.content.decode()
    assert f'value="{other.pk}" ' in page.content.decode()


def test_merged_source_is_neither_listed_nor_offered(as_editor):
    one, other = entered(), entered()
    duplicates.merge(other, into=one, by=factories.user("Editor"), reason="same")

    listed = as_editor.get(reverse("admin:articles_source_changelist")).context["cl"].result_list
    merged = as_editor.get(reverse("admin:articles_source_changelist") + "?merged=yes").context["cl"].result_list
    told = as_editor.get(reverse("admin:articles_source_change", args=[other.pk])).content.decode()

    assert [source.pk for source in listed] == [one.pk]
    assert [source.pk for source in merged] == [other.pk]
    assert "This source was merged" in told
    picker = {"app_label": "articles", "model_name": "citation", "field_name": "source", "term": "shingles"}
    offered = as_editor.get(reverse("admin:autocomplete"), picker).json()["results"]
    assert [one_offered["id"] for one_offered in offered] == [str(one.pk)]


def test_level_is_set_on_many(as_editor):
    chosen = [entered("One study").pk, entered("Another study").pk]
    address = reverse("admin:articles_source_changelist")
    begin = {"action": "set_level", "_selected_action": chosen}

    asked = as_editor.post(address, begin)
    as_editor.post(address, {**begin, "level": "3", "reason": "both are cohorts"})

    assert "2 sources get this level" in asked.content.decode()
    assert set(Source.objects.filter(pk__in=chosen).values_list("level", flat=True)) == {"3"}
    assert Source.objects.get(pk=chosen[0]).history.first().history_change_reason == "both are cohorts"


@pytest.mark.parametrize(("query", "found"), [("Müller", 1), ("2020", 1), ("shingles", 1), ("absent", 0)])
def test_list_is_searched_by_author_year_and_title(as_editor, query, found):
    entered()

    page = as_editor.get(reverse("admin:articles_source_changelist"), {"q": query})

    assert len(page.context["cl"].result_list) == found


def test_list_by_usage_and_check(as_editor):
    cited, unused = entered("Cited work"), entered("Unused work")
    factories.article(citations=[{"key": "first", "source": cited}, {"key": "second", "source": cited}])
    address = reverse("admin:articles_source_changelist")

    def listed(**query):
        return {source.pk for source in as_editor.get(address, query).context["cl"].result_list}

    assert unused.pk in listed(usage="unused")
    assert cited.pk not in listed(usage="unused")
    assert listed(usage="drafts") == {cited.pk}
    assert {cited.pk, unused.pk} <= listed(checked="never")
    assert listed(checked="lately") == set()
