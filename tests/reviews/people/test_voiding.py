from datetime import date

import pytest
from django.utils import timezone

from articles.models import Publication
from reviews import workflow
from reviews.models import Decision, Review, Voiding
from reviews.record import event_chain, verification
from reviews.workflow import voided_signatures
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def members():
    return factories.board_member("Ann"), factories.board_member("Ben")


def void(member, **fields):
    """Find a member's signatures void, as the board's page does, and carry it out."""
    made = Voiding.objects.create(
        **{
            "member": member,
            "ground": "false",
            "since": date(2020, 1, 1),
            "reason": "The register does not know it.",
            "voided_by": factories.user("Editor"),
            "voided_at": timezone.now(),
            **fields,
        }
    )
    event_chain.append(
        event_chain.site_chain(), "void_signatures", actor=made.voided_by, data={}, at=made.voided_at, rows=[made]
    )
    for article in voided_signatures.affected(made):
        voided_signatures.void(article, voiding=made)
    return made


def faults():
    return [str(fault) for fault in verification.faults()]


def test_void_takes_the_badge_and_opens_a_review_for_what_is_missing(members):
    ann, ben = members
    review = factories.approved(ann, ben)

    void(ann)

    publication, opened = Publication.objects.get(), Review.objects.open().get()
    assert (publication.status, publication.update, publication.is_indexed) == ("approved", "rereview", False)
    assert publication.withdrawn_at is not None
    assert [one["id"] for one in publication.reviewers] == [ben.user.pk]
    assert (opened.reason, opened.revision, opened.follows) == ("withdrawn", review.revision, review)
    assert faults() == []


def test_one_more_signature_carries_the_approval_again(members):
    ann, ben = members
    factories.approved(ann, ben)
    void(ann)
    opened, cat = Review.objects.open().get(), factories.board_member("Cat")
    factories.accepted(opened, cat)

    factories.sign(opened, cat)

    publication = Publication.objects.get()
    assert (publication.withdrawn_at, publication.update, publication.is_indexed) == (None, "", True)
    assert {one["id"] for one in publication.reviewers} == {ben.user.pk, cat.user.pk}
    assert faults() == []


def review_of_three(ann, ben, cat):
    """Return an approved text: Ann signed for one section of it, the others for all."""
    review = factories.under_review(ann, ben, cat)
    factories.mark(review, ann, *next(iter(review.revision.section_digests.items())))
    steps.approve(review, ann)
    for member in (ben, cat):
        factories.sign(review, member)
    return review


def test_void_one_of_three_leaves_the_approval(members):
    ann, ben = members
    cat = factories.board_member("Cat")
    review_of_three(ann, ben, cat)

    void(ann)

    publication = Publication.objects.get()
    assert publication.withdrawn_at is None
    assert {one["id"] for one in publication.reviewers} == {ben.user.pk, cat.user.pk}
    assert not Review.objects.open().exists()


def test_void_in_an_open_review_takes_the_member_out(members):
    ann, ben = members
    review = factories.under_review(ann, ben)
    factories.sign(review, ann)

    void(ann)

    factories.sign(review, ben)
    review.refresh_from_db()
    assert review.state == "under_review"
    assert review.assignments.get(member=ann).state == "released"
    assert faults() == []


def test_void_during_an_open_update_leaves_the_update_and_takes_the_badge(members):
    ann, _ben = members
    review = factories.approved(*members)
    factories.edit(review.article)
    update = factories.submitted(review.article)

    void(ann)

    publication = Publication.objects.get()
    assert Review.objects.open().get() == update
    assert publication.withdrawn_at is not None
    assert faults() == []


def test_void_on_a_retracted_page_opens_no_way_back(members):
    review = factories.approved(*members)
    words = {"reason": "Wrong.", "notice": "It was wrong.", "seen": factories.seen(review)}
    workflow.retract(review.article, by=factories.user("Editor"), **words)

    void(members[0])

    assert not Review.objects.open().exists()
    assert Publication.objects.get().withdrawn_at is not None
    assert faults() == []


def test_void_of_signatures_since_a_day_leaves_earlier_ones(members):
    factories.approved(*members)

    void(members[0], since=date(2099, 1, 1))

    assert not Decision.objects.filter(verdict="voided").exists()


def test_void_again_does_nothing_more(members):
    review = factories.approved(*members)
    made = void(members[0])
    before = factories.seen(review)

    assert list(voided_signatures.affected(made)) == []
    assert voided_signatures.void(review.article, voiding=made) == []

    assert Decision.objects.filter(verdict="voided").count() == 1
    assert factories.seen(review) == before


def test_a_voided_signature_is_not_counted_in_a_second_review(members):
    ann, ben = members
    factories.policy(quorum_by_reason={"correction": 1})
    published = factories.approved(ann, ben)
    section = published.revision.document["sections"][0]
    corrected = workflow.correct(
        published.article,
        by=factories.user("Editor"),
        seen=factories.seen(published),
        edits={section["key"]: {name: section[name].replace("300", "30") for name in ("professional", "plain")}},
        notice="30 mg, not 300 mg.",
    )
    factories.accepted(corrected, ann)
    factories.sign(corrected, ann)

    void(ann)
    second = Review.objects.open().get()
    factories.accepted(second, ben)
    factories.sign(second, ben)

    second.refresh_from_db()
    assert second.state == "under_review"
    assert Publication.objects.get().withdrawn_at is not None
    assert faults() == []
