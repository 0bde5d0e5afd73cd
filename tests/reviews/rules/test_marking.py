"""A mark counts while the words of its section and the status of its sources stay as they were."""

import pytest

from articles.models import Source
from reviews import workflow
from reviews.models import Assignment, SectionMark
from reviews.rules import section_marks
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def study():
    return factories.source("A trial", kind="study", status="current")


@pytest.fixture
def ann():
    return factories.board_member("Ann")


@pytest.fixture
def review(study, ann):
    """A text under review, the first section of which cites the study; Ann marked both sections."""
    citations = [{"key": "first", "source": study}, {"key": "second", "source": factories.source()}]
    under_review = factories.under_review(ann, review=factories.submitted(factories.article(citations=citations)))
    factories.mark_all(under_review, ann)
    return under_review


def change(source, status):
    Source.objects.filter(pk=source.pk).update(status=status)


def counting(review):
    revision = review.revision
    marks = SectionMark.objects.filter(assignment__review=review)
    found = section_marks.counting(marks, revision.section_digests, section_marks.statuses(revision.document))
    keys = [mark.section_key for mark in found]
    assert all(keys.count(key) == 2 for key in keys), "each in both wordings"
    return list(dict.fromkeys(keys))


def keys(review):
    return list(review.revision.section_digests)


def sign(review, member):
    return workflow.approve(
        review,
        by=member.user,
        digest=review.revision.digest,
        password=factories.PASSWORD,
        seen=factories.seen(review),
    )


@pytest.mark.parametrize("status", ["retracted", "concern", "corrected", "superseded", "reinstated"])
def test_mark_falls_when_a_source_of_its_section_changed(review, study, status):
    assert sorted(counting(review)) == sorted(keys(review))

    change(study, status)

    assert counting(review) == keys(review)[1:]


@pytest.mark.parametrize(("before", "after"), [("current", "unknown"), ("unknown", "current")])
def test_first_look_up_that_finds_nothing_changes_no_mark(review, study, before, after):
    change(study, before)
    SectionMark.objects.all().delete()
    factories.mark_all(review, Assignment.objects.get(review=review).member)

    change(study, after)

    assert len(counting(review)) == 2


def test_sign_covers_only_what_is_marked_of_the_sources_as_they_are(review, study, ann):
    change(study, "corrected")

    decision = sign(review, ann)

    assert [section["key"] for section in decision.sections] == keys(review)[1:]


def test_sign_without_a_mark_that_counts_is_refused(review, study, ann):
    workflow.unmark(review, by=ann.user, section_key=keys(review)[1], audience="plain")
    change(study, "corrected")

    with pytest.raises(workflow.Refused, match="Mark both wordings"):
        sign(review, ann)


def test_section_marked_anew_counts_again(review, study, ann):
    change(study, "corrected")

    factories.mark_all(review, ann)

    assert sorted(counting(review)) == sorted(keys(review))
    assert SectionMark.objects.count() == 4


def test_mark_is_handed_on_while_its_sources_are_as_they_were(review, study, ann):
    second = review.article.sections.last()
    change(study, "corrected")
    factories.edit(review.article, text="Another sentence, which cites it still [@first].")

    later = factories.submitted(review.article)

    marks = SectionMark.objects.filter(assignment__review=later)
    assert [(mark.section_key, mark.audience) for mark in marks] == [
        (str(second.key), "professional"),
        (str(second.key), "plain"),
    ]
    before = review.assignments.get().marks.filter(section_key=second.key)
    assert {str(one.source_statuses) for one in marks} == {str(one.source_statuses) for one in before}


def test_mark_is_not_handed_on_when_a_source_of_its_section_changed(review):
    second = review.article.citations.get(key="second").source
    change(second, "retracted")
    factories.edit(review.article, text="Another sentence, which cites it still [@first].")

    later = factories.submitted(review.article)

    assert not SectionMark.objects.filter(assignment__review=later).exists()


def test_mark_from_before_statuses_were_kept_counts_by_its_words(review, study):
    SectionMark.objects.update(source_statuses=None)

    change(study, "retracted")

    assert len(counting(review)) == 2


def test_desk_shows_a_fallen_mark_as_none(client, review, study, ann):
    client.force_login(ann.user)
    page = f"/admin/reviews/review/{review.pk}/change/"
    assert client.get(page).content.decode().count('aria-pressed="true"') == 2

    change(study, "retracted")

    assert client.get(page).content.decode().count('aria-pressed="true"') == 1


def test_duplicate_that_was_merged_has_the_status_of_the_one_that_stayed(review, study):
    stayed = factories.source("The same trial", status="retracted")
    study.merged_into = stayed
    study.save()

    assert counting(review) == keys(review)[1:]
