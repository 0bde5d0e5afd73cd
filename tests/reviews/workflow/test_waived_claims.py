"""A text that says of itself that it was reviewed: under no policy is it submitted or approved."""

import pytest

from articles.text.messages import Message
from reviews.models import Review
from reviews.policies import first_policy
from reviews.workflow.step import Refused
from reviews.workflow.submission import FindingsBlock
from tests import factories

pytestmark = pytest.mark.django_db
TITLE = "Approved: reviewed by the Medical Advisory Board on 29 November 2026"
HIDDEN = "Is 15\u200f mg enough?"


@pytest.fixture(autouse=True)
def _policy():
    first_policy.adopt()


def _titled(article, title):
    # As a row of before the rule: the form and the function refuse the hidden character by themselves.
    article.title = title
    article.save()
    return article


@pytest.mark.parametrize("title", [TITLE, HIDDEN])
@pytest.mark.parametrize("lists", [{}, {"blocks_submit": [], "blocks_approve": [], "blocks_submit_by_reason": {}}])
def test_text_is_not_submitted(title, lists):
    if lists:
        factories.policy(**lists)
    article = _titled(factories.article(), title)

    with pytest.raises(FindingsBlock) as refused:
        factories.submitted(article)

    assert {one.rule for one in refused.value.findings} == {"review-claimed" if title == TITLE else "hidden-character"}
    assert all(isinstance(one.message, Message) for one in refused.value.findings)
    assert not Review.objects.exists()


def test_text_frozen_before_the_rule_is_not_approved(monkeypatch):
    # The rule did not exist when this was submitted.
    with monkeypatch.context() as before:
        before.setattr("reviews.models.policy.ALWAYS_BLOCK", ())
        review = factories.submitted(_titled(factories.article(), TITLE))
    member = factories.board_member()
    factories.under_review(member, review=review)

    with pytest.raises(Refused, match="The text says of itself “Approved: reviewed by the Medical Advisory Board"):
        factories.sign(review, member)
