"""What a page claims of its review: the badge never more than is true, and what stands there when it is gone."""

import json
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles.models import Publication
from articles.reading import article_page
from articles.reading.standing import day_in_words
from reviews import workflow
from reviews.models import Review, Voiding
from reviews.record import event_chain
from reviews.workflow import voided_signatures
from tests import factories, states
from tests.articles.reading.reader_pages import address, text_of, words_of

pytestmark = pytest.mark.django_db


def today():
    return day_in_words(timezone.now().date().isoformat())


BADGE = "Reviewed and approved by"


@states.once_a_module
def approved():
    return factories.approved(factories.board_member("Ann"), factories.board_member("Ben"))


@pytest.fixture
def review(approved):
    return states.anew(approved)


def built(audience="plain", **facts):
    """Return the page of an approved text of whose publication these facts are true besides."""
    publication = Publication.objects.select_related("article", "revision", audience).get()
    for name, value in facts.items():
        setattr(publication, name, value)
    return article_page.build(publication, audience, today=timezone.now().date()).body.decode()


def shown(**facts):
    return words_of(built(**facts))


def node(page):
    [found] = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])["@graph"]
    return found


def void(member):
    made = Voiding.objects.create(
        member=member,
        ground="false",
        since=date(2020, 1, 1),
        reason="The register does not know it.",
        voided_by=factories.user("Editor"),
        voided_at=timezone.now(),
    )
    event_chain.append(
        event_chain.site_chain(), "void_signatures", actor=made.voided_by, data={}, at=made.voided_at, rows=[made]
    )
    for article in voided_signatures.affected(made):
        voided_signatures.void(article, voiding=made)


def correct(review, editor):
    section = review.revision.document["sections"][0]
    texts = {audience: section[audience].replace("300 mg", "30 mg") for audience in ("professional", "plain")}
    return workflow.correct(
        review.article,
        by=editor,
        edits={section["key"]: texts},
        notice="The dose read 300 mg; it is 30 mg.",
        seen=factories.seen(review),
    )


def test_page_without_a_signature_it_needs_has_no_badge_and_says_why(client, review):
    void(review.assignments.first().member)

    response = client.get(address(review))

    words = text_of(response)
    assert BADGE not in words
    assert f"A signature this text needs was withdrawn on {today()}." in words
    assert "It is being reviewed again. Until then it is not approved." in words
    assert f"This text has been under review again since {today()}." in words
    assert "has not been reviewed yet" not in words
    assert "300 mg" in words
    assert response["X-Robots-Tag"] == "noindex"
    data = node(response.content.decode())
    assert not {"reviewedBy", "lastReviewed"} & data.keys()
    assert data["creativeWorkStatus"] == "Approval withdrawn"
    assert "Status Approval withdrawn" in words
    assert f"text of {today()}, review withdrawn." in words
    assert "Approved still to come" in words


def test_card_of_a_page_without_a_signature_it_needs_claims_no_approval(client, review):
    void(review.assignments.first().member)

    words = text_of(client.get(reverse("articles:home")))

    assert f"Not approved: a signature was withdrawn on {today()}" in words
    assert "Reviewed and approved" not in words


@pytest.mark.parametrize(
    ("update", "says", "never"),
    [
        ("", "Until it is reviewed again it is not approved.", "being reviewed again"),
        ("rereview_end", "a review of this text ended without a new approval.", "its earlier approval remains valid"),
        ("sent_back", "a proposed update was sent back; the text below is as it was.", "the approved text below"),
        ("under_review", "The text below is the previous one.", "The text below is the approved one"),
    ],
)
def test_page_without_a_signature_it_needs_never_calls_itself_approved(review, update, says, never):
    words = shown(withdrawn_at=timezone.now(), update=update, update_at=timezone.now())

    assert says in words
    assert never not in words
    assert BADGE not in words


def test_overdue_page_without_a_signature_it_needs_says_that_first(review):
    words = shown(withdrawn_at=timezone.now(), next_review_due=timezone.now().date() - timedelta(days=9))

    assert "was withdrawn on" in words
    assert BADGE not in words


def test_correction_under_review_is_said(client, review):
    factories.policy(quorum_by_reason={"correction": 1})
    correct(review, factories.user("Editor"))

    words = text_of(client.get(address(review)))

    assert f"A correction of this text has been under review since {today()}." in words
    assert "An update has been under review" not in words
    assert BADGE in words


def test_corrected_page_says_what_was_corrected_who_approved_it_and_what_is_still_due(client):
    factories.policy(quorum_by_reason={"correction": 1}, second_review_hours=72)
    review = factories.approved(factories.board_member("Ann"), factories.board_member("Ben"))
    correction = correct(review, factories.user("Editor"))
    factories.approved(factories.board_member("Cyd"), review=correction)
    due = day_in_words(Publication.objects.get(article=review.article).second_review_due.date().isoformat())

    words = text_of(client.get(address(review)))

    assert f"Corrected on {today()}: The dose read 300 mg; it is 30 mg." in words
    said = f"This correction was approved by Cyd, MD on {today()}; a second review is due by {due}."
    assert said in words
    assert f"Reviewed and approved by Cyd, MD, member of the Medical Advisory Board, on {today()}" in words
    assert "start with 30 mg" in words

    with time_machine.travel(Publication.objects.get(article=review.article).second_review_due + timedelta(days=1)):
        late = text_of(client.get(address(review)))
        card = text_of(client.get(reverse("articles:home")))

    assert BADGE not in late
    assert f"Review out of date since {due}" in late
    assert "was due for a second review by then" in late
    assert f"Review out of date since {due}" in card


def test_second_review_completed_says_nothing_more_of_it(client):
    factories.policy(quorum_by_reason={"correction": 1})
    review = factories.approved(factories.board_member("Ann"), factories.board_member("Ben"))
    factories.approved(factories.board_member("Cyd"), review=correct(review, factories.user("Editor")))
    factories.approved(factories.board_member("Dan"), review=Review.objects.open().get())

    words = text_of(client.get(address(review)))

    assert "second review" not in words
    assert "Cyd, MD and Dan, MD, members of the Medical Advisory Board" in words


def as_guest(reviewer):
    return {**reviewer, "is_guest": True}


@pytest.mark.parametrize(
    ("guests", "sentence"),
    [
        ((), "Reviewed and approved by Ann, MD and Ben, MD, members of the Medical Advisory Board, on"),
        ((1,), "Reviewed and approved by Ann, MD of the Medical Advisory Board, and Ben, MD as guest reviewer, on"),
        ((0, 1), "Reviewed and approved by Ann, MD and Ben, MD, guest reviewers, on"),
    ],
)
def test_badge_calls_no_guest_a_member_of_the_board(review, guests, sentence):
    reviewers = Publication.objects.get().reviewers

    words = shown(reviewers=[as_guest(one) if place in guests else one for place, one in enumerate(reviewers)])

    assert sentence in words
    assert words.count("(Neurology), guest reviewer:") == len(guests)


def test_badge_names_the_specialties_that_have_not_reviewed_it(review):
    words = shown(unreviewed_specialties=["Cardiology", "Nephrology"])

    assert "Not reviewed by a specialist in Cardiology or Nephrology: the board has none." in words


def test_overdue_page_claims_nothing_of_specialties(review):
    words = shown(unreviewed_specialties=["Cardiology"], next_review_due=timezone.now().date() - timedelta(days=1))

    assert "specialist" not in words


@pytest.mark.parametrize("name", ["unreviewed_specialties", "reviewers"])
def test_hostile_words_in_the_badge_are_escaped(review, name):
    hostile = "<script>alert(1)</script>"
    reviewers = Publication.objects.get().reviewers
    value = [hostile] if name == "unreviewed_specialties" else [{**reviewers[0], "name": hostile}]

    assert hostile not in built(**{name: value})


def test_notices_stand_in_the_order_of_their_weight(review):
    day = timezone.now().date().isoformat()
    notices = [{"kind": kind, "at": day, "text": f"Words of {kind}."} for kind in ("correction", "retraction")]

    words = shown(notices=notices)

    assert words.index("Words of retraction.") < words.index("Words of correction.")
