import pytest

from articles.models import Article, Publication
from reviews import workflow
from reviews.models import Event, Review
from tests import factories

pytestmark = pytest.mark.django_db


def test_approved_text_is_what_readers_see():
    review = factories.approved()

    publication = Publication.objects.get(article=review.article)

    assert review.state == Review.State.APPROVED
    assert publication.status == "approved"
    assert publication.revision == review.revision
    assert [event.sequence for event in Event.objects.of_article(review.article_id)] == list(
        range(1, publication.version + 1)
    )


def test_update_under_review_leaves_the_approved_text():
    review = factories.approved()
    factories.edit(review.article)

    update = factories.submitted(review.article)

    publication = Publication.objects.get(article=review.article)
    assert (publication.revision, publication.update) == (review.revision, "submitted")
    assert update.change_class == Review.ChangeClass.SUBSTANTIVE


def test_changes_requested_then_approved():
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.under_review(ann, ben)
    workflow.request_changes(review, by=ann.user, text="The dose lacks its maximum.", seen=factories.seen(review))
    factories.edit(review.article)

    second = factories.submitted(review.article)

    assert {one.member for one in second.assignments.all()} == {ann, ben}
    with pytest.raises(workflow.Refused, match="must be settled"):
        factories.approved(ann, ben, review=second)


def test_retract_makes_the_page_gone():
    review = factories.approved()
    article = Article.objects.get(pk=review.article_id)

    workflow.retract(
        article,
        by=factories.user("Editor"),
        reason="wrong dose",
        notice="The dose was wrong.",
        seen=factories.seen(article),
    )

    assert Publication.objects.get(article=article).status == "retracted"


def test_text_over_the_limits_is_refused_in_words():
    article = factories.article()
    section = article.sections.first()
    section.professional = "[" * 20_000
    section._history_user = article.owner
    section.save()  # as no form would

    with pytest.raises(workflow.Refused, match="From the guidelines"):
        factories.submitted(article)

    assert not Review.objects.exists()
