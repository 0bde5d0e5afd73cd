"""Suspend, lift, retire: what one person may do alone, what takes two, and that no late signature undoes it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Publication
from reviews import workflow
from reviews.models import Event, Review, Suspension
from reviews.record import publishing, verification
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


def page(review):
    return Publication.objects.get(article=review.article_id)


@pytest.mark.parametrize("role", ["Editor", "Board member"])
def test_suspend_takes_one_person_and_hides_the_page(role):
    review = factories.approved()
    by = factories.user("Editor") if role == "Editor" else factories.board_member().user

    suspension = steps.suspend(review.article, by)

    assert (page(review).status, page(review).is_indexed) == ("suspended", False)
    assert suspension.suspended_by == by
    assert [notice["text"] for notice in page(review).notices] == ["The dose is being checked."]
    assert list(verification.faults()) == []


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_guest": True}])
def test_suspend_is_not_for_who_left_the_board_or_is_its_guest(fields):
    review = factories.approved()

    with pytest.raises(PermissionDenied):
        steps.suspend(review.article, factories.board_member(**fields).user)

    assert page(review).status == "approved"


def test_suspend_of_a_section_leaves_the_page_approved_and_closed_to_search_engines():
    review = factories.approved()
    first, second = steps.section_keys(review.article)
    editor = factories.user("Editor")

    steps.suspend(review.article, editor, section_key=first)
    steps.suspend(review.article, editor, section_key=second, notice="This too.")

    assert (page(review).status, page(review).is_indexed) == ("approved", False)
    assert [(mask["section"], mask["text"]) for mask in page(review).masks] == [
        (first, "The dose is being checked."),
        (second, "This too."),
    ]


@pytest.mark.parametrize("place", ["page", "section"])
def test_suspend_twice_is_refused(place):
    review, editor = factories.approved(), factories.user("Editor")
    key = steps.section_keys(review.article)[0] if place == "section" else ""
    steps.suspend(review.article, editor, section_key=key)

    with pytest.raises(workflow.Refused, match="already suspended"):
        steps.suspend(review.article, editor, section_key=key)


@pytest.mark.parametrize("words", [{"reason": " "}, {"notice": ""}, {"section_key": "nothing"}])
def test_suspend_needs_a_reason_a_notice_and_a_section_that_is_there(words):
    review = factories.approved()

    with pytest.raises(workflow.Refused):
        steps.suspend(review.article, factories.user("Editor"), **words)

    assert not Suspension.objects.exists()
    assert page(review).status == "approved"


def test_suspend_of_what_happened_meanwhile_is_refused():
    review, editor = factories.approved(), factories.user("Editor")
    seen = factories.seen(review)
    workflow.rereview(review.article, by=editor, reason="Due.", seen=seen)

    with pytest.raises(workflow.ArticleMoved):
        workflow.suspend(review.article, by=editor, reason="Wrong.", notice="Wrong.", seen=seen)


def test_suspension_leaves_an_open_review_open_and_a_late_quorum_brings_nothing_back():
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.approved(ann, ben)
    factories.edit(review.article)
    update = factories.under_review(ann, ben, review=factories.submitted(review.article))
    factories.sign(update, ann)
    suspension = steps.suspend(review.article, factories.user("Editor"))

    factories.sign(update, ben)

    update.refresh_from_db()
    assert update.state == Review.State.APPROVED
    assert (page(review).status, page(review).revision_id) == ("suspended", update.revision_id)
    assert not Publication.objects.readable(suspension.suspended_at.date()).exists()
    steps.lift(suspension, ann.user)
    steps.lift(suspension, ben.user)
    assert (page(review).status, page(review).revision_id) == ("approved", update.revision_id)
    assert list(verification.faults()) == []


def test_mask_stays_when_another_text_is_approved():
    review = factories.approved()
    key = steps.section_keys(review.article)[0]
    steps.suspend(review.article, factories.user("Editor"), section_key=key)
    factories.edit(review.article)

    factories.approved(review=factories.submitted(review.article))

    assert [mask["section"] for mask in page(review).masks] == [key]
    assert page(review).is_indexed is False


def test_suspension_outlives_a_retraction_and_the_review_after_it():
    review, editor = factories.approved(), factories.user("Editor")
    suspension = steps.suspend(review.article, editor)
    steps.retract(review.article, editor)
    again = workflow.rereview(
        Article.objects.get(pk=review.article_id), by=editor, reason="It was right.", seen=factories.seen(review)
    )

    factories.approved(review=again)

    assert page(review).status == "suspended"
    steps.lift(suspension, editor)
    steps.lift(suspension, factories.board_member().user)
    assert page(review).status == "approved"


def test_lift_takes_two_people_one_of_the_board():
    review, editor = factories.approved(), factories.user("Editor")
    suspension = steps.suspend(review.article, editor)

    first = steps.lift(suspension, editor)
    assert (first.lift_asked_by, first.lifted_at) == (editor, None)
    assert page(review).status == "suspended"
    with pytest.raises(workflow.Refused, match="already agreed"):
        steps.lift(suspension, editor)
    with pytest.raises(workflow.Refused, match="member of the board"):
        steps.lift(suspension, factories.user("Editor"))
    steps.lift(suspension, factories.board_member().user)

    assert (page(review).status, page(review).is_indexed, page(review).notices) == ("approved", True, [])
    agreed = Event.objects.filter(verb="lift").order_by("sequence")
    assert [event.data["is_lifted"] for event in agreed] == [False, True]
    with pytest.raises(workflow.Refused, match="already been lifted"):
        steps.lift(suspension, factories.board_member().user)
    assert list(verification.faults()) == []


@pytest.mark.parametrize("fields", [{"licence_expires": date(2020, 1, 1)}, {"is_guest": True}, {"is_active": False}])
def test_lift_needs_a_member_who_may_answer_for_the_text(fields):
    review = factories.approved()
    suspension = steps.suspend(review.article, factories.user("Editor"))
    steps.lift(suspension, factories.user("Editor"))

    with pytest.raises((workflow.Refused, PermissionDenied)):
        steps.lift(suspension, factories.board_member(**fields).user)

    assert page(review).status == "suspended"


def test_lift_by_a_member_who_wrote_the_text_needs_another_member():
    writer = factories.board_member("Writer")
    article = factories.article()
    factories.edit(article, by=writer.user, text="The writer’s own sentence [@first].", plain="Plain words [@first].")
    review = factories.approved(review=factories.submitted(article))
    suspension = steps.suspend(review.article, factories.user("Editor"))
    steps.lift(suspension, writer.user)

    with pytest.raises(workflow.Refused, match="wrote none of this text"):
        steps.lift(suspension, factories.user("Editor"))

    steps.lift(suspension, factories.board_member().user)
    assert page(review).status == "approved"


def test_sections_are_lifted_one_by_one():
    review, editor, member = factories.approved(), factories.user("Editor"), factories.board_member().user
    first, second = steps.section_keys(review.article)
    one = steps.suspend(review.article, editor, section_key=first)
    steps.suspend(review.article, editor, section_key=second)

    steps.lift(one, editor)
    steps.lift(one, member)

    assert [mask["section"] for mask in page(review).masks] == [second]


def test_agreement_taken_back_counts_no_more():
    review, editor, member = factories.approved(), factories.user("Editor"), factories.board_member().user
    suspension = steps.suspend(review.article, editor)
    steps.lift(suspension, editor)

    with pytest.raises(workflow.Refused, match="nothing to withdraw"):
        workflow.withdraw_lift(suspension, by=member, reason="Not yet.", seen=factories.seen(review))
    workflow.withdraw_lift(suspension, by=editor, reason="Not yet.", seen=factories.seen(review))
    steps.lift(suspension, member)

    suspension.refresh_from_db()
    assert (suspension.lift_asked_by, suspension.lifted_at) == (member, None)
    assert page(review).status == "suspended"
    assert list(verification.faults()) == []


def test_the_database_refuses_a_suspension_lifted_by_one():
    review, editor = factories.approved(), factories.user("Editor")
    suspension = steps.suspend(review.article, editor)

    suspension.lift_asked_by = suspension.lifted_by = editor
    suspension.lifted_at = suspension.suspended_at

    with pytest.raises(IntegrityError), transaction.atomic():
        suspension.save()


@pytest.mark.parametrize("is_unsafe", [True, False])
def test_member_who_asks_for_changes_says_whether_readers_are_in_danger(is_unsafe):
    ann = factories.board_member("Ann")
    review = factories.approved(ann, factories.board_member())
    factories.edit(review.article)
    update = factories.under_review(ann, review=factories.submitted(review.article))

    workflow.request_changes(
        update,
        by=ann.user,
        text="Both doses are wrong.",
        is_unsafe=is_unsafe,
        notice="The dose is wrong.",
        seen=factories.seen(update),
    )

    assert page(review).status == ("suspended" if is_unsafe else "approved")
    assert Suspension.objects.in_force().exists() == is_unsafe
    assert list(verification.faults()) == []


def test_unsafe_needs_an_approved_text():
    factories.policy(shows_pending=True)
    ann = factories.board_member("Ann")
    review = factories.under_review(ann)

    with pytest.raises(workflow.Refused, match="no approved text"):
        workflow.request_changes(
            review, by=ann.user, text="Wrong.", is_unsafe=True, notice="Wrong.", seen=factories.seen(review)
        )


def test_unsafe_text_that_is_suspended_already_is_not_suspended_twice():
    ann = factories.board_member("Ann")
    review = factories.approved(ann, factories.board_member())
    steps.suspend(review.article, factories.user("Editor"))
    factories.edit(review.article)
    update = factories.under_review(ann, review=factories.submitted(review.article))

    workflow.request_changes(
        update, by=ann.user, text="Wrong.", is_unsafe=True, notice="Wrong.", seen=factories.seen(update)
    )

    update.refresh_from_db()
    assert update.state == Review.State.CHANGES_REQUESTED
    assert Suspension.objects.in_force().count() == 1
    assert list(verification.faults()) == []


def test_guest_who_asks_for_changes_cannot_suspend_what_readers_see():
    editor = factories.user("Editor")
    guest = factories.board_member("Guest", is_guest=True, verified_by=editor, verified_at=timezone.now())
    review = factories.approved()
    factories.edit(review.article)
    update = factories.submitted(review.article)
    steps.assign(update, guest, editor)
    factories.accepted(update, guest)

    with pytest.raises(PermissionDenied, match="may not suspend"):
        workflow.request_changes(
            update, by=guest.user, text="Wrong.", is_unsafe=True, notice="Wrong.", seen=factories.seen(update)
        )

    update.refresh_from_db()
    assert update.state == Review.State.UNDER_REVIEW
    assert page(review).status == "approved"


def test_retract_takes_a_suspended_text():
    review, editor = factories.approved(), factories.user("Editor")
    steps.suspend(review.article, editor)

    steps.retract(review.article, editor)

    assert page(review).status == "retracted"


def test_text_recalled_after_a_retraction_leaves_the_page_retracted():
    review, editor = factories.approved(), factories.user("Editor")
    steps.retract(review.article, editor)
    factories.edit(review.article)
    update = factories.submitted(review.article)

    workflow.recall(update, by=update.article.owner, reason="Not yet.", seen=factories.seen(update))

    assert (page(review).status, page(review).update) == ("retracted", "")
    assert list(verification.faults()) == []


def test_retire_ends_an_open_review_and_a_late_signature_is_too_late():
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.approved(ann, ben)
    factories.edit(review.article)
    update = factories.under_review(ann, ben, review=factories.submitted(review.article))
    factories.sign(update, ann)
    factories.mark_all(update, ben)

    steps.retire(review.article, factories.user("Editor"))

    update.refresh_from_db()
    assert update.state == Review.State.RECALLED
    with pytest.raises(workflow.TransitionNotAllowed):
        steps.approve(update, ben)
    assert page(review).status == "retired"
    assert list(verification.faults()) == []


def test_retire_is_for_editors():
    review = factories.approved()

    with pytest.raises(PermissionDenied):
        steps.retire(review.article, factories.board_member().user)


def test_retired_text_comes_back_by_an_approved_review_and_leads_nowhere_then():
    review, successor, editor = factories.approved(), factories.approved(), factories.user("Editor")
    steps.retire(review.article, editor, successor.article)
    assert page(review).successor_id == successor.article_id

    again = factories.approved(review=factories.submitted(review.article))

    assert (page(review).status, page(review).successor_id) == ("approved", None)
    assert page(review).notices == []
    assert again.state == Review.State.APPROVED
    assert list(verification.faults()) == []


@pytest.mark.parametrize("successor", ["itself", "pending", "suspended", "retired", "retracted"])
def test_retire_leads_to_no_text_that_readers_cannot_open(successor):
    factories.policy(shows_pending=True)
    review, editor = factories.approved(), factories.user("Editor")
    other = factories.submitted() if successor == "pending" else factories.approved()
    other = review if successor == "itself" else other
    if successor in ("suspended", "retired", "retracted"):
        {"suspended": steps.suspend, "retired": steps.retire, "retracted": steps.retract}[successor](
            other.article, editor
        )

    with pytest.raises(workflow.Refused, match="successor"):
        steps.retire(review.article, editor, other.article)

    assert page(review).status == "approved"


def test_publication_is_what_the_events_of_all_these_steps_make_of_it():
    review, editor, member = factories.approved(), factories.user("Editor"), factories.board_member().user
    key = steps.section_keys(review.article)[0]
    placed = steps.notice(review.article, editor, key)
    steps.sign_notice(placed, member)
    for section in (key, ""):
        suspension = steps.suspend(review.article, editor, section_key=section)
        steps.lift(suspension, editor)
        steps.lift(suspension, member)
    steps.withdraw_notice(placed, editor)
    steps.retire(review.article, editor)

    folded = publishing.fold(Event.objects.of_article(review.article_id))

    assert folded == publishing.read(page(review))
    assert list(verification.faults()) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"notice": "Nothing is wrong."}, "notice"),
        ({"reason": "A whim."}, "reason"),
        ({"section_key": "other"}, "section_key"),
    ],
)
def test_audit_finds_an_altered_suspension(changes, field):
    review = factories.approved()
    suspension = steps.suspend(review.article, factories.user("Editor"))

    Suspension.objects.filter(pk=suspension.pk).update(**changes)

    assert [(fault.table, fault.field) for fault in verification.faults()] == [("reviews_suspension", field)]


def test_audit_finds_a_suspension_lifted_by_hand_or_removed():
    review, editor, member = factories.approved(), factories.user("Editor"), factories.board_member().user
    suspension = steps.suspend(review.article, editor)

    Suspension.objects.filter(pk=suspension.pk).update(
        lift_asked_by=editor, lifted_by=member, lifted_at=suspension.suspended_at
    )
    assert {fault.field for fault in verification.faults()} == {"lift_asked_by_id", "lifted_by_id", "lifted_at"}
    Suspension.objects.all().delete()
    assert ["is gone" in fault.problem for fault in verification.faults()] == [True]
