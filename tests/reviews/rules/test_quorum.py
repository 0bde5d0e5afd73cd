import pytest

from articles.models import Article, Topic
from reviews import workflow
from reviews.models import EditorialPolicy, Review
from reviews.rules import quorum
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("risk", "signers"), [("low", 1), ("moderate", 2), ("high", 2)])
def test_quorum_by_risk(risk, signers):
    review = factories.submitted(risk=risk)
    members = [factories.board_member() for _ in range(signers)]
    factories.under_review(*members, review=review)

    for count, member in enumerate(members, start=1):
        factories.sign(review, member)
        review.refresh_from_db()
        assert (review.state == "approved") == (count == signers)


@pytest.mark.parametrize(
    ("rules", "risk", "reason", "signers"),
    [
        ({"quorum_by_reason": {"correction": 1}}, "high", "correction", 1),
        ({"quorum_by_reason": {"correction": 1}}, "high", "new", 2),
        ({"quorum_by_reason": {"source_alert": 3}}, "low", "source_alert", 3),
        ({"quorum": {"low": 0}}, "low", "new", 1),
        ({"quorum": {"low": 1, "high": 3}}, "moderate", "new", 3),
    ],
    ids=["reason wins", "risk otherwise", "reason may ask for more", "never fewer than one", "unknown risk: the most"],
)
def test_quorum_of_a_policy(rules, risk, reason, signers):
    assert EditorialPolicy(**rules).signers_needed(risk=risk, reason=reason) == signers


def test_quorum_is_of_the_policy_under_which_the_review_began():
    review = factories.submitted()
    factories.policy(quorum={"moderate": 1})
    ann = factories.board_member()
    factories.under_review(ann, review=review)

    factories.sign(review, ann)

    review.refresh_from_db()
    assert review.state == "under_review"


def test_quorum_counts_people_by_section():
    ann, ben, cat = (factories.board_member() for _ in range(3))
    review = factories.under_review(ann, ben, cat)
    first, second = review.revision.section_digests.items()
    for member, marked in ((ann, [first, second]), (ben, [first]), (cat, [second])):
        for key, digest in marked:
            factories.mark(review, member, key, digest)
    for member in (ann, ben):
        sign_marked(review, member)
    assert quorum.shortfalls(fresh(review), quorum.approvals(review)) == [
        "“From the research” needs one more signature."
    ]

    sign_marked(review, cat)

    assert fresh(review).state == "approved"


def test_shortfalls_before_anybody_signed():
    assert quorum.shortfalls(factories.submitted(), []) == [
        "“From the guidelines” needs 2 more signatures.",
        "“From the research” needs 2 more signatures.",
    ]


def test_shortfall_of_a_specialty():
    review = factories.under_review(*(factories.board_member(specialties=("Cardiology",)) for _ in range(2)))

    for assignment in review.assignments.all():
        factories.sign(review, assignment.member)

    assert fresh(review).state == "under_review"
    assert quorum.shortfalls(fresh(review), quorum.approvals(review)) == [
        "“From the guidelines” needs a signature from a specialist in Neurology.",
        "“From the research” needs a signature from a specialist in Neurology.",
    ]


def test_specialty_of_one_signer_is_enough():
    review = factories.approved(factories.board_member(specialties=("Cardiology",)), factories.board_member())

    assert review.state == "approved"


def test_specialty_must_be_on_every_section():
    neurologist = factories.board_member()
    others = [factories.board_member(specialties=("Cardiology",)) for _ in range(2)]
    review = factories.under_review(neurologist, *others)
    key, digest = next(iter(review.revision.section_digests.items()))
    factories.mark(review, neurologist, key, digest)
    sign_marked(review, neurologist)

    for member in others:
        factories.sign(review, member)

    assert quorum.shortfalls(fresh(review), quorum.approvals(review)) == [
        "“From the research” needs a signature from a specialist in Neurology."
    ]


def test_specialty_is_not_asked_for_when_the_policy_says_so():
    factories.policy(specialty_required=False)

    assert factories.approved(*(factories.board_member(specialties=()) for _ in range(2))).state == "approved"


def test_specialty_is_not_asked_for_without_topics():
    review = factories.submitted(topics=[])

    assert factories.approved(*(factories.board_member(specialties=()) for _ in range(2)), review=review)


def test_each_topic_needs_its_own_specialty():
    factories.topic("Neurology"), factories.topic("Cardiology", ("Cardiology",))
    review = factories.submitted(topics=list(Topic.objects.all()))

    factories.approved(*(factories.board_member(specialties=("Neurology",)) for _ in range(2)), review=review)

    assert fresh(review).state == "under_review"


def test_specialties_that_nobody_on_the_board_has_are_named_in_the_order_of_the_alphabet():
    factories.policy(admits_missing_specialty=True)
    topic = factories.topic("Headache", ("Rheumatology", "Oncology", "Pain medicine"))

    review = factories.approved(review=factories.submitted(topics=[topic]))

    assert quorum.unreviewed_specialties(review) == ["Oncology or Pain medicine or Rheumatology"]


def test_specialty_is_that_of_the_day_of_signing():
    ann, ben = factories.board_member(), factories.board_member(specialties=())
    review = factories.under_review(ann, ben)
    factories.sign(review, ann)
    ann.specialties.clear()

    factories.sign(review, ben)

    assert fresh(review).state == "approved"


def test_risk_raised_while_under_review_counts():
    review = factories.submitted(risk="low")
    ann = factories.board_member()
    factories.under_review(ann, review=review)
    steps.catalogue(review.article, factories.user("Editor"), risk="high")

    factories.sign(fresh(review), ann)

    assert fresh(review).state == "under_review"
    assert fresh(review).requirements["signers"] == 2


def test_risk_lowered_while_under_review_changes_nothing_of_that_review():
    review = factories.submitted(risk="high")
    ann = factories.board_member()
    factories.under_review(ann, review=review)
    workflow.confirm_lowering(factories.lowering(review.article), by=factories.user("Editor"))

    factories.sign(fresh(review), ann)

    assert Article.objects.get(pk=review.article_id).risk == "low"
    assert fresh(review).state == "under_review"


def test_approval_names_all_its_signers_and_what_each_covered():
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")

    review = factories.approved(ann, ben)

    reviewers = review.article.publication.reviewers
    assert [one["name"] for one in reviewers] == ["Ann", "Ben"]
    assert all(one["sections"] == ["From the guidelines", "From the research"] for one in reviewers)


def test_approval_does_not_name_who_took_a_signature_back():
    ann, ben, cat = (factories.board_member(name) for name in ("Ann", "Ben", "Cat"))
    review = factories.under_review(ann, ben, cat)
    factories.sign(review, ann)
    workflow.rescind(review, by=ann.user, reason="Unsure.", seen=factories.seen(review))

    factories.sign(review, ben)
    factories.sign(review, cat)

    assert [one["name"] for one in fresh(review).article.publication.reviewers] == ["Ben", "Cat"]


def sign_marked(review, member):
    workflow.approve(
        review,
        by=member.user,
        digest=review.revision.digest,
        password=factories.PASSWORD,
        seen=factories.seen(review),
    )


def fresh(review):
    return Review.objects.get(pk=review.pk)
