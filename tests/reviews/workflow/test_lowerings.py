"""What asks for less takes effect when a second person agrees: for a text here, for the policy beside it."""

import pytest
from django.core.exceptions import PermissionDenied

from articles.models import Article, Topic
from reviews import workflow
from reviews.models import EditorialPolicy, Event, Lowering, LoweringAnswer, Review
from reviews.policies import adoption, lowered_policy
from reviews.record import verification
from reviews.rules import lowered_terms as rules
from tests import factories
from tests.reviews import steps
from tests.reviews.policies.test_policy_adoption import adopt, draft

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith")


@pytest.fixture
def second():
    return factories.user("Editor", "Sascha")


@pytest.fixture
def article():
    return factories.submitted(risk="high").article


def fresh(article):
    return Article.objects.get(pk=article.pk)


def test_lower_risk_class_waits_and_the_rest_is_changed_at_once(article, editor):
    steps.catalogue(article, editor, risk="low", slug="elsewhere")

    assert (fresh(article).risk, fresh(article).slug) == ("high", "elsewhere")
    asked = Lowering.objects.get()
    assert (asked.asked_by, asked.wanted["risk"], asked.before["risk"]) == (editor, "low", "high")
    assert steps.events(article)[-2:] == ["request_lowering", "catalogue"]


def test_request_alone_leaves_no_event_of_a_change(article, editor):
    steps.catalogue(article, editor, risk="low")

    assert steps.events(article)[-1] == "request_lowering"


def test_topic_whose_specialists_would_sign_no_more_stays_until_somebody_agrees(article, editor, second):
    steps.catalogue(article, editor, topics=[factories.topic("General", ())])

    assert {topic.name for topic in fresh(article).topics.all()} == {"General", "Neurology"}
    workflow.confirm_lowering(Lowering.objects.get(), by=second)
    assert {topic.name for topic in fresh(article).topics.all()} == {"General"}


def test_topic_that_asks_for_no_specialist_is_taken_off_at_once(editor):
    topics = [factories.topic(), factories.topic("General", ())]
    article = factories.submitted(topics=topics).article

    steps.catalogue(article, editor, topics=topics[:1])

    assert [topic.name for topic in fresh(article).topics.all()] == ["Neurology"]
    assert not Lowering.objects.exists()


def test_confirmed_class_holds_for_the_next_review_and_not_for_the_open_one(article, editor, second):
    steps.catalogue(article, editor, risk="low")
    workflow.confirm_lowering(Lowering.objects.get(), by=second)

    assert fresh(article).risk == "low"
    assert Review.objects.get(article=article).requirements["signers"] == 2
    factories.edit(article)
    assert factories.submitted(article).requirements["signers"] == 1
    assert list(verification.faults()) == []


def test_confirmation_is_on_the_record_with_both_names(article, editor, second):
    steps.catalogue(article, editor, risk="low")
    workflow.confirm_lowering(Lowering.objects.get(), by=second)

    event = Event.objects.of_article(article.pk).last()
    assert (event.verb, event.actor, event.data["asked_by"]) == ("confirm_lowering", second, editor.pk)
    assert (event.data["from"]["risk"], event.data["risk"]) == ("high", "low")
    assert fresh(article).history.first().history_user == editor


@pytest.mark.parametrize("who", ["editor", "board member"])
def test_second_person_is_an_editor_or_of_the_board(article, editor, who):
    steps.catalogue(article, editor, risk="low")
    by = factories.user("Editor") if who == "editor" else factories.board_member().user

    assert workflow.confirm_lowering(Lowering.objects.get(), by=by).asked_by == editor


@pytest.mark.parametrize("step", [workflow.confirm_lowering, workflow.refuse_lowering])
@pytest.mark.parametrize("who", ["who asked", "author", "guest", "inactive member", "auditor", "administrator"])
def test_nobody_else_answers(article, editor, step, who):
    steps.catalogue(article, editor, risk="low")
    by = {
        "who asked": lambda: editor,
        "author": lambda: article.owner,
        "guest": lambda: factories.board_member(is_guest=True).user,
        "inactive member": lambda: factories.board_member(is_active=False).user,
        "auditor": lambda: factories.user("Auditor"),
        "administrator": lambda: factories.user("Administrator"),
    }[who]()
    words = {"reason": "No."} if step is workflow.refuse_lowering else {}

    with pytest.raises(PermissionDenied):
        step(Lowering.objects.get(), by=by, **words)

    assert Lowering.objects.get().is_pending
    assert fresh(article).risk == "high"


def test_refusal_takes_a_reason_and_changes_nothing(article, editor, second):
    steps.catalogue(article, editor, risk="low")
    asked = Lowering.objects.get()

    with pytest.raises(workflow.Refused, match="Say why"):
        workflow.refuse_lowering(asked, by=second, reason=" ")
    workflow.refuse_lowering(asked, by=second, reason="A wrong dose kills.")

    assert fresh(article).risk == "high"
    answer = LoweringAnswer.objects.get()
    assert (answer.outcome, answer.reason, answer.answered_by) == ("refused", "A wrong dose kills.", second)


def test_who_asked_withdraws_and_nobody_else(article, editor, second):
    steps.catalogue(article, editor, risk="low")
    asked = Lowering.objects.get()

    with pytest.raises(PermissionDenied):
        workflow.withdraw_lowering(asked, by=second)
    workflow.withdraw_lowering(asked, by=editor)

    assert LoweringAnswer.objects.get().outcome == "withdrawn"
    with pytest.raises(workflow.TransitionNotAllowed, match="already answered: withdrawn"):
        workflow.confirm_lowering(asked, by=second)
    assert fresh(article).risk == "high"


def test_one_request_waits_at_a_time_for_a_text(article, editor, second):
    steps.catalogue(article, editor, risk="low")

    with pytest.raises(workflow.Refused, match="already waits"):
        steps.catalogue(article, second, risk="moderate")
    other = factories.submitted(risk="high").article
    steps.catalogue(other, second, risk="moderate")

    assert Lowering.objects.pending().count() == 2


def test_request_about_a_class_that_has_changed_since_is_asked_anew(editor, second):
    article = factories.submitted(risk="moderate").article
    steps.catalogue(article, editor, risk="low")
    steps.catalogue(article, second, risk="high")

    with pytest.raises(workflow.Refused, match="asked anew"):
        workflow.confirm_lowering(Lowering.objects.get(), by=second)

    assert fresh(article).risk == "high"


def test_who_asked_for_a_lower_class_does_not_sign_and_who_agreed_may(article):
    asker, agreeing = factories.board_member("Asa"), factories.board_member("Agda")
    factories.make_editor(asker.user)
    workflow.recall(
        Review.objects.get(article=article), by=article.owner, reason="A slip.", seen=factories.seen(article)
    )
    steps.catalogue(article, asker.user, risk="low")
    workflow.confirm_lowering(Lowering.objects.get(), by=agreeing.user)

    review = factories.submitted(article)

    with pytest.raises(workflow.Refused, match="has triaged this text"):
        factories.accepted(review, asker)
    factories.accepted(Review.objects.get(pk=review.pk), agreeing)
    assert factories.sign(Review.objects.get(pk=review.pk), agreeing).verdict == "approved"


# --- The policy ---

LOWERED = [
    {"quorum": {"low": 1, "moderate": 1, "high": 2}},
    {"quorum_by_reason": {"correction": 1}},
    {"specialty_required": False},
    {"admits_missing_specialty": True},
    {"blocks_approve": []},
    {"blocks_submit": []},
    {"rereview_months": {"low": 36, "moderate": 24, "high": 24}},
    {"shows_pending": True},
]


@pytest.mark.parametrize("changes", LOWERED, ids=str)
def test_version_that_asks_for_less_is_not_in_force_before_a_second_person_agrees(editor, second, changes):
    asked = adopt(editor, **changes)

    assert isinstance(asked, Lowering)
    assert EditorialPolicy.objects.current().version == 1
    policy = lowered_policy.confirm(asked, by=second)
    assert EditorialPolicy.objects.current() == policy
    assert (policy.version, policy.adopted_by) == (2, editor)
    assert all(getattr(policy, name) == value for name, value in changes.items())
    assert [event.verb for event in Event.objects.of_site()][-2:] == ["adopt_policy", "confirm_lowering"]
    assert list(verification.faults()) == []


@pytest.mark.parametrize(("before", "after", "is_lower"), [(0, 12, 0), (12, 6, 0), (12, 24, 1), (12, 0, 1)])
def test_licence_check_is_looser_when_it_is_asked_for_less_often(before, after, is_lower):
    found = rules.of_policy(draft(licence_check_months=before), draft(licence_check_months=after))

    assert len(found) == is_lower


@pytest.mark.parametrize(
    "changes",
    [
        {"quorum": {"low": 2, "moderate": 2, "high": 3}},
        {"due_days": 30},
        {"text": "Other words."},
        {"rereview_months": {"low": 30, "moderate": 20, "high": 10}},
        {"specialty_required": True},
    ],
    ids=str,
)
def test_version_that_asks_for_no_less_is_in_force_at_once(editor, changes):
    factories.policy(specialty_required=False)

    assert adopt(editor, **changes) == EditorialPolicy.objects.current()


@pytest.mark.parametrize("who", ["who asked", "author", "guest"])
def test_policy_is_not_lowered_by(editor, who):
    asked = adopt(editor, specialty_required=False)
    by = {"who asked": editor, "author": factories.user("Author"), "guest": factories.board_member(is_guest=True).user}

    with pytest.raises(PermissionDenied):
        lowered_policy.confirm(asked, by=by[who])

    assert EditorialPolicy.objects.current().version == 1


def test_lower_version_is_asked_anew_when_another_was_adopted_meanwhile(editor, second):
    asked = adopt(editor, specialty_required=False)
    adopt(second, due_days=30)

    with pytest.raises(workflow.Refused, match="asked anew"):
        lowered_policy.confirm(asked, by=second)

    assert EditorialPolicy.objects.current().specialty_required


def test_one_lower_version_waits_at_a_time_until_it_is_refused(editor, second):
    asked = adopt(editor, specialty_required=False)
    with pytest.raises(workflow.Refused, match="already waits"):
        adopt(second, shows_pending=True)

    workflow.refuse_lowering(asked, by=second, reason="No.")

    assert isinstance(adopt(second, shows_pending=True), Lowering)
    assert [event.verb for event in Event.objects.of_site()][-2:] == ["refuse_lowering", "request_lowering"]


def test_who_asked_for_a_lower_version_does_not_sign_under_it(second):
    asker = factories.board_member("Asa")
    factories.make_editor(asker.user)
    lowered_policy.confirm(adopt(asker.user, specialty_required=False), by=second)

    review = factories.submitted()

    with pytest.raises(workflow.Refused, match="has triaged this text"):
        factories.accepted(review, asker)


def test_lower_version_says_what_is_lowered(editor):
    adopt(editor, quorum={"low": 1, "moderate": 1, "high": 1}, specialty_required=False)

    lowered = Event.objects.of_site().last().data["lowered"]
    assert "Risk class “High”: 1 signatures on each section instead of 2." in lowered
    assert "No signature of a specialist would be required." in lowered


def test_adopting_still_refuses_who_may_not(editor):
    with pytest.raises(PermissionDenied):
        adoption.adopt(draft(specialty_required=False), by=factories.board_member().user, seen=1)


def test_shown_topics_follow_the_confirmation(editor, second):
    article = factories.approved().article
    steps.catalogue(article, editor, topics=[factories.topic("General", ())])
    workflow.confirm_lowering(Lowering.objects.get(), by=second)

    article.publication.refresh_from_db()
    assert [one["name"] for one in article.publication.topics] == ["General"]
    assert Topic.objects.filter(articles=article).count() == 1
    assert list(verification.faults()) == []
