"""What a review asks for is fixed when it opens: raised afterwards, never lowered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews import workflow
from reviews.models import EditorialPolicy, Event, Review
from reviews.policies import reach
from reviews.rules import requirements
from tests import factories
from tests.reviews import steps


def asked(**changes):
    return {
        "policy": 1,
        "risk": "moderate",
        "signers": 2,
        "second_signers": 2,
        "specialties": [["Neurology"]],
        "admits_missing_specialty": False,
        "blocks": ["no-section"],
        "licence_check_months": 12,
        "triaged_by": [],
        **changes,
    }


LESS = [
    {"signers": 1},
    {"risk": "low"},
    {"second_signers": 1},
    {"specialties": []},
    {"specialties": [["Cardiology", "Neurology"]]},
    {"admits_missing_specialty": True},
    {"blocks": []},
    {"licence_check_months": 24},
    {"licence_check_months": 0},
]
MORE = [
    {"signers": 3},
    {"risk": "high"},
    {"second_signers": 3},
    {"specialties": [["Neurology"], ["Cardiology"]]},
    {"blocks": ["no-section", "no-title"]},
    {"licence_check_months": 6},
]


@pytest.mark.parametrize("change", LESS, ids=str)
def test_raised_lowers_nothing(change):
    assert requirements.raised(asked(), asked(policy=2, **change)) == asked()


@pytest.mark.parametrize("change", MORE, ids=str)
def test_raised_takes_what_asks_for_more_and_names_its_version(change):
    (name,) = change

    found = requirements.raised(asked(), asked(policy=2, **change))

    assert (found["policy"], found["opened_under"]) == (2, 1)
    assert sorted(found[name]) == sorted(change[name]) if name in ("specialties", "blocks") else True
    assert found[name] == change[name] if name not in ("specialties", "blocks") else True


_NAMES = st.lists(st.sampled_from(["A", "B", "C"]), min_size=1, max_size=3, unique=True)
_ASKED = st.fixed_dictionaries(
    {
        "policy": st.integers(1, 3),
        "risk": st.sampled_from(["low", "moderate", "high"]),
        "signers": st.integers(1, 4),
        "second_signers": st.integers(1, 4),
        "specialties": st.lists(_NAMES, max_size=3),
        "admits_missing_specialty": st.booleans(),
        "blocks": st.lists(st.sampled_from(["a", "b", "c"]), unique=True).map(sorted),
        "licence_check_months": st.sampled_from([0, 6, 12]),
    }
)


@given(_ASKED, _ASKED)
def test_raised_meets_both(present, wanted):
    """Whatever satisfies the result satisfies what was asked before, and what is asked now."""
    found = requirements.raised(present, wanted)

    for one in (present, wanted):
        assert found["signers"] >= one["signers"]
        assert set(found["blocks"]) >= set(one["blocks"])
        assert not (found["admits_missing_specialty"] and not one["admits_missing_specialty"])
        for names in one["specialties"]:
            assert any(set(kept) <= set(names) for kept in found["specialties"])
        if one["licence_check_months"]:
            assert 0 < found["licence_check_months"] <= one["licence_check_months"]


@pytest.mark.django_db
def test_opening_event_carries_what_the_review_asks_for():
    review = factories.submitted(risk="high")

    event = Event.objects.of_article(review.article_id).get(verb="submit")

    assert event.data["requirements"] == review.requirements
    assert {name: review.requirements[name] for name in ("policy", "risk", "signers", "specialties", "blocks")} == {
        "policy": 1,
        "risk": "high",
        "signers": 2,
        "specialties": [["Neurology"]],
        # Two rules block approval under every policy, whatever it lists.
        "blocks": sorted({*EditorialPolicy.objects.current().blocks_approve, "hidden-character", "review-claimed"}),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["correct", "rereview", "alert"])
def test_each_step_that_opens_a_review_says_what_it_asks_for(verb):
    article, editor = factories.approved().article, factories.user("Editor")
    if verb == "correct":
        steps.correct(article, editor)
    else:
        more = {"kind": "periodic"} if verb == "rereview" else {}
        getattr(workflow, verb)(article, by=editor, reason="A trial.", seen=factories.seen(article), **more)

    event = Event.objects.of_article(article.pk).get(verb=verb)

    assert event.data["requirements"] == Review.objects.open().get(article=article).requirements


@pytest.mark.django_db
def test_second_review_keeps_what_the_correction_asked_for_with_the_ordinary_signers():
    factories.policy(quorum_by_reason={"correction": 1})
    article = factories.approved().article
    correction = steps.correct(article, factories.user("Editor"))
    factories.policy(quorum={"low": 1, "moderate": 1, "high": 1}, specialty_required=False)

    factories.approved(factories.board_member(), review=correction)

    second = Review.objects.open().get(article=article)
    event = Event.objects.of_article(article.pk).last()
    assert second.requirements["signers"] == 2
    assert second.requirements["specialties"] == [["Neurology"]]
    assert event.data["second_review"]["requirements"] == second.requirements


@pytest.mark.django_db
def test_topics_and_specialties_of_today_change_nothing_of_an_open_review():
    review = factories.submitted()
    review.article.topics.get().specialties.clear()
    cardiologists = [factories.board_member(specialties=("Cardiology",)) for _ in range(2)]

    factories.under_review(*cardiologists, review=review)
    for member in cardiologists:
        factories.sign(Review.objects.get(pk=review.pk), member)

    assert Review.objects.get(pk=review.pk).state == "under_review"


@pytest.mark.django_db
def test_bound_version_raises_what_an_open_review_asks_for_and_says_so_on_the_record():
    review = factories.submitted()
    factories.policy(quorum={"low": 3, "moderate": 3, "high": 3}, binds_open_reviews=True, specialty_required=False)

    reach.carry_out()

    review.refresh_from_db()
    event = Event.objects.of_article(review.article_id).get(verb="bind_policy")
    assert event.data["requirements"] == review.requirements
    assert (review.requirements["policy"], review.requirements["signers"]) == (2, 3)
    assert review.requirements["specialties"] == [["Neurology"]], "what it asks less of is kept"
