"""The words that a member signs claim what their marks show, and no more."""

import pytest

from reviews import workflow
from reviews.models import SectionMark
from reviews.record import statements
from reviews.workflow.decisions import marked_sections
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return factories.board_member("Ann")


@pytest.fixture
def review(ann):
    return factories.under_review(ann, factories.board_member(), review=factories.submitted(risk="high"))


def statement(review, member):
    review.refresh_from_db()
    assignment = review.assignments.get(member=member)
    return statements.statement(review, marked_sections(assignment, review))


def sections(review):
    return list(review.revision.section_digests.items())


def mark(review, member, place, audience):
    key, digest = sections(review)[place]
    workflow.mark(review, by=member.user, section_key=key, section_digest=digest, audience=audience)


def test_statement_of_a_whole_text_in_both_wordings(review, ann):
    factories.mark_all(review, ann)

    words = statement(review, ann)

    assert words.startswith(f"I have read revision 1 of “{review.article.title}”, with these sections:")
    assert "“From the guidelines”, “From the research” (in both wordings)." in words


def test_statement_of_one_section_says_that_this_section_was_read(review, ann):
    factories.mark(review, ann, *sections(review)[0])

    words = statement(review, ann)

    assert "I have read these sections of revision 1" in words
    assert "“From the guidelines” (in both wordings)" in words
    assert "From the research" not in words


def test_section_marked_in_one_wording_is_not_signed_for(review, ann):
    mark(review, ann, 0, "professional")

    with pytest.raises(workflow.Refused, match="Mark both wordings"):
        steps.approve(review, ann)

    mark(review, ann, 0, "plain")
    assert [one["key"] for one in steps.approve(review, ann).sections] == [sections(review)[0][0]]


def test_section_without_a_plain_text_is_marked_in_the_wording_it_has(ann):
    one_wording = [{**factories.SECTIONS[0]}, {**factories.SECTIONS[1], "plain": "", "plain_missing_reason": "Rare."}]
    review = factories.under_review(ann, review=factories.submitted(sections=one_wording))
    factories.mark_all(review, ann)

    with pytest.raises(workflow.Refused, match="no such wording"):
        mark(review, ann, 1, "plain")

    words = statement(review, ann)
    assert "“From the guidelines” (in both wordings)" in words
    assert "“From the research” (in the wording for professionals, the only one it has)" in words


def test_statement_claims_nothing_of_the_references(review, ann):
    factories.mark_all(review, ann)

    assert "references" not in statement(review, ann)


@pytest.mark.parametrize(
    ("risk", "words"),
    [
        ("low", "Risk class low: one signature on each section is required."),
        ("high", "Risk class high: two signatures on each section are required."),
    ],
)
def test_statement_names_risk_class_and_number_of_signatures(ann, risk, words):
    review = factories.under_review(ann, review=factories.submitted(risk=risk))
    factories.mark_all(review, ann)

    assert words in statement(review, ann)
    assert "Editorial policy version 1 applies." in statement(review, ann)


def test_mark_from_before_wordings_were_named_covers_its_section_and_claims_no_wording(review, ann):
    factories.mark_all(review, ann)
    SectionMark.objects.filter(audience="plain").delete()
    SectionMark.objects.update(audience="")

    words = statement(review, ann)

    assert "“From the guidelines”, “From the research”." in words
    assert "wording" not in words
    assert words.startswith("I have read these sections of revision 1")


def test_mark_that_was_carried_over_is_said_to_be(review, ann):
    factories.mark_all(review, ann)
    factories.edit(review.article)
    later = factories.submitted(review.article)
    factories.mark(later, ann, *sections(later)[0])

    words = statement(later, ann)

    assert "“From the guidelines” (in both wordings)" in words
    assert "“From the research” (marked in an earlier review, and unchanged since)" in words
    assert words.startswith("I have read these sections of revision 2")


def test_old_signatures_keep_their_words(review, ann):
    decision = factories.sign(review, ann)
    before = decision.statement
    steps.catalogue(review.article, factories.user("Editor"), slug="elsewhere")

    decision.refresh_from_db()
    assert decision.statement == before
