"""Whoever can write to the database, and has no key, makes no page say more than people signed.

Each attack was carried out on the product before: it ended with "Reviewed and approved by" two doctors who never signed
and a record that was called whole. Here it ends with the page withheld and the fault named.
"""

import json

import pytest
from django.db import connection
from django.urls import reverse

from articles import insert_only
from articles.models import Publication, Rendering
from articles.text.canonical import digest
from reviews.models import Decision, Event, Review, WithheldPage
from reviews.record import event_chain, verification
from tests import factories
from tests.articles.reading.reader_pages import address, retract, text_of
from tests.reviews import steps
from tests.reviews.record.forgery import forge, raw

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

APPROVED = "Reviewed and approved"


@pytest.fixture
def pending(db):
    """A text that readers see with its caution while two members are at work on it."""
    factories.policy(shows_pending=True)
    return factories.under_review()


@pytest.fixture
def approved(db):
    return factories.approved()


def faults():
    return {(fault.table, fault.row, fault.field) for fault in verification.faults()}


def assert_withheld(client, review):
    for audience in ("professional", "plain"):
        response = client.get(address(review, audience))
        assert response.status_code == 503
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Cache-Control"] == "private, no-store"
        assert APPROVED not in text_of(response)
        assert review.revision.document["sections"][0]["heading"] not in text_of(response)
    assert f"/articles/{review.article.slug}/" not in client.get(reverse("articles:home")).content.decode()


def insert_event(like, **changes):
    """INSERT an event as the code would have computed it, and without the key that it would have been sealed by."""
    last = Event.objects.filter(chain=changes.get("chain", like.chain)).last()
    made = Event.objects.get(pk=like.pk)
    made.pk, made.sequence, made.previous_digest = None, last.sequence + 1, last.digest
    for name, value in changes.items():
        setattr(made, name, value)
    made.salts = {name: made.salts.get(name, "00" * 16) for name in event_chain._salted(made)}
    made.leaves = event_chain.leaves(made)
    made.digest = digest(made.leaves)
    made.save(force_insert=True)
    return made


def as_approved(pending, event):
    """Bring the rows that readers' pages are made of to what the event says."""
    names = ("published_at", "reviewed_at", "submitted_at", "under_review_at")
    changes = {**dict.fromkeys(names, event.at), "status": "approved", "version": event.sequence, "is_indexed": True}
    Publication.objects.filter(pk=pending.article_id).update(reviewers=event.data["reviewers"], **changes)
    Review.objects.filter(pk=pending.pk).update(state="approved", closed_at=event.at)


@pytest.mark.parametrize("form", [1, 2])
def test_approval_inserted_for_a_text_that_nobody_signed(client, pending, form):
    """Attack 1: one INSERT of an `approve` event, its data copied from a real approval, and two UPDATEs."""
    real = Event.objects.of_article(factories.approved().article_id).last()
    opened = Event.objects.of_article(pending.article_id).get(verb="submit").data
    data = {**real.data, **{name: opened[name] for name in opened if name in real.data}}

    made = insert_event(real, chain=f"article:{pending.article_id}", data=data, form=form)
    as_approved(pending, made)

    assert_withheld(client, pending)
    assert ("reviews_event", str(made.pk), "seal") in faults()


def test_approval_inserted_by_who_has_the_key_needs_signatures(client, pending):
    """Even a sealed event approves nothing: what counts are the members' signatures."""
    real = Event.objects.of_article(factories.approved().article_id).last()
    opened = Event.objects.of_article(pending.article_id).get(verb="submit").data
    data = {**real.data, **{name: opened[name] for name in opened if name in real.data}}

    made = insert_event(real, chain=f"article:{pending.article_id}", data=data)
    forge(made)
    insert_only.install([Event])
    as_approved(pending, made)

    assert_withheld(client, pending)
    assert [fault for fault in verification.faults() if "signature" in fault.problem or "section" in fault.problem]


def test_signature_copied_from_another_text(client, pending):
    signed = Decision.objects.get(pk=Event.objects.of_article(factories.approved().article_id).last().data["decision"])
    assignment = pending.assignments.first()
    signed.pk, signed.assignment, signed.sequence = None, assignment, 1
    signed.revision, signed.revision_digest = pending.revision, pending.revision.digest
    signed.save(force_insert=True)
    real = Event.objects.filter(verb="approve").last()
    data = {**real.data, "decision": signed.pk, "review": pending.pk, "digest": pending.revision.digest}
    made = insert_event(real, chain=f"article:{pending.article_id}", data=data)
    forge(made)
    as_approved(pending, made)

    assert_withheld(client, pending)
    assert ("reviews_decision", str(signed.pk), "signature") in faults()


def test_other_dose_in_another_rendering(client, approved):
    """Attack 2: a Rendering of another version with another dose, and the publication pointed to it."""
    true = approved.revision.renderings.get(audience="plain")
    false = Rendering.objects.create(
        revision=true.revision, audience="plain", version=true.version + 1, html=true.html.replace("300 mg", "3000 mg")
    )
    assert false.html != true.html

    Publication.objects.update(plain=false)

    assert_withheld(client, approved)
    assert ("articles_publication", str(approved.article_id), "plain_id") in faults()


def test_other_dose_in_the_stored_rendering(client, approved):
    true = approved.revision.renderings.get(audience="plain")
    insert_only.lift([Rendering])

    Rendering.objects.filter(pk=true.pk).update(html=true.html.replace("300 mg", "3000 mg"))

    insert_only.install([Rendering])
    assert_withheld(client, approved)
    assert ("articles_rendering", str(true.pk), "html") in faults()


def test_other_address(client, approved):
    """Attack 7: the page stands under an address that says something else."""
    approved.article.__class__.objects.update(slug="approved-by-the-society-of-cardiology")

    approved.article.refresh_from_db()
    assert_withheld(client, approved)


@pytest.mark.parametrize("field", ["reviewers", "reviewed_at", "title", "topics"])
def test_altered_row_of_a_page_withholds_it(client, approved, field):
    values = {
        "reviewers": [{**Publication.objects.get().reviewers[0], "name": "Dr. Nobody"}],
        "reviewed_at": approved.opened_at,
        "title": "Another title",
        "topics": [{"slug": "x", "name": "Cardiology"}],
    }

    Publication.objects.update(**{field: values[field]})

    assert_withheld(client, approved)


def test_older_row_put_back_after_a_suspension(client, approved):
    before = Publication.objects.values().get()
    steps.suspend(approved.article, factories.user("Editor"))

    del before["article_id"]
    Publication.objects.update(**before)

    response = client.get(address(approved))
    assert response.status_code == 200
    assert "Suspended" in text_of(response)
    assert approved.revision.document["sections"][0]["heading"] not in text_of(response)
    assert APPROVED not in text_of(client.get(reverse("articles:home")))


def test_no_fault_hides_a_retraction(client, approved):
    retract(approved)
    Publication.objects.update(status="approved", title="Another")

    response = client.get(address(approved))

    assert response.status_code == 410
    assert APPROVED not in text_of(response)


@pytest.mark.parametrize("place", ["middle", "end"])
def test_event_that_was_cut_out(client, approved, place):
    events = Event.objects.of_article(approved.article_id)
    cut = events.filter(verb="accept").first() if place == "middle" else events.last()
    insert_only.lift([Event])

    raw("UPDATE reviews_delivery SET event_id = NULL WHERE event_id = %s", cut.pk)
    raw("DELETE FROM reviews_event WHERE id = %s", cut.pk)

    insert_only.install([Event])
    assert_withheld(client, approved)
    assert faults()


def test_event_of_the_former_kind_inserted(client, approved):
    last = Event.objects.of_article(approved.article_id).last()

    made = insert_event(last, verb="mark", form=1, seal="", salts={}, data={"review": approved.pk})

    assert_withheld(client, approved)
    assert ("reviews_event", str(made.pk), "seal") in faults()


def test_person_who_was_never_on_the_board(client, approved):
    """The rows of a member are not believed: what counts is what the site's chain says."""
    joined = Event.objects.of_site().filter(verb="invite")
    insert_only.lift([Event])

    for event in joined:
        raw("UPDATE reviews_event SET verb = %s WHERE id = %s", "set_absence", event.pk)

    insert_only.install([Event])
    assert_withheld(client, approved)


def test_editors_and_administrators_are_told_once_a_day(client, approved, mailoutbox):
    editor, administrator = factories.user("Editor"), factories.user("Administrator")
    factories.user("Author")
    Publication.objects.update(title="Another title")

    for _ in range(3):
        client.get(address(approved))

    told = {row.recipient_id for row in editor.deliveries.model.objects.filter(kind="withheld")}
    assert {editor.pk, administrator.pk} <= told
    assert editor.deliveries.filter(kind="withheld").count() == 1
    assert "title" in WithheldPage.objects.get().problem
    client.force_login(editor)
    assert "Withheld from readers" in text_of(client.get(reverse("admin:index")))


def test_page_comes_back_when_its_record_verifies_again(client, approved):
    title = Publication.objects.get().title
    Publication.objects.update(title="Another title")
    assert client.get(address(approved)).status_code == 503

    Publication.objects.update(title=title)

    assert client.get(address(approved)).status_code == 200
    client.force_login(factories.user("Editor"))
    assert "Withheld from readers" not in text_of(client.get(reverse("admin:index")))
    assert not WithheldPage.objects.exists()


def test_other_pages_are_not_withheld(client, approved):
    other = factories.approved()
    Publication.objects.filter(pk=other.article_id).update(title="Another title")

    assert client.get(address(approved)).status_code == 200
    assert client.get(address(other)).status_code == 503


def test_salt_and_value_of_a_leaf_are_covered(approved):
    event = Event.objects.of_article(approved.article_id).last()
    salts = {**event.salts, "actor_name": "00" * 16}
    insert_only.lift([Event])

    with connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_event SET salts = %s WHERE id = %s", [json.dumps(salts), event.pk])

    insert_only.install([Event])
    assert ("reviews_event", str(event.pk), "actor_name") in faults()
