"""The guards of signing, taking back and asking for changes."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from articles.writing import freezing
from reviews import workflow
from reviews.models import Assignment, Decision, Event, Thread
from reviews.record import signatures
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith")


@pytest.fixture
def ann():
    return factories.board_member("Ann")


def test_approve_with_a_wrong_password_is_on_the_record_and_writes_nothing_else(ann):
    review = factories.under_review(ann)
    factories.mark_all(review, ann)
    before = steps.events(review.article)

    with pytest.raises(signatures.WrongPassword):
        steps.approve(review, ann, password="guessed")

    assert steps.events(review.article) == [*before, "sign_refused"]
    assert not Decision.objects.exists()
    assert Assignment.objects.get().state == "accepted"
    assert "guessed" not in str(Event.objects.of_article(review.article_id).last().data)


def test_approve_another_digest_is_refused(ann):
    review = factories.under_review(ann)
    factories.mark_all(review, ann)

    with pytest.raises(workflow.Refused, match="does not show the text"):
        steps.approve(review, ann, digest="0" * 64)

    assert steps.events(review.article)[-1] == "sign_refused"


def test_approve_an_old_page_is_refused_and_says_what_happened(ann):
    review = factories.under_review(ann)
    seen = factories.seen(review)
    factories.mark_all(review, ann)

    with pytest.raises(workflow.ArticleMoved) as refusal:
        steps.approve(review, ann, seen=seen)

    assert [event.verb for event in refusal.value.events] == ["mark"] * 4


def test_approve_without_a_mark_is_refused(ann):
    review = factories.under_review(ann)

    with pytest.raises(workflow.Refused, match="Mark both wordings"):
        steps.approve(review, ann)


def test_approve_with_an_open_blocking_remark_is_refused(ann):
    review = factories.under_review(ann)
    factories.mark_all(review, ann)
    thread = workflow.open_thread(review, by=ann.user, text="Which dose?", kind="blocking")

    with pytest.raises(workflow.Refused, match="must be settled"):
        steps.approve(review, ann)

    workflow.resolve(thread, by=ann.user, resolution="It is in the table.")
    assert steps.approve(review, ann).verdict == "approved"


def test_approve_with_a_suggestion_open_is_done(ann):
    review = factories.under_review(ann)
    factories.mark_all(review, ann)
    workflow.open_thread(review, by=ann.user, text="A shorter title?")

    assert steps.approve(review, ann).verdict == "approved"


def test_approve_with_a_lapsed_licence_is_refused(ann):
    review = factories.under_review(ann)
    factories.mark_all(review, ann)
    ann.licence_expires = date(2020, 1, 1)
    ann.save()

    with pytest.raises(workflow.Refused, match="licence of Ann, MD has lapsed"):
        steps.approve(review, ann)


def test_approve_by_who_left_the_board_is_refused(ann):
    review = factories.under_review(ann)
    factories.mark_all(review, ann)
    ann.is_active = False
    ann.save()

    with pytest.raises(workflow.Refused, match="not an active member"):
        steps.approve(review, ann)


def test_approve_names_what_it_covers_and_where_it_stands(ann):
    review = factories.under_review(ann)
    key, digest = next(iter(freezing.section_digests(review.revision.document).items()))
    factories.mark(review, ann, key, digest)

    decision = steps.approve(review, ann)

    (section,) = decision.sections
    assert section == {
        "key": key,
        "digest": digest,
        "heading": "From the guidelines",
        "wordings": ["professional", "plain"],
        "is_carried": False,
    }
    for words in ("“From the guidelines”", review.revision.digest, review.article.title, "policy version 1"):
        assert words in decision.statement
    assert "From the research" not in decision.statement


def test_approve_by_a_superuser_who_is_not_on_the_board_is_refused():
    review = factories.under_review()
    root = factories.user(is_superuser=True)

    with pytest.raises(PermissionDenied):
        workflow.approve(
            review, by=root, digest=review.revision.digest, password=factories.PASSWORD, seen=factories.seen(review)
        )


def test_approve_again_after_taking_it_back(ann):
    review = factories.under_review(ann, factories.board_member())
    first = factories.sign(review, ann)
    taken_back = workflow.rescind(review, by=ann.user, reason="One more look.", seen=factories.seen(review))

    second = steps.approve(review, ann)

    assert [taken_back.supersedes, second.supersedes] == [first, taken_back]
    assert [first.sequence, taken_back.sequence, second.sequence] == [1, 2, 3]


def test_rescind_takes_a_signature_out_of_the_quorum(ann):
    ben = factories.board_member("Ben")
    review = factories.under_review(ann, ben)
    factories.sign(review, ann)
    workflow.rescind(review, by=ann.user, reason="Unsure.", seen=factories.seen(review))

    factories.sign(review, ben)

    review.refresh_from_db()
    assert review.state == "under_review"


def test_request_changes_without_words_is_refused(ann):
    review = factories.under_review(ann)

    with pytest.raises(workflow.Refused, match="what has to change"):
        workflow.request_changes(review, by=ann.user, text="  ", seen=factories.seen(review))

    assert not Thread.objects.exists()


def test_request_changes_on_a_section_of_another_text_is_refused(ann):
    review = factories.under_review(ann)

    with pytest.raises(workflow.Refused, match="not in the text"):
        workflow.request_changes(review, by=ann.user, text="Vague.", section_key="x", seen=factories.seen(review))


@pytest.mark.parametrize("verb", ["reject", "recall"])
def test_ending_a_review_without_a_reason_is_refused(verb, editor):
    review = factories.submitted()

    with pytest.raises(workflow.Refused, match="Say why"):
        getattr(workflow, verb)(review, by=editor, reason=" ", seen=factories.seen(review))
