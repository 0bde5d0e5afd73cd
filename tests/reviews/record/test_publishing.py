from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Publication
from reviews import workflow
from reviews.models import Event
from reviews.record import publishing
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


def publication(review):
    return Publication.objects.get(article=review.article_id)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 6, 15), 36, date(2029, 6, 15)),
        (date(2026, 6, 15), 0, date(2026, 6, 15)),
    ],
)
def test_months_after(day, months, later):
    assert publishing.months_after(day, months) == later


@pytest.mark.parametrize(("risk", "months"), [("low", 36), ("moderate", 24), ("high", 12)])
def test_next_review_is_due_by_risk(risk, months):
    with time_machine.travel("2027-03-01", tick=True):
        members = [factories.board_member() for _ in range(1 if risk == "low" else 2)]
        review = factories.approved(*members, review=factories.submitted(risk=risk))

    assert publication(review).next_review_due == publishing.months_after(date(2027, 3, 1), months)


def test_publication_is_what_its_events_make_of_it():
    review = factories.approved()
    factories.edit(review.article)
    factories.submitted(review.article)

    folded = publishing.fold(Event.objects.of_article(review.article_id))

    assert folded == publishing.read(publication(review))


def test_fold_of_no_events_is_nothing():
    assert publishing.fold([]) is None


def test_events_before_the_first_submission_make_no_page():
    article = factories.article()

    steps.catalogue(article, factories.user("Editor"), risk="low")

    assert Event.objects.of_article(article.pk).count() == 1
    assert not Publication.objects.exists()


def test_dates_of_an_update_replace_those_of_the_text_before():
    with time_machine.travel(timezone.now() - timedelta(100), tick=True):
        review = factories.approved()
    before = publication(review)
    factories.edit(review.article)

    factories.approved(review=factories.submitted(review.article))

    after = publication(review)
    assert after.published_at == before.published_at
    assert before.published_at < after.submitted_at < after.under_review_at < after.reviewed_at
    assert after.listed_at == after.reviewed_at
    assert after.text_changed_at == after.revision.created_at == after.submitted_at
    assert after.evidence_checked_at is None


def test_text_changed_when_its_words_were_frozen_and_not_when_they_were_approved():
    factories.policy(shows_pending=True)
    with time_machine.travel(timezone.now() - timedelta(100), tick=True):
        review = factories.submitted()
        frozen_at = review.revision.created_at
    assert publication(review).text_changed_at == frozen_at

    factories.approved(review=review)

    assert publication(review).text_changed_at == frozen_at < publication(review).reviewed_at - timedelta(99)


def test_same_text_submitted_again_keeps_the_day_on_which_its_words_changed():
    factories.policy(shows_pending=True)
    with time_machine.travel(timezone.now() - timedelta(100), tick=True):
        review = factories.submitted()
        workflow.recall(review, by=review.article.owner, reason="Too soon.", seen=factories.seen(review))

    again = factories.submitted(review.article)

    assert again.revision == review.revision
    assert publication(review).text_changed_at == review.revision.created_at < publication(review).submitted_at


def test_editing_a_draft_changes_nothing_that_readers_see():
    review = factories.approved()
    before = Publication.objects.filter(article=review.article_id).values().get()

    factories.edit(review.article)

    assert Publication.objects.filter(article=review.article_id).values().get() == before


def test_publication_carries_the_legal_words_of_its_policy():
    old = factories.policy(caution="An old caution.", shows_pending=True)
    review = factories.submitted()
    factories.policy(caution="A new caution.")

    assert publication(review).policy_version == old.version
    assert publication(review).policy_texts["caution"] == "An old caution."
    factories.approved(review=review)
    assert publication(review).policy_version == old.version


def test_update_takes_the_policy_of_its_review_when_it_is_approved():
    review = factories.approved()
    new = factories.policy(plain_disclaimer="New words.")
    factories.edit(review.article)

    update = factories.submitted(review.article)
    assert publication(review).policy_version == new.version - 1
    factories.approved(review=update)

    assert publication(review).policy_version == new.version
    assert publication(review).policy_texts["plain_disclaimer"] == "New words."


def test_second_retraction_keeps_the_first_notice():
    editor, review = factories.user("Editor"), factories.approved()
    article = steps.retract(review.article, editor)
    again = workflow.rereview(article, by=editor, reason="It was right.", seen=factories.seen(article))
    factories.approved(review=again)

    steps.retract(Article.objects.get(pk=article.pk), editor, notice="It was wrong after all.")

    assert [notice["text"] for notice in publication(review).notices] == [
        "The dose was wrong.",
        "It was wrong after all.",
    ]


@pytest.mark.parametrize(
    "changes",
    [{"status": "perfect"}, {"status": "approved"}, {"is_indexed": True}],
    ids=["unknown status", "approved without signatures", "indexed while pending"],
)
def test_the_database_refuses(changes):
    review = factories.submitted()

    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(article=review.article_id).update(**changes)


def test_under_review_since_does_not_change_when_the_text_is_approved():
    ann = factories.board_member()
    with time_machine.travel(timezone.now() - timedelta(30), tick=True):
        review = factories.under_review(ann)
        workflow.decline(review, by=ann.user, kind="time", reason="Away.", seen=factories.seen(review))
    factories.under_review(factories.board_member(), factories.board_member(), review=review)
    said = publication(review).under_review_at

    for assignment in review.assignments.filter(state="accepted"):
        factories.sign(review, assignment.member)

    assert publication(review).status == "approved"
    assert publication(review).under_review_at == said
