import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Publication
from reviews import workflow
from tests import factories
from tests.articles.reading.reader_pages import address, retract, send_back, text_of

pytestmark = pytest.mark.django_db


def today():
    return date_format(timezone.now(), "j F Y")


@pytest.fixture
def pending_is_shown():
    return factories.policy(shows_pending=True)


@pytest.mark.parametrize("audience", ["professional", "plain"])
def test_body_is_byte_for_byte_what_was_approved(client, audience):
    review = factories.approved()
    approved = review.revision.renderings.get(audience=audience).html

    response = client.get(address(review, audience))

    assert response.status_code == 200
    assert approved.encode() in response.content


def test_a_new_reference_style_shows_in_texts_frozen_from_then_on(client):
    before = factories.approved()
    factories.policy(reference_style="apa")
    after = factories.approved()

    pages = [text_of(client.get(address(review))) for review in (before, after)]

    assert ["Writer A. A guideline" in page for page in pages] == [True, False]
    assert ["Writer, A. (2020). A guideline" in page for page in pages] == [False, True]


def test_approved_page_names_its_signers(client):
    ann, ben = factories.board_member("Ann Arbor"), factories.board_member("Ben Barrow", specialties=("Pain",))
    review = factories.approved(ann, ben)

    shown = text_of(client.get(address(review)))

    sentence = "Reviewed and approved by Ann Arbor, MD and Ben Barrow, MD, members of the Medical Advisory Board, on"
    assert f"{sentence} {today()}" in shown
    assert "Ann Arbor, MD (Neurology): every section" in shown
    assert "Ben Barrow, MD (Pain): every section" in shown
    assert "Verify this approval" in shown


def test_approved_page_says_who_covered_what(client):
    members = [factories.board_member(name) for name in ("Ann", "Ben", "Cyd")]
    review = factories.under_review(*members)
    sections = review.revision.document["sections"]
    digests = review.revision.section_digests
    for member, keys in zip(members, [[0, 1], [0], [1]], strict=True):
        for place in keys:
            key = sections[place]["key"]
            factories.mark(review, member, key, digests[key])
        _sign(review, member)

    shown = text_of(client.get(address(review)))

    assert "Ann, MD (Neurology): every section" in shown
    assert "Ben, MD (Neurology): “From the guidelines”" in shown
    assert "Cyd, MD (Neurology): “From the research”" in shown


def test_pending_page_warns_and_is_not_indexed(client, pending_is_shown):
    review = factories.submitted(ai_use="assisted", ai_tool="Writer 3", ai_purpose="Shortened sentences.")

    response = client.get(address(review))

    shown = text_of(response)
    assert pending_is_shown.caution in shown
    assert "Drafted with Writer 3 (Shortened sentences); not yet reviewed." in shown
    assert "Reviewed and approved" not in shown
    assert re.search(r'aria-current="step">\s*<span class="stage">Submitted</span>', response.content.decode())
    assert b'<meta name="robots" content="noindex">' in response.content
    assert response["X-Robots-Tag"] == "noindex"


def test_page_under_review_says_so(client, pending_is_shown):
    review = factories.under_review(factories.board_member())

    response = client.get(address(review))

    assert re.search(r'aria-current="step">\s*<span class="stage">Under Review</span>', response.content.decode())
    assert pending_is_shown.caution in text_of(response)


def test_approved_page_is_indexed_and_keeps_its_ai_line(client):
    review = factories.approved(
        review=factories.submitted(ai_use="assisted", ai_tool="Writer 3", ai_purpose="Shortened sentences")
    )

    response = client.get(address(review))

    assert "X-Robots-Tag" not in response
    assert b"noindex" not in response.content
    assert "Drafted with Writer 3 (Shortened sentences)." in text_of(response)
    assert "not yet reviewed" not in text_of(response)


def test_overdue_page_shows_no_badge(client):
    review = factories.approved()
    due = Publication.objects.get().next_review_due

    with time_machine.travel(due + timedelta(days=1)):
        shown = text_of(client.get(address(review)))

    assert f"Review out of date since {date_format(due, 'j F Y')}" in shown
    assert "Reviewed and approved by" not in shown


def test_page_on_its_due_day_still_shows_the_badge(client):
    review = factories.approved()

    with time_machine.travel(Publication.objects.get().next_review_due):
        shown = text_of(client.get(address(review)))

    assert "Reviewed and approved by" in shown


def test_update_leaves_the_approved_text_and_is_announced(client):
    review = factories.approved()
    factories.edit(review.article, text="An unapproved sentence [@first].")
    factories.submitted(review.article)

    response = client.get(address(review, "professional"))

    assert f"An update has been under review since {today()}." in text_of(response)
    assert "Reviewed and approved by" in text_of(response)
    assert b"An unapproved sentence" not in response.content


def test_draft_title_never_reaches_readers(client):
    review = factories.approved()
    article = review.article
    workflow_title = article.title
    fresh = type(article).objects.get(pk=article.pk)
    fresh.title = "A title nobody approved"
    fresh.save()

    for page in (address(review), reverse("articles:home"), reverse("reviews:history", args=[article.slug])):
        shown = client.get(page).content.decode()
        assert workflow_title in shown
        assert "A title nobody approved" not in shown


def test_update_sent_back_is_said(client):
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.approved(ann, ben)
    factories.edit(review.article)
    update = factories.under_review(ann, review=factories.submitted(review.article))
    send_back(update, ann)

    shown = text_of(client.get(address(review)))

    assert f"On {today()} a proposed update was sent back; the approved text below remains valid." in shown


def test_rereview_is_said(client):
    review = factories.approved()
    workflow.rereview(review.article, by=factories.user("Editor"), reason="Due.", seen=factories.seen(review))

    shown = text_of(client.get(address(review)))

    assert f"This text has been under review again since {today()}." in shown


def test_retracted_page_is_gone_with_its_notice_and_without_its_text(client):
    review = factories.approved()
    body = client.get(address(review)).content
    retract(review)

    response = client.get(address(review))

    assert response.status_code == 410
    assert "The dose was wrong." in text_of(response)
    assert review.revision.document["title"] in text_of(response)
    assert b"300 mg" in body
    assert b"300 mg" not in response.content
    assert response["X-Robots-Tag"] == "noindex"


def test_hidden_pending_text_is_not_found(client):
    review = factories.submitted()

    assert client.get(address(review)).status_code == 404


def test_text_sent_back_before_any_approval_is_not_found(client, pending_is_shown):
    ann = factories.board_member("Ann")
    review = factories.under_review(ann)
    send_back(review, ann)

    assert client.get(address(review)).status_code == 404


def test_plain_page_opens_with_safety_words(client):
    review = factories.approved()
    texts = Publication.objects.get().policy_texts

    plain = text_of(client.get(address(review, "plain")))
    professional = text_of(client.get(address(review, "professional")))

    assert plain.index(texts["plain_safety"]) < plain.index("Contents")
    assert texts["plain_disclaimer"] in plain
    assert texts["plain_safety"] not in professional
    assert texts["professional_disclaimer"] in professional


@pytest.mark.parametrize(
    ("ai", "words"),
    [
        ({"ai_use": "none"}, "The author declared that no AI tool wrote or rewrote any of this text."),
        ({"ai_use": "assisted", "ai_tool": "Writer 3"}, "The author declared that Writer 3 was used."),
        ({"ai_use": "undeclared"}, "The author declared nothing about AI tools."),
    ],
)
def test_what_the_author_declared_of_ai_tools_is_said_exactly(client, ai, words):
    factories.policy(shows_pending=True, blocks_submit=[])

    shown = text_of(client.get(address(factories.submitted(**ai))))

    assert f"AI assistance {words}" in shown


def test_interests_ruled_manageable_are_printed(client):
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.submitted()
    interest = {"nature": "Lecture fee", "organisation": "Acme", "period": "2026"}
    assignment = workflow.accept(review, by=ann.user, seen=factories.seen(review), interests=[interest])
    workflow.rule(
        assignment, by=factories.user("Editor"), outcome="manageable", reason="Small.", seen=factories.seen(review)
    )
    factories.accepted(review, ben)
    review.refresh_from_db()
    for member in (ann, ben):
        factories.sign(review, member)

    shown = text_of(client.get(address(review)))

    assert (
        "Ann, MD (Neurology): every section Interests declared: Lecture fee, Acme, 2026. "
        f"An editor ruled on {today()} that they are manageable." in shown
    )
    assert "Ben, MD (Neurology): every section Interests: none declared." in shown


def _sign(review, member):
    workflow.approve(
        review,
        by=member.user,
        digest=review.revision.digest,
        password=factories.PASSWORD,
        seen=factories.seen(review),
    )
