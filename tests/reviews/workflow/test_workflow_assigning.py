"""Who may be asked to review a text, by the sentence that the editor reads."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from reviews import workflow
from tests import factories
from tests.reviews import steps

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

TODAY = date(2027, 3, 1)


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith")


@pytest.fixture
def ann():
    return factories.board_member("Ann")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"is_active": False}, "not an active member"),
        ({"licence_expires": TODAY - timedelta(1)}, "licence of Dan, MD has lapsed"),
        ({"away_from": TODAY, "away_until": TODAY + timedelta(3)}, "away until"),
    ],
)
def test_assign_somebody_who_cannot_is_refused(facts, words, editor):
    with time_machine.travel(TODAY, tick=True):
        review, dan = factories.submitted(), factories.board_member("Dan", **facts)

        with pytest.raises(workflow.Refused, match=words):
            steps.assign(review, dan, editor)

        assert not review.assignments.exists()


def test_assign_on_the_last_day_of_a_licence_and_the_day_after_an_absence(editor):
    with time_machine.travel(TODAY, tick=True):
        review = factories.submitted()
        last_day = factories.board_member(licence_expires=TODAY)
        back = factories.board_member(away_from=TODAY - timedelta(3), away_until=TODAY - timedelta(1))

        steps.assign(review, last_day, editor)
        steps.assign(review, back, editor)

    assert review.assignments.count() == 2


def test_assign_somebody_whose_account_is_closed_is_refused(editor, ann):
    review = factories.submitted()
    ann.user.is_active = False
    ann.user.save()

    with pytest.raises(workflow.Refused, match="not an active member"):
        steps.assign(review, ann, editor)


def test_assign_somebody_without_the_role_is_refused(editor, ann):
    review = factories.submitted()
    ann.user.groups.clear()

    with pytest.raises(workflow.Refused, match="not an active member"):
        steps.assign(review, ann, editor)


def test_assign_who_wrote_words_is_refused(editor, ann):
    article = factories.article()
    factories.edit(article, by=ann.user)
    review = factories.submitted(article)

    with pytest.raises(workflow.Refused, match="Ann, MD wrote parts of this text"):
        steps.assign(review, ann, editor)


def test_assign_who_changed_only_dress_is_done(editor, ann):
    article = factories.article()
    factories.edit(article, by=ann.user, text=article.sections.first().professional.replace("Start", "*START*"))
    review = factories.submitted(article)

    assert steps.assign(review, ann, editor).state == "invited"


def test_assign_twice_is_refused(editor, ann):
    review = factories.submitted()
    steps.assign(review, ann, editor)

    with pytest.raises(workflow.Refused, match="already been asked"):
        steps.assign(review, ann, editor)


def test_assign_with_a_due_date_in_the_past_is_refused(editor, ann):
    review = factories.submitted()

    with pytest.raises(workflow.Refused, match="in the past"):
        steps.assign(review, ann, editor, due_date=timezone.now().date() - timedelta(1))


def test_assign_sets_the_policy_due_date(editor, ann):
    with time_machine.travel(TODAY, tick=True):
        review = factories.submitted()

        assigned = steps.assign(review, ann, editor)

    assert assigned.due_date == TODAY + timedelta(14)


def test_assign_again_after_declining_is_done(editor, ann):
    review = factories.submitted()
    steps.assign(review, ann, editor)
    workflow.decline(review, by=ann.user, kind="time", reason="Away.", seen=factories.seen(review))

    again = steps.assign(review, ann, editor)

    assert (again.state, again.decline_reason, review.assignments.count()) == ("invited", "", 1)
