"""Two people at the same moment over a lower requirement: one outcome, and nothing is lowered by nobody's agreement."""

import pytest
from django.db import connection

from articles.models import Article
from reviews import workflow
from reviews.models import EditorialPolicy, Lowering, LoweringAnswer, Review
from reviews.policies import lowered_policy
from tests import factories
from tests.conftest import require_service
from tests.reviews import steps
from tests.reviews.policies.test_policy_adoption import adopt
from tests.services.test_races import TIMES, race

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _postgresql():
    require_service(connection.vendor == "postgresql", "PostgreSQL")


@pytest.fixture
def people():
    """Who asks, and two who may agree."""
    return factories.user("Editor"), factories.user("Editor"), factories.board_member("Ann").user


def asked(asker):
    article = factories.article(by=asker, risk="high")
    factories.submitted(article)
    return factories.lowering(article, by=asker)


def test_two_confirm_at_once(people):
    asker, first, second = people

    def prepare():
        lowering = asked(asker)
        return [lambda by=by: workflow.confirm_lowering(lowering, by=by) for by in (first, second)]

    ended = race(prepare)

    assert set(ended) <= {("done", "TransitionNotAllowed"), ("TransitionNotAllowed", "done")}
    assert LoweringAnswer.objects.filter(outcome="confirmed").count() == TIMES


def test_confirm_against_withdraw(people):
    asker, first, _second = people

    def prepare():
        lowering = asked(asker)
        return [
            lambda: workflow.confirm_lowering(lowering, by=first),
            lambda: workflow.withdraw_lowering(lowering, by=asker),
        ]

    ended = race(prepare)

    assert set(ended) <= {("done", "TransitionNotAllowed"), ("TransitionNotAllowed", "done")}
    for lowering in Lowering.objects.select_related("article", "answer"):
        is_low = lowering.article.risk == "low"
        assert is_low == (lowering.answer.outcome == "confirmed")


def test_confirm_against_submit(people):
    """The review asks for what the risk class was when it opened: of either moment, and never of a mixture."""
    asker, first, _second = people

    def prepare():
        lowering = asked(asker)
        factories.edit(lowering.article)
        article = Article.objects.get(pk=lowering.article_id)
        return [
            lambda: workflow.confirm_lowering(lowering, by=first),
            lambda: workflow.submit(article, by=asker, seen=article.version),
        ]

    ended = race(prepare)

    assert set(ended) == {("done", "done")}
    for review in Review.objects.open():
        asks = (review.requirements["risk"], review.requirements["signers"])
        assert asks in {("high", 2), ("low", 1)}


def test_two_confirm_a_version_at_once(people):
    asker, first, second = people

    def prepare():
        if not EditorialPolicy.objects.current().specialty_required:
            factories.policy(specialty_required=True)
        lowering = adopt(asker, specialty_required=False)
        return [lambda by=by: lowered_policy.confirm(lowering, by=by) for by in (first, second)]

    ended = race(prepare)

    assert set(ended) <= {("done", "TransitionNotAllowed"), ("TransitionNotAllowed", "done")}
    assert EditorialPolicy.objects.filter(adopted_by=asker, specialty_required=False).count() == TIMES


def test_two_ask_at_once(people):
    asker, other, _third = people

    def prepare():
        article = factories.submitted(factories.article(by=asker, risk="high")).article
        return [lambda by=by: steps.catalogue(article, by, risk="low") for by in (asker, other)]

    ended = race(prepare)

    assert set(ended) <= {("done", "Refused"), ("Refused", "done")}
    assert Lowering.objects.count() == TIMES
