"""What happened since a page was opened stands in the way of the steps that it concerns, and of no other."""

import pytest

from reviews import workflow
from reviews.models import Event, Review
from reviews.record import event_verbs
from reviews.workflow import conflicts
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return factories.board_member("Ann")


@pytest.fixture
def ben():
    return factories.board_member("Ben")


@pytest.fixture
def review(ann, ben):
    sources = [{"key": key, "source": factories.source()} for key in ("first", "second", "unused")]
    review = factories.under_review(ann, ben, review=factories.submitted(factories.article(citations=sources)))
    factories.mark_all(review, ann)
    return review


def marks(review, ben):
    factories.mark_all(review, ben)


def unmarks(review, ben):
    marks(review, ben)
    key = next(iter(review.revision.section_digests))
    workflow.unmark(review, by=ben.user, section_key=key, audience="plain")


def suggests(review, ben):
    workflow.open_thread(review, by=ben.user, text="A shorter title?")


def comments(review, ben):
    workflow.comment(_thread(review, ben), by=ben.user, text="Indeed.")


def _thread(review, ben):
    return workflow.open_thread(review, by=ben.user, text="A shorter title?")


def settles(review, ben):
    workflow.resolve(_thread(review, ben), by=ben.user, resolution="No.")


def tries_in_vain(review, ben):
    with pytest.raises(Exception, match="password"):
        steps.approve(review, ben, password="guessed")


def signs(review, ben):
    factories.sign(review, ben)


def takes_it_back(review, ben):
    signs(review, ben)
    workflow.rescind(review, by=ben.user, reason="Unsure.", seen=factories.seen(review))


def leaves(review, ben):
    workflow.decline(review, by=ben.user, kind="time", reason="Away.", seen=factories.seen(review))


def is_joined(review, ben):
    steps.assign(review, factories.board_member(), factories.user("Editor"))


def moves_the_address(review, ben):
    steps.catalogue(review.article, factories.user("Editor"), slug="elsewhere")


def saves_the_draft(review, ben):
    factories.edit(review.article)


HARMLESS = [
    *(marks, unmarks, suggests, comments, settles, tries_in_vain, signs, takes_it_back, leaves, is_joined),
    *(moves_the_address, saves_the_draft),
]


@pytest.mark.parametrize("act", HARMLESS, ids=lambda act: act.__name__)
def test_signature_is_given_though_somebody(act, review, ann, ben):
    seen = factories.seen(review)
    act(review, ben)

    decision = steps.approve(Review.objects.get(pk=review.pk), ann, seen=seen)

    assert decision.verdict == "approved"


def objects(review, ben):
    workflow.open_thread(review, by=ben.user, text="Which dose?", kind="blocking")


def asks_for_changes(review, ben):
    workflow.request_changes(review, by=ben.user, text="Which dose?", seen=factories.seen(review))


def hands_in_another_text(review, ben):
    factories.edit(review.article)
    factories.submitted(review.article)


def raises_the_risk(review, ben):
    steps.catalogue(review.article, factories.user("Editor"), risk="high")


def waives(review, ben):
    factories.waived(review)


def recalls(review, ben):
    workflow.recall(review, by=review.article.owner, reason="A slip.", seen=factories.seen(review))


@pytest.mark.parametrize(
    "act",
    [objects, asks_for_changes, hands_in_another_text, raises_the_risk, waives, recalls],
    ids=lambda act: act.__name__,
)
def test_signature_conflicts_when_somebody(act, review, ann, ben):
    seen = factories.seen(review)
    act(review, ben)

    with pytest.raises(workflow.ArticleMoved):
        steps.approve(review, ann, seen=seen)


def test_own_mark_in_another_window_changes_what_is_signed(review, ann):
    seen = factories.seen(review)
    key = next(iter(review.revision.section_digests))
    workflow.unmark(review, by=ann.user, section_key=key, audience="plain")

    with pytest.raises(workflow.ArticleMoved):
        steps.approve(review, ann, seen=seen)


def test_editor_who_asks_sees_who_joined_meanwhile(review, ben):
    seen = factories.seen(review)
    leaves(review, ben)

    with pytest.raises(workflow.ArticleMoved):
        workflow.assign(review, by=factories.user("Editor"), member=factories.board_member(), seen=seen)


def test_member_who_was_released_meanwhile_is_told_when_they_decline(review, ben):
    editor, asked = factories.user("Editor"), factories.board_member()
    assignment = steps.assign(review, asked, editor)
    seen = factories.seen(review)
    workflow.release(assignment, by=editor, reason="Not needed.", seen=seen)

    with pytest.raises(workflow.ArticleMoved) as refusal:
        workflow.decline(review, by=asked.user, kind="time", reason="Away.", seen=seen)

    assert [event.verb for event in refusal.value.events] == ["release"]


def test_page_that_claims_to_have_seen_more_than_there_is_is_refused(review, ann):
    with pytest.raises(workflow.ArticleMoved):
        steps.approve(review, ann, seen=factories.seen(review) + 1)


def test_every_verb_of_an_article_has_a_weight():
    assert set(conflicts.WEIGHTS) == set(event_verbs.ON_ARTICLE)


def test_event_of_an_unknown_verb_is_not_passed_over():
    with pytest.raises(event_verbs.UnknownVerb):
        conflicts.stands_in_the_way([Event(verb="wind_clock", data={})], "approve", by=None)
