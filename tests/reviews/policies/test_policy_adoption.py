"""A new version of the editorial policy: adopted, compared, tried out before, and bound to what began under others."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Publication
from reviews import tasks, workflow
from reviews.models import EditorialPolicy, Event, Review
from reviews.policies import adoption, effects, policy_text, reach
from reviews.record import publishing, verification
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith Editor")


def draft(**changes):
    """Return a version like the one in force but for these changes, not adopted."""
    current = EditorialPolicy.objects.current()
    kept = {name: getattr(current, name) for name in policy_text.FIELDS}
    return EditorialPolicy(version=current.version + 1, **{**kept, "change_note": "For a test.", **changes})


def adopt(editor, **changes):
    return adoption.adopt(draft(**changes), by=editor, seen=EditorialPolicy.objects.current().version)


def now():
    return timezone.now().date()


# --- Adopting ---


def test_adopt_is_on_the_record_with_who_and_why(editor):
    policy = adopt(editor, due_days=21, change_note="Reviewers asked for a week more.")

    event = Event.objects.of_site().last()
    assert EditorialPolicy.objects.current() == policy
    assert (policy.version, policy.adopted_by, policy.due_days) == (2, editor, 21)
    assert (event.verb, event.actor, event.data["changed"]) == ("adopt_policy", editor, ["due_days"])
    assert event.data["reason"] == "Reviewers asked for a week more."
    assert list(verification.faults()) == []


def test_adopt_after_somebody_else_did_is_refused_with_what_changed(editor):
    mine = draft(due_days=21)
    adopt(factories.user("Editor"), due_days=30)

    with pytest.raises(adoption.PolicyMoved) as refusal:
        adoption.adopt(mine, by=editor, seen=1)

    assert [(one.name, one.before, one.after) for one in refusal.value.changed] == [("due_days", "14", "30")]
    assert EditorialPolicy.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "words"), [({}, "Nothing differs"), ({"due_days": 9, "change_note": " "}, "what changes, and why")]
)
def test_adopt_nothing_or_without_a_reason_is_refused(editor, changes, words):
    with pytest.raises(workflow.Refused, match=words):
        adopt(editor, **changes)

    assert EditorialPolicy.objects.count() == 1


@pytest.mark.parametrize("role", ["Author", "Board member", "Auditor", "Administrator"])
def test_adopt_is_for_editors(role):
    with pytest.raises(PermissionDenied):
        adopt(factories.user(role), due_days=9)


def test_differences_speak_in_words():
    before, after = draft(), draft(quorum={"low": 1, "moderate": 2, "high": 3}, blocks_submit=["no-section"])

    found = {one.name: one for one in policy_text.differences(before, after)}

    assert set(found) == {"quorum", "blocks_submit"}
    assert found["quorum"].after == "Low: 1, Moderate: 2, High: 3"
    assert found["blocks_submit"].after == "The article has no section"


# --- Binding ---


def test_open_review_ends_under_its_own_version_unless_bound(editor):
    review = factories.submitted()
    adopt(editor, quorum={"low": 1, "moderate": 1, "high": 1})

    assert not reach.unfinished()
    assert reach.carry_out() == 0
    review.refresh_from_db()
    assert review.policy.version == 1


def test_bound_review_follows_the_new_version(editor):
    review = factories.submitted()
    adopt(editor, quorum={"low": 3, "moderate": 3, "high": 3}, binds_open_reviews=True)

    assert reach.unfinished()
    assert reach.carry_out() == 1

    members = [factories.board_member() for _ in range(3)]
    factories.under_review(*members, review=Review.objects.get(pk=review.pk))
    for member in members[:2]:
        factories.sign(Review.objects.get(pk=review.pk), member)
    assert Review.objects.get(pk=review.pk).state == "under_review"
    factories.sign(Review.objects.get(pk=review.pk), members[2])
    review.refresh_from_db()
    assert (review.policy.version, review.state) == (2, "approved")
    assert not reach.unfinished()
    assert list(verification.faults()) == []


def test_bound_text_is_dated_anew_and_keeps_its_words(editor):
    article = factories.approved().article
    before = Publication.objects.get(article=article)
    adopt(
        editor,
        rereview_months={"low": 12, "moderate": 6, "high": 3},
        noindex_after_days=10,
        hide_after_days=20,
        plain_disclaimer="Other words.",
        binds_published=True,
    )

    reach.carry_out()

    after, due = Publication.objects.get(article=article), publishing.months_after(now(), 6)
    assert after.next_review_due == due
    assert (after.noindex_from, after.hidden_from) == (due + timedelta(11), due + timedelta(21))
    assert after.dated_by_policy == 2
    assert (after.policy_version, after.policy_texts) == (before.policy_version, before.policy_texts)
    assert list(verification.faults()) == []


def test_bind_is_an_event_of_the_article_by_who_adopted(editor):
    review = factories.submitted()
    adopt(editor, due_days=9, binds_open_reviews=True)

    reach.carry_out()

    event = Event.objects.of_article(review.article_id).last()
    assert (event.verb, event.actor, event.data["policy"]) == ("bind_policy", editor, 2)


def test_binding_twice_writes_nothing_the_second_time(editor):
    factories.approved()
    factories.submitted()
    adopt(editor, due_days=9, binds_open_reviews=True, binds_published=True)
    reach.carry_out()
    count = Event.objects.count()

    assert reach.carry_out() == 0
    assert Event.objects.count() == count


def test_article_that_another_worker_has_bound_is_left_as_it_is(editor):
    review = factories.submitted()
    policy = adopt(editor, due_days=9, binds_open_reviews=True)
    assert reach.policy_binding.bind(review.article, policy=policy)
    before = factories.seen(review)

    assert not reach.policy_binding.bind(review.article, policy=policy)

    assert factories.seen(review) == before


def test_binding_goes_on_where_it_was_stopped(editor, monkeypatch):
    for _text in range(3):
        factories.submitted()
    policy = adopt(editor, due_days=9, binds_open_reviews=True)
    whole, calls = reach.policy_binding.bind, []

    def killed(article, *, policy):
        if len(calls) == 1:
            raise RuntimeError("the worker was killed")
        calls.append(article)
        return whole(article, policy=policy)

    monkeypatch.setattr(reach.policy_binding, "bind", killed)
    with pytest.raises(RuntimeError):
        reach.carry_out()
    assert reach.left(policy) == 2
    monkeypatch.undo()

    tasks.carry_on()

    assert not reach.unfinished()
    assert Event.objects.filter(verb="bind_policy").count() == 3


def test_text_approved_later_under_an_older_version_keeps_its_dates(editor):
    review = factories.under_review()
    policy = adopt(editor, rereview_months={"low": 3, "moderate": 2, "high": 1}, binds_published=True)
    for assignment in review.assignments.all():
        factories.sign(review, assignment.member)

    assert reach.carry_out() == 0
    assert Publication.objects.get(article=review.article_id).dated_by_policy == 1 < policy.version


def test_date_counts_from_the_last_review_of_the_whole(editor):
    with time_machine.travel("2026-01-10", tick=True):
        ann, ben = factories.board_member(), factories.board_member()
        article = factories.approved(ann, ben).article
    with time_machine.travel("2026-06-10", tick=True):
        correction = workflow.correct(
            article,
            by=editor,
            seen=factories.seen(article),
            edits={
                str(article.sections.first().key): {
                    "professional": "Start with 250 mg once daily [@first].",
                    "plain": "Start with 250 mg a day [@first].",
                }
            },
            notice="The dose was wrong.",
        )
        for member in (ann, ben):
            if Review.objects.get(pk=correction.pk).is_open:
                factories.accepted(correction, member)
                factories.sign(Review.objects.get(pk=correction.pk), member)
        adopt(editor, rereview_months={"low": 12, "moderate": 12, "high": 12}, binds_published=True)
        reach.carry_out()

    published = Publication.objects.get(article=article)
    assert published.reviewed_at.month == 6
    assert str(published.next_review_due) == "2027-01-10"


# --- The dry run ---


def of_age(years, **fields):
    """Return an article that was approved so many years ago, and what it needs of people."""
    with time_machine.travel(timezone.now() - timedelta(days=365 * years), tick=True):
        return factories.approved(review=factories.submitted(**fields)).article


def test_dry_run_counts_texts(editor):
    of_age(1)
    fresh = factories.approved().article
    policy = draft(rereview_months={"low": 6, "moderate": 6, "high": 6}, noindex_after_days=30, hide_after_days=60)

    found = effects.of(policy, on=now()).texts

    assert (found.count, found.overdue_now) == (2, 0)
    assert len(found.become_overdue) == len(found.leave_search) == len(found.become_hidden) == 1
    assert fresh.title not in found.become_overdue


def test_dry_run_says_what_adopting_then_does(editor):
    of_age(1)
    of_age(2.5)
    changes = {"rereview_months": {"low": 6, "moderate": 6, "high": 6}, "hide_after_days": 60}
    found = effects.of(draft(**changes), on=now()).texts

    adopt(editor, **changes, binds_published=True)
    reach.carry_out()

    overdue = sum(one.is_overdue(now()) for one in Publication.objects.all())
    hidden = Publication.objects.filter(hidden_from__lte=now()).count()
    assert (len(found.become_overdue) + found.overdue_now - found.no_longer_overdue) == overdue == 2
    assert len(found.become_hidden) == hidden == 2


def test_dry_run_counts_texts_that_come_back_into_date():
    of_age(2.5)

    found = effects.of(draft(rereview_months={"low": 60, "moderate": 60, "high": 60}), on=now()).texts

    assert (found.overdue_now, found.no_longer_overdue, found.become_overdue) == (1, 1, [])


def test_dry_run_counts_reviews_that_lose_their_quorum(editor):
    """A text that has its signature waits for those who have not answered yet."""
    factories.policy(quorum={"low": 1, "moderate": 1, "high": 1}, waits_for_all=True)
    ann, ben, cat = (factories.board_member() for _ in range(3))
    review = factories.under_review(ann, ben, cat)
    workflow.request_changes(review, by=ann.user, text="Which dose?", seen=factories.seen(review))
    factories.sign(review, ben)
    factories.submitted()

    found = effects.of(draft(quorum={"low": 1, "moderate": 2, "high": 2}), on=now()).reviews

    assert [one.pk for one in found.lose_quorum] == [review.pk]
    assert (found.count, found.need_more) == (2, 2)


def test_dry_run_of_a_version_that_asks_for_less_changes_nothing_of_open_reviews():
    factories.sign(factories.under_review(member := factories.board_member(), factories.board_member()), member)

    found = effects.of(draft(quorum={"low": 1, "moderate": 1, "high": 1}, specialty_required=False), on=now()).reviews

    assert (found.count, found.need_more, found.lose_quorum) == (1, 0, [])


def test_dry_run_counts_licence_checks_and_a_board_that_is_too_small():
    factories.board_member("Ann")
    factories.board_member("Former", is_active=False)

    found = effects.of(draft(licence_check_months=12, quorum={"low": 1, "moderate": 2, "high": 3}), on=now()).members

    assert [str(one) for one in found.need_check] == ["Ann, MD"]
    assert (found.count, found.most_signers, found.is_too_few) == (1, 3, True)


def test_dry_run_writes_nothing():
    factories.approved()
    count = Event.objects.count()

    effects.of(draft(due_days=3, binds_published=True, binds_open_reviews=True), on=now())

    assert (Event.objects.count(), EditorialPolicy.objects.count()) == (count, 1)
    assert not reach.unfinished()


def test_dry_run_costs_the_same_however_many_texts(django_assert_max_num_queries):
    counts = []
    for _round in range(2):
        for _text in range(3):
            factories.approved()
            factories.submitted()
        with django_assert_max_num_queries(20) as captured:
            effects.of(draft(due_days=3), on=now())
        counts.append(len(captured))

    assert counts[0] == counts[1]
