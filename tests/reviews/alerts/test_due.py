from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.models import Publication
from reviews import tasks, workflow
from reviews.alerts import due_reviews
from reviews.models import Review, Voiding
from reviews.record import verification
from reviews.workflow import voided_signatures
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]
TODAY = date(2026, 11, 24)


@pytest.fixture
def members():
    factories.policy(quorum_by_reason={"correction": 1})
    return factories.board_member("Ann"), factories.board_member("Ben")


@pytest.fixture
def approved(members):
    return factories.approved(*members)


def to_open():
    return [(one.article.pk, one.kind) for one in due_reviews.reviews_to_open(timezone.localdate())]


def correct(review):
    section = review.revision.document["sections"][0]
    return workflow.correct(
        review.article,
        by=factories.user("Editor"),
        seen=factories.seen(review),
        edits={section["key"]: {"plain": section["plain"].replace("300", "30")}},
        notice="30 mg, not 300 mg.",
    )


def void(member):
    row = Voiding.objects.create(
        member=member,
        ground="false",
        since=date(2020, 1, 1),
        reason="Unknown to its register.",
        voided_by=factories.user("Editor"),
        voided_at=timezone.now(),
    )
    for article in voided_signatures.affected(row):
        voided_signatures.void(article, voiding=row)


def end(review):
    workflow.recall(review, by=factories.user("Editor"), reason="Not yet.", seen=factories.seen(review))


def test_nothing_is_due_of_a_text_approved_today(approved):
    assert to_open() == []


def test_text_that_is_due_soon_is_opened_once(approved):
    page = Publication.objects.get()

    found = list(due_reviews.reviews_to_open(page.next_review_due - timedelta(days=30)))

    assert [(one.article.pk, one.kind) for one in found] == [(page.pk, "periodic")]
    assert list(due_reviews.reviews_to_open(page.next_review_due - timedelta(days=31))) == []


def test_signature_voided_during_an_update_is_made_up_for_when_that_ends(approved, members):
    factories.edit(approved.article)
    update = factories.submitted(approved.article)
    void(members[0])
    assert to_open() == []

    end(update)
    assert to_open() == [(approved.article_id, "withdrawn")]
    assert tasks.open_due_reviews() == 1

    review = Review.objects.open().get()
    assert (review.reason, review.follows, review.opened_by) == ("withdrawn", approved, None)
    assert tasks.open_due_reviews() == 0


def test_alert_that_gave_way_to_a_correction_comes_back(approved, members):
    workflow.alert(approved.article, by=None, reason="The label has a new maximum.")
    correction = correct(approved)
    assert to_open() == []

    end(correction)
    tasks.open_due_reviews()

    review = Review.objects.open().get()
    assert (review.reason, review.summary) == ("source_alert", "The label has a new maximum.")
    assert [str(fault) for fault in verification.faults() if fault.table != "reviews_voiding"] == []


def test_alert_that_an_update_took_over_comes_back_when_the_update_is_recalled(approved):
    workflow.alert(approved.article, by=None, reason="The label has a new maximum.")
    factories.edit(approved.article)

    end(factories.submitted(approved.article))

    assert to_open() == [(approved.article_id, "source_alert")]


def test_alert_is_settled_by_an_update_that_was_approved_after_it(approved, members):
    workflow.alert(approved.article, by=None, reason="The label has a new maximum.")
    factories.edit(approved.article)
    update = factories.submitted(approved.article)
    workflow.resolve(update.threads.get(), by=factories.user("Editor"), resolution="The text says so now.")

    factories.approved(*members, review=update)

    assert to_open() == []


def test_what_a_person_opened_again_is_not_opened_by_the_clock(approved):
    workflow.alert(approved.article, by=None, reason="The label has a new maximum.")
    end(correct(approved))
    again = workflow.rereview(
        approved.article, by=factories.user("Editor"), reason="Looked at.", seen=factories.seen(approved)
    )

    end(again)

    assert to_open() == []
