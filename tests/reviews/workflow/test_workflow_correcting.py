from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from articles.models import Article, Publication, Revision
from reviews import workflow
from reviews.models import Review
from reviews.record import verification
from reviews.workflow import corrections
from reviews.workflow.submission import FindingsBlock
from tests import factories, states

pytestmark = pytest.mark.django_db
NOTICE = "The dose read 300 mg; it is 30 mg."


@pytest.fixture
def editor():
    return factories.user("Editor")


@states.once_a_module
def approved():
    """The approved review of a text of moderate risk, which asks for two signers; a correction for one."""
    factories.policy(quorum_by_reason={"correction": 1})
    return factories.approved()


@pytest.fixture
def published(approved):
    return states.anew(approved)


def first_key(review):
    return review.revision.document["sections"][0]["key"]


def edits(review, old="300 mg", new="30 mg"):
    section = review.revision.document["sections"][0]
    return {section["key"]: {audience: section[audience].replace(old, new) for audience in ("professional", "plain")}}


def correct(review, editor, **changes):
    words = {"edits": edits(review), "notice": NOTICE, "seen": factories.seen(review), **changes}
    return workflow.correct(review.article, by=editor, **words)


def publication(review):
    return Publication.objects.get(pk=review.article_id)


def faults():
    return [str(fault) for fault in verification.faults()]


def test_correction_is_the_published_text_plus_only_the_words_named(published, editor):
    factories.edit(published.article, text="A draft that nobody has read.")

    review = correct(published, editor)

    before, after = published.revision.document, review.revision.document
    assert after["sections"][0]["professional"] == before["sections"][0]["professional"].replace("300 mg", "30 mg")
    assert after["sections"][1:] == before["sections"][1:]
    assert {name: after[name] for name in after if name != "sections"} == {
        name: before[name] for name in before if name != "sections"
    }
    assert (review.reason, review.change_class, review.revision.parent) == ("correction", "safety", published.revision)
    assert faults() == []


def test_correction_leaves_what_readers_see_until_it_is_signed(published, editor):
    correct(published, editor)

    seen = publication(published)
    assert (seen.revision, seen.status, seen.update) == (published.revision, "approved", "correction")


def test_corrector_is_a_contributor_and_so_cannot_sign(published):
    member = factories.board_member("Both")
    factories.make_editor(member.user)

    review = correct(published, member.user)

    assert member.user.pk in review.revision.contributors
    with pytest.raises(workflow.Refused, match="wrote parts"):
        factories.accepted(review, member)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"edits": {}}, "The text does not differ"),
        ({"notice": "  "}, "what was wrong"),
        ({"edits": {"no-such-key": {"plain": "x"}}}, "not in the published text"),
    ],
    ids=["nothing", "no notice", "unknown section"],
)
def test_correct_without_what_it_needs_is_refused(published, editor, changes, words):
    with pytest.raises(workflow.Refused, match=words):
        correct(published, editor, **changes)
    assert Revision.objects.count() == 1


def test_correct_with_an_unknown_citation_is_refused(published, editor):
    with pytest.raises(FindingsBlock):
        correct(published, editor, edits={first_key(published): {"professional": "So they say [@nobody]."}})


def test_correct_by_an_author_is_refused(published):
    with pytest.raises(PermissionDenied):
        correct(published, published.article.owner)


def test_correct_supersedes_the_open_review_of_an_update(published, editor):
    factories.edit(published.article)
    update = factories.submitted(published.article)

    correct(published, editor)

    update.refresh_from_db()
    assert update.state == "superseded"
    assert faults() == []


def test_people_and_marks_of_an_update_come_back_with_its_next_submit(published, editor):
    factories.policy(quorum={"low": 1, "moderate": 1, "high": 1})
    ann = factories.board_member("Ann")
    factories.edit(published.article, text="A changed sentence of substance [@first].")
    update = factories.under_review(ann, review=factories.submitted(published.article))
    factories.mark_all(update, ann)
    review = correct(published, editor)
    ben = factories.board_member("Ben")
    factories.accepted(review, ben)
    factories.sign(review, ben)
    workflow.merge(published.article, by=editor, seen=Article.objects.get().version, texts=confirmed(published.article))

    again = factories.submitted(published.article)

    assignment = again.assignments.get()
    assert (again.state, again.follows, assignment.member, assignment.state) == (
        "under_review",
        update,
        ann,
        "accepted",
    )
    # The first section was merged, so it is another text; the second is the one she had marked.
    kept = [section["key"] for section in again.revision.document["sections"][1:]]
    assert [mark.section_key for mark in assignment.marks.all()] == [key for key in kept for _wording in (1, 2)]
    assert faults() == []


def confirmed(article):
    proposal = corrections.proposal(Article.objects.get(pk=article.pk))
    texts = {}
    for part in proposal.parts:
        texts.setdefault(part.section_key, {})[part.audience] = part.merged
    return texts


def signed_correction(published, editor):
    review = correct(published, editor)
    ben = factories.board_member("Ben")
    factories.accepted(review, ben)
    factories.sign(review, ben)
    review.refresh_from_db()
    return review, ben


def test_one_signature_publishes_a_correction_and_opens_its_second_review(published, editor):
    with time_machine.travel("2027-03-01T09:00Z", tick=False):
        review, ben = signed_correction(published, editor)

    seen = publication(published)
    second = Review.objects.open().get()
    assert (seen.revision, seen.status, seen.update) == (review.revision, "approved", "second")
    assert [one["id"] for one in seen.reviewers] == [ben.user.pk]
    assert (seen.second_review_due - review.closed_at) == timedelta(hours=72)
    assert seen.notices == [{"kind": "correction", "at": "2027-03-01", "text": NOTICE}]
    assert (second.reason, second.revision, second.follows) == ("second_review", review.revision, review)
    assert str(second.due_date) == "2027-03-04"
    assert faults() == []


def test_correction_keeps_the_day_on_which_the_whole_is_due(published, editor):
    due = publication(published).next_review_due

    with time_machine.travel(f"{due - timedelta(days=30)}T09:00Z"):
        signed_correction(published, editor)

    assert publication(published).next_review_due == due


def test_second_review_counts_who_signed_the_correction_and_ends_it(published, editor):
    _review, ben = signed_correction(published, editor)
    second, cat = Review.objects.open().get(), factories.board_member("Cat")
    factories.accepted(second, cat)

    factories.sign(second, cat)

    seen = publication(published)
    assert (seen.update, seen.second_review_due) == ("", None)
    assert {one["id"] for one in seen.reviewers} == {ben.user.pk, cat.user.pk}
    assert faults() == []


def test_who_signed_the_correction_is_not_its_second_reviewer(published, editor):
    _review, ben = signed_correction(published, editor)

    with pytest.raises(workflow.Refused, match="already signed it"):
        factories.accepted(Review.objects.open().get(), ben)


def test_second_review_that_is_late_takes_the_badge(published, editor):
    signed_correction(published, editor)

    seen = publication(published)

    assert not seen.is_overdue(seen.second_review_due.date())
    assert seen.is_overdue(seen.second_review_due.date() + timedelta(days=1))


def test_correction_with_the_ordinary_number_of_signers_needs_no_second_review(published, editor):
    factories.policy(quorum_by_reason={})
    review = correct(published, editor)
    members = factories.board_member(), factories.board_member()
    for member in members:
        factories.accepted(review, member)
    for member in members:
        factories.sign(review, member)

    assert publication(published).second_review_due is None
    assert not Review.objects.open().exists()


def test_marks_of_untouched_sections_stand_for_who_signed_the_published_text(editor):
    factories.policy(quorum_by_reason={"correction": 1})
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    published = factories.approved(ann, ben)
    review = correct(published, editor)

    factories.accepted(review, ann)

    marked = {mark.section_key for mark in review.assignments.get().marks.all()}
    assert marked == {section["key"] for section in review.revision.document["sections"][1:]}


def test_submit_is_refused_while_a_correction_is_open(published, editor):
    correct(published, editor)
    factories.edit(published.article)

    with pytest.raises(workflow.Refused, match="correction of the published text is under review"):
        factories.submitted(published.article)


def test_submit_is_refused_until_the_correction_is_in_the_draft(published, editor):
    factories.policy(quorum={"low": 1, "moderate": 1, "high": 1})
    signed_correction(published, editor)
    factories.edit(published.article)

    with pytest.raises(workflow.Refused, match="has to merge the correction first"):
        factories.submitted(published.article)


@pytest.fixture
def beside(published, editor):
    """An article whose draft lies beside a published correction."""
    factories.policy(quorum={"low": 1, "moderate": 1, "high": 1}, quorum_by_reason={})
    section = published.revision.document["sections"][0]
    text = section["professional"].replace("two weeks", "four weeks")
    factories.edit(published.article, text=text)
    signed_correction(published, editor)
    return Article.objects.get(pk=published.article_id)


def test_merge_keeps_what_the_draft_changed_and_takes_the_correction(beside, editor):
    workflow.merge(beside, by=editor, seen=beside.version, texts=confirmed(beside))

    section = Article.objects.get(pk=beside.pk).sections.first()
    assert "30 mg" in section.professional
    assert "four weeks" in section.professional
    assert "30 mg" in section.plain
    assert corrections.proposal(beside_again(beside)) is None
    assert factories.submitted(beside_again(beside)).state == "submitted"
    assert faults() == []


def beside_again(article):
    return Article.objects.get(pk=article.pk)


def test_who_corrected_words_cannot_sign_the_draft_they_were_merged_into(published, editor):
    wren = factories.board_member("Wren")
    factories.give_role(wren.user, "Editor")
    factories.policy(quorum={"low": 1, "moderate": 1, "high": 1}, quorum_by_reason={})
    signed_correction(published, wren.user)
    article = Article.objects.get(pk=published.article_id)
    workflow.merge(article, by=editor, seen=article.version, texts=confirmed(article))
    factories.edit(article, text="Another sentence of substance [@first].")
    update = factories.submitted(article)

    with pytest.raises(workflow.Refused, match="wrote parts of this text"):
        factories.accepted(update, wren)


def test_merge_of_a_draft_saved_meanwhile_is_refused(beside, editor):
    texts, seen = confirmed(beside), beside.version
    factories.edit(beside)

    with pytest.raises(workflow.ArticleMoved):
        workflow.merge(beside, by=editor, seen=seen, texts=texts)


def test_merge_needs_words_for_each_corrected_section(beside, editor):
    with pytest.raises(workflow.Refused, match="Confirm the wording"):
        workflow.merge(beside, by=editor, seen=beside.version, texts={})


def test_merge_with_nothing_to_merge_is_refused(published, editor):
    article = Article.objects.get(pk=published.article_id)

    with pytest.raises(workflow.TransitionNotAllowed, match="nothing to merge"):
        workflow.merge(article, by=editor, seen=article.version, texts={})


def test_merge_by_the_author_is_refused(beside):
    with pytest.raises(PermissionDenied):
        workflow.merge(beside, by=beside.owner, seen=beside.version, texts=confirmed(beside))


def test_proposal_names_a_corrected_section_that_the_draft_dropped(published, editor):
    factories.policy(quorum={"low": 1, "moderate": 1, "high": 1}, quorum_by_reason={})
    signed_correction(published, editor)
    published.article.sections.first().delete()

    proposal = corrections.proposal(beside_again(published.article))

    assert proposal.parts == []
    assert proposal.dropped == ["From the guidelines"]


def test_two_corrections_are_merged_at_once(published, editor):
    factories.policy(quorum={"low": 1, "moderate": 1, "high": 1}, quorum_by_reason={})
    first, _ben = signed_correction(published, editor)
    second = workflow.correct(
        first.article, by=editor, edits=edits(first, "once", "twice"), notice="Twice.", seen=factories.seen(first)
    )
    cat = factories.board_member("Cat")
    factories.accepted(second, cat)
    factories.sign(second, cat)
    article = beside_again(published.article)

    workflow.merge(article, by=editor, seen=article.version, texts=confirmed(article))

    text = article.sections.first().professional
    assert "30 mg twice" in text
    assert corrections.proposal(beside_again(article)) is None


def test_correction_of_a_suspended_text_stays_behind_the_notice(published, editor):
    workflow.suspend(
        published.article, by=editor, reason="A wrong dose.", notice="Checked now.", seen=factories.seen(published)
    )

    signed_correction(published, editor)

    assert publication(published).status == "suspended"


def test_correction_of_a_correction_takes_over_its_people(published, editor):
    first = correct(published, editor)
    ben = factories.board_member("Ben")
    factories.accepted(first, ben)

    second = correct(published, editor, edits=edits(published, new="3 mg"))

    first.refresh_from_db()
    assert (first.state, second.follows, second.state) == ("superseded", first, "under_review")
    assert [one.member for one in second.assignments.all()] == [ben]
    assert faults() == []


def test_correction_too_complex_to_be_read_is_refused_in_words(published, editor):
    with pytest.raises(workflow.Refused, match="nested"):
        correct(published, editor, edits={first_key(published): {"plain": "> " * 100 + "a"}})

    assert not Review.objects.open().exists()


def test_submit_waits_for_the_second_review_of_a_correction(published, editor):
    signed_correction(published, editor)
    draft = factories.edit(published.article)

    with pytest.raises(workflow.Refused, match="waiting for its second review"):
        workflow.submit(draft, by=draft.owner, seen=draft.version)


def test_proposal_says_of_each_text_whether_the_draft_holds_it(published, editor):
    factories.edit(
        published.article, plain="You start with 30 mg once a day. After two weeks you talk about how it goes [@first]."
    )
    signed_correction(published, editor)

    found = corrections.proposal(Article.objects.get(pk=published.article_id))

    assert {part.audience: part.is_in_draft for part in found.parts} == {"professional": False, "plain": True}
