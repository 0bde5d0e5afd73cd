"""Nobody triages and signs one review, in either order; who only takes a review themself may sign it."""

import pytest

from articles.models import Source, Specialty, Topic
from articles.writing import drafting, findings
from reviews import workflow
from reviews.models import Review
from reviews.rules import triage
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    """A person who is an editor and a member of the board."""
    member = factories.board_member("Edda")
    factories.make_editor(member.user)
    return member


def fresh(review):
    return Review.objects.get(pk=review.pk)


def with_unused():
    sources = [{"key": key, "source": factories.source()} for key in ("first", "second", "unused")]
    return factories.submitted(factories.article(citations=sources))


def assigns(review, both):
    steps.assign(review, factories.board_member(), both.user)


def releases(review, both):
    asked = steps.assign(review, factories.board_member(), factories.user("Editor"))
    workflow.release(asked, by=both.user, reason="Away.", seen=factories.seen(review))


def extends(review, both):
    asked = steps.assign(review, factories.board_member(), factories.user("Editor"))
    later = asked.due_date.replace(year=asked.due_date.year + 1)
    workflow.extend(asked, by=both.user, due_date=later, reason="Ill.", seen=factories.seen(review))


def rules(review, both):
    asked = steps.accept(review, factories.board_member(), interests=steps.INTEREST)
    steps.rule(asked, both.user, "manageable")


def waives(review, both):
    finding = next(one for one in _findings(review) if one.rule == "citation-unused")
    workflow.waive(review.article, by=both.user, finding=finding, reason="Kept.")


def _findings(review):
    return findings.of_content(review.article, review.revision.document)


def raises_risk(review, both):
    steps.catalogue(review.article, both.user, risk="high")


def adds_a_topic(review, both):
    added = factories.topic("Cardiology", ("Cardiology",))
    steps.catalogue(review.article, both.user, topics=[*review.article.topics.all(), added])


ACTS = [assigns, releases, extends, rules, waives, raises_risk, adds_a_topic]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_who_triaged_a_review_cannot_sign_it(act, both):
    review = with_unused()
    factories.accepted(review, both)
    act(review, both)
    review = fresh(review)
    factories.mark_all(review, both)

    with pytest.raises(workflow.Refused, match="has triaged this text"):
        steps.approve(review, both)

    assert not fresh(review).assignments.get(member=both).decisions.exists()


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_who_triaged_a_review_cannot_take_it(act, both):
    review = with_unused()
    act(review, both)

    with pytest.raises(workflow.Refused, match="has triaged this text"):
        factories.accepted(fresh(review), both)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_who_signed_a_review_cannot_triage_it(act, both):
    review = with_unused()
    factories.under_review(both, review=review)
    factories.sign(fresh(review), both)

    with pytest.raises(workflow.Refused, match="You have signed this text"):
        act(fresh(review), both)


def test_who_changed_only_the_address_may_sign(both):
    review = with_unused()
    steps.catalogue(review.article, both.user, slug="another-address")
    factories.under_review(both, review=fresh(review))

    assert factories.sign(fresh(review), both).verdict == "approved"


def test_house_of_three_works(both):
    """The author, an editor who is of the board, and a member: the editor assigns nobody, each takes the review."""
    other = factories.board_member("Oda")

    review = factories.approved(both, other)

    assert review.state == "approved"


def test_who_assigns_themself_may_sign(both):
    review = factories.submitted()
    steps.assign(review, both, both.user)
    factories.accepted(fresh(review), both)

    assert factories.sign(fresh(review), both).verdict == "approved"


def test_who_changed_the_risk_class_before_it_was_handed_in_cannot_sign(both):
    article = factories.article(risk="low")
    drafting.rewrite(article, by=both.user, reason="filed", seen=article.version, sections={}, risk="high")
    review = factories.submitted(article)

    assert triage.people(review) == {both.user_id}
    with pytest.raises(workflow.Refused, match="has triaged this text"):
        factories.accepted(review, both)


def test_who_took_a_specialty_from_a_topic_of_the_text_cannot_sign(both):
    article = factories.article()
    topic = Topic.objects.get(articles=article)
    topic._history_user = both.user
    topic.specialties.set([Specialty.objects.get_or_create(name="Cardiology")[0]])
    topic.save()

    assert both.user_id in triage.people(factories.submitted(article))


def test_triage_of_a_superseded_review_counts_in_the_one_that_takes_its_people(both):
    review = with_unused()
    assigns(review, both)
    factories.edit(review.article)

    assert both.user_id in triage.people(factories.submitted(review.article))


def test_triage_ends_with_the_approval(both):
    review = factories.submitted()
    assigns(review, both)
    factories.approved(factories.board_member(), factories.board_member(), review=fresh(review))
    factories.edit(review.article)

    assert triage.people(factories.submitted(review.article)) == set()


def test_who_corrected_what_the_checks_are_told_of_a_frozen_text_cannot_sign_it(both):
    """The text is the same, and its revision is written once: the review names who must not sign."""
    review = factories.submitted()
    workflow.recall(review, by=review.article.owner, reason="A slip.", seen=factories.seen(review))
    source = Source.objects.filter(citations__article=review.article).first()
    source.status = "current"
    drafting.save(source, by=both.user, reason="looked it up")

    again = factories.submitted(review.article)

    assert again.revision == review.revision
    assert both.user_id in triage.people(again)
