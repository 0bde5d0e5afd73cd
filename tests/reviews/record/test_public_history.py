"""The public history is printed from what verifies: no row, and no event or signature altered by hand, adds a word."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import insert_only
from articles.models import Article, Publication
from articles.reading.standing import day_in_words
from articles.writing import findings
from reviews import workflow
from reviews.models import Decision, Disclosure, Event, Review, Ruling
from reviews.people import voidings
from reviews.record import public_history, verification
from tests import factories
from tests.articles.reading.reader_pages import address, text_of
from tests.reviews import steps
from tests.reviews.record.forgery import forge, raw

pytestmark = pytest.mark.django_db

GROUND = "The licence is not in the register"
MISMATCH = "This entry does not match the record."


def history(review):
    return reverse("reviews:history", args=[Article.objects.get(pk=review.article_id).slug])


def today():
    return day_in_words(timezone.now().date().isoformat())


def void(member):
    facts = {"ground": "false", "since": timezone.now().date(), "reason": "Kept from readers."}
    voidings.find(member, by=factories.user("Editor"), public_ground=GROUND, **facts)
    voidings.carry_out()


def test_approval_that_lost_a_signature_it_needs_is_never_plainly_approved(client):
    ann = factories.board_member("Ann")
    review = factories.approved(ann, factories.board_member("Ben"))

    void(ann)

    shown, page = text_of(client.get(history(review))), text_of(client.get(address(review)))
    assert f"Approved on {today()}; approval withdrawn on {today()}: {GROUND} Submitted on" in shown
    assert "Ann, MD (Neurology) signed on" in shown
    assert f"This signature was voided on {today()}: {GROUND}" in shown
    assert f"The signature of Ann, MD was voided on {today()}: {GROUND}." in page
    assert "Kept from readers" not in shown + page
    assert list(verification.faults()) == []


def test_approval_that_the_others_carry_names_the_voided_signature(client):
    ann, others = factories.board_member("Ann"), [factories.board_member("Ben"), factories.board_member("Cat")]
    review = factories.under_review(ann, *others)
    factories.mark_all(review, ann)
    # Ann signs for one section of two, so that Ben and Cat both have to sign: they suffice without her.
    second = list(review.revision.section_digests)[1]
    workflow.unmark(review, by=ann.user, section_key=second, audience="professional")
    steps.approve(review, ann)
    for member in others:
        factories.sign(review, member)

    void(ann)

    shown, page = text_of(client.get(history(review))), text_of(client.get(address(review)))
    assert f"Approved on {today()}; one signature voided on {today()}: {GROUND}" in shown
    assert "approval withdrawn" not in shown
    assert "Reviewed and approved by Ben, MD and Cat, MD" in page
    assert f"voided on {today()}: {GROUND}. The other signatures carry the approval." in page
    assert list(verification.faults()) == []


def test_signing_anew_ends_the_line_at_the_article_and_not_in_the_history(client):
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.approved(ann, ben)
    void(ann)
    opened, cat = Review.objects.open().get(), factories.board_member("Cat")
    factories.accepted(opened, cat)

    factories.sign(opened, cat)

    shown, page = text_of(client.get(history(review))), text_of(client.get(address(review)))
    assert GROUND not in page
    assert f"approval withdrawn on {today()}: {GROUND}" in shown
    assert "Revision 1: A signature was withdrawn" in shown
    assert "Approved Submitted on" in shown


def test_voiding_recorded_before_its_public_ground_was_says_the_ground(client):
    ann = factories.board_member("Ann")
    review = factories.approved(ann, factories.board_member("Ben"))
    void(ann)
    event = Event.objects.of_article(review.article_id).last()
    forge(event, data={name: event.data[name] for name in event.data if name not in ("public_ground", "carried")})

    shown = text_of(client.get(history(review)))

    assert f"Approved on {today()}; approval withdrawn on {today()}: The licence was false" in shown


@pytest.mark.parametrize("words", [" ", "a\nb", "a\u202eb", "x" * 201])
def test_ground_for_readers_is_one_readable_line(words):
    ann = factories.board_member("Ann")
    factories.approved(ann, factories.board_member("Ben"))
    facts = {"ground": "false", "since": timezone.now().date(), "reason": "For the record."}

    with pytest.raises(workflow.Refused):
        voidings.find(ann, by=factories.user("Editor"), public_ground=words, **facts)


def test_each_signer_is_said_to_have_declared_none_or_what_was_ruled(client):
    ann, ben, cat = (factories.board_member(name) for name in ("Ann", "Ben", "Cat"))
    factories.policy(quorum={"low": 3, "moderate": 3, "high": 3})
    review, editor = factories.submitted(), factories.user("Editor")
    steps.rule(steps.accept(review, ann, steps.INTEREST), editor, "manageable")
    steps.rule(steps.accept(review, ben, steps.INTEREST), editor, "clear")
    factories.accepted(review, cat)
    for member in (ann, ben, cat):
        factories.sign(review, member)
    # What the rows say today changes nothing of what was signed.
    insert_only.lift([Disclosure, Ruling])
    raw("UPDATE reviews_ruling SET outcome = 'excluded'")
    raw("UPDATE reviews_disclosure SET interests = '[]'")

    for page in (text_of(client.get(history(review))), text_of(client.get(address(review)))):
        manageable = f"Interests declared: Speaker's fees, A maker, 2025. An editor ruled on {today()} that they are"
        assert manageable in page
        assert f"Interests: none that has a bearing on this text, as an editor ruled on {today()}." in page
        assert page.count("Interests: none declared.") == 1


def altered(event, **columns):
    """Alter an event and leave its digests as they were."""
    insert_only.lift([Event])
    for name, value in columns.items():
        raw(f"UPDATE reviews_event SET {name} = %s WHERE id = %s", value, event.pk)


def event_of(review, verb):
    return Event.objects.of_article(review.article_id).filter(verb=verb).last()


@pytest.mark.parametrize("verb", ["submit", "approve"])
def test_words_of_an_altered_event_are_not_printed(client, verb):
    review = factories.approved()
    event = event_of(review, verb)
    data = {**event.data, "summary": "approved by the European Society of Cardiology"}

    altered(event, data=json.dumps(data))

    shown = text_of(client.get(history(review)))
    assert MISMATCH in shown
    assert "European Society" not in shown
    assert "Approved Submitted" not in shown


@pytest.mark.parametrize("name", ["signer", "statement", "signature"])
def test_signature_that_does_not_verify_is_not_printed(client, name):
    review = factories.approved(factories.board_member("Ann"), factories.board_member("Ben"))
    decision = Decision.objects.order_by("pk").first()
    society = "the European Society of Cardiology"
    value = json.dumps({**decision.signer, "name": society}) if name == "signer" else society
    insert_only.lift([Decision])

    raw(f"UPDATE reviews_decision SET {name} = %s WHERE id = %s", value, decision.pk)

    shown = text_of(client.get(history(review)))
    assert "European Society" not in shown
    assert "Ann, MD" not in shown
    assert "Ben, MD (Neurology) signed on" in shown
    assert MISMATCH in shown
    assert "Does not match the record Submitted on" in shown
    assert "No text of this article has been approved yet." in shown


def test_desk_prints_no_word_of_what_does_not_verify(client):
    review = factories.approved(factories.board_member("Ann"), factories.board_member("Ben"))
    decision = Decision.objects.order_by("pk").first()
    insert_only.lift([Decision])
    raw("UPDATE reviews_decision SET signer = %s WHERE id = %s", json.dumps({"name": "A Society"}), decision.pk)
    altered(event_of(review, "submit"), actor_name="A Society")
    client.force_login(factories.user("Editor"))

    shown = text_of(client.get(reverse("admin:reviews_review_change", args=[review.pk])))

    assert "A Society" not in shown
    assert shown.count(MISMATCH) == 2
    assert "Ben, MD" in shown


def test_approval_without_signatures_is_not_printed(client):
    review = factories.approved()
    event = event_of(review, "approve")
    other = factories.approved()

    forge(event, data={**event.data, "reviewers": event_of(other, "approve").data["reviewers"]})

    shown = text_of(client.get(history(review)))
    assert "Does not match the record" in shown


def test_rows_changed_by_hand_change_no_word_of_the_history(client):
    review = factories.approved(factories.board_member("Ann"), factories.board_member("Ben"))
    page = history(review)
    before = text_of(client.get(page))
    society = "approved by the European Society of Cardiology"

    raw("UPDATE accounts_user SET name = %s", society)
    raw("UPDATE reviews_boardmember SET credentials = %s", society)
    raw("UPDATE reviews_review SET summary = %s, reason = 'periodic', change_class = 'none'", society)
    raw("UPDATE reviews_review SET opened_at = '2020-01-01 00:00:00', closed_at = '2020-01-02 00:00:00'")
    raw("UPDATE articles_publication SET title = %s, reviewed_at = '2020-01-02 00:00:00'", society)

    assert text_of(client.get(page)) == before


def swap(first, second):
    one, other = (Article.objects.get(pk=review.article_id) for review in (first, second))
    for slug, pk in (("for-a-moment", one.pk), (one.slug, other.pk), (other.slug, one.pk)):
        raw("UPDATE articles_article SET slug = %s WHERE id = %s", slug, pk)


def test_address_of_a_retracted_article_serves_no_other(client):
    retracted, other = factories.approved(), factories.approved()
    steps.retract(retracted.article, factories.user("Editor"))
    pages = [address(retracted), history(retracted), address(other), history(other)]

    swap(retracted, other)

    for page in pages:
        response = client.get(page)
        assert (response.status_code, response["X-Robots-Tag"]) == (503, "noindex")
        assert other.revision.document["title"] not in text_of(response)
    swap(retracted, other)
    assert [client.get(page).status_code for page in pages] == [410, 200, 200, 200]


def test_address_moves_with_the_catalogue(client):
    review, editor = factories.approved(), factories.user("Editor")

    steps.catalogue(review.article, editor, slug="a-new-address")

    assert client.get(address(Review.objects.get(pk=review.pk))).status_code == 200
    assert client.get(history(review)).status_code == 200
    assert Publication.objects.get().slug == "a-new-address"
    assert list(verification.faults()) == []


def test_waiver_is_printed_as_its_event_recorded_it(client):
    sections = [{**factories.SECTIONS[0], "professional": "Start low [@lost].", "plain": "Start low [@lost]."}]
    review = factories.submitted(sections=sections, citations=[{"key": "lost", "source": None}])
    editor = factories.user("Editor", "Edda")
    for finding in findings.of_content(review.article, review.revision.document):
        workflow.waive(review.article, by=editor, finding=finding, reason="Known to every physician.")
    review = factories.approved(review=review)
    raw("UPDATE accounts_user SET name = 'Somebody' WHERE id = %s", editor.pk)

    shown = text_of(client.get(history(review)))
    assert "Known to every physician. Edda," in shown
    assert "Somebody" not in shown

    insert_only.lift([type(review.article.waivers.first())])
    raw("UPDATE reviews_waiver SET reason = 'The Society says so.'")
    shown = text_of(client.get(history(review)))
    assert MISMATCH in shown
    assert "Society" not in shown
    assert "Known to every physician" not in shown


def test_history_ends_reviews_as_their_rows_say(client):
    """A walk over what opens and closes reviews: the states read from events are those of the rows."""
    editor, ann, ben = factories.user("Editor"), factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.approved(ann, ben)
    article = review.article
    factories.edit(article)
    factories.submitted(article)
    factories.edit(article, text="Other words [@first].", plain="Other plain words [@first].")
    second = factories.submitted(article)
    workflow.reject(second, by=editor, reason="Not for us.", seen=factories.seen(article))
    again = workflow.rereview(article, by=editor, reason="Due.", seen=factories.seen(article))
    workflow.recall(again, by=editor, reason="A mistake.", seen=factories.seen(article))
    workflow.rereview(article, by=editor, reason="Due.", seen=factories.seen(article))
    steps.retract(article, editor)

    found = public_history.of_article(article.pk)

    rows = {one.pk: (one.state, one.closed_at, one.revision_id, one.policy.version) for one in article.reviews.all()}
    assert {pk: (one.outcome, one.closed_at, one.revision, one.policy) for pk, one in found.rounds.items()} == rows
    assert [one[0] for one in rows.values()] == ["recalled", "recalled", "rejected", "superseded", "approved"]
    assert found.mismatches == []
