from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews import workflow
from reviews.models import Assignment, Review
from tests import factories

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:reviews_review_changelist")
MINE = reverse("admin:reviews_assignment_changelist")


def invite(review, member, by=None):
    by = by or factories.user("Editor")
    return workflow.assign(review, by=by, member=member, seen=factories.seen(review))


def be_late(review):
    yesterday = timezone.localdate() - timedelta(days=1)
    Assignment.objects.filter(review=review).update(due_date=yesterday)
    Review.objects.filter(pk=review.pk).update(due_date=yesterday)


def sign_in(client, role="Editor"):
    user = factories.user(role)
    client.force_login(user)
    return user


def test_queue_says_what_each_review_waits_for(client):
    sign_in(client)
    lonely = factories.submitted(title="Who reads this?")
    ann = factories.board_member("Ann Ahrens")
    busy = factories.under_review(ann, review=factories.submitted(title="Who signs this?"))
    workflow.open_thread(busy, by=ann.user, text="Dose?", kind="blocking")

    page = client.get(QUEUE)

    assert [row.review for row in page.context["rows"]] == [lonely, busy]
    assert [row.waits for row in page.context["rows"]] == [
        ["No reviewer yet", "0 of 2 signed"],
        ["1 of 2 reviewers asked", "1 remark to settle", "0 of 2 signed"],
    ]
    assert "Ann Ahrens: accepted" in page.text


def test_queue_names_an_interest_that_waits_for_a_ruling(client):
    sign_in(client)
    review, ann = factories.submitted(), factories.board_member()
    interests = [{"nature": "Speaker’s fee"}]
    workflow.accept(review, by=ann.user, seen=factories.seen(review), interests=interests)
    factories.submitted()

    page = client.get(QUEUE, {"state": "interests"})

    assert [row.review for row in page.context["rows"]] == [review]
    assert "1 interest to rule on" in page.text
    assert "fee" not in page.text


def test_queue_filters_what_is_overdue_and_mine(client):
    editor = sign_in(client)
    mine, other = factories.submitted(), factories.submitted()
    invite(mine, factories.board_member(), by=editor)
    invite(other, factories.board_member())
    be_late(other)

    assert [row.review for row in client.get(QUEUE, {"mine": "1"}).context["rows"]] == [mine]
    assert [row.review for row in client.get(QUEUE, {"overdue": "1"}).context["rows"]] == [other]


def test_queue_shows_closed_reviews_on_request(client):
    sign_in(client)
    closed = factories.submitted()
    workflow.recall(closed, by=closed.article.owner, reason="a mistake", seen=factories.seen(closed))

    assert client.get(QUEUE).context["rows"] == []
    assert [row.review for row in client.get(QUEUE, {"state": "closed"}).context["rows"]] == [closed]


def test_queue_that_is_empty_says_so(client):
    sign_in(client)

    assert "Nothing is in review" in client.get(QUEUE).text


def test_queue_asks_a_constant_number_of_queries(client, django_assert_num_queries):
    sign_in(client)
    for _ in range(4):
        factories.under_review()

    # Session, person, two of permissions, the count, the rows; policies, topics, people.
    with django_assert_num_queries(9):
        client.get(QUEUE)


@pytest.mark.parametrize(("role", "status"), [("Auditor", 200), ("Author", 403), ("Board member", 403)])
def test_queue_is_for_editors_and_auditors(client, role, status):
    sign_in(client, role)

    assert client.get(QUEUE).status_code == status


def test_my_reviews_are_in_order_of_their_due_date(client):
    ann = factories.board_member()
    client.force_login(ann.user)
    later, sooner = factories.submitted(), factories.submitted()
    invite(later, ann)
    invite(sooner, ann)
    be_late(sooner)

    page = client.get(MINE)

    assert [one.review for one in page.context["mine"].to_do] == [sooner, later]
    assert page.text.count("overdue</strong>") == 1


def test_my_reviews_show_what_is_signed_and_what_is_over(client):
    ann = factories.board_member()
    client.force_login(ann.user)
    signed = factories.under_review(ann)
    factories.sign(signed, ann)
    over = factories.approved(ann, factories.board_member())

    mine = client.get(MINE).context["mine"]

    assert [one.review for one in mine.signed] == [signed]
    assert [one.review for one in mine.finished] == [over]


def test_my_reviews_offer_what_needs_a_reviewer_without_its_text(client):
    ann = factories.board_member()
    client.force_login(ann.user)
    factories.under_review()
    waiting = factories.submitted(title="Who will read this?")

    page = client.get(MINE)

    assert page.context["mine"].to_take == [waiting]
    assert "Who will read this?" in page.text
    assert "300 mg" not in page.text


def test_my_reviews_do_not_offer_a_text_one_wrote(client):
    ann = factories.board_member()
    ann.user.groups.add(factories.user("Author").groups.get())
    factories.submitted(factories.article(ann.user))
    client.force_login(ann.user)

    assert client.get(MINE).context["mine"].to_take == []


def test_my_reviews_that_are_none_say_so(client):
    client.force_login(factories.board_member().user)

    assert "Nothing waits for you." in client.get(MINE).text


@pytest.mark.parametrize("role", ["Author", "Editor", "Auditor", "Administrator"])
def test_my_reviews_are_for_the_board(client, role):
    sign_in(client, role)

    assert client.get(MINE).status_code == 403


def test_my_reviews_ask_a_constant_number_of_queries(client, django_assert_num_queries):
    ann = factories.board_member()
    client.force_login(ann.user)
    for _ in range(3):
        invite(factories.submitted(), ann)
        factories.approved(ann, factories.board_member())
        factories.submitted()

    # Session, person, two of permissions, the member; open work, what to take, what is over, and the topics of each,
    # with the policies of what to take.
    with django_assert_num_queries(12):
        client.get(MINE)
