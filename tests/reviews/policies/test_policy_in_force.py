import pytest

from articles.models import Article
from articles.writing import findings, freezing
from articles.writing.editorial_policy import editorial_policy
from reviews import workflow
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


def test_policy_answers_with_what_is_in_force_at_the_moment():
    policy = editorial_policy()
    factories.policy(reference_style="apa", warn_grade=7, block_grade=11)

    assert policy.reference_style() == "apa"
    assert policy.reading_grades() == (7, 11)


def test_findings_that_block_are_those_the_policy_names_and_nobody_waived():
    factories.policy(blocks_approve=["citation-unused"])
    citations = [{"key": key, "source": factories.source()} for key in ("first", "second", "third", "fourth")]
    article = factories.article(citations=citations)
    found = findings.of_content(article, freezing.draft_content(article))
    policy = editorial_policy()
    assert {one.rule for one in policy.findings_that_block(article, found)} == {"citation-unused"}
    before = policy.findings_that_block(article, found)

    steps.waive(article, factories.user("Editor"), "citation-unused")

    assert policy.findings_that_block(article, found) == before[1:]


def test_review_state_is_that_of_the_latest_review():
    article = factories.article()
    assert editorial_policy().review_state(article) == ""

    review = factories.submitted(article)
    workflow.recall(review, by=article.owner, reason="Not yet.", seen=factories.seen(review))
    assert editorial_policy().review_state(article) == "Recalled"

    factories.submitted(article)
    assert editorial_policy().review_state(article) == "Submitted"


def test_review_states_of_a_list_are_one_query(django_assert_num_queries):
    for _ in range(3):
        factories.submitted()
    policy = editorial_policy()

    with django_assert_num_queries(2):
        states = [policy.review_state(article) for article in policy.with_reviews(Article.objects.all())]

    assert states == ["Submitted"] * 3
