"""What a text must be to be submitted, by the sentence that the person reads."""

import pytest

from articles.models import Article
from reviews import workflow
from reviews.models import Review
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith")


@pytest.fixture
def ann():
    return factories.board_member("Ann")


def test_submit_equal_to_the_approved_text_is_refused():
    review = factories.approved()

    with pytest.raises(workflow.Refused, match="already approved"):
        factories.submitted(review.article)

    assert not Review.objects.open().exists()


def test_submit_equal_to_a_rejected_text_reviews_the_same_revision_again(editor):
    review = factories.submitted()
    workflow.reject(review, by=editor, reason="Out of scope.", seen=factories.seen(review))

    second = factories.submitted(review.article)

    assert second.revision == review.revision


def test_submit_of_an_old_page_is_refused():
    article = factories.article()
    factories.edit(article)

    with pytest.raises(workflow.ArticleMoved):
        workflow.submit(article, by=article.owner, seen=article.version)

    assert not article.revisions.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sections": []}, "no section"),
        ({"ai_use": "undeclared"}, "AI tool"),
        ({"citations": []}, "not in the list"),
    ],
)
def test_submit_with_a_finding_the_policy_blocks_is_refused(change, words):
    article = factories.article(**change)

    with pytest.raises(workflow.Refused, match=words):
        factories.submitted(article)

    assert not article.revisions.exists()
    assert steps.events(article) == []


@pytest.mark.parametrize("blocked", [True, False], ids=["by the policy", "by no policy"])
def test_submit_a_text_over_the_limits_is_refused(blocked):
    article = factories.article()
    section = article.sections.first()
    section.professional, section._history_user = "[" * 20_000, article.owner
    section.save()
    factories.policy(blocks_submit=["text-too-complex"] if blocked else [])

    with pytest.raises(workflow.Refused):
        factories.submitted(article)

    assert not article.revisions.exists()


def test_submit_words_by_nobody_is_refused():
    article = factories.article()
    section = article.sections.first()
    section.professional = "Words that a script wrote [@first]."
    section.save()

    with pytest.raises(workflow.Refused, match="an unknown person"):
        factories.submitted(article)

    assert steps.events(article) == []


def test_submit_takes_a_raised_change_class():
    review = factories.approved()
    factories.edit(review.article)
    article = Article.objects.get(pk=review.article_id)

    update = workflow.submit(article, by=article.owner, seen=article.version, change_class="safety")

    assert update.change_class == "safety"


def test_submit_does_not_take_a_lowered_change_class():
    review = factories.approved()
    factories.edit(review.article)
    article = Article.objects.get(pk=review.article_id)

    update = workflow.submit(article, by=article.owner, seen=article.version, change_class="minor")

    assert update.change_class == "substantive"


def test_submit_after_changes_asks_again_those_who_can(editor, ann):
    ben = factories.board_member("Ben")
    review = factories.under_review(ann, ben)
    workflow.request_changes(review, by=ann.user, text="Vague.", seen=factories.seen(review))
    factories.edit(review.article, by=ben.user)

    second = factories.submitted(review.article)

    assert [one.member for one in second.assignments.all()] == [ann]
