"""Two people at the same moment, each many times: one outcome, nobody sees an error page, the record is whole."""

import os
import threading
from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from articles.models import Article, Publication
from articles.writing import drafting
from reviews import workflow
from reviews.models import Assignment, BoardMember, Review
from reviews.people import departures
from reviews.record import verification
from tests import factories
from tests.conftest import require_service

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
TIMES = int(os.environ.get("RACES") or 20)
# What a page answers with words of ours (409, 422, 403), never with an error.
REFUSALS = (workflow.ArticleMoved, workflow.Refused, drafting.DraftMoved, PermissionDenied)


@pytest.fixture(autouse=True)
def _postgresql():
    require_service(connection.vendor == "postgresql", "PostgreSQL")


@pytest.fixture
def ann():
    """A member whose signature alone approves a text."""
    factories.policy(quorum={"low": 1, "moderate": 1, "high": 1})
    return factories.board_member("Ann")


@pytest.fixture
def editor():
    return factories.user("Editor")


@pytest.fixture
def author():
    return factories.user("Author")


def race(prepare):
    """Run the two steps that `prepare` returns at the same moment, TIMES over; count how each pair ended.

    An outcome is "done" or the refusal's name. Anything else that is raised fails the test.
    """
    ended = Counter()
    for _ in range(TIMES):
        steps = prepare()
        ended[at_once(*steps)] += 1
    assert list(verification.faults()) == []
    return ended


def at_once(*steps):
    start = threading.Barrier(len(steps))
    outcomes: list = [None] * len(steps)

    def run(place, step):
        start.wait()
        try:
            step()
            outcomes[place] = "done"
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for outcome in outcomes:
        if isinstance(outcome, Exception) and not isinstance(outcome, REFUSALS):
            raise outcome
    return tuple(one if one == "done" else type(one).__name__ for one in outcomes)


def sign(review, member, seen):
    return workflow.approve(
        review, by=member.user, digest=review.revision.digest, password=factories.PASSWORD, seen=seen
    )


def one_signature_left(member, author):
    """Return a review that one more signature approves."""
    review = factories.under_review(member, review=factories.submitted(factories.article(author)))
    factories.mark_all(review, member)
    return review


def update_with_one_signature_left(member, author):
    """Return such a review of an update of a text that readers see already."""
    approved = factories.approved(member, review=factories.submitted(factories.article(author)))
    factories.edit(approved.article)
    review = factories.under_review(member, review=factories.submitted(approved.article))
    factories.mark_all(review, member)
    return review


def test_two_last_signatures(author):
    members = factories.board_member("Ann"), factories.board_member("Ben")
    reviews = []

    def prepare():
        review = factories.under_review(*members, review=factories.submitted(factories.article(author)))
        for member in members:
            factories.mark_all(review, member)
        reviews.append(review.pk)
        seen = factories.seen(review)
        return [lambda member=member: sign(review, member, seen) for member in members]

    ended = race(prepare)

    # A colleague's signature changes nothing of what is signed: both are given, and the second approves the text.
    assert set(ended) == {("done", "done")}
    assert set(Review.objects.filter(pk__in=reviews).values_list("state", flat=True)) == {"approved"}


def test_sign_against_recall(ann, author):
    def prepare():
        review = one_signature_left(ann, author)
        seen = factories.seen(review)
        return [
            lambda: sign(review, ann, seen),
            lambda: workflow.recall(review, by=author, reason="A slip.", seen=seen),
        ]

    ended = race(prepare)

    assert set(ended) <= {("done", "ArticleMoved"), ("ArticleMoved", "done")}
    pairs = Review.objects.values_list("state", "article__publication__status")
    assert set(pairs) <= {("approved", "approved"), ("recalled", "under_review")}


@pytest.mark.parametrize("verb", ["suspend", "retract"])
def test_sign_against_taking_the_page_from_readers(verb, ann, author, editor):
    articles = []

    def prepare():
        review = update_with_one_signature_left(ann, author)
        articles.append(review.article_id)
        seen = factories.seen(review)
        step = getattr(workflow, verb)
        return [
            lambda: sign(review, ann, seen),
            lambda: until_done(
                lambda: step(review.article, by=editor, reason="Wrong.", notice="Gone.", seen=now(review))
            ),
        ]

    ended = race(prepare)

    assert {second for _first, second in ended} == {"done"}
    expected = {"suspend": "suspended", "retract": "retracted"}[verb]
    statuses = Publication.objects.filter(pk__in=articles).values_list("status", flat=True)
    assert set(statuses) == {expected}


def now(review):
    return factories.seen(review)


def until_done(step):
    """Do as a person does who is told that something happened meanwhile: look again, and go on."""
    while True:
        try:
            return step()
        except workflow.ArticleMoved:
            continue


def test_submit_twice(author):
    articles = []

    def prepare():
        article = Article.objects.get(pk=factories.article(author).pk)
        articles.append(article.pk)
        return [lambda: workflow.submit(article, by=author, seen=article.version)] * 2

    ended = race(prepare)

    assert set(ended) <= {("done", "Refused"), ("Refused", "done")}
    assert Review.objects.filter(article__in=articles).count() == TIMES


def test_save_while_submitting(author):
    def prepare():
        article = Article.objects.get(pk=factories.article(author).pk)
        key = str(article.sections.first().key)
        words = {key: {"professional": "Other words [@first]."}}
        return [
            lambda: workflow.submit(article, by=author, seen=article.version),
            lambda: drafting.rewrite(article, by=author, reason="edit", seen=article.version, sections=words),
        ]

    ended = race(prepare)

    # Submitting does not change the draft, so who saves afterwards is not in anybody's way.
    assert set(ended) <= {("done", "done"), ("ArticleMoved", "done")}
    frozen = Review.objects.select_related("revision")
    assert not any("Other words" in review.revision.content for review in frozen)


def test_correct_against_approve(ann, author, editor):
    articles = []

    def prepare():
        review = update_with_one_signature_left(ann, author)
        articles.append(review.article_id)
        section = Publication.objects.get(pk=review.article_id).revision.document["sections"][0]
        edits = {section["key"]: {"plain": section["plain"].replace("300", "30")}}
        seen = factories.seen(review)
        return [
            lambda: sign(review, ann, seen),
            lambda: workflow.correct(review.article, by=editor, seen=seen, edits=edits, notice="30 mg."),
        ]

    ended = race(prepare)

    assert set(ended) <= {("done", "ArticleMoved"), ("ArticleMoved", "done")}
    for article in articles:
        newest = Review.objects.filter(article=article).newest_first()[0]
        assert (newest.reason, newest.state) in {("update", "approved"), ("correction", "submitted")}


def test_assign_against_deactivate(author, editor):
    review = factories.submitted(factories.article(author))
    member = factories.board_member("Ann")

    def prepare():
        for assignment in review.assignments.filter(state__in=Assignment.UNANSWERED):
            workflow.release(assignment, by=editor, reason="Next round.", seen=None)
        if not BoardMember.objects.get(pk=member.pk).is_active:
            departures.reactivate(member, by=editor, reason="Next round.")
        seen = factories.seen(review)
        return [lambda: workflow.assign(review, by=editor, member=member, seen=seen), leave]

    def leave():
        departures.deactivate(member, by=editor, reason="Retired.")
        departures.hand_over(member, by=editor, reason="Retired.")
        assert not departures.open_assignments(member).exists()

    ended = race(prepare)

    assert set(ended) <= {("done", "done"), ("Refused", "done")}
