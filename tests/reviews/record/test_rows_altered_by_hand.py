"""Rows that a step may change are no evidence: the verification holds them against what the events say."""

import pytest
from django.utils import timezone

from articles import insert_only
from articles.models import Article, Publication
from reviews.models import Event, Notice, Review, Suspension
from reviews.record import verification
from tests import factories
from tests.reviews import steps
from tests.reviews.record.forgery import forge

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(db):
    return factories.approved()


def named():
    return [(one.table, one.row, one.field, one.problem) for one in verification.faults()]


def test_review_with_another_state_is_named(review):
    Review.objects.update(state=Review.State.REJECTED)

    problem = "is 'rejected'; the events make it 'approved'"
    assert named() == [("reviews_review", str(review.pk), "state", problem)]


def test_review_of_another_revision_is_named(review):
    factories.edit(review.article)
    update = factories.submitted(review.article)
    Review.objects.filter(pk=update.pk).update(revision=review.revision)

    problem = "is not the revision that was submitted"
    assert named() == [("reviews_review", str(update.pk), "revision_id", problem)]


@pytest.fixture
def notice(review):
    return steps.notice(review.article, factories.user("Editor"), steps.section_keys(review.article)[0])


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"text": "Another."}, "text", "is not what was recorded when it was placed"),
        ({"section_key": "another"}, "section_key", "is not what was recorded when it was placed"),
        ({"signature": "00"}, "signature", "is not as the events make it"),
    ],
)
def test_altered_notice_is_named(notice, changes, field, problem):
    Notice.objects.update(**changes)

    assert named() == [("reviews_notice", str(notice.pk), field, problem)]


def test_notice_withdrawn_by_hand_is_named(notice):
    Notice.objects.update(withdrawn_at=timezone.now(), withdrawn_by=notice.placed_by, withdrawn_reason="Wrong.")

    assert named() == [("reviews_notice", str(notice.pk), "withdrawn_at", "is not as the events make it")]


def test_notice_that_was_removed_is_named(notice):
    pk = notice.pk
    Notice.objects.all().delete()

    assert named() == [("reviews_notice", str(pk), "", "is gone: an event recorded it")]


def test_notice_that_was_put_there_by_hand_is_named(notice):
    notice.pk = None
    notice.save(force_insert=True)

    assert named() == [("reviews_notice", str(notice.pk), "", "no event recorded it")]


def test_suspension_that_was_put_there_by_hand_is_named(review):
    made = Suspension.objects.create(
        article=review.article, reason="A.", notice="B.", suspended_by=factories.user(), suspended_at=timezone.now()
    )

    assert named() == [("reviews_suspension", str(made.pk), "", "no event recorded it")]


def test_publication_that_was_removed_is_named(review):
    Publication.objects.all().delete()

    assert named() == [("articles_publication", str(review.article_id), "", "does not exist as the events say")]


def test_publication_of_a_text_that_was_never_submitted_is_named(review):
    draft = factories.article()
    copied = Publication.objects.get()
    copied.pk = draft.pk
    copied.save(force_insert=True)

    assert named() == [("articles_publication", str(draft.pk), "", "no event made it")]

    steps.catalogue(draft, factories.user("Editor"), risk="high")

    assert ("articles_publication", str(draft.pk), "", "no event made it") in named()


def test_legal_words_that_were_altered_are_named(review):
    Publication.objects.update(policy_texts={})

    problem = "are not those of the policy version"
    assert named() == [("articles_publication", str(review.article_id), "policy_texts", problem)]


def test_draft_that_was_only_filed_has_no_publication_and_needs_none(db):
    draft = factories.article()

    steps.catalogue(draft, factories.user("Editor"), risk="high")

    assert Article.objects.get(pk=draft.pk).risk == "high"
    assert named() == []


def test_record_that_is_read_in_many_batches_is_whole(review, monkeypatch):
    monkeypatch.setattr(verification, "_BATCH", 2)

    assert named() == []


@pytest.mark.parametrize(
    ("field", "is_default"), [("evidence", True), ("supersedes_id", True), ("signature", False), ("verdict", False)]
)
def test_column_that_is_newer_than_the_event_must_hold_its_default(review, field, is_default):
    """A row recorded before its table got a column says nothing of it."""
    event = Event.objects.of_article(review.article_id).last()
    (recorded,) = [one for one in event.data["rows"] if one["table"] == "reviews_decision"]
    del recorded["fields"][field]

    forge(event, data=event.data)

    insert_only.install([Event])
    problem = (
        []
        if is_default
        else [("reviews_decision", str(recorded["pk"]), field, "is not what was recorded when it was written")]
    )
    assert named()[-1:] == problem  # before it: the signature does not carry the approval either


@pytest.mark.parametrize("rows", [["a word"], [{"table": "reviews_assignment", "pk": 1, "fields": {}}]])
def test_event_that_names_rows_of_no_evidence_vouches_for_none(review, rows):
    event = Event.objects.of_article(review.article_id).last()
    kept = event.data["rows"]

    forge(event, data={**event.data, "rows": [*kept, *rows]})

    insert_only.install([Event])
    assert named() == []
