import threading

import pytest
from django.db import connection, connections

from articles.models import Article, Publication
from reviews import verification, workflow
from reviews.models import Review
from tests import factories
from tests.conftest import require_service

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _postgresql():
    require_service(connection.vendor == "postgresql", "PostgreSQL")


def at_once(*steps):
    """Run steps at the same moment, each on a connection of its own; return what each gave or raised."""
    start = threading.Barrier(len(steps))
    outcomes = [None] * len(steps)

    def run(place, step):
        start.wait()
        try:
            outcomes[place] = step()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def sign(review, member, seen):
    return workflow.approve(
        review, by=member.user, digest=review.revision.digest, password=factories.PASSWORD, seen=seen
    )


def test_two_last_signatures_have_one_order():
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.under_review(ann, ben)
    factories.mark_all(review, ann)
    factories.mark_all(review, ben)
    seen = factories.seen(review)

    outcomes = at_once(lambda: sign(review, ann, seen), lambda: sign(review, ben, seen))

    assert sum(isinstance(one, workflow.ArticleMoved) for one in outcomes) == 1
    assert Review.objects.get().state == "under_review"
    assert list(verification.faults()) == []


def test_submit_twice_opens_one_review():
    article = Article.objects.get(pk=factories.article().pk)

    outcomes = at_once(*[lambda: workflow.submit(article, by=article.owner, seen=article.version)] * 2)

    assert sum(isinstance(one, workflow.TransitionNotAllowed) for one in outcomes) == 1
    assert Review.objects.count() == 1
    assert list(verification.faults()) == []


def test_sign_against_recall_has_one_outcome():
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.under_review(ann, ben)
    factories.sign(review, ann)
    factories.mark_all(review, ben)
    seen = factories.seen(review)
    author = review.article.owner

    at_once(lambda: sign(review, ben, seen), lambda: workflow.recall(review, by=author, reason="A slip.", seen=seen))

    state, status = Review.objects.get().state, Publication.objects.get().status
    assert (state, status) in {("approved", "approved"), ("recalled", "under_review")}
    assert list(verification.faults()) == []
