"""Marks, remarks and waivers: what holds an approval, and who may let it pass."""

import pytest
from django.core.exceptions import PermissionDenied

from articles.models import Article
from articles.writing import findings, freezing
from reviews import workflow
from reviews.models import Concurrence, Thread, Waiver
from reviews.rules import waivers
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith")


@pytest.fixture
def ann():
    return factories.board_member("Ann")


def test_mark_a_section_in_other_words_is_refused(ann):
    review = factories.under_review(ann)

    key = str(review.article.sections.first().key)

    with pytest.raises(workflow.Refused, match="not the one your page showed"):
        workflow.mark(review, by=ann.user, section_key=key, section_digest="0" * 64, audience="plain")


def test_mark_after_signing_is_refused(ann):
    review = factories.under_review(ann, factories.board_member())
    factories.sign(review, ann)

    with pytest.raises(PermissionDenied):
        factories.mark_all(review, ann)


def test_blocking_remark_of_an_author_is_refused():
    review = factories.submitted()

    with pytest.raises(PermissionDenied):
        workflow.open_thread(review, by=review.article.owner, text="Wait.", kind="blocking")


def test_resolve_by_an_editor_while_the_member_is_at_work_is_refused(editor, ann):
    review = factories.under_review(ann)
    thread = workflow.open_thread(review, by=ann.user, text="Which dose?", kind="blocking")

    with pytest.raises(PermissionDenied):
        workflow.resolve(thread, by=editor, resolution="Fine.")


def test_resolve_by_an_editor_after_the_member_left(editor, ann):
    review = factories.under_review(ann, factories.board_member())
    thread = workflow.open_thread(review, by=ann.user, text="Which dose?", kind="blocking")
    workflow.decline(review, by=ann.user, kind="time", reason="Away.", seen=factories.seen(review))

    resolved = workflow.resolve(thread, by=editor, resolution="The table says so.")

    assert not resolved.is_open


def test_resolve_by_an_editor_between_two_reviews_is_refused(editor, ann):
    review = factories.under_review(ann)
    workflow.request_changes(review, by=ann.user, text="The dose is wrong.", seen=factories.seen(review))

    with pytest.raises(PermissionDenied):
        workflow.resolve(Thread.objects.get(), by=editor, resolution="Fine.")


def test_resolve_twice_is_refused(ann):
    review = factories.under_review(ann)
    thread = workflow.open_thread(review, by=ann.user, text="Which dose?", kind="blocking")
    workflow.resolve(thread, by=ann.user, resolution="Found it.")

    with pytest.raises(workflow.TransitionNotAllowed):
        workflow.resolve(thread, by=ann.user, resolution="Again.")


def unresolved():
    return factories.article(
        citations=[{"key": "first", "source": None}, {"key": "second", "source": factories.source()}]
    )


def test_approve_with_an_unresolved_citation_is_refused_until_waived(editor, ann):
    article = unresolved()
    review = factories.under_review(ann, review=factories.submitted(article))
    factories.mark_all(review, ann)

    with pytest.raises(workflow.Refused, match="no source yet"):
        steps.approve(review, ann)

    for one in findings.of_content(article, review.revision.document):
        workflow.waive(article, by=editor, finding=one, reason="It is in print.")
    assert steps.approve(review, ann).verdict == "approved"


def test_waiver_falls_when_the_words_change(editor, ann):
    article = factories.article(citations=[{"key": "second", "source": factories.source()}])
    with pytest.raises(workflow.Refused, match="not in the list"):
        factories.submitted(article)
    for one in findings.of_content(article, freezing.draft_content(article)):
        workflow.waive(article, by=editor, finding=one, reason="Listed on paper.")
    review = factories.submitted(article)
    workflow.reject(review, by=editor, reason="Again.", seen=factories.seen(review))

    factories.edit(article, text="Start with 900 mg [@first].")

    with pytest.raises(workflow.Refused, match="not in the list"):
        factories.submitted(article)


def test_waive_a_finding_that_is_gone_is_refused(editor):
    article = unresolved()
    gone = steps.finding(article, "citation-unresolved")
    for section in article.sections.all():
        section.delete()

    with pytest.raises(workflow.Refused, match="no longer has this finding"):
        workflow.waive(article, by=editor, finding=gone, reason="It is in print.")


def test_waive_without_a_reason_is_refused(editor):
    article = unresolved()

    with pytest.raises(workflow.Refused, match="Give the reason"):
        steps.waive(article, editor, "citation-unresolved", " ")


@pytest.mark.parametrize("is_submitted", [False, True], ids=["in a draft", "under review"])
def test_waive_on_words_of_ones_own_is_refused(is_submitted, editor):
    article = unresolved()
    factories.edit(article, by=editor)
    if is_submitted:
        factories.submitted(article)

    with pytest.raises(PermissionDenied):
        steps.waive(article, editor, "citation-unresolved")

    assert not Waiver.objects.exists()


def without_plain_text(ann):
    sections = [{**factories.SECTIONS[0], "plain": ""}, factories.SECTIONS[1]]
    review = factories.under_review(ann, review=factories.submitted(factories.article(sections=sections)))
    factories.mark_all(review, ann)
    return review


def test_waiver_of_missing_plain_text_needs_a_member_to_agree(editor, ann):
    review = without_plain_text(ann)
    waiver = steps.waive(review.article, editor, "plain-missing", "An image says it.")

    with pytest.raises(workflow.Refused, match="needs a plain text"):
        steps.approve(review, ann)

    workflow.concur(waiver, by=ann.user)
    assert steps.approve(review, ann).verdict == "approved"


def test_concur_by_who_is_not_assigned_is_refused(editor, ann):
    review = without_plain_text(ann)
    waiver = steps.waive(review.article, editor, "plain-missing")

    with pytest.raises(PermissionDenied):
        workflow.concur(waiver, by=factories.board_member().user)


def test_concur_with_ones_own_waiver_is_refused(ann):
    review = without_plain_text(ann)
    factories.give_role(ann.user, "Editor")
    both = type(ann.user).objects.get(pk=ann.user_id)
    waiver = steps.waive(review.article, both, "plain-missing")

    with pytest.raises(PermissionDenied, match="somebody else"):
        workflow.concur(waiver, by=both)

    assert not Concurrence.objects.exists()


def test_concur_twice_is_refused(editor, ann):
    review = without_plain_text(ann)
    waiver = steps.waive(review.article, editor, "plain-missing")
    workflow.concur(waiver, by=ann.user)

    with pytest.raises(workflow.TransitionNotAllowed):
        workflow.concur(waiver, by=ann.user)


@pytest.mark.parametrize("change", ["the quotation is taken out", "AI is undeclared again"])
def test_approve_does_not_depend_on_the_draft(change, ann):
    source = factories.source()
    source.extracts.create(pinpoint="page 1", text="Start with 300 mg.")
    citations = [
        {"key": "first", "source": source, "quote": "Start with 300 mg."},
        {"key": "second", "source": factories.source()},
    ]
    review = factories.under_review(ann, review=factories.submitted(factories.article(citations=citations)))
    factories.mark_all(review, ann)

    article = Article.objects.get(pk=review.article_id)
    if change == "the quotation is taken out":
        article.citations.get(key="first").delete()
    else:
        article.ai_use = "undeclared"
        article.save()

    assert steps.approve(review, ann).verdict == "approved"


def test_waivers_in_force_are_one_question(editor, django_assert_num_queries):
    citations = [{"key": key, "source": factories.source()} for key in ("first", "second", "third")]
    article = factories.article(citations=citations, risk="high", sections=[{**factories.SECTIONS[0], "plain": ""}])
    steps.waive(article, editor, "citation-unused")
    steps.waive(article, editor, "plain-missing")

    with django_assert_num_queries(1):
        found = waivers.in_force(article)

    assert [rule for rule, *_place in found] == ["citation-unused"]
