"""Each rule asked for everybody around one review, so that a rule that lets one more or one fewer pass is noticed."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from reviews import workflow
from reviews.models import Assignment, Notice, Review
from reviews.rules import permissions
from tests import factories, states
from tests.reviews import steps

pytestmark = pytest.mark.django_db

EDITORS = {"editor", "editing author"}
# Board members who are there for any text; the guest is asked for this one.
BOARD = {"invited", "accepted", "signed", "asked changes", "declined", "not asked"}


@states.once_a_module
def around():
    """A review with its people: by name, everybody in a place of their own. The policy waits for all answers."""
    factories.policy(waits_for_all=True)
    editor = factories.user("Editor")
    guest = {"is_guest": True, "verified_by": editor, "verified_at": timezone.now()}
    members = {name: factories.board_member(name) for name in BOARD}
    members |= {name: factories.board_member(name, **guest) for name in ("guest", "guest not asked")}
    members["inactive"] = factories.board_member("inactive", is_active=False)
    author = factories.user("Author")
    factories.make_editor(author)
    others = {role.lower(): factories.user(role) for role in ("Author", "Auditor", "Administrator")}
    people = {name: member.user for name, member in members.items()}
    people |= {**others, "editor": editor, "editing author": author, "somebody": factories.user()}
    review = factories.submitted(factories.article(author))
    for name in ("accepted", "signed", "asked changes", "declined"):
        factories.accepted(review, members[name])
    for name in ("invited", "guest"):
        steps.assign(review, members[name], editor)
    factories.sign(Review.objects.get(), members["signed"])
    workflow.decline(review, by=people["declined"], kind="time", reason="Away.", seen=factories.seen(review))
    workflow.request_changes(review, by=people["asked changes"], text="No.", seen=factories.seen(review))
    return {name: person.pk for name, person in people.items()}


def allowed(around, rule, subject):
    """Return the names of those whom a rule lets pass."""
    people = {name: type(factories.user())._default_manager.get(pk=pk) for name, pk in around.items()}
    return {name for name, person in people.items() if rule(person, subject)}


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        (permissions.can_triage, EDITORS),
        (permissions.can_recall, EDITORS),
        (permissions.can_accept, {"invited", "guest", "not asked", "inactive"}),
        (permissions.can_decline, {"invited", "guest", "accepted"}),
        (permissions.can_mark, {"accepted"}),
        (permissions.can_approve, {"accepted"}),
        (permissions.can_request_changes, {"accepted", "signed"}),
        (permissions.can_rescind, {"signed", "asked changes"}),
        (
            permissions.can_read_review,
            {*EDITORS, "auditor", "invited", "guest", "accepted", "signed", "asked changes"},
        ),
        (permissions.can_discuss, {*EDITORS, "accepted", "signed", "asked changes"}),
    ],
)
def test_rule_about_a_review_lets_these_pass(around, rule, names):
    assert allowed(around, rule, Review.objects.get()) == names


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        (permissions.can_submit, EDITORS),
        (permissions.can_waive, {"editor"}),
        (permissions.can_retract, EDITORS),
        (permissions.can_rereview, EDITORS),
        (permissions.can_correct, EDITORS),
        (permissions.can_merge, EDITORS),
        (permissions.can_suspend, EDITORS | BOARD),
        (permissions.can_retire, EDITORS),
        (permissions.can_sign_notice, BOARD),
    ],
)
def test_rule_about_a_text_lets_these_pass(around, rule, names):
    assert allowed(around, rule, Review.objects.get().article) == names


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        (permissions.can_check_licence, {*EDITORS, "administrator"}),
        (permissions.can_set_absence, {*EDITORS, "administrator", "accepted"}),
        (permissions.can_deactivate, {*EDITORS, "administrator"}),
        (permissions.can_void, EDITORS),
    ],
)
def test_rule_about_a_member_lets_these_pass(around, rule, names):
    member = Assignment.objects.get(member__user=around["accepted"]).member

    assert allowed(around, rule, member) == names


@pytest.mark.parametrize("rule", [permissions.can_check_licence, permissions.can_deactivate, permissions.can_void])
def test_nobody_judges_their_own_membership(rule):
    member = factories.board_member()
    factories.make_editor(member.user)

    assert not rule(member.user, member)


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        (permissions.can_invite, {"administrator"}),
        (permissions.can_hand_over, EDITORS),
        (permissions.is_active_on_board, BOARD),
        (permissions.is_on_board, {*BOARD, "guest", "guest not asked", "inactive"}),
        (permissions.can_try_delivery_again, {*EDITORS, "administrator"}),
    ],
)
def test_rule_about_a_person_lets_these_pass(around, rule, names):
    assert allowed(around, lambda person, _: rule(person), None) == names


def test_source_update_is_recorded_by_editors(around):
    assert allowed(around, permissions.can_record_update, factories.source()) == EDITORS


def test_notice_is_withdrawn_by_editors_and_who_placed_it(around):
    placed = Notice(placed_by_id=around["accepted"])

    assert allowed(around, permissions.can_withdraw_notice, placed) == {*EDITORS, "accepted"}


@pytest.mark.parametrize("reason", Review.Reason.values)
def test_author_recalls_what_came_from_the_draft_and_nothing_else(reason):
    review = factories.submitted()
    review.reason = reason

    assert permissions.can_recall(review.article.owner, review) == (reason in ("new", "update", "import"))


def test_members_role_is_the_one_that_signs():
    assert permissions.role_of_members().name == "Board member"


def test_person_whose_account_is_closed_does_not_speak_for_the_board():
    member = factories.board_member()
    member.user.is_active = False

    assert not permissions.is_active_on_board(member.user)


def test_who_wrote_words_of_a_text_does_not_sign_it():
    member = factories.board_member()
    review = factories.under_review(member)
    assert permissions.can_approve(member.user, review)

    review.revision.contributors = [member.user.pk]

    assert not permissions.can_approve(member.user, review)


def test_author_who_is_no_editor_merges_no_correction():
    article = factories.article()

    assert permissions.can_submit(article.owner, article)
    assert not permissions.can_merge(article.owner, article)


@pytest.mark.parametrize("code", ["verify_boardmember", "triage_review"])
def test_member_is_deactivated_by_who_verifies_members_and_hands_their_work_over(code):
    somebody = factories.user()
    somebody.user_permissions.add(Permission.objects.get(codename=code))

    assert not permissions.can_deactivate(somebody, factories.board_member())
