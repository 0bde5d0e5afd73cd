import pytest

from reviews import workflow
from reviews.models import Event, Review, Ruling
from reviews.record import event_sentences
from tests import factories

pytestmark = pytest.mark.django_db


def told(review, **options):
    headings = {section["key"]: section["heading"] for section in review.revision.document["sections"]}
    events = Event.objects.of_article(review.article_id)
    return [entry.sentence for entry in event_sentences.entries(events, headings, **options)]


def test_chronicle_of_an_approval_says_who_did_what():
    author = factories.user("Author", "Ada")
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    review = factories.approved(ann, ben, review=factories.submitted(factories.article(author)))

    sentences = told(review)

    assert sentences[0] == "Ada submitted revision 1 (Substantive)."
    assert sentences[1] == "Ann accepted the review, with no interests to declare."
    assert sentences[3] == "Ann marked “From the guidelines” as accurate."
    assert sentences[-1] == (
        "Ben signed for “From the guidelines”, “From the research”. With this signature the text was approved."
    )


def test_chronicle_tells_of_interests_only_those_who_may_know():
    review, ann, editor = factories.submitted(), factories.board_member("Ann"), factories.user("Editor", "Edith")
    assignment = workflow.accept(review, by=ann.user, seen=1, interests=[{"nature": "Speaker’s fee"}])
    workflow.rule(assignment, by=editor, outcome=Ruling.Outcome.MANAGEABLE, reason="Small.", seen=2)

    assert told(review, includes_interests=True)[1:] == [
        "Ann declared an interest and is waiting for an editor’s ruling.",
        "Edith ruled on a declared interest: Manageable: printed on the page.",
    ]
    assert told(review)[1:] == [
        "Ann decided on a declaration of interests.",
        "Edith decided on a declaration of interests.",
    ]
    assert not any("fee" in sentence or "Small" in sentence for sentence in told(review, includes_interests=True))


def test_chronicle_names_a_verb_that_somebody_put_in_the_place_of_another():
    event = Event(verb="wind_clock", actor_name="The system")

    assert event_sentences.sentence(event) == "The system: wind clock."


@pytest.mark.parametrize(("faults", "words"), [(0, "found it intact."), (1, "found 1 fault."), (2, "found 2 faults.")])
def test_chronicle_tells_what_a_check_of_the_record_found(faults, words):
    event = Event(verb="verify_audit", actor_name="the system", data={"events": 9, "faults": faults})

    assert event_sentences.sentence(event) == f"The system checked the record and {words}"


def test_chronicle_of_the_other_steps_reads_as_sentences():
    ann, editor = factories.board_member("Ann"), factories.user("Editor", "Edith")
    review = factories.submitted()
    workflow.assign(review, by=editor, member=ann, seen=1)
    factories.accepted(review, ann)
    thread = workflow.open_thread(review, by=ann.user, text="Dose?", kind="blocking")
    workflow.comment(thread, by=ann.user, text="Which one?")
    workflow.resolve(thread, by=ann.user, resolution="Clear.")
    workflow.request_changes(review, by=ann.user, text="No.", seen=factories.seen(review))
    workflow.catalogue(
        review.article, by=editor, reason="x", slug="new", risk="high", owner=review.article.owner, topics=[]
    )

    assert told(review)[1:] == [
        "Edith asked Ann, MD to review.",
        "Ann accepted the review, with no interests to declare.",
        "Ann made a remark on the whole text that must be settled before approval.",
        "Ann answered a remark.",
        "Ann settled a remark.",
        "Ann asked for changes: the text went back to its author.",
        "Edith changed the catalogue data: address “new”; risk class “High”; topics none.",
    ]
    assert Review.objects.get().state == "changes_requested"
