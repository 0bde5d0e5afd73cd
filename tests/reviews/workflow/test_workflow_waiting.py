import pytest

from articles.models import Publication
from reviews import workflow
from reviews.record import verification
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    return factories.board_member("Ann"), factories.board_member("Ben")


@pytest.fixture
def review(members):
    factories.policy(waits_for_all=True)
    return factories.under_review(*members)


def ask(review, member, **words):
    return workflow.request_changes(
        review, by=member.user, seen=factories.seen(review), **{"text": "Too vague.", **words}
    )


def state(review):
    review.refresh_from_db()
    return review.state


def test_request_for_changes_waits_until_all_have_answered(review, members):
    ann, ben = members

    ask(review, ann)
    assert state(review) == "under_review"
    ask(review, ben)

    assert state(review) == "changes_requested"
    assert [str(fault) for fault in verification.faults()] == []


def test_a_signature_is_an_answer_and_approves_nothing_against_a_request(review, members):
    ann, ben = members
    cat = factories.board_member("Cat")
    factories.accepted(review, cat)

    ask(review, ann)
    factories.sign(review, ben)
    assert state(review) == "under_review"
    factories.sign(review, cat)

    assert state(review) == "changes_requested"
    assert Publication.objects.get().status == "under_review"
    assert [str(fault) for fault in verification.faults()] == []


@pytest.mark.parametrize("verb", ["decline", "release"])
def test_who_leaves_is_not_waited_for(review, members, verb):
    ann, ben = members
    ask(review, ann)

    if verb == "decline":
        workflow.decline(review, by=ben.user, kind="time", reason="Away.", seen=factories.seen(review))
    else:
        assignment = review.assignments.get(member=ben)
        workflow.release(assignment, by=factories.user("Editor"), reason="Ill.", seen=factories.seen(review))

    assert state(review) == "changes_requested"
    assert [str(fault) for fault in verification.faults()] == []


def test_a_request_can_be_taken_back_while_others_are_waited_for(review, members):
    ann, ben = members
    thread = ask(review, ann)
    workflow.rescind(review, by=ann.user, reason="I had misread.", seen=factories.seen(review))
    thread = review.threads.get()
    workflow.resolve(thread, by=ann.user, resolution="Misread.")

    factories.sign(review, ann)
    factories.sign(review, ben)

    assert state(review) == "approved"


def test_without_the_policy_the_first_request_closes_the_review(members):
    review = factories.under_review(*members)

    ask(review, members[0])

    assert state(review) == "changes_requested"


def test_release_of_the_last_at_work_returns_the_text_to_submitted():
    ann = factories.board_member("Ann")
    review = factories.under_review(ann)

    workflow.release(review.assignments.get(), by=factories.user("Editor"), reason="Ill.", seen=factories.seen(review))

    assert state(review) == "submitted"
    assert [str(fault) for fault in verification.faults()] == []


def test_who_has_signed_is_not_released(review, members):
    factories.sign(review, members[0])
    assignment = review.assignments.get(member=members[0])

    with pytest.raises(workflow.Refused, match="nobody is released after a decision"):
        workflow.release(assignment, by=factories.user("Editor"), reason="Ill.", seen=factories.seen(review))


def test_editor_settles_the_remark_of_a_released_member(review, members):
    ann, _ben = members
    thread = workflow.open_thread(review, by=ann.user, text="Is this so?", kind="blocking")
    editor = factories.user("Editor")
    workflow.release(review.assignments.get(member=ann), by=editor, reason="Ill.", seen=factories.seen(review))

    workflow.resolve(thread, by=editor, resolution="It is: see the guideline.")

    thread.refresh_from_db()
    assert thread.resolved_by == editor


def test_extend_moves_the_date_of_the_member_and_the_review(review, members):
    from datetime import timedelta

    assignment = review.assignments.get(member=members[0])
    later = assignment.due_date + timedelta(days=5)

    workflow.extend(
        assignment, by=factories.user("Editor"), due_date=later, reason="A holiday.", seen=factories.seen(review)
    )

    assignment.refresh_from_db()
    review.refresh_from_db()
    assert (assignment.due_date, review.due_date) == (later, later)


def test_extend_to_an_earlier_day_is_refused(review, members):
    assignment = review.assignments.get(member=members[0])

    with pytest.raises(workflow.Refused, match="Choose a day after"):
        workflow.extend(
            assignment,
            by=factories.user("Editor"),
            due_date=assignment.due_date,
            reason="A holiday.",
            seen=factories.seen(review),
        )


def test_who_has_signed_needs_no_more_time(review, members):
    factories.sign(review, members[0])
    assignment = review.assignments.get(member=members[0])

    with pytest.raises(workflow.Refused, match="nothing left to do here"):
        workflow.extend(
            assignment,
            by=factories.user("Editor"),
            due_date=assignment.due_date,
            reason="A holiday.",
            seen=factories.seen(review),
        )
