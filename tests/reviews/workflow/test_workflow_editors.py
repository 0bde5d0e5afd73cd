"""Review again, retract, and change what the catalogue says."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Article, Publication
from reviews import workflow
from reviews.models import Event
from reviews.record import event_sentences
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith")


@pytest.fixture
def ann():
    return factories.board_member("Ann")


def rereviewed(editor):
    review = factories.approved()
    article = Article.objects.get(pk=review.article_id)
    return workflow.rereview(article, by=editor, reason="Two years on.", seen=factories.seen(article))


def test_rereview_is_of_the_same_revision_and_carries_no_marks(editor):
    again = rereviewed(editor)

    assert again.revision == Publication.objects.get(article=again.article).revision
    assert (again.change_class, again.assignments.count()) == ("none", 0)


@pytest.mark.parametrize("missing", ["searched", "searched_on", "found"])
def test_approve_a_rereview_without_what_was_searched_is_refused(missing, editor, ann):
    again = factories.under_review(ann, review=rereviewed(editor))
    factories.mark_all(again, ann)

    with pytest.raises(workflow.Refused, match="re-check the evidence"):
        steps.approve(again, ann, evidence={**factories.EVIDENCE, missing: " "})


def test_approve_a_rereview_renews_the_dates_and_not_the_text(editor):
    again = rereviewed(editor)
    before = Publication.objects.get(article=again.article)

    with time_machine.travel(timezone.now() + timedelta(400), tick=True):
        factories.approved(review=again)

    after = Publication.objects.get(article=again.article)
    assert after.revision == before.revision
    assert after.text_changed_at == before.text_changed_at
    assert after.published_at == before.published_at
    assert after.evidence_checked_at == after.reviewed_at > before.reviewed_at
    assert after.next_review_due > before.next_review_due


@pytest.mark.parametrize("words", [{"reason": " "}, {"notice": " "}])
def test_retract_without_reason_or_notice_is_refused(words, editor):
    review = factories.approved()

    with pytest.raises(workflow.Refused):
        steps.retract(review.article, editor, **words)

    assert Publication.objects.get(article=review.article).status == "approved"


def test_retract_closes_the_open_review_and_a_late_quorum_changes_nothing(editor, ann):
    review = factories.approved()
    factories.edit(review.article)
    ben = factories.board_member("Ben")
    update = factories.under_review(ann, ben, review=factories.submitted(review.article))
    factories.sign(update, ann)
    factories.mark_all(update, ben)

    steps.retract(review.article, editor)

    update.refresh_from_db()
    assert update.state == "recalled"
    with pytest.raises(workflow.TransitionNotAllowed):
        steps.approve(update, ben)
    assert Publication.objects.get(article=review.article).status == "retracted"


def test_retracted_text_comes_back_by_an_approved_review(editor):
    review = factories.approved()
    article = steps.retract(review.article, editor)
    again = workflow.rereview(article, by=editor, reason="The notice was wrong.", seen=factories.seen(article))
    assert Publication.objects.get(article=article).status == "retracted"

    factories.approved(review=again)

    publication = Publication.objects.get(article=article)
    assert (publication.status, publication.revision) == ("approved", review.revision)
    assert [notice["kind"] for notice in publication.notices] == ["retraction"]


def test_retracted_text_may_be_submitted_unchanged(editor):
    review = factories.approved()
    steps.retract(review.article, editor)

    again = factories.submitted(review.article)

    assert (again.revision, again.reason) == (review.revision, "update")
    assert Publication.objects.get(article=review.article).status == "retracted"


def test_catalogue_by_an_author_is_refused():
    review = factories.submitted()

    with pytest.raises(PermissionDenied):
        steps.catalogue(review.article, review.article.owner, risk="low")


def test_catalogue_keeps_the_old_address(editor):
    review = factories.submitted()
    old = review.article.slug

    steps.catalogue(review.article, editor, slug="a-new-address")

    assert [former.slug for former in review.article.former_slugs.all()] == [old]


def test_catalogue_back_to_the_old_address(editor):
    review = factories.submitted()
    old = review.article.slug
    steps.catalogue(review.article, editor, slug="a-new-address")

    steps.catalogue(review.article, editor, slug=old)

    assert [former.slug for former in review.article.former_slugs.all()] == ["a-new-address"]


def test_catalogue_an_address_that_another_article_had_is_refused(editor):
    first, second = factories.submitted(), factories.submitted()
    taken = first.article.slug
    steps.catalogue(first.article, editor, slug="a-new-address")

    with pytest.raises(workflow.Refused, match="has, or had"):
        steps.catalogue(second.article, editor, slug=taken)


def test_catalogue_topics_are_on_the_page(editor):
    review = factories.approved()

    steps.catalogue(review.article, editor, topics=[factories.topic(), factories.topic("Cardiology", ())])

    shown = [topic["name"] for topic in Publication.objects.get(article=review.article).topics]
    assert shown == ["Cardiology", "Neurology"]


def test_catalogue_keeps_how_many_read_an_article_and_says_so(editor):
    review = factories.submitted()

    steps.catalogue(review.article, editor, readers=1200)
    steps.catalogue(review.article, editor)

    review.article.refresh_from_db()
    first, second = Event.objects.of_article(review.article_id).filter(verb="catalogue")
    assert review.article.readers == 1200
    assert (first.data["from"]["readers"], first.data["readers"]) == (0, 1200)
    assert "1200 readers per month" in event_sentences.sentence(first)
    assert "readers" not in event_sentences.sentence(second)
