import pytest

from reviews import workflow
from reviews.models import Event, Lowering, Review, Ruling
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

    workflow.confirm_lowering(Lowering.objects.get(), by=factories.user("Editor", "Ada"))

    assert told(review)[1:] == [
        "Edith asked Ann, MD to review.",
        "Ann accepted the review, with no interests to declare.",
        "Ann made a remark on the whole text that must be settled before approval.",
        "Ann answered a remark.",
        "Ann settled a remark.",
        "Ann asked for changes: the text went back to its author.",
        "Edith asked a second person to agree to lower requirements: "
        "No signature of a specialist in Neurology would be required.",
        "Edith changed the catalogue data: address “new”; risk class “High”; topics Neurology.",
        "Ada agreed to the lower requirements that Edith had asked for.",
    ]
    assert Review.objects.get().state == "changes_requested"


CAMPAIGN = {"title": "First-line dose halved", "source_title": "A guideline"}
UPDATE = {"source_title": "A guideline", "kind": "retraction"}
MEMBER = {"name": "Ann"}
CATALOGUE = {"slug": "old", "risk": "low", "owner": 1, "readers": 10, "topics": [{"name": "Neurology"}]}


@pytest.mark.parametrize(
    ("verb", "data", "words"),
    [
        ("correct", {"number": 2}, "Edith opened a correction of the published text (revision 2)."),
        (
            "correct",
            {"number": 2, "closed": {"review": 1}},
            "Edith opened a correction of the published text (revision 2). The review of an older text closed with it.",
        ),
        ("merge", {"number": 2}, "Edith merged the correction (revision 2) into the draft."),
        ("rereview", {"number": 2}, "Edith opened a new review of revision 2."),
        (
            "catalogue",
            {**CATALOGUE, "owner": 2, "readers": 90, "from": CATALOGUE},
            "Edith changed the catalogue data: another author; 90 readers per month; topics Neurology.",
        ),
        ("release", MEMBER, "Edith released Ann from the review."),
        ("extend", {**MEMBER, "due": "2026-12-01"}, "Edith extended the deadline of Ann to 2026-12-01."),
        (
            "alert",
            {"revision": 1},
            "Edith opened a new review: a source that the text relies on has changed.",
        ),
        (
            "alert",
            {"thread": 1},
            "Edith added a remark to the open review: a source that the text relies on has changed.",
        ),
        ("warn", UPDATE, "Edith warned readers about “A guideline”, which the text cites: retraction."),
        (
            "tell_of_source",
            {**UPDATE, "publications": 1},
            "Edith began to warn the readers of 1 text about “A guideline”: retraction.",
        ),
        (
            "tell_of_source",
            {**UPDATE, "publications": 2},
            "Edith began to warn the readers of 2 texts about “A guideline”: retraction.",
        ),
        ("record_update", UPDATE, "Edith recorded an update of the source “A guideline”: retraction."),
        ("void", {**MEMBER, "still_stands": True}, "Edith voided the signature of Ann."),
        (
            "void",
            {**MEMBER, "still_stands": False},
            "Edith voided the signature of Ann. The text is no longer approved until it is signed for again.",
        ),
        ("request_changes", {}, "Edith asked for changes; the others have yet to answer."),
        (
            "request_changes",
            {"state": "changes_requested", "suspended": {"section": ""}},
            "Edith asked for changes: the text went back to its author. "
            "Edith suspended the whole text: readers see a notice.",
        ),
        ("suspend", {"suspended": {"section": "key"}}, "Edith suspended “Dose”: readers see a notice."),
        ("suspend", {"suspended": {"section": "gone"}}, "Edith suspended a section: readers see a notice."),
        ("lift", {"is_lifted": False}, "Edith agreed to lift the suspension of the whole text."),
        ("lift", {"is_lifted": True}, "Edith agreed too: the suspension of the whole text is lifted."),
        ("withdraw_lift", {}, "Edith withdrew the agreement to lift the suspension of the whole text."),
        ("retire", {"successor": None}, "Edith retired the page."),
        (
            "retire",
            {"successor": {"title": "Another"}},
            "Edith retired the page: its address redirects to “Another”.",
        ),
        ("notice", {"section": "key"}, "Edith put a notice on “Dose”."),
        ("sign_notice", {"section": "key"}, "Edith signed the notice on “Dose”."),
        ("withdraw_notice", {"section": "key"}, "Edith withdrew the notice on “Dose”."),
        ("unmark", {"section": "key"}, "Edith removed the mark from “Dose”."),
        ("open_thread", {"kind": "suggestion", "section": "key"}, "Edith made a suggestion on “Dose”."),
        ("adopt_policy", {"policy": 2}, "Edith adopted version 2 of the editorial policy."),
        (
            "open_campaign",
            CAMPAIGN,
            "Edith opened the campaign “First-line dose halved” about the source “A guideline”.",
        ),
        (
            "sort_campaign",
            {**CAMPAIGN, "articles": [1], "decision": "not_affected"},
            "Edith decided on 1 text of the campaign “First-line dose halved”: not affected.",
        ),
        (
            "sort_campaign",
            {**CAMPAIGN, "articles": [1, 2], "decision": "recheck"},
            "Edith decided on 2 texts of the campaign “First-line dose halved”: to be re-checked.",
        ),
        (
            "close_campaign",
            CAMPAIGN,
            "Edith closed the campaign “First-line dose halved”: every text has been dealt with.",
        ),
        (
            "bind_policy",
            {"policy": 2, "bound": ["review"]},
            "The open review follows version 2 of the editorial policy from now on.",
        ),
        (
            "bind_policy",
            {"policy": 2, "bound": ["dates"]},
            "Version 2 of the editorial policy rescheduled the next review.",
        ),
        (
            "bind_policy",
            {"policy": 2, "bound": ["review", "dates"]},
            "The open review follows version 2 of the editorial policy, which rescheduled the next review.",
        ),
        ("invite", {**MEMBER, "is_guest": True}, "Edith invited Ann as a guest reviewer."),
        ("invite", {**MEMBER, "is_guest": False}, "Edith invited Ann to the board."),
        (
            "check_licence",
            {**MEMBER, "register": "the register", "is_valid": True},
            "Edith checked the licence of Ann in the register and found it valid.",
        ),
        (
            "check_licence",
            {**MEMBER, "register": "the register", "is_valid": False},
            "Edith checked the licence of Ann in the register and found it not valid.",
        ),
        ("set_absence", {**MEMBER, "to": None}, "Edith ended the absence of Ann."),
        (
            "set_absence",
            {**MEMBER, "to": ["2026-12-01", "2026-12-09"]},
            "Edith entered that Ann is away from 2026-12-01 to 2026-12-09.",
        ),
        (
            "void_signatures",
            {**MEMBER, "since": "2026-12-01", "ground": "lapsed"},
            "Edith found the signatures of Ann since 2026-12-01 to be void: The licence had lapsed.",
        ),
        (
            "void_signatures",
            {**MEMBER, "since": "2026-12-01", "ground": "of_old"},
            "Edith found the signatures of Ann since 2026-12-01 to be void: of_old.",
        ),
        (
            "set_roles",
            {**MEMBER, "from": [], "to": ["Author", "Editor"]},
            "Edith changed the roles of Ann from none to Author, Editor.",
        ),
        ("verify_guest", MEMBER, "Edith verified Ann as a guest reviewer."),
        ("retract", {}, "Edith retracted the page."),
    ],
)
def test_chronicle_says_what_an_event_holds(verb, data, words):
    event = Event(verb=verb, actor_name="Edith", data=data)

    assert event_sentences.sentence(event, {"key": "Dose"}) == words


def test_chronicle_tells_what_an_approval_opened():
    data = {"covered": [{"heading": "Dose"}], "is_complete": True, "second_review": {"review": 2}}
    event = Event(verb="approve", actor_name="Ann", data=data)

    assert event_sentences.sentence(event) == (
        "Ann signed for “Dose”. With this signature the text was approved. Its second review was opened."
    )
