"""What a member discloses, how an editor rules, and how a member leaves."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Publication
from reviews import workflow
from reviews.models import Disclosure, Ruling
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith")


@pytest.fixture
def ann():
    return factories.board_member("Ann")


def test_accept_without_a_statement_of_this_year_is_refused(ann):
    review = factories.submitted()

    with pytest.raises(workflow.Refused, match="no statement within the last year"):
        steps.accept(review, ann, None)


def test_accept_with_a_standing_statement_is_done(ann):
    steps.accept(factories.submitted(), ann)

    second = steps.accept(factories.submitted(), ann, None)

    assert second.state == "accepted"
    assert Disclosure.objects.count() == 1


def test_accept_with_a_statement_a_year_old_is_refused(ann):
    steps.accept(factories.submitted(), ann)

    # Later and not earlier: no event is dated before the one that it follows.
    with (
        time_machine.travel(timezone.now() + timedelta(366), tick=True),
        pytest.raises(workflow.Refused, match="no statement within the last year"),
    ):
        steps.accept(factories.submitted(), ann, None)


def test_accept_after_an_interest_elsewhere_asks_for_a_new_statement(ann):
    steps.accept(factories.submitted(), ann)
    steps.accept(factories.submitted(), ann, steps.INTEREST)

    with pytest.raises(workflow.Refused, match="no statement within the last year"):
        steps.accept(factories.submitted(), ann, None)


def test_accept_with_a_nameless_interest_is_refused(ann):
    with pytest.raises(workflow.Refused, match="what each interest is"):
        steps.accept(factories.submitted(), ann, [{"nature": " ", "organisation": "A maker"}])

    assert not Disclosure.objects.exists()


def test_accept_by_who_went_away_since_the_invitation_is_refused(editor, ann):
    review = factories.submitted()
    steps.assign(review, ann, editor)
    ann.away_from, ann.away_until = date(2020, 1, 1), date(2099, 1, 1)
    ann.save()

    with pytest.raises(workflow.Refused, match="away until"):
        steps.accept(review, ann)


def test_accept_with_an_interest_waits_for_a_ruling(ann):
    review = factories.submitted()

    waiting = steps.accept(review, ann, steps.INTEREST)

    review.refresh_from_db()
    assert (waiting.state, waiting.waits_for_ruling, review.state) == ("invited", True, "submitted")
    with pytest.raises(workflow.Refused, match="An editor has to rule on it"):
        steps.accept(review, ann)


def test_who_waits_for_a_ruling_neither_marks_nor_signs(ann):
    review = factories.under_review()
    steps.accept(review, ann, steps.INTEREST)

    with pytest.raises(PermissionDenied):
        factories.mark_all(review, ann)
    with pytest.raises(PermissionDenied):
        steps.approve(review, ann)


def test_rule_clear_lets_the_member_begin_and_prints_nothing(editor, ann):
    review = factories.submitted()

    steps.rule(steps.accept(review, ann, steps.INTEREST), editor, "clear")

    review.refresh_from_db()
    assert review.state == "under_review"
    assert factories.sign(review, ann).signer["interests"] == []


def test_rule_manageable_prints_the_interest(editor, ann):
    review = factories.submitted(risk="low")
    steps.rule(steps.accept(review, ann, steps.INTEREST), editor, "manageable")

    factories.sign(review, ann)

    printed = Publication.objects.get(article=review.article).reviewers[0]
    assert printed["interests"] == ["Speaker's fees, A maker, 2025"]


def test_rule_excluded_ends_the_assignment_for_every_text_of_the_article(editor, ann):
    review = factories.submitted()

    excluded = steps.rule(steps.accept(review, ann, steps.INTEREST), editor, "excluded", "Paid by the maker.")

    assert (excluded.state, excluded.decline_kind) == ("declined", "interest")
    with pytest.raises(workflow.Refused, match="excluded from this article"):
        steps.assign(review, ann, editor)
    workflow.reject(review, by=editor, reason="Stale.", seen=factories.seen(review))
    with pytest.raises(workflow.Refused, match="excluded from this article"):
        steps.assign(factories.submitted(review.article), ann, editor)


def test_rule_on_another_article_does_not_exclude(editor, ann):
    steps.rule(steps.accept(factories.submitted(), ann, steps.INTEREST), editor, "excluded")

    assert steps.assign(factories.submitted(), ann, editor).state == "invited"


def test_rule_on_ones_own_interest_is_refused(ann):
    factories.give_role(ann.user, "Editor")
    waiting = steps.accept(factories.submitted(), ann, steps.INTEREST)

    with pytest.raises(workflow.Refused, match="own interest"):
        steps.rule(waiting, ann.user, "clear")

    assert not Ruling.objects.exists()


def test_rule_twice_is_refused(editor, ann):
    waiting = steps.accept(factories.submitted(), ann, steps.INTEREST)
    steps.rule(waiting, editor, "clear")

    with pytest.raises(workflow.Refused, match="ruled on already"):
        steps.rule(waiting, editor, "excluded")


def test_rule_without_a_reason_is_refused(editor, ann):
    waiting = steps.accept(factories.submitted(), ann, steps.INTEREST)

    with pytest.raises(workflow.Refused, match="reason for your ruling"):
        steps.rule(waiting, editor, "clear", " ")


def test_decline_by_the_last_one_returns_the_text_to_submitted(ann):
    review = factories.under_review(ann)

    workflow.decline(review, by=ann.user, kind="expertise", reason="Not my field.", seen=factories.seen(review))

    review.refresh_from_db()
    assert review.state == "submitted"


def test_decline_by_one_of_two_leaves_the_text_under_review(ann):
    review = factories.under_review(ann, factories.board_member())

    workflow.decline(review, by=ann.user, kind="time", reason="Away.", seen=factories.seen(review))

    review.refresh_from_db()
    assert review.state == "under_review"


@pytest.mark.parametrize(("kind", "reason", "words"), [("mood", "None.", "Choose"), ("time", " ", "Say why")])
def test_decline_without_kind_or_reason_is_refused(kind, reason, words, ann):
    review = factories.under_review(ann)

    with pytest.raises(workflow.Refused, match=words):
        workflow.decline(review, by=ann.user, kind=kind, reason=reason, seen=factories.seen(review))
