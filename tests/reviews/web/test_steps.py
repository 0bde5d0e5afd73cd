"""Each step through the browser's door: done once, refused once with what was typed kept."""

import pytest
from django.urls import reverse

from articles.models import Article, Publication
from articles.writing import findings
from reviews import workflow
from reviews.models import Assignment, Decision, Event, Review, Ruling, Thread, Waiver
from reviews.web.desk.finding_list import finding_code
from tests import factories

pytestmark = pytest.mark.django_db


def address(verb, pk):
    return reverse(f"reviews:{verb}", args=[pk])


def take(client, user, verb, subject, **data):
    """Post a step's form as a page opened now would send it."""
    client.force_login(user)
    return client.post(address(verb, subject.pk), {"seen": factories.seen(subject), **data}, follow=True)


def messages(answer):
    return [str(message) for message in answer.context["messages"]]


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


def unresolved():
    return factories.submitted(citations=[{"key": "first"}, {"key": "second", "source": factories.source()}])


def a_finding(review):
    return findings.of_content(review.article, review.revision.document)[0]


# --- The editor's steps ---


def test_assign_asks_a_member(client, ann, editor):
    review = factories.submitted()

    answer = take(client, editor, "assign", review, member=ann.pk)

    assert answer.status_code == 200
    assert messages(answer) == ["Ann Ahrens, MD is asked to review."]
    assert review.assignments.get().member == ann


def test_assign_a_member_who_wrote_the_text_is_refused(client, editor, ann):
    factories.give_role(ann.user, "Author")
    review = factories.submitted(factories.article(ann.user))

    answer = take(client, editor, "assign", review, member=ann.pk, due_date="2027-03-01")

    assert answer.status_code == 422
    assert "wrote parts of this text" in answer.text
    assert 'value="2027-03-01"' in answer.text


def test_assign_without_a_member_is_a_form_error(client, editor):
    answer = take(client, editor, "assign", factories.submitted())

    assert answer.status_code == 422
    assert "Choose a member." in answer.text


def declared(review, member):
    return workflow.accept(review, by=member.user, seen=factories.seen(review), interests=[{"nature": "Fee"}])


def test_rule_lets_a_member_begin(client, ann, editor):
    review = factories.submitted()
    assignment = declared(review, ann)

    answer = take(client, editor, "rule", review, assignment=assignment.pk, outcome="clear", reason="Long ago.")

    assert answer.status_code == 200
    assert Ruling.objects.get().outcome == "clear"
    assert fresh(review).state == Review.State.UNDER_REVIEW


def test_rule_without_a_reason_keeps_the_ruling_chosen(client, ann, editor):
    review = factories.submitted()
    assignment = declared(review, ann)

    answer = take(client, editor, "rule", review, assignment=assignment.pk, outcome="excluded", reason=" ")

    assert answer.status_code == 422
    assert 'value="excluded"' in answer.text.split("checked")[0].rsplit("<input", 1)[1]


def test_rule_on_an_assignment_of_another_review_is_not_found(client, ann, editor):
    assignment = declared(factories.submitted(), ann)

    answer = take(client, editor, "rule", factories.submitted(), assignment=assignment.pk, outcome="clear", reason="x")

    assert answer.status_code == 404


def test_reject_ends_the_review(client, editor):
    review = factories.submitted()

    answer = take(client, editor, "reject", review, reason="Out of scope.")

    assert messages(answer) == ["Rejected. The author will read your reason."]
    assert fresh(review).closing_reason == "Out of scope."


def test_reject_of_a_closed_review_gives_the_words_back(client, editor):
    review = factories.submitted()
    workflow.recall(review, by=review.article.owner, reason="a mistake", seen=1)

    answer = take(client, editor, "reject", review, reason="Out of scope, and here is why.")

    assert answer.status_code == 422
    assert "This review is now “Recalled”." in answer.text
    assert "Out of scope, and here is why." in answer.text


# --- The member's steps ---


def test_accept_without_interests_opens_the_text(client, ann):
    review = factories.submitted()

    answer = take(client, ann.user, "accept", review, declares="none", **empty_interests())

    assert "Here is the text" in messages(answer)[0]
    assert "reassess after two weeks" in answer.text


def empty_interests(**rows):
    return {"interests-TOTAL_FORMS": "3", "interests-INITIAL_FORMS": "0", **rows}


def test_accept_with_the_standing_statement_is_one_tap(client, ann):
    factories.accepted(factories.submitted(), ann)
    review = factories.submitted()

    answer = take(client, ann.user, "accept", review, declares="standing")

    assert answer.status_code == 200
    assert review.assignments.get().state == Assignment.State.ACCEPTED


def test_accept_with_an_interest_waits_for_a_ruling(client, ann):
    review = factories.submitted()
    row = {"interests-0-nature": "Speaker’s fee", "interests-0-organisation": "Acme", "interests-0-period": "2025"}

    answer = take(client, ann.user, "accept", review, declares="some", **empty_interests(**row))

    assert "Your interest is with the editors" in messages(answer)[0]
    assert review.assignments.get().waits_for_ruling
    assert "reassess after two weeks" not in answer.text


@pytest.mark.parametrize(
    ("declares", "row", "sentence"),
    [
        ("some", {}, "Describe at least one interest"),
        ("none", {"interests-0-nature": "Stocks of Acme"}, "You described an interest"),
        ("some", {"interests-0-organisation": "Acme"}, "Say what each interest is."),
        ("", {}, "Say whether you have interests to declare."),
        ("standing", {}, "Declare your interests, or that you have none"),
    ],
)
def test_accept_with_an_incomplete_declaration_keeps_what_was_typed(client, ann, declares, row, sentence):
    review = factories.submitted()

    answer = take(
        client, ann.user, "accept", review, declares=declares, statement="As far as I know.", **empty_interests(**row)
    )

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "As far as I know." in answer.text
    for typed in row.values():
        assert f'value="{typed}"' in answer.text
    assert "reassess after two weeks" not in answer.text


def test_decline_leads_back_to_my_reviews(client, ann):
    review = factories.under_review(ann)

    answer = take(client, ann.user, "decline", review, kind="time", reason="On leave.")

    assert answer.redirect_chain[-1][0] == reverse("admin:reviews_assignment_changelist")
    assert review.assignments.get().state == Assignment.State.DECLINED


def test_decline_without_a_kind_keeps_the_reason(client, ann):
    review = factories.under_review(ann)

    answer = take(client, ann.user, "decline", review, reason="I go on leave next week.")

    assert answer.status_code == 422
    assert "I go on leave next week." in answer.text


def test_mark_and_unmark_a_section(client, ann):
    review = factories.under_review(ann)
    key, digest = next(iter(review.revision.section_digests.items()))

    marked = take(client, ann.user, "mark", review, section_key=key, section_digest=digest, audience="plain")
    assert review.assignments.get().marks.count() == 1
    assert f"#tools-{key}" in marked.redirect_chain[-1][0]

    take(client, ann.user, "unmark", review, section_key=key, audience="plain")
    assert review.assignments.get().marks.count() == 0


def test_mark_of_other_words_is_refused(client, ann):
    review = factories.under_review(ann)
    key = next(iter(review.revision.section_digests))

    answer = take(client, ann.user, "mark", review, section_key=key, section_digest="0" * 64, audience="plain")

    assert answer.status_code == 422
    assert "This section is not the one your page showed." in answer.text


def test_mark_returns_to_the_audience_that_was_read(client, ann):
    review = factories.under_review(ann)
    key, digest = next(iter(review.revision.section_digests.items()))
    client.force_login(ann.user)

    form = {"section_key": key, "section_digest": digest, "audience": "plain"}
    answer = client.post(f"{address('mark', review.pk)}?audience=plain", form)

    assert "?audience=plain#" in answer.url


def signature(review, **changes):
    return {"digest": review.revision.digest, "password": factories.PASSWORD, **changes}


def test_approve_says_what_is_still_missing(client, ann, ben):
    review = factories.under_review(ann, ben)
    factories.mark_all(review, ann)

    answer = take(client, ann.user, "approve", review, **signature(review))

    assert messages(answer) == [
        "Signed. “From the guidelines” needs one more signature. “From the research” needs one more signature."
    ]


def test_approve_with_the_last_signature_publishes(client, ann, ben):
    review = factories.under_review(ann, ben)
    factories.sign(review, ann)
    factories.mark_all(review, ben)

    answer = take(client, ben.user, "approve", review, **signature(review))

    assert messages(answer) == ["Approved: readers can see it now."]
    assert Publication.objects.get().status == "approved"


def test_approve_with_a_wrong_password_signs_nothing_and_may_be_sent_again(client, ann, ben):
    review = factories.under_review(ann, ben)
    factories.mark_all(review, ann)

    answer = take(client, ann.user, "approve", review, **signature(review, password="wrong"))

    assert answer.status_code == 422
    assert "That is not your password. Nothing was signed." in answer.text
    assert "wrong" not in answer.text.split('type="password"')[1].split(">")[0]
    assert Event.objects.of_article(review.article_id).last().verb == "sign_refused"
    # The refused attempt is an event itself: the form that came back knows of it.
    form = answer.context["desk"].forms["approve"]
    assert int(form["seen"].value()) == factories.seen(review)
    assert take(client, ann.user, "approve", review, **signature(review)).status_code == 200


def test_approve_of_another_text_is_refused(client, ann):
    review = factories.under_review(ann)
    factories.mark_all(review, ann)

    answer = take(client, ann.user, "approve", review, **signature(review, digest="0" * 64))

    assert answer.status_code == 422
    assert "Your page does not show the text" in answer.text
    assert not Decision.objects.exists()


def test_approve_a_standing_text_keeps_the_evidence_typed(client, ann, ben, editor):
    approved = factories.approved(ann, ben)
    review = workflow.rereview(approved.article, by=editor, reason="Two years.", seen=factories.seen(approved))
    factories.under_review(ann, review=review)
    factories.mark_all(review, ann)
    evidence = {"searched": "PubMed and NICE", "searched_on": "2026-11-01", "found": "Nothing that changes the text."}

    refused = take(client, ann.user, "approve", review, **signature(review, password="wrong"), **evidence)
    assert "PubMed and NICE" in refused.text
    assert "Nothing that changes the text." in refused.text

    take(client, ann.user, "approve", review, **signature(review), **evidence)
    assert Decision.objects.get(assignment__review=review).evidence == evidence


def test_rescind_takes_a_signature_back(client, ann, ben):
    review = factories.under_review(ann, ben)
    factories.sign(review, ann)

    answer = take(client, ann.user, "rescind", review, reason="I misread a dose.")

    assert "rescinded" in messages(answer)[0]
    assert Decision.objects.last().verdict == "rescinded"


def test_rescind_without_a_reason_is_a_form_error(client, ann, ben):
    review = factories.under_review(ann, ben)
    factories.sign(review, ann)

    assert take(client, ann.user, "rescind", review, reason="  ").status_code == 422


def test_request_changes_sends_the_text_back(client, ann):
    review = factories.under_review(ann)
    key = next(iter(review.revision.section_digests))
    words = {"text": "The maximum is missing.", "section_key": key, "audience": "plain"}

    answer = take(client, ann.user, "request_changes", review, **words)

    assert fresh(review).state == Review.State.CHANGES_REQUESTED
    assert "The maximum is missing." in answer.text
    thread = Thread.objects.get()
    assert (thread.section_key, thread.audience, thread.kind) == (key, "plain", "blocking")


def test_request_changes_on_a_section_that_is_not_there_keeps_the_words(client, ann):
    review = factories.under_review(ann)

    answer = take(client, ann.user, "request_changes", review, text="A long remark.", section_key="nowhere")

    assert answer.status_code == 422
    assert "A long remark." in answer.text


# --- Talking ---


def test_open_thread_comment_and_resolve(client, ann):
    review = factories.under_review(ann)
    key = next(iter(review.revision.section_digests))

    take(client, ann.user, "open_thread", review, text="Per day?", kind="blocking", section_key=key, audience="plain")
    thread = Thread.objects.get()
    take(client, review.article.owner, "comment", review, thread=thread.pk, text="Yes, per day.")
    answer = take(client, ann.user, "resolve", review, thread=thread.pk, resolution="Clear now.")

    thread.refresh_from_db()
    assert [comment.text for comment in thread.comments.all()] == ["Per day?", "Yes, per day."]
    assert thread.resolution == "Clear now."
    assert "Yes, per day." in answer.text


def test_open_thread_by_the_author_is_a_suggestion(client, ann):
    review = factories.under_review(ann)

    answer = take(client, review.article.owner, "open_thread", review, text="A note.", kind="blocking")
    take(client, review.article.owner, "open_thread", review, text="A note to you.")

    assert answer.status_code == 403
    assert Thread.objects.get().kind == "suggestion"


def test_open_thread_without_words_is_a_form_error(client, ann):
    review = factories.under_review(ann)

    assert take(client, ann.user, "open_thread", review, text=" ", kind="blocking").status_code == 422


def test_comment_without_words_is_a_form_error(client, ann):
    review = factories.under_review(ann)
    thread = workflow.open_thread(review, by=ann.user, text="Per day?")

    assert take(client, ann.user, "comment", review, thread=thread.pk, text="").status_code == 422


def test_comment_in_a_thread_of_another_article_is_not_found(client, ann):
    elsewhere = workflow.open_thread(factories.under_review(ann), by=ann.user, text="Per day?")

    answer = take(client, ann.user, "comment", factories.under_review(ann), thread=elsewhere.pk, text="Hm.")

    assert answer.status_code == 404


def test_resolve_somebody_elses_remark_is_not_permitted(client, ann):
    review = factories.under_review(ann)
    thread = workflow.open_thread(review, by=ann.user, text="Per day?", kind="blocking")

    answer = take(client, review.article.owner, "resolve", review, thread=thread.pk, resolution="Fine.")

    assert answer.status_code == 403


def test_resolve_of_a_settled_remark_gives_the_words_back(client, ann):
    review = factories.under_review(ann)
    thread = workflow.open_thread(review, by=ann.user, text="Per day?")
    workflow.resolve(thread, by=ann.user, resolution="Clear.")

    answer = take(client, ann.user, "resolve", review, thread=thread.pk, resolution="Settled a second time.")

    assert answer.status_code == 422
    assert "Settled a second time." in answer.text


def test_concur_lets_a_waiver_count(client, ann, editor):
    review = factories.under_review(
        ann, review=factories.submitted(sections=[{**factories.SECTIONS[0], "plain": ""}, factories.SECTIONS[1]])
    )
    waiver = workflow.waive(review.article, by=editor, finding=a_finding(review), reason="For clinicians only.")

    client.force_login(ann.user)
    offered = client.get(reverse("admin:reviews_review_change", args=[review.pk])).text
    take(client, ann.user, "concur", review, waiver=waiver.pk)
    again = take(client, ann.user, "concur", review, waiver=waiver.pk)

    assert f'id="concur-{waiver.pk}"' in offered
    assert "I agree to this waiver" in offered
    assert Waiver.objects.get().is_in_force
    assert again.status_code == 422
    assert 'id="concur-' not in again.text


# --- The author's steps, and those on an article ---


def test_recall_takes_the_text_out(client):
    review = factories.submitted()

    answer = take(client, review.article.owner, "recall", review, reason="A number is wrong.")

    assert messages(answer) == ["Recalled from review."]
    assert fresh(review).state == Review.State.RECALLED


def test_submit_shows_what_blocks_and_freezes_nothing(client):
    article = factories.article(ai_use="undeclared")
    client.force_login(article.owner)

    shown = client.get(address("submit", article.pk))
    answer = client.post(address("submit", article.pk), {"seen": article.version, "summary": "The first text."})

    assert "Say whether an AI tool helped" in shown.text
    assert answer.status_code == 422
    assert "The first text." in answer.text
    assert not Review.objects.exists()


def test_submit_opens_a_review_with_the_class_raised(client):
    article = factories.article()
    client.force_login(article.owner)
    form = {"seen": article.version, "summary": "The first text.", "change_class": "safety"}

    answer = client.post(address("submit", article.pk), form, follow=True)

    review = Review.objects.get()
    assert messages(answer) == ["Submitted. The editors will ask members of the board to review it."]
    assert (review.change_class, review.summary) == ("safety", "The first text.")


def test_submit_never_offers_less_than_the_words_that_changed(client):
    article = factories.article()
    client.force_login(article.owner)

    shown = client.get(address("submit", article.pk))
    answer = client.post(
        address("submit", article.pk), {"seen": article.version, "summary": "x", "change_class": "minor"}
    )

    assert [value for value, _ in shown.context["form"].fields["change_class"].choices] == ["substantive", "safety"]
    assert answer.status_code == 422


def test_submit_of_a_draft_saved_meanwhile_is_a_conflict_that_names_who_saved(client):
    article = factories.article()
    factories.edit(article, by=factories.user("Editor", "Edith"))
    client.force_login(article.owner)
    form = {"seen": article.version, "summary": "The words of the author."}

    answer = client.post(address("submit", article.pk), form)

    assert answer.status_code == 409
    assert "Edith saved the draft." in answer.text
    assert "The words of the author." in answer.text
    again = answer.context["form"].data
    assert client.post(address("submit", article.pk), again).status_code == 302


def test_rereview_opens_a_review_of_the_same_revision(client, editor):
    approved = factories.approved()

    answer = take(client, editor, "rereview", approved.article, kind="source_alert", reason="A label changed.")

    review = Review.objects.open().get()
    assert answer.status_code == 200
    assert (review.revision, review.reason) == (approved.revision, "source_alert")


def test_rereview_of_a_page_that_is_not_published_keeps_the_reason(client, editor):
    review = factories.submitted()

    answer = take(client, editor, "rereview", review.article, kind="periodic", reason="Somebody wrote to us.")

    assert answer.status_code == 422
    assert "Somebody wrote to us." in answer.text


def test_retract_shows_the_notice_before_it_is_confirmed(client, editor):
    approved = factories.approved()
    form = {"reason": "A wrong dose.", "notice": "The dose was wrong. <b>Do not use it.</b>"}

    preview = take(client, editor, "retract", approved.article, **form)
    assert "&lt;b&gt;Do not use it.&lt;/b&gt;" in preview.text
    assert Publication.objects.get().status == "approved"

    done = take(client, editor, "retract", approved.article, **form, confirmed="on")
    assert messages(done) == ["Retracted. The page’s address now shows your notice."]
    assert Publication.objects.get().status == "retracted"


def test_retract_without_a_notice_keeps_the_reason(client, editor):
    answer = take(client, editor, "retract", factories.approved().article, reason="A wrong dose.", confirmed="on")

    assert answer.status_code == 422
    assert "A wrong dose." in answer.text


def test_waive_puts_a_reason_on_the_record(client, editor):
    review = unresolved()
    code = finding_code(a_finding(review))
    client.force_login(editor)

    shown = client.get(address("waive", review.article_id), {"finding": code})
    answer = take(client, editor, "waive", review.article, finding=code, reason="Everybody knows this.")

    assert "has no source yet" in shown.text
    assert answer.status_code == 200
    assert Waiver.objects.get().reason == "Everybody knows this."


def test_waive_without_a_reason_is_a_form_error(client, editor):
    review = unresolved()

    answer = take(client, editor, "waive", review.article, finding=finding_code(a_finding(review)), reason=" ")

    assert answer.status_code == 422


def test_waive_of_a_finding_that_is_not_there_is_not_found(client, editor):
    assert take(client, editor, "waive", unresolved().article, finding="0" * 16, reason="x").status_code == 404


def test_waive_on_ones_own_text_is_not_permitted(client, editor):
    review = factories.submitted(factories.article(editor, citations=[{"key": "first"}, {"key": "second"}]))

    answer = take(client, editor, "waive", review.article, finding=finding_code(a_finding(review)), reason="x")

    assert answer.status_code == 403


def facts(article, **changes):
    topics = [topic.pk for topic in article.topics.all()]
    return {"slug": article.slug, "risk": article.risk, "owner": article.owner_id, "topics": topics, **changes}


def test_catalogue_changes_the_address(client, editor):
    article = factories.submitted().article

    take(client, editor, "catalogue", article, **facts(article, slug="a-better-address"), reason="Shorter.")

    assert Article.objects.get().slug == "a-better-address"


def test_catalogue_to_a_taken_address_keeps_what_was_typed(client, editor):
    article, other = factories.submitted().article, factories.article()

    answer = take(client, editor, "catalogue", article, **facts(article, slug=other.slug), reason="Shorter, I think.")

    assert answer.status_code == 422
    assert "Another article has, or had, this address." in answer.text
    assert "Shorter, I think." in answer.text


# --- A page that is out of date ---


def test_step_on_a_page_out_of_date_shows_what_happened_and_keeps_the_words(client, ann, editor):
    review = factories.under_review(ann)
    seen = factories.seen(review)
    workflow.open_thread(review, by=ann.user, text="Per day?", kind="blocking")

    answer = take(client, editor, "reject", review, seen=seen, reason="Out of scope.")

    assert answer.status_code == 409
    assert "Ann Ahrens made a remark on the whole text that must be settled before approval." in answer.text
    assert "Out of scope.</textarea>" in answer.text
    assert fresh(review).is_open
    again = next(one.form for one in answer.context["desk"].endings if one.form.verb == "reject")
    assert int(again["seen"].value()) == factories.seen(review)


def test_step_that_is_gone_from_the_page_gives_the_words_back(client, ann, ben):
    review = factories.under_review(ann, ben)
    seen = factories.seen(review)
    workflow.request_changes(review, by=ben.user, text="No maximum.", seen=seen)

    answer = take(client, ann.user, "request_changes", review, seen=seen, text="I found three more mistakes.")

    assert answer.status_code == 409
    assert "Ben Brook asked for changes" in answer.text
    assert "I found three more mistakes." in answer.text


def test_signature_on_a_page_out_of_date_is_asked_for_anew(client, ann, ben):
    review = factories.under_review(ann, ben)
    factories.mark_all(review, ann)
    seen = factories.seen(review)
    workflow.open_thread(review, by=ben.user, text="Which dose?", kind="blocking")

    answer = take(client, ann.user, "approve", review, **signature(review, seen=seen))

    assert answer.status_code == 409
    assert factories.PASSWORD not in answer.text
    assert not Decision.objects.exists()


# --- Who gets through the door ---

ON_REVIEWS = [
    "assign",
    "accept",
    "decline",
    "rule",
    "release",
    "extend",
    "approve",
    "rescind",
    "request_changes",
    "reject",
    "recall",
    "mark",
    "unmark",
    "open_thread",
    "comment",
    "resolve",
    "concur",
]
ON_ARTICLES = ["submit", "correct", "merge", "rereview", "retract", "waive", "catalogue"]


@pytest.mark.parametrize("verb", ON_REVIEWS)
def test_step_on_a_review_is_post_only(client, verb):
    client.force_login(factories.user(is_superuser=True))

    assert client.get(address(verb, factories.submitted().pk)).status_code == 405


@pytest.mark.parametrize("verb", ON_REVIEWS)
def test_step_on_a_review_by_a_stranger_is_not_found(client, verb):
    client.force_login(factories.user("Author"))

    assert client.post(address(verb, factories.submitted().pk)).status_code == 404


@pytest.mark.parametrize("verb", ON_ARTICLES)
def test_step_on_an_article_by_a_stranger_is_not_found(client, verb):
    client.force_login(factories.user("Author"))

    assert client.post(address(verb, factories.submitted().article_id)).status_code == 404


@pytest.mark.parametrize("verb", ON_ARTICLES)
def test_step_on_an_article_by_an_auditor_is_not_permitted(client, verb):
    client.force_login(factories.user("Auditor"))

    assert client.get(address(verb, factories.approved().article_id)).status_code == 403


@pytest.mark.parametrize("verb", [*ON_REVIEWS, *ON_ARTICLES])
def test_visitor_is_led_to_signing_in(client, verb):
    answer = client.post(address(verb, 1))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("accounts:login"))


@pytest.mark.parametrize(("verb", "form"), [("reject", {"reason": "x"}), ("assign", {"member": "own"})])
def test_step_of_an_editor_by_the_author_is_not_permitted(client, ann, verb, form):
    review = factories.submitted()
    data = {name: ann.pk if value == "own" else value for name, value in form.items()}

    assert take(client, review.article.owner, verb, review, **data).status_code == 403
