import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from reviews import notifications, workflow
from reviews.models import Delivery, Event
from reviews.people import departures, members
from reviews.record import event_chain, signatures
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith Editor")


def told(person, kind):
    return list(Delivery.objects.filter(recipient=person, kind=kind))


def test_submit_is_told_to_editors_in_their_digest(editor):
    review = factories.submitted()

    row = Delivery.objects.get()
    assert (row.recipient, row.kind, row.is_urgent) == (editor, "submit", False)
    assert review.article.title in row.text
    assert review.article.owner.name in row.text
    assert "assign members" in row.text
    assert row.path == reverse("admin:reviews_review_change", args=[review.pk])


def test_assign_is_told_to_the_member_at_once_with_the_date(editor):
    review, ann = factories.submitted(), factories.board_member("Ann Ahrens")

    assignment = workflow.assign(review, by=editor, member=ann, seen=factories.seen(review))

    (row,) = told(ann.user, "assign")
    assert row.is_urgent
    assert row.next_attempt_at == row.created_at
    assert "Edith Editor asks you to review" in row.text
    assert f"{assignment.due_date.day}" in row.text


def test_nobody_hears_of_their_own_act():
    review, editor = factories.submitted(), factories.user("Editor")

    workflow.reject(review, by=editor, reason="Not for us.", seen=factories.seen(review))

    assert told(editor, "reject") == []
    assert len(told(review.article.owner, "reject")) == 1


def test_nobody_hears_who_was_deactivated(editor):
    editor.is_active = False
    editor.save()

    factories.submitted()

    assert not Delivery.objects.exists()


def test_each_person_hears_once_of_an_event(editor):
    review = factories.submitted(factories.article(by=editor))
    other = factories.user("Editor")

    workflow.reject(review, by=other, reason="Not for us.", seen=factories.seen(review))

    (row,) = told(editor, "reject")
    assert "The reason is given on the review’s page." in row.text


def test_declared_interest_is_not_in_the_mail(editor):
    review, ann = factories.submitted(), factories.board_member("Ann Ahrens")
    interests = [{"nature": "Speaker fees", "organisation": "Pharma Ltd", "period": "2026"}]

    workflow.accept(review, by=ann.user, seen=factories.seen(review), interests=interests)

    (row,) = told(editor, "accept")
    assert row.is_urgent
    assert "can begin once an editor has decided" in row.text
    assert not any(word in row.subject + row.text for word in ("interest", "Speaker", "Pharma"))


def test_reason_for_declining_is_not_in_the_mail(editor):
    ann = factories.board_member("Ann Ahrens")
    review = factories.under_review(ann)

    workflow.decline(review, by=ann.user, kind="time", reason="My mother is ill.", seen=factories.seen(review))

    (row,) = told(editor, "decline")
    assert row.is_urgent
    assert "Please ask another member" in row.text
    assert "mother" not in row.text


def test_ruling_is_told_to_the_member(editor):
    review, ann = factories.submitted(), factories.board_member("Ann Ahrens")
    interests = [{"nature": "Speaker fees"}]
    assignment = workflow.accept(review, by=ann.user, seen=factories.seen(review), interests=interests)

    workflow.rule(assignment, by=editor, outcome="clear", reason="Long ago.", seen=factories.seen(review))

    (row,) = told(ann.user, "rule")
    assert "You can begin your review now." in row.text
    assert "Long ago" not in row.text


def test_first_signature_is_told_to_nobody_and_the_last_to_author_and_editors(editor):
    ann, ben = factories.board_member("Ann Ahrens"), factories.board_member("Ben Brook")
    review = factories.under_review(ann, ben)

    factories.sign(review, ann)
    assert not Delivery.objects.filter(kind="approve").exists()
    factories.sign(review, ben)

    (to_author,) = told(review.article.owner, "approve")
    (to_editor,) = told(editor, "approve")
    assert to_author.is_urgent
    assert "With the signature of Ben Brook, your text" in to_author.text
    assert to_author.path == reverse("articles:detail", args=[review.article.slug])
    assert "Its next review is due by" in to_editor.text


def test_request_for_changes_is_told_to_the_author_and_those_at_work():
    ann, ben = factories.board_member("Ann Ahrens"), factories.board_member("Ben Brook")
    review = factories.under_review(ann, ben)

    workflow.request_changes(review, by=ann.user, text="The dose is wrong.", seen=factories.seen(review))

    (to_author,) = told(review.article.owner, "request_changes")
    (to_member,) = told(ben.user, "request_changes")
    assert "submit it again" in to_author.text
    assert "ends this review" in to_member.text
    assert "dose" not in to_author.text
    assert told(ann.user, "request_changes") == []


def test_remarks_are_told_to_those_who_take_part_without_their_words():
    ann = factories.board_member("Ann Ahrens")
    review = factories.under_review(ann)
    author = review.article.owner

    thread = workflow.open_thread(review, by=ann.user, text="Is 300 mg right?", kind="blocking")
    workflow.comment(thread, by=author, text="It is.")

    (to_author,) = told(author, "open_thread")
    (to_member,) = told(ann.user, "comment")
    assert not to_author.is_urgent
    assert "must be settled before approval" in to_author.text
    assert "300 mg" not in to_author.text + to_member.text


def test_submitting_again_asks_those_who_know_the_text_at_once():
    ann = factories.board_member("Ann Ahrens")
    review = factories.under_review(ann)
    workflow.request_changes(review, by=ann.user, text="Rewrite it.", seen=factories.seen(review))
    factories.edit(review.article)

    factories.submitted(review.article)

    (row,) = told(ann.user, "submit")
    assert row.is_urgent
    assert "You reviewed it before and are asked again" in row.text


def test_refused_signature_is_told_to_the_person_and_a_wrong_password_to_administrators():
    ann, administrator = factories.board_member("Ann Ahrens"), factories.user("Administrator")
    review = factories.under_review(ann)
    factories.mark_all(review, ann)

    for _ in range(2):
        with pytest.raises(signatures.WrongPassword):
            workflow.approve(
                review, by=ann.user, digest=review.revision.digest, password="wrong", seen=factories.seen(review)
            )

    (to_person,) = told(ann.user, "sign_refused")
    (to_office,) = told(administrator, "sign_refused")
    assert to_person.is_urgent
    assert "change your password now" in to_person.text
    assert "Ann Ahrens" in to_office.text


def test_other_refusals_are_not_told_to_administrators():
    ann, administrator = factories.board_member("Ann Ahrens"), factories.user("Administrator")
    review = factories.under_review(ann)

    with pytest.raises(workflow.Refused):
        workflow.approve(
            review,
            by=ann.user,
            digest=review.revision.digest,
            password=factories.PASSWORD,
            seen=factories.seen(review),
        )

    assert len(told(ann.user, "sign_refused")) == 1
    assert told(administrator, "sign_refused") == []


def test_retraction_is_told_to_editors_author_and_signers_at_once(editor):
    ann, ben = factories.board_member("Ann Ahrens"), factories.board_member("Ben Brook")
    review = factories.approved(ann, ben)
    other = factories.user("Editor")

    workflow.retract(review.article, by=other, reason="Wrong.", notice="Retracted.", seen=factories.seen(review))

    people = {row.recipient for row in Delivery.objects.filter(kind="retract", is_urgent=True)}
    assert people == {editor, review.article.owner, ann.user, ben.user}


def test_rereview_by_the_clock_is_told_in_the_digest(editor):
    review = factories.approved()

    workflow.rereview(review.article, by=None, seen=None, reason="Due soon.")

    (row,) = told(editor, "rereview")
    assert not row.is_urgent
    assert row.text.startswith("The system opened a new review")


def test_policy_is_told_to_the_board():
    ann = factories.board_member("Ann Ahrens")
    made = factories.policy()

    event = Event.objects.of_site().filter(verb="adopt_policy").last()
    notifications.of_event(event)

    (row,) = told(ann.user, "adopt_policy")
    assert f"version {made.version}" in row.text


def test_superuser_without_a_role_is_no_editor():
    factories.user(is_superuser=True)

    factories.submitted()

    assert not Delivery.objects.exists()


def test_marks_are_told_to_nobody_and_cost_nothing(editor, django_assert_num_queries):
    event = Event(verb="mark", chain="article:1", sequence=1, at=timezone.now(), data={})

    with django_assert_num_queries(0):
        notifications.of_event(event)


def test_telling_costs_a_step_two_statements(editor, django_assert_num_queries):
    factories.board_member("Ann Ahrens")
    review = factories.approved()
    event = Event.objects.of_article(review.article_id).last()
    Delivery.objects.all().delete()
    article = Article.objects.select_related("publication", "owner").get(pk=review.article_id)

    with django_assert_num_queries(2):
        notifications.of_event(event, article=article, review=review)

    assert Delivery.objects.count() == 2


def test_rolled_back_step_tells_nothing(editor, monkeypatch):
    review = factories.submitted()
    before = Delivery.objects.count()
    monkeypatch.setattr(notifications.outbox, "put", lambda rows: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        workflow.reject(review, by=factories.user("Editor"), reason="No.", seen=factories.seen(review))

    review.refresh_from_db()
    assert review.is_open
    assert Delivery.objects.count() == before


def test_event_told_twice_writes_no_second_row(editor):
    review = factories.submitted()
    event = Event.objects.of_article(review.article_id).last()

    notifications.of_event(event, article=review.article, review=review)

    assert Delivery.objects.filter(kind="submit").count() == 1


def test_fault_in_the_record_is_told_to_administrators(editor):
    administrator = factories.user("Administrator")
    data = {"events": 3, "faults": 2}
    event = event_chain.append(event_chain.site_chain(), "verify_audit", actor=None, data=data, at=timezone.now())

    notifications.of_event(event)

    (row,) = told(administrator, "verify_audit")
    assert "2 faults" in row.text


def test_suspension_is_told_to_everybody_it_concerns_at_once(editor):
    ann, ben = factories.board_member("Ann Ahrens"), factories.board_member("Ben Brook")
    review = factories.approved(ann, ben)

    workflow.suspend(
        review.article, by=ann.user, reason="A wrong dose.", notice="Do not use this.", seen=factories.seen(review)
    )

    rows = Delivery.objects.filter(kind="suspend", is_urgent=True)
    assert {row.recipient for row in rows} == {editor, review.article.owner, ben.user}
    assert "Ann Ahrens suspended" in rows.first().text
    assert not any("dose" in row.text or "Do not use" in row.text for row in rows)


def test_first_agreement_asks_for_the_second_and_the_second_is_told_to_all(editor):
    ann, ben = factories.board_member("Ann Ahrens"), factories.board_member("Ben Brook")
    review = factories.approved(ann, ben)
    suspension = workflow.suspend(
        review.article, by=ann.user, reason="A wrong dose.", notice="Do not use this.", seen=factories.seen(review)
    )

    workflow.lift(suspension, by=editor, reason="It was right.", seen=factories.seen(review))
    asked = {row.recipient for row in Delivery.objects.filter(kind="lift")}
    # Members may not open the draft; they agree on the page of what readers see.
    assert set(Delivery.objects.filter(kind="lift").values_list("path", flat=True)) == {
        reverse("reviews:published_text", args=[review.article_id])
    }
    carol = factories.board_member("Carol Cole")
    workflow.lift(suspension, by=carol.user, reason="It was right.", seen=factories.seen(review))

    assert asked == {ann.user, ben.user}
    (to_author,) = told(review.article.owner, "lift")
    assert "as the second of two" in to_author.text


def test_unsafe_text_is_told_as_suspended(editor):
    ann, ben = factories.board_member("Ann Ahrens"), factories.board_member("Ben Brook")
    approved = factories.approved(ann, ben)
    factories.edit(approved.article)
    review = factories.under_review(ann, review=factories.submitted(approved.article))

    workflow.request_changes(
        review, by=ann.user, text="Wrong.", seen=factories.seen(review), is_unsafe=True, notice="Do not use this."
    )

    for person in (editor, review.article.owner, ben.user):
        (row,) = told(person, "request_changes")
        assert row.is_urgent
        assert "is unsafe" in row.text


def test_correction_is_told_to_editors_and_the_author_whose_draft_lies_beside_it(editor):
    review = factories.approved()
    key = review.revision.document["sections"][0]["key"]
    other = factories.user("Editor")

    workflow.correct(
        review.article,
        by=other,
        seen=factories.seen(review),
        edits={key: {"professional": "Start with 30 mg once daily and reassess after two weeks [@first]."}},
        notice="The dose was ten times too high.",
    )

    (to_editor,) = told(editor, "correct")
    (to_author,) = told(review.article.owner, "correct")
    assert to_editor.is_urgent
    assert "Please assign a member at once" in to_editor.text
    assert "an editor will merge the two" in to_author.text


def test_member_who_leaves_is_told_to_editors_with_what_waits(editor):
    ann, administrator = factories.board_member("Ann Ahrens"), factories.user("Administrator")
    factories.under_review(ann)

    departures.deactivate(ann, by=administrator, reason="Retires.")

    (to_editor,) = told(editor, "deactivate")
    (to_member,) = told(ann.user, "deactivate")
    assert to_editor.is_urgent
    assert "1 open review is waiting for them" in to_editor.text
    assert "What you signed remains yours." in to_member.text


def test_licence_not_found_valid_is_told_to_the_member_and_the_editors(editor):
    ann, administrator = factories.board_member("Ann Ahrens"), factories.user("Administrator")

    members.check_licence(
        ann, by=administrator, licence="123", register="The register", is_valid=False, note="Struck off for fraud."
    )

    for person in (editor, ann.user):
        (row,) = told(person, "check_licence")
        assert row.is_urgent
        assert "fraud" not in row.text
