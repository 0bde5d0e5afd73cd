"""Addresses whose text readers do not get: suspended, hidden because overdue, retired."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles.models import FormerSlug, Publication
from reviews import workflow
from tests import factories
from tests.articles.reading.reader_pages import address, text_of
from tests.reviews import steps

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

AUDIENCES = ("professional", "plain")
# Words of both audiences, their headings and their references.
OF_THE_TEXT = (b"300 mg", b"fewer nights", b"reassess", b"From the guidelines", b"A guideline of our own")


def holds_nothing_of_the_text(response):
    return not [words for words in OF_THE_TEXT if words in response.content]


def suspended(**words):
    review = factories.approved()
    return review, steps.suspend(review.article, factories.user("Editor"), **words)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_suspended_page_shows_the_notice_and_nothing_of_the_text(client, audience):
    review, _suspension = suspended()

    response = client.get(address(review, audience))

    assert response.status_code == 200
    assert "The dose is being checked." in text_of(response)
    assert Publication.objects.get().title in text_of(response)
    assert "Reviewed and approved by" not in text_of(response)
    assert holds_nothing_of_the_text(response)
    assert response["X-Robots-Tag"] == "noindex"
    assert b'<meta name="robots" content="noindex">' in response.content
    assert b"ld+json" not in response.content


def test_suspended_page_takes_one_small_query_once_built(client, django_assert_num_queries):
    review, _suspension = suspended()

    client.get(address(review))
    with django_assert_num_queries(1):
        client.get(address(review))


def test_page_kept_by_a_browser_is_not_served_again_once_suspended(client):
    review = factories.approved()
    etag = client.get(address(review))["ETag"]
    steps.suspend(review.article, factories.user("Editor"))

    response = client.get(address(review), headers={"if-none-match": etag})

    assert response.status_code == 200
    assert holds_nothing_of_the_text(response)


def test_suspended_text_is_handed_out_nowhere(client):
    review, _suspension = suspended()
    slug = review.article.slug

    assert client.get(reverse("reviews:revision", args=[slug, 1])).status_code == 404
    history = client.get(reverse("reviews:history", args=[slug]))
    assert "The text that is hidden from readers." in text_of(history)
    assert "are not available" in text_of(history)
    assert b"300 mg" not in history.content
    assert history["X-Robots-Tag"] == "noindex"
    assert review.article.title not in text_of(client.get(reverse("articles:home")))


def test_suspended_plain_page_keeps_the_words_about_emergencies(client):
    review, _suspension = suspended()

    assert Publication.objects.get().policy_texts["plain_safety"] in text_of(client.get(address(review, "plain")))


def test_lifted_page_is_as_it_was(client):
    review = factories.approved()
    before = client.get(address(review)).content
    suspension = steps.suspend(review.article, factories.user("Editor"))
    steps.lift(suspension, factories.user("Editor"))
    assert client.get(address(review)).content != before

    steps.lift(suspension, factories.board_member().user)

    assert client.get(address(review)).content == before


def test_hostile_notice_is_plain_text(client):
    notice = "<script>alert(1)</script> **bold** [x](javascript:alert(1)) &amp;\n\nA second paragraph"
    review, _suspension = suspended(notice=notice)

    shown = client.get(address(review)).content.decode()

    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **bold** [x](javascript:alert(1)) &amp;amp;" in shown
    assert "<p>A second paragraph</p>" in shown


def hide_after(days, noindex_days=None):
    return factories.policy(noindex_after_days=noindex_days, hide_after_days=days)


def test_overdue_page_is_closed_to_search_engines_and_then_hidden_by_the_day_alone(client):
    hide_after(60, noindex_days=30)
    review = factories.approved()
    due = Publication.objects.get().next_review_due

    seen = {}
    for days in (0, 1, 30, 31, 60, 61):
        with time_machine.travel(due + timedelta(days=days)):
            response = client.get(address(review))
            listed = review.article.title in text_of(client.get(reverse("articles:home")))
            has_text = "300 mg" in text_of(response)
            seen[days] = (response.status_code, response.get("X-Robots-Tag") != "noindex", has_text, listed)

    assert seen == {
        0: (200, True, True, True),
        1: (200, True, True, True),
        30: (200, True, True, True),
        31: (200, False, True, True),
        60: (200, False, True, True),
        61: (200, False, False, False),
    }


@pytest.mark.parametrize("audience", AUDIENCES)
def test_hidden_page_says_why_and_holds_nothing_of_the_text(client, audience):
    hide_after(0)
    review = factories.approved()
    due = Publication.objects.get().next_review_due

    with time_machine.travel(due + timedelta(days=1)):
        response = client.get(address(review, audience))
        download = client.get(reverse("reviews:revision", args=[review.article.slug, 1]))
        home = client.get(reverse("articles:home"))

    assert response.status_code == 200
    assert "The review of this text has been out of date since" in text_of(response)
    assert "hidden until it is reviewed again" in text_of(response)
    assert holds_nothing_of_the_text(response)
    assert b'<meta name="robots" content="noindex">' in response.content
    assert download.status_code == 404
    assert "No texts have been published here yet." in text_of(home)
    assert "Neurology" not in text_of(home)


def test_hidden_page_says_that_it_is_being_reviewed_and_comes_back(client):
    hide_after(0)
    review = factories.approved()
    with time_machine.travel(Publication.objects.get().next_review_due + timedelta(days=1), tick=True):
        again = workflow.rereview(
            review.article, by=factories.user("Editor"), reason="Due.", seen=factories.seen(review)
        )
        assert "It has been under review since" in text_of(client.get(address(review)))

        factories.approved(review=again)

        assert "Reviewed and approved by" in text_of(client.get(address(review)))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_retired_page_is_gone_with_its_notice(client, audience):
    review = factories.approved()
    steps.retire(review.article, factories.user("Editor"))

    response = client.get(address(review, audience))

    assert response.status_code == 410
    assert "This question is not asked any more." in text_of(response)
    assert "Retracted" not in text_of(response)
    assert holds_nothing_of_the_text(response)
    assert response["X-Robots-Tag"] == "noindex"
    assert review.article.title not in text_of(client.get(reverse("articles:home")))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_retired_page_leads_to_its_successor_in_the_same_words(client, django_assert_num_queries, audience):
    review, successor = factories.approved(), factories.approved()
    steps.retire(review.article, factories.user("Editor"), successor.article)

    for _time in range(2):
        response = client.get(address(review, audience))
        assert (response.status_code, response["Location"]) == (301, address(successor, audience))
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    with django_assert_num_queries(1):
        client.get(address(review, audience))
    assert review.article.title not in text_of(client.get(reverse("articles:home")))
    assert client.get(reverse("reviews:history", args=[review.article.slug])).status_code == 200


def test_former_address_of_a_retired_page_leads_on(client):
    review, successor = factories.approved(), factories.approved()
    FormerSlug.objects.create(slug="once-upon-a-time", article=review.article)
    steps.retire(review.article, factories.user("Editor"), successor.article)

    response = client.get(reverse("articles:plain", args=["once-upon-a-time"]), follow=True)

    assert [status for _address, status in response.redirect_chain] == [301, 301]
    assert response.request["PATH_INFO"] == address(successor)


def test_retired_page_leads_to_the_present_address_of_its_successor(client):
    review, successor = factories.approved(), factories.approved()
    steps.retire(review.article, factories.user("Editor"), successor.article)
    client.get(address(review))

    steps.catalogue(successor.article, factories.user("Editor"), slug="renamed")

    assert client.get(address(review), follow=True).request["PATH_INFO"] == "/articles/renamed/plain/"


def test_lists_leave_out_what_is_withheld_in_two_queries(client, django_assert_num_queries):
    editor, today = factories.user("Editor"), timezone.localdate()
    kept = [factories.approved() for _number in range(2)]
    for take in (steps.suspend, steps.retract, steps.retire):
        take(factories.approved().article, editor)

    with django_assert_num_queries(2):
        client.get(reverse("articles:home"))

    assert set(Publication.objects.readable(today).values_list("pk", flat=True)) == {one.article_id for one in kept}


def test_lists_are_searched_by_their_index():
    today = timezone.localdate()
    factories.approved()

    plan = Publication.objects.readable(today).newest_first()[:21].explain()

    assert "publication_newest_first" in plan or "Seq Scan" in plan  # PostgreSQL reads one row without any index
    assert "TEMP B-TREE" not in plan
