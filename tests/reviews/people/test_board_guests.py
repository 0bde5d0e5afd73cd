"""Small boards: guest reviewers, licence checks that signing asks for, and a specialty nobody on the board has."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from reviews import workflow
from reviews.models import BoardMember, LicenceCheck, Review
from reviews.rules import permissions, quorum
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db

TODAY = date(2027, 3, 1)


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith")


def guest(name="Gina", **fields):
    return factories.board_member(name, is_guest=True, **fields)


def verified(name="Gina", **fields):
    by = factories.user("Editor")
    return guest(name, verified_by=by, verified_at=timezone.now(), **fields)


def check(member, *, days_ago=0, is_valid=True):
    return LicenceCheck.objects.create(
        member=member,
        licence="123",
        register="The register",
        is_valid=is_valid,
        checked_by=factories.user("Editor"),
        checked_at=timezone.now() - timedelta(days=days_ago),
    )


def test_guest_whom_nobody_verified_is_not_asked(editor):
    with pytest.raises(workflow.Refused, match="guest reviewer who has not been verified by an editor yet"):
        steps.assign(factories.submitted(), guest(), editor)


def test_verified_guest_is_asked_and_signs_as_a_guest(editor):
    gina, ann = verified(), factories.board_member("Ann")
    review = factories.submitted()
    steps.assign(review, gina, editor)
    factories.under_review(gina, ann, review=review)

    decision = factories.sign(review, gina)

    assert decision.signer["is_guest"] is True
    assert factories.sign(review, ann).signer["is_guest"] is False


def test_guest_takes_no_review_unasked():
    review, gina = factories.submitted(), verified()

    assert not permissions.can_accept(gina.user, review)
    assert permissions.can_accept(factories.board_member().user, review)


def test_assign_looks_at_the_member_as_stored_and_not_as_loaded(editor):
    review, ann = factories.submitted(), factories.board_member("Ann")
    fresh = BoardMember.objects.get(pk=ann.pk)
    fresh.is_active = False
    fresh.save()

    with pytest.raises(workflow.Refused, match="not an active member"):
        steps.assign(review, ann, editor)


@pytest.mark.parametrize(
    ("facts", "is_refused"),
    [
        (None, True),
        ({"days_ago": 366}, True),
        ({"days_ago": 365}, False),
        ({"is_valid": False}, True),
    ],
    ids=["never checked", "a day too old", "just young enough", "found not valid"],
)
def test_assign_asks_for_a_young_licence_check(editor, facts, is_refused):
    with time_machine.travel(TODAY, tick=True):
        factories.policy(licence_check_months=12)
        review, ann = factories.submitted(), factories.board_member("Ann")
        if facts is not None:
            check(ann, **facts)

        if is_refused:
            with pytest.raises(workflow.Refused, match="licence of Ann, MD has to be checked"):
                steps.assign(review, ann, editor)
        else:
            assert steps.assign(review, ann, editor).state == "invited"


def test_last_licence_check_decides(editor):
    factories.policy(licence_check_months=12)
    review, ann = factories.submitted(), factories.board_member("Ann")
    check(ann, days_ago=1, is_valid=False)
    check(ann)

    assert steps.assign(review, ann, editor).state == "invited"


def test_sign_with_a_licence_check_that_grew_old_is_refused(editor):
    factories.policy(licence_check_months=1)
    with time_machine.travel(TODAY, tick=False):
        ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
        check(ann)
        check(ben)
        review = factories.under_review(ann, ben)
        factories.mark_all(review, ann)

    with time_machine.travel(TODAY + timedelta(40), tick=False), pytest.raises(workflow.Refused, match="checked"):
        factories.sign(review, ann)


# --- A specialty that nobody on the board has ---


def of_cardiology(**fields):
    return factories.submitted(
        factories.article(topics=[factories.topic("Cardiology", ("Cardiology",))], risk="low", **fields)
    )


def test_missing_specialty_blocks_unless_the_policy_admits_it():
    review = of_cardiology()
    ann = factories.board_member("Ann")
    factories.under_review(ann, review=review)
    factories.sign(review, ann)

    review.refresh_from_db()
    assert review.state == "under_review"
    assert quorum.unreviewed_specialties(review) == []


def test_missing_specialty_does_not_block_and_is_named():
    factories.policy(admits_missing_specialty=True)
    review = of_cardiology()
    ann = factories.board_member("Ann")
    factories.under_review(ann, review=review)

    factories.sign(review, ann)

    review = Review.objects.get(pk=review.pk)
    assert review.state == "approved"
    assert quorum.unreviewed_specialties(review) == ["Cardiology"]
    assert review.article.publication.unreviewed_specialties == ["Cardiology"]


@pytest.mark.parametrize(
    ("cara", "blocks"),
    [
        ({}, True),
        ({"is_active": False}, False),
        ({"licence_expires": date(2020, 1, 1)}, False),
        ({"is_guest": True}, False),
    ],
    ids=["on the board", "inactive", "not licensed", "a guest"],
)
def test_specialty_blocks_when_a_member_could_sign(cara, blocks):
    factories.policy(admits_missing_specialty=True)
    factories.board_member("Cara", specialties=("Cardiology",), **cara)
    review = of_cardiology()
    ann = factories.board_member("Ann")
    factories.under_review(ann, review=review)

    factories.sign(review, ann)

    review.refresh_from_db()
    assert (review.state == "under_review") == blocks


def test_specialty_of_a_guest_who_signed_is_not_missing(editor):
    factories.policy(admits_missing_specialty=True)
    review, gina = of_cardiology(), verified(specialties=("Cardiology",))
    steps.assign(review, gina, editor)
    factories.under_review(gina, review=review)

    factories.sign(review, gina)

    review = Review.objects.get(pk=review.pk)
    assert review.state == "approved"
    assert quorum.unreviewed_specialties(review) == []


def test_people_who_may_not_sign_count_for_no_specialty():
    factories.policy(admits_missing_specialty=True)
    former = factories.board_member("Cara", specialties=("Cardiology",))
    former.user.groups.clear()

    assert quorum.board_specialties(TODAY) == set()


def test_desk_lists_candidates_at_the_same_cost_however_many(client, editor, django_assert_max_num_queries):
    factories.policy(licence_check_months=12)
    review = factories.submitted()
    client.force_login(editor)
    url = f"/admin/reviews/review/{review.pk}/change/"
    counts = []
    for _round in range(2):
        for _member in range(4):
            check(factories.board_member())
        with django_assert_max_num_queries(100) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]
