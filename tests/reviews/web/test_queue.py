from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from reviews import workflow
from reviews.models import Assignment, Review
from reviews.web.desk import work_lists
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

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
    assert "Ann Ahrens: accepted" in " ".join(page.text.split())


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

    # Session, person, two of permissions, the count, what is late, which rows, the rows; policies, topics, people.
    with django_assert_num_queries(11):
        client.get(QUEUE)


def with_facts(risk, readers):
    return factories.submitted(risk=risk, readers=readers)


def shown(page):
    return [row.review for row in page.context["rows"]]


def test_queue_is_in_the_order_of_risk_then_readers_then_age(client):
    sign_in(client)
    low = with_facts("low", 9000)
    old, young = with_facts("moderate", 10), with_facts("moderate", 10)
    read = with_facts("moderate", 500)
    high = with_facts("high", 0)
    Review.objects.filter(pk=young.pk).update(opened_at=young.opened_at + timedelta(hours=1))

    page = client.get(QUEUE)

    assert shown(page) == [high, read, old, young, low]
    assert "High risk first, then many readers, then the oldest" in page.text
    assert "500 readers per month" in page.text


def test_queue_is_also_in_the_order_of_due_dates_and_of_age(client):
    editor = sign_in(client)
    late, soon = with_facts("low", 0), with_facts("high", 0)
    for review, days in ((late, 20), (soon, 5)):
        workflow.assign(
            review,
            by=editor,
            member=factories.board_member(),
            seen=factories.seen(review),
            due_date=timezone.localdate() + timedelta(days=days),
        )
    without = with_facts("low", 0)

    assert shown(client.get(QUEUE, {"order": "due"})) == [without, soon, late]
    assert shown(client.get(QUEUE, {"order": "age"})) == [late, soon, without]
    assert shown(client.get(QUEUE, {"order": "nothing known"})) == [soon, late, without]


def test_queue_says_how_many_are_overdue_wherever_they_stand(client, monkeypatch):
    editor = sign_in(client)
    monkeypatch.setattr(work_lists, "PAGE_SIZE", 1)
    with_facts("high", 0)
    late = with_facts("low", 0)
    invite(late, factories.board_member(), by=editor)
    be_late(late)

    page = client.get(QUEUE, {"order": "age", "page": "1"})

    assert '<a class="overdue" href="?order=age&amp;overdue=1"> 1 is overdue </a>' in " ".join(page.text.split())
    assert "is overdue" not in client.get(QUEUE, {"overdue": "1"}).text


def test_queue_keeps_its_order_and_filter_from_page_to_page(client, monkeypatch):
    sign_in(client)
    monkeypatch.setattr(work_lists, "PAGE_SIZE", 2)
    made = [factories.submitted() for _ in range(5)]

    seen = [shown(client.get(QUEUE, {"order": "age", "page": page})) for page in (1, 2, 3)]

    assert [review for page in seen for review in page] == made
    assert "?order=age&amp;page=3" in client.get(QUEUE, {"order": "age", "page": 2}).text


@pytest.mark.parametrize("order", ["risk", "due", "age"])
def test_queue_finds_the_open_reviews_by_an_index(order):
    if connection.vendor != "sqlite":
        pytest.skip("what PostgreSQL does with a handful of rows says nothing")
    waiting = work_lists.queue(
        factories.user("Editor"), state="open", is_mine=False, is_overdue=False, today=timezone.localdate(), order=order
    )

    plan = waiting.values_list("pk")[:50].explain()

    assert "SEARCH reviews_review USING INDEX review_by_state" in plan


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
    factories.give_role(ann.user, "Author")
    factories.submitted(factories.article(ann.user))
    client.force_login(ann.user)

    assert client.get(MINE).context["mine"].to_take == []


def test_my_reviews_that_are_none_say_so(client):
    client.force_login(factories.board_member().user)

    assert "Nothing is waiting for you." in client.get(MINE).text


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
