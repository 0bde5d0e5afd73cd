"""Release and extend, superseding submits, unsafe texts and decisions that wait, through the browser's door."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Publication
from reviews import workflow
from reviews.models import Assignment, Review, Suspension, Thread, Voiding
from reviews.workflow import voided_signatures
from tests import factories

pytestmark = pytest.mark.django_db


def address(verb, pk):
    return reverse(f"reviews:{verb}", args=[pk])


def take(client, user, verb, review, **data):
    """Post a step's form as a page opened now would send it."""
    client.force_login(user)
    return client.post(address(verb, review.pk), {"seen": factories.seen(review), **data}, follow=True)


def desk(client, user, review):
    client.force_login(user)
    return client.get(reverse("admin:reviews_review_change", args=[review.pk]))


def panel(client, user, article):
    client.force_login(user)
    return client.get(reverse("admin:articles_article_change", args=[article.pk])).text


def flat(html):
    """The page with white space as a browser reads it, and none at the edge of a tag."""
    return " ".join(html.split()).replace("> ", ">").replace(" <", "<")


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


def fresh(review):
    return Review.objects.get(pk=review.pk)


@pytest.fixture
def ann():
    return factories.board_member("Ann Ahrens")


@pytest.fixture
def ben():
    return factories.board_member("Ben Brook")


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith")


# --- Release and extend ---


def test_release_of_the_last_at_work_says_what_follows_and_does_it(client, ann, editor):
    review = factories.under_review(ann)

    shown = desk(client, editor, review)
    answer = take(client, editor, "release", review, assignment=review.assignments.get().pk, reason="Ill.")

    assert "Nobody else is working on this text: it goes back to “Submitted”" in shown.text
    assert fresh(review).state == Review.State.SUBMITTED
    assert "Ann Ahrens, MD is released" in said(answer)
    assert "ask somebody else" in said(answer)
    assert "Edith released Ann Ahrens, MD from the review." in answer.text
    assert "<p>Ill.</p>" in flat(answer.text)


def test_release_without_a_reason_keeps_the_form_open(client, ann, ben, editor):
    review = factories.under_review(ann, ben)
    assignment = review.assignments.get(member=ben)

    answer = take(client, editor, "release", review, assignment=assignment.pk, reason=" ")

    assert answer.status_code == 422
    bound = [one.release_form.is_bound for one in answer.context["desk"].reviewers]
    assert bound == [False, True]


def test_release_of_who_signed_is_refused_in_words(client, ann, ben, editor):
    review = factories.under_review(ann, ben)
    factories.sign(review, ann)
    assignment = review.assignments.get(member=ann)

    answer = take(client, editor, "release", review, assignment=assignment.pk, reason="A longer reason of mine.")

    assert answer.status_code == 422
    assert "nobody is released after a decision" in answer.text
    assert "A longer reason of mine." in answer.text


def test_release_on_a_page_out_of_date_tells_what_happened(client, ann, ben, editor):
    review = factories.under_review(ann, ben)
    seen, assignment = factories.seen(review), review.assignments.get(member=ann)
    workflow.decline(review, by=ben.user, kind="time", reason="On leave.", seen=seen)

    answer = take(client, editor, "release", review, seen=seen, assignment=assignment.pk, reason="Ill for weeks.")

    assert answer.status_code == 409
    assert "Ben Brook left the review." in answer.text
    assert "Ill for weeks." in answer.text


def test_release_of_the_last_who_was_waited_for_says_that_the_text_goes_back(client, ann, ben, editor):
    factories.policy(waits_for_all=True)
    review = factories.under_review(ann, ben)
    workflow.request_changes(review, by=ann.user, text="No maximum.", seen=factories.seen(review))

    shown = desk(client, editor, review)
    answer = take(client, editor, "release", review, assignment=review.assignments.get(member=ben).pk, reason="Ill.")

    assert "Everybody else has answered, and changes were asked for" in shown.text
    assert fresh(review).state == Review.State.CHANGES_REQUESTED
    assert "the text is back with its author" in said(answer)


def test_editor_settles_the_remark_of_a_released_member(client, ann, ben, editor):
    review = factories.under_review(ann, ben)
    thread = workflow.open_thread(review, by=ann.user, text="Is this so?", kind="blocking")
    take(client, editor, "release", review, assignment=review.assignments.get(member=ann).pk, reason="Ill.")

    answer = take(client, editor, "resolve", review, thread=thread.pk, resolution="See the guideline.")

    assert answer.status_code == 200
    assert not Thread.objects.get().is_open


def test_extend_gives_a_member_more_time(client, ann, editor):
    review = factories.under_review(ann)
    assignment = review.assignments.get()
    later = assignment.due_date + timedelta(days=9)

    answer = take(client, editor, "extend", review, assignment=assignment.pk, due_date=str(later), reason="A holiday.")

    assert Assignment.objects.get().due_date == later
    assert "Ann Ahrens, MD has until" in said(answer)
    assert answer.redirect_chain[-1][0].endswith("#reviewers")


@pytest.mark.parametrize("day", ["", "2020-01-01", "tomorrow"], ids=["none", "past", "no date"])
def test_extend_to_a_day_that_is_none_keeps_the_reason(client, ann, editor, day):
    review = factories.under_review(ann)
    pk = review.assignments.get().pk

    answer = take(client, editor, "extend", review, assignment=pk, due_date=day, reason="A long reason.")

    assert answer.status_code == 422
    assert "A long reason." in answer.text


@pytest.mark.parametrize("verb", ["release", "extend"])
def test_assignment_of_another_review_is_not_found(client, ann, editor, verb):
    other = factories.under_review(ann).assignments.get()
    data = {"assignment": other.pk, "reason": "x", "due_date": "2040-01-01"}

    assert take(client, editor, verb, factories.submitted(), **data).status_code == 404


@pytest.mark.parametrize("verb", ["release", "extend"])
def test_member_does_not_release_or_extend(client, ann, ben, verb):
    review = factories.under_review(ann, ben)
    pk = review.assignments.get(member=ben).pk

    assert take(client, ann.user, verb, review, assignment=pk, reason="x", due_date="2040-01-01").status_code == 403
    assert f"/{verb}/" not in desk(client, ann.user, review).text


# --- Submit while a review is open ---


@pytest.fixture
def changed(ann, ben):
    """A text under review that Ann has marked, whose author has changed the draft since."""
    review = factories.under_review(ann)
    factories.mark_all(review, ann)
    workflow.assign(review, by=factories.user("Editor"), member=ben, seen=factories.seen(review))
    factories.edit(review.article)
    return review


def now(review):
    return Article.objects.get(pk=review.article_id)


def test_submit_of_a_changed_draft_is_offered_with_what_carries_over(client, changed):
    author = changed.article.owner

    on_panel = panel(client, author, changed.article)
    page = client.get(address("submit", changed.article_id))

    assert "Submit the changed text" in on_panel
    assert "The review of revision 1 closes, and this one continues it" in page.text
    assert "1 of 2 sections are the same in this text" in page.text
    assert "Ann Ahrens, MD: continues, with 1 mark kept" in flat(page.text)
    assert "Ben Brook, MD: continues, with 0 marks kept" in flat(page.text)
    assert "Submit this text and close the review of the older one" in page.text


def test_submit_of_a_changed_draft_closes_the_review_and_goes_on(client, changed):
    client.force_login(changed.article.owner)

    form = {"seen": now(changed).version, "summary": "Reworded."}
    answer = client.post(address("submit", changed.article_id), form, follow=True)

    assert said(answer) == "Submitted. Those who worked on revision 1 continue with this text."
    assert fresh(changed).state == Review.State.SUPERSEDED
    assert "It continues the review of revision 1" in answer.text
    assert "Open the current review" in answer.text
    assert "Carried over: asked on" in answer.text
    assert "The review of an older text closed with it." in answer.text


def test_submit_tells_who_is_not_handed_on(client, changed, ann):
    factories.edit(changed.article, by=ann.user, text="Words of a member [@first].")
    client.force_login(changed.article.owner)

    page = client.get(address("submit", changed.article_id))

    assert "Ann Ahrens, MD: not asked again." in flat(page.text)
    assert "wrote parts of this text" in page.text


@pytest.mark.parametrize("situation", ["correction", "second review", "beside", "same", "approved"])
def test_what_submit_refuses_is_told_before_the_button(client, editor, situation):
    review = _situation(situation, editor)
    author = review.article.owner
    client.force_login(author)

    shown = client.get(address("submit", review.article_id))
    answer = client.post(address("submit", review.article_id), {"seen": now(review).version, "summary": "My words."})

    assert shown.context["preview"].hindrance
    assert shown.context["preview"].hindrance in shown.text.replace("&#x27;", "'")
    assert "<textarea" not in shown.text
    assert answer.status_code == 422
    assert "My words." in answer.text
    assert f"/desk/articles/{review.article_id}/submit/" not in panel(client, author, review.article)


def _situation(name, editor):
    factories.policy(quorum_by_reason={"correction": 1})
    if name == "same":
        return factories.submitted()
    published = factories.approved()
    if name == "approved":
        return published
    if name == "beside":
        factories.policy(quorum={"low": 1, "moderate": 1, "high": 1})
    corrected = correct(published, editor)
    if name != "correction":
        sign_correction(corrected, factories.board_member("Cat Chen"))
    factories.edit(published.article)
    return published


def correct(published, editor):
    section = published.revision.document["sections"][0]
    texts = {audience: section[audience].replace("300 mg", "30 mg") for audience in ("professional", "plain")}
    return workflow.correct(
        published.article,
        by=editor,
        edits={section["key"]: texts},
        notice="The dose read 300 mg; it is 30 mg.",
        seen=factories.seen(published),
    )


def sign_correction(review, member):
    factories.accepted(review, member)
    factories.sign(review, member)


def test_panel_beside_a_correction_tells_the_author_who_acts_and_leads_the_editor_there(client, editor):
    published = _situation("beside", editor)

    to_author = panel(client, published.article.owner, published.article)
    to_editor = panel(client, editor, published.article)

    assert "A correction was published that this draft does not contain." in to_author
    assert "An editor has to merge it" in to_author
    assert "/merge/" not in to_author
    assert f'href="{address("merge", published.article_id)}"' in to_editor


def test_panel_offers_an_editor_to_correct_what_readers_see(client, editor):
    published = factories.approved()

    assert f'href="{address("correct", published.article_id)}"' in panel(client, editor, published.article)
    assert "/correct/" not in panel(client, published.article.owner, published.article)


# --- Asking for changes ---


@pytest.fixture
def update(ann):
    """An update under review of a text that readers see."""
    published = factories.approved()
    factories.edit(published.article)
    return factories.under_review(ann, review=factories.submitted(published.article))


def test_request_changes_of_a_public_text_asks_whether_it_is_unsafe(client, ann, update):
    answer = take(client, ann.user, "request_changes", update, text="No maximum.")

    assert answer.status_code == 422
    assert "Say whether the text that readers see today is unsafe." in answer.text
    assert "No maximum." in answer.text


def test_request_changes_of_an_unsafe_text_needs_the_notice_and_hides_it(client, ann, update):
    words = {"text": "The dose is ten times too high.", "is_unsafe": "yes"}

    refused = take(client, ann.user, "request_changes", update, **words)
    answer = take(client, ann.user, "request_changes", update, **words, notice="We are checking the dose.")

    assert refused.status_code == 422
    assert "Write the notice that readers will see in place of the text." in refused.text
    assert Suspension.objects.get().notice == "We are checking the dose."
    assert Publication.objects.get().status == "suspended"
    assert "Readers see the notice in place of the published text." in said(answer)


def test_request_changes_of_a_safe_text_leaves_it_to_readers(client, ann, update):
    take(client, ann.user, "request_changes", update, text="No maximum.", is_unsafe="no")

    assert Publication.objects.get().status == "approved"
    assert fresh(update).state == Review.State.CHANGES_REQUESTED


def test_request_changes_of_a_text_nobody_reads_asks_nothing(client, ann):
    review = factories.under_review(ann)

    assert "is_unsafe" not in desk(client, ann.user, review).text


def test_guest_is_not_asked_to_hide_a_text(client):
    guest = factories.board_member("Gil", is_guest=True, verified_at=timezone.now())
    published = factories.approved()
    factories.edit(published.article)
    review = factories.submitted(published.article)
    workflow.assign(review, by=factories.user("Editor"), member=guest, seen=factories.seen(review))
    factories.accepted(review, guest)

    shown = desk(client, guest.user, review).text
    answer = take(client, guest.user, "request_changes", review, text="No maximum.")

    assert "is_unsafe" not in shown
    assert "(guest reviewer)" in shown
    assert answer.status_code == 200


def test_request_that_waits_for_all_says_for_whom(client, ann, ben):
    factories.policy(waits_for_all=True)
    review = factories.under_review(ann, ben)

    before = desk(client, ann.user, review).text
    answer = take(client, ann.user, "request_changes", review, text="No maximum.")

    assert "when everyone has answered. Still to answer: Ben Brook." in before
    assert "The text goes back to its author when everyone has answered." in said(answer)
    assert (
        "Ann Ahrens asked for changes. The text goes back to its author when everyone has answered; still to "
        "answer: Ben Brook." in (answer.text)
    )
    assert "You asked for changes." in answer.text
    assert "Rescind my request for changes" in answer.text


def test_request_that_waits_can_be_taken_back(client, ann, ben):
    factories.policy(waits_for_all=True)
    review = factories.under_review(ann, ben)
    take(client, ann.user, "request_changes", review, text="No maximum.")

    answer = take(client, ann.user, "rescind", review, reason="I had misread.")

    assert "Your decision is rescinded." in said(answer)
    assert fresh(review).assignments.get(member=ann).state == Assignment.State.ACCEPTED


def test_last_answer_says_that_the_text_went_back(client, ann, ben):
    factories.policy(waits_for_all=True)
    review = factories.under_review(ann, ben)
    take(client, ann.user, "request_changes", review, text="No maximum.")
    factories.mark_all(review, ben)

    signature = {"digest": review.revision.digest, "password": factories.PASSWORD}
    answer = take(client, ben.user, "approve", review, **signature)

    assert "Everyone has answered, and changes were asked for" in said(answer)


# --- Corrections, alerts and withdrawn signatures on the desk ---


def test_correction_offers_who_signed_the_text_first(client, ann, ben, editor):
    factories.policy(quorum_by_reason={"correction": 1})
    factories.board_member("Aaron Able")
    published = factories.approved(ann, ben)

    shown = desk(client, editor, correct(published, editor)).context["desk"]

    assert [one.knows_text for one in shown.candidates] == [True, True, False]
    assert shown.forms["assign"]["member"].value() == shown.candidates[0].member.pk


def test_correction_shows_the_words_that_changed(client, editor):
    factories.policy(quorum_by_reason={"correction": 1})

    shown = desk(client, editor, correct(factories.approved(), editor)).text

    assert "<ins>" in shown
    assert "Compared with revision 1, which readers see:" in shown


def test_member_who_signed_the_text_finds_its_unchanged_sections_marked(client, ann, ben, editor):
    factories.policy(quorum_by_reason={"correction": 1})
    review = correct(factories.approved(ann, ben), editor)
    factories.accepted(review, ann)

    shown = desk(client, ann.user, review)

    assert "1 section is already marked: you held it accurate before" in shown.text
    assert [section.is_marked for section in shown.context["desk"].text.sections] == [False, True]


def test_last_signature_of_a_correction_tells_of_its_second_review(client, ann, ben, editor):
    factories.policy(quorum_by_reason={"correction": 1})
    with time_machine.travel("2027-03-01T09:00Z", tick=False):
        review = correct(factories.approved(), editor)
        factories.accepted(review, ann)
        factories.mark_all(review, ann)
        signature = {"digest": review.revision.digest, "password": factories.PASSWORD}

        answer = take(client, ann.user, "approve", review, **signature)

    assert (
        said(answer) == "Approved: readers can see it now. Its second review is open, and due by 4 March 2027, 09:00."
    )
    assert "Its second review: submitted." in answer.text


def test_second_review_shows_who_counts_what_is_missing_and_until_when(client, ann, editor):
    factories.policy(quorum_by_reason={"correction": 1})
    with time_machine.travel("2027-03-01T09:00Z", tick=False):
        review = correct(factories.approved(), editor)
        sign_correction(review, ann)
        second = Review.objects.open().get()

        shown = desk(client, editor, second)

    assert "It brings the correction (revision 2) to its full number of signers." in shown.text
    assert "a second review is due by 4 March 2027, 09:00" in shown.text
    assert [decision.signer["name"] for decision in shown.context["desk"].counted] == ["Ann Ahrens"]
    assert "“From the guidelines” needs one more signature." in shown.text
    assert "Compared with revision 1, which it corrected:" in shown.text
    assert reverse("admin:reviews_review_change", args=[review.pk]) in shown.text


def test_review_after_a_void_signature_shows_who_still_stands(client, ann, ben, editor):
    factories.approved(ann, ben)
    _void(ann, editor)
    review = Review.objects.open().get()

    shown = desk(client, editor, review)

    assert "A signature on revision 1 was found to be void. The others remain valid" in shown.text
    assert [decision.signer["name"] for decision in shown.context["desk"].counted] == ["Ben Brook"]
    assert "“From the guidelines” needs one more signature." in shown.text


def _void(member, editor):
    found = Voiding.objects.create(
        member=member,
        ground="false",
        since=date(2020, 1, 1),
        reason="The register does not know it.",
        voided_by=editor,
        voided_at=timezone.now(),
    )
    for article in voided_signatures.affected(found):
        voided_signatures.void(article, voiding=found)


def test_review_opened_by_an_alert_names_the_system(client, ann, editor):
    published = factories.approved()
    review = workflow.alert(published.article, by=None, reason="The label has a new maximum.")

    shown = desk(client, editor, review).text

    assert "The label has a new maximum." in shown
    assert "the system" in shown
    assert "None" not in shown.split('id="text"')[0]
    assert "The system opened a new review" in shown


def test_remark_of_an_alert_is_of_the_system_and_an_editor_settles_it(client, ann, editor):
    published = factories.approved()
    factories.edit(published.article)
    review = factories.under_review(ann, review=factories.submitted(published.article))
    workflow.alert(published.article, by=None, reason="The label has a new maximum.")

    shown = desk(client, editor, review).text
    on_panel = panel(client, editor, published.article)
    answer = take(client, editor, "resolve", review, thread=Thread.objects.get().pk, resolution="Written in.")

    assert "<strong>The system</strong>" in flat(shown)
    assert "A remark by the system has to be settled." in shown
    assert "<strong>The system</strong>" in flat(on_panel)
    assert answer.status_code == 200


@pytest.mark.parametrize("kind", ["second", "carried over", "waiting"])
def test_desk_of_an_edge_asks_no_more_queries_than_an_ordinary_one(
    client, ann, ben, editor, kind, django_assert_max_num_queries
):
    review = _edge(kind, ann, ben, editor)
    client.force_login(editor)

    with django_assert_max_num_queries(33):
        client.get(reverse("admin:reviews_review_change", args=[review.pk]))


def _edge(kind, ann, ben, editor):
    factories.policy(quorum_by_reason={"correction": 1}, waits_for_all=True)
    if kind == "second":
        sign_correction(correct(factories.approved(), editor), ann)
        return Review.objects.open().get()
    review = factories.under_review(ann, ben)
    if kind == "waiting":
        workflow.request_changes(review, by=ann.user, text="No maximum.", seen=factories.seen(review))
        return review
    factories.edit(review.article)
    return factories.submitted(review.article)
