"""A dated line on a section: who places it, who signs it, when it falls, and what a signature covers."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Publication
from reviews import workflow
from reviews.models import Event, Notice
from reviews.record import signatures, verification
from tests import factories, states
from tests.reviews import steps

pytestmark = pytest.mark.django_db


approved = states.once_a_module(factories.approved)


@pytest.fixture
def review(approved):
    return states.anew(approved)


def notices(review):
    return Publication.objects.get(article=review.article_id).notices


def first_section(review):
    return steps.section_keys(review.article)[0]


@pytest.mark.parametrize("role", ["Editor", "Board member"])
def test_notice_is_placed_by_one_person_and_not_signed_yet(review, role):
    by = factories.user("Editor") if role == "Editor" else factories.board_member().user

    placed = steps.notice(review.article, by, first_section(review))

    [told] = notices(review)
    assert (told["kind"], told["section"], told["id"], told["signed_by"]) == (
        "notice",
        first_section(review),
        placed.pk,
        "",
    )
    assert told["text"] == "The dose here is wrong: read 150 mg."
    assert (placed.signature, placed.revision_id) == ("", review.revision_id)
    assert list(verification.faults()) == []


@pytest.mark.parametrize("role", [None, "Author", "Auditor", "Administrator"])
def test_notice_is_not_for(review, role):
    with pytest.raises(PermissionDenied):
        steps.notice(review.article, factories.user(role), first_section(review))


@pytest.mark.parametrize(("section", "text"), [("", "Words."), ("nothing", "Words."), (None, " "), (None, "x" * 1001)])
def test_notice_needs_a_section_and_few_words(review, section, text):
    key = first_section(review) if section is None else section

    with pytest.raises(workflow.Refused):
        steps.notice(review.article, factories.user("Editor"), key, text)

    assert notices(review) == []


def test_notice_is_signed_by_a_member_with_the_password_again(review):
    ann = factories.board_member("Ann")
    placed = steps.notice(review.article, ann.user, first_section(review))

    signed = steps.sign_notice(placed, ann.user)

    assert signed.signed_by == ann
    assert notices(review)[0]["signed_by"] == "Ann, MD"
    assert notices(review)[0]["signed_at"] == timezone.now().date().isoformat()
    assert list(verification.faults()) == []
    with pytest.raises(workflow.Refused, match="already signed"):
        steps.sign_notice(placed, factories.board_member().user)


def test_wrong_password_signs_nothing_and_is_put_on_the_record(review):
    placed = steps.notice(review.article, factories.user("Editor"), first_section(review))

    with pytest.raises(signatures.WrongPassword):
        steps.sign_notice(placed, factories.board_member().user, password="wrong")

    assert Notice.objects.get().signature == ""
    assert notices(review)[0]["signed_by"] == ""
    refused = Event.objects.get(verb="sign_refused")
    assert refused.data["notice"] == placed.pk
    assert list(verification.faults()) == []


@pytest.mark.parametrize("signer", ["editor", "guest", "deactivated", "lapsed", "writer"])
def test_notice_is_signed_by_nobody_else(signer):
    writer = factories.board_member("Writer")
    article = factories.article()
    factories.edit(article, by=writer.user, text="The writer’s own sentence [@first].", plain="Plain words [@first].")
    review = factories.approved(review=factories.submitted(article))
    by = {
        "editor": lambda: factories.user("Editor"),
        "guest": lambda: factories.board_member(is_guest=True).user,
        "deactivated": lambda: factories.board_member(is_active=False).user,
        "lapsed": lambda: factories.board_member(licence_expires=date(2020, 1, 1)).user,
        "writer": lambda: writer.user,
    }[signer]()
    placed = steps.notice(review.article, factories.user("Editor"), first_section(review))

    with pytest.raises((PermissionDenied, workflow.Refused)):
        steps.sign_notice(placed, by)

    assert Notice.objects.get().signature == ""
    # Who may sign no notice at all moves no article's record: the site's has the attempt.
    on_site = Event.objects.of_site().filter(verb="sign_refused", actor=by, data__article=review.article_id)
    assert ("sign_refused" in steps.events(review.article)) == (signer in ("lapsed", "writer"))
    assert on_site.exists() == (signer not in ("lapsed", "writer"))


def test_signature_covers_the_words_the_section_and_the_signer(review):
    placed = steps.notice(review.article, factories.user("Editor"), first_section(review))
    notice = steps.sign_notice(placed, factories.board_member("Ann").user)
    signed = Event.objects.get(verb="sign_notice").data

    assert signatures.is_valid_notice(notice, signed)
    assert review.revision.digest in signed["statement"]
    assert notice.text in signed["statement"]
    for name, value in (("text", "Nothing is wrong."), ("section_key", "other"), ("signed_at", timezone.now())):
        altered = Notice.objects.select_related("revision").get()
        setattr(altered, name, value)
        assert not signatures.is_valid_notice(altered, signed), name
    assert not signatures.is_valid_notice(notice, signed | {"signer": {**signed["signer"], "name": "Ben"}})


def test_signature_by_a_former_key_is_valid(review, settings):
    placed = steps.notice(review.article, factories.user("Editor"), first_section(review))
    steps.sign_notice(placed, factories.board_member().user)

    settings.SIGNATURE_KEYS = ["a new key that signs from now on", *settings.SIGNATURE_KEYS]

    assert list(verification.faults()) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"text": "Nothing is wrong."}, {"text", "signature"}), ({"signature": ""}, {"signature"})],
)
def test_audit_finds_an_altered_notice(review, changes, field):
    placed = steps.notice(review.article, factories.user("Editor"), first_section(review))
    steps.sign_notice(placed, factories.board_member().user)

    Notice.objects.filter(pk=placed.pk).update(**changes)

    assert {fault.field for fault in verification.faults()} == field


def test_notice_is_withdrawn_by_an_editor_or_who_placed_it(review):
    ann, ben = factories.board_member("Ann"), factories.board_member("Ben")
    placed = steps.notice(review.article, ann.user, first_section(review))
    other = steps.notice(review.article, ann.user, first_section(review), "Another.")

    with pytest.raises(PermissionDenied):
        steps.withdraw_notice(placed, ben.user)
    with pytest.raises(workflow.Refused):
        steps.withdraw_notice(placed, ann.user, reason=" ")
    steps.withdraw_notice(placed, ann.user)
    steps.withdraw_notice(other, factories.user("Editor"))

    assert notices(review) == []
    assert Notice.objects.standing().count() == 0
    with pytest.raises(workflow.Refused, match="no longer see this notice"):
        steps.sign_notice(placed, ben.user)
    assert list(verification.faults()) == []


def test_notice_falls_when_a_text_is_approved_in_which_its_section_changed(review):
    editor = factories.user("Editor")
    changed, kept = steps.section_keys(review.article)
    fallen = steps.notice(review.article, editor, changed)
    steps.notice(review.article, editor, kept, "This stays.")
    factories.edit(review.article)

    factories.approved(review=factories.submitted(review.article))

    assert [one["text"] for one in notices(review)] == ["This stays."]
    with pytest.raises(workflow.Refused, match="its section changed"):
        steps.withdraw_notice(fallen, editor)
    assert list(verification.faults()) == []


def test_notice_stays_while_an_update_is_only_under_review(review):
    steps.notice(review.article, factories.user("Editor"), first_section(review))
    factories.edit(review.article)

    factories.under_review(review=factories.submitted(review.article))

    assert len(notices(review)) == 1


def test_notice_waits_for_an_approved_text():
    factories.policy(shows_pending=True)
    review = factories.submitted()

    with pytest.raises(workflow.TransitionNotAllowed):
        steps.notice(review.article, factories.user("Editor"), first_section(review))
