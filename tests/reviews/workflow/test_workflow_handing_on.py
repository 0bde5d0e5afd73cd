import pytest

from articles.models import Publication
from reviews import workflow
from reviews.models import Review, Thread
from reviews.record import verification
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]


@pytest.fixture
def ann():
    return factories.board_member("Ann")


@pytest.fixture
def review(ann):
    """A text under review: Ann has marked all of it, Ben is asked."""
    review = factories.under_review(ann)
    factories.mark_all(review, ann)
    ben = factories.board_member("Ben")
    workflow.assign(review, by=factories.user("Editor"), member=ben, seen=factories.seen(review))
    return review


def again(review):
    factories.edit(review.article)
    return factories.submitted(review.article)


def test_submit_while_a_review_is_open_supersedes_it(review):
    new = again(review)

    review.refresh_from_db()
    assert (review.state, new.state, new.follows) == ("superseded", "under_review", review)
    assert [str(fault) for fault in verification.faults()] == []


def test_people_dates_interests_and_marks_of_unchanged_sections_are_handed_on(review, ann):
    old = {one.member_id: one for one in review.assignments.all()}

    new = again(review)

    taken = {one.member_id: one for one in new.assignments.all()}
    assert {key: one.state for key, one in taken.items()} == {key: one.state for key, one in old.items()}
    assert {key: one.due_date for key, one in taken.items()} == {key: one.due_date for key, one in old.items()}
    assert taken[ann.pk].disclosure == old[ann.pk].disclosure
    unchanged = [section["key"] for section in new.revision.document["sections"][1:]]
    assert [mark.section_key for mark in taken[ann.pk].marks.all()] == [key for key in unchanged for _wording in (1, 2)]


def test_a_signature_is_not_handed_on(review, ann):
    factories.sign(review, ann)

    new = again(review)

    assert new.assignments.get(member=ann).state == "accepted"
    assert not new.assignments.filter(decisions__isnull=False).exists()


def test_a_member_who_wrote_words_of_the_new_text_is_not_handed_on(review, ann):
    factories.edit(review.article, by=ann.user)

    new = factories.submitted(review.article)

    assert not new.assignments.filter(member=ann).exists()


def test_an_interest_that_waits_for_its_ruling_still_waits():
    review, cat = factories.submitted(), factories.board_member("Cat")
    workflow.accept(review, by=cat.user, seen=factories.seen(review), interests=[{"nature": "Fees"}])

    new = again(review)

    assignment = new.assignments.get()
    assert assignment.waits_for_ruling
    ruled = workflow.rule(
        assignment, by=factories.user("Editor"), outcome="clear", reason="None.", seen=factories.seen(new)
    )
    assert ruled.state == "accepted"


def test_open_remarks_hold_the_new_text_too(review, ann):
    workflow.open_thread(review, by=ann.user, text="Is this so?", kind="blocking")

    new = again(review)

    with pytest.raises(workflow.Refused, match="must be settled"):
        factories.sign(new, ann)


def test_submit_the_text_that_is_under_review_is_refused(review):
    with pytest.raises(workflow.Refused, match="already under review"):
        factories.submitted(review.article)


def test_readers_see_the_new_pending_text():
    factories.policy(shows_pending=True)
    review = factories.under_review(factories.board_member())

    new = again(review)

    publication = Publication.objects.get()
    assert (publication.revision, publication.status) == (new.revision, "under_review")


def test_an_alert_that_is_superseded_holds_the_new_text():
    approved = factories.approved()
    workflow.alert(approved.article, by=None, reason="The label has a new maximum.")

    new = again(approved)

    thread = Thread.objects.get()
    assert (thread.review, thread.kind, thread.opened_by) == (new, "blocking", None)
    assert thread.comments.get().text == "The label has a new maximum."


def test_alert_opens_a_review_of_the_published_text():
    approved = factories.approved()

    review = workflow.alert(approved.article, by=None, reason="The label has a new maximum.")

    publication = Publication.objects.get()
    assert (review.reason, review.revision, review.opened_by) == ("source_alert", approved.revision, None)
    assert (publication.status, publication.update) == ("approved", "rereview")
    assert [str(fault) for fault in verification.faults()] == []


def test_alert_during_an_open_review_becomes_a_blocking_remark_on_it():
    approved = factories.approved()
    update = again(approved)
    key = update.revision.document["sections"][0]["key"]

    review = workflow.alert(approved.article, by=None, reason="The label has a new maximum.", section_key=key)

    thread = Thread.objects.get()
    assert (review, Review.objects.open().count()) == (update, 1)
    assert (thread.review, thread.kind, thread.section_key) == (update, "blocking", key)
    assert [str(fault) for fault in verification.faults()] == []


def test_editor_settles_the_remark_of_an_alert():
    approved = factories.approved()
    again(approved)
    workflow.alert(approved.article, by=None, reason="The label has a new maximum.")

    settled = workflow.resolve(Thread.objects.get(), by=factories.user("Editor"), resolution="Not our dose.")

    assert settled.resolved_at is not None
