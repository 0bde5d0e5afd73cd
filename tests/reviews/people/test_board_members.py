"""Board administration: every change a step with its sentence, its reason and its place on the record."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Publication, Specialty
from reviews import tasks, workflow
from reviews.models import Assignment, BoardMember, Decision, Event, LicenceCheck, Review, Voiding
from reviews.people import departures, invitations, members, voidings
from reviews.record import event_sentences, verification
from tests import factories
from tests.reviews import steps

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]


@pytest.fixture
def editor():
    return factories.user("Editor", "Edith")


@pytest.fixture
def administrator():
    return factories.user("Administrator", "Adam")


@pytest.fixture
def ann():
    return factories.board_member("Ann")


def today():
    return timezone.now().date()


def last_event():
    return Event.objects.of_site().exclude(verb="add_person").last()


def said():
    return event_sentences.sentence(last_event())


# --- Inviting ---


def invite(by, **changes):
    fields = {
        "email": "New.Member@Example.org",
        "name": "Nora New",
        "credentials": "MD, PhD",
        "specialties": [Specialty.objects.get_or_create(name="Neurology")[0]],
        "is_guest": False,
        "reason": "Knows migraine.",
    }
    return invitations.invite(by=by, **{**fields, **changes})


def test_invite_makes_the_account_the_member_and_the_mail(administrator):
    invitation = invite(administrator)

    member = invitation.member
    assert (member.user.email, member.printed_name) == ("new.member@example.org", "Nora New, MD, PhD")
    assert not member.user.has_usable_password()
    assert get_user_model().objects.get(pk=member.user_id).has_perm("reviews.decide_review")
    assert invitation.is_sent
    assert mail.outbox[0].to == ["new.member@example.org"]
    assert "/accounts/password/set/" in mail.outbox[0].body
    assert list(verification.faults()) == []


def test_invite_is_on_the_record_with_who_and_why(administrator):
    invite(administrator, is_guest=True)

    event = Event.objects.get(verb="invite")
    assert (event.actor, event.data["reason"], event.data["specialties"]) == (
        administrator,
        "Knows migraine.",
        ["Neurology"],
    )
    assert event_sentences.sentence(event) == "Adam invited Nora New, MD, PhD as a guest reviewer."


def test_invite_somebody_with_an_account_keeps_name_and_password(administrator):
    author = factories.user("Author", "Alex")

    invitation = invite(administrator, email=author.email.upper(), name="Another")

    author.refresh_from_db()
    assert (author.name, author.check_password(factories.PASSWORD)) == ("Alex", True)
    assert set(author.groups.values_list("name", flat=True)) == {"Author", "Board member"}
    assert (invitation.needs_link, mail.outbox) == (False, [])


@pytest.mark.parametrize("state", ["on the board", "closed"])
def test_invite_who_cannot_be_is_refused(administrator, ann, state):
    person = ann.user if state == "on the board" else factories.user(is_active=False)
    before = Event.objects.count()

    with pytest.raises(workflow.Refused, match="already" if state == "on the board" else "closed"):
        invite(administrator, email=person.email)

    assert Event.objects.count() == before


def test_invitation_stands_when_the_mail_server_is_down(administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    invitation = invite(administrator)

    assert not invitation.is_sent
    assert BoardMember.objects.filter(pk=invitation.member.pk).exists()


@pytest.mark.parametrize("role", ["Author", "Editor", "Board member", "Auditor"])
def test_invite_is_for_administrators(role):
    with pytest.raises(PermissionDenied):
        invite(factories.user(role))


# --- Licences and guests ---


def check(member, by, **changes):
    return members.check_licence(
        member, by=by, **{"licence": "12345, GMC", "register": "GMC register", "is_valid": True, **changes}
    )


def test_check_licence_is_evidence_and_sets_the_members_entry(editor, ann):
    until = today() + timedelta(400)

    row = check(ann, editor, valid_until=until)

    ann.refresh_from_db()
    assert (ann.licence, ann.licence_expires) == ("12345, GMC", until)
    assert said() == "Edith checked the licence of Ann, MD in GMC register and found it valid."
    assert last_event().data["rows"][0]["pk"] == row.pk
    assert list(verification.faults()) == []


def test_licence_found_not_valid_keeps_from_signing(editor, ann):
    check(ann, editor, is_valid=False, note="Struck off in May.")

    with pytest.raises(workflow.Refused, match="licence of Ann, MD has lapsed"):
        steps.assign(factories.submitted(), ann, editor)
    check(ann, editor)
    assert steps.assign(factories.submitted(), ann, editor).state == "invited"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"register": " "}, "Name the register"),
        ({"licence": ""}, "Enter the licence"),
        ({"is_valid": False}, "why is the licence not valid"),
        ({"valid_until": today() - timedelta(1)}, "is not valid. Say so"),
    ],
)
def test_check_licence_without_what_it_needs_is_refused(editor, ann, changes, words):
    with pytest.raises(workflow.Refused, match=words):
        check(ann, editor, **changes)

    assert not LicenceCheck.objects.exists()


def test_nobody_checks_their_own_licence(editor):
    own = BoardMember.objects.create(user=editor, credentials="MD")

    with pytest.raises(PermissionDenied):
        check(own, editor)


def test_verified_guest_can_be_asked(editor):
    gina = factories.board_member("Gina", is_guest=True)

    members.verify_guest(gina, by=editor, reason="Known from the university.")

    gina.refresh_from_db()
    assert (gina.verified_by, said()) == (editor, "Edith verified Gina, MD as a guest reviewer.")
    assert steps.assign(factories.submitted(), gina, editor).state == "invited"


@pytest.mark.parametrize(
    ("fields", "words"),
    [({}, "not a guest"), ({"is_guest": True, "verified_at": timezone.now()}, "already verified")],
)
def test_verify_who_needs_no_verifying_is_refused(editor, fields, words):
    with pytest.raises(workflow.Refused, match=words):
        members.verify_guest(factories.board_member(**fields), by=editor, reason="Known.")


# --- Absences ---


def test_member_enters_their_own_absence(ann, editor):
    members.set_absence(ann, by=ann.user, away_from=today(), away_until=today() + timedelta(7))

    assert last_event().verb == "set_absence"
    last_day = date_format(today() + timedelta(7), "j F Y")
    with pytest.raises(workflow.Refused, match=f"Ann, MD is away until {last_day}"):
        steps.assign(factories.submitted(), ann, editor)

    members.set_absence(ann, by=ann.user, away_from=None, away_until=None)
    assert said() == "Ann ended the absence of Ann, MD."
    assert steps.assign(factories.submitted(), ann, editor).state == "invited"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (0, None, "first day and the last"),
        (3, 1, "before the first"),
        (-9, -3, "already over"),
        (None, None, "already"),
    ],
)
def test_absence_that_makes_no_sense_is_refused(ann, first, last, words):
    day = {number: today() + timedelta(number) for number in (first, last) if number is not None}

    with pytest.raises(workflow.Refused, match=words):
        members.set_absence(ann, by=ann.user, away_from=day.get(first), away_until=day.get(last))


def test_absence_of_another_is_for_who_looks_after_the_board(ann, editor):
    days = {"away_from": today(), "away_until": today()}

    with pytest.raises(PermissionDenied):
        members.set_absence(ann, by=factories.board_member().user, **days)
    assert members.set_absence(ann, by=editor, **days).away_until == today()


# --- Leaving ---


def work_of(member, *, by, count=2):
    """Return reviews that the member was asked for."""
    return [steps.assign(factories.submitted(), member, by).review for _text in range(count)]


def test_deactivate_then_nobody_asks_and_open_work_waits(ann, editor):
    work_of(ann, by=editor)

    departures.deactivate(ann, by=editor, reason="Retires.")

    ann.refresh_from_db()
    assert not ann.is_active
    assert (last_event().data["reason"], last_event().data["open"]) == ("Retires.", 2)
    assert departures.open_assignments(ann).count() == 2
    with pytest.raises(workflow.Refused, match="not an active member"):
        steps.assign(factories.submitted(), ann, editor)


def test_hand_over_asks_the_other_with_the_same_due_date(ann, editor):
    ben = factories.board_member("Ben")
    reviews = work_of(ann, by=editor)
    due = Assignment.objects.filter(member=ann).first().due_date
    departures.deactivate(ann, by=editor, reason="Retires.")

    outcome = departures.hand_over(ann, by=editor, reason="Ann retires.", to=ben)

    assert {review.pk for review in outcome.handed_over} == {review.pk for review in reviews}
    assert set(Assignment.objects.filter(member=ben).values_list("state", "due_date")) == {("invited", due)}
    assert set(Assignment.objects.filter(member=ann).values_list("state", flat=True)) == {"released"}
    assert list(verification.faults()) == []


def test_hand_over_to_nobody_releases(ann, editor):
    review = factories.under_review(ann)
    departures.deactivate(ann, by=editor, reason="Retires.")

    outcome = departures.hand_over(ann, by=editor, reason="Ann retires.")

    assert [one.pk for one in outcome.released] == [review.pk]
    assert Review.objects.get(pk=review.pk).state == "submitted"


def test_hand_over_says_what_could_not_be_and_goes_on(ann, editor):
    ben = factories.board_member("Ben")
    own = factories.article(by=factories.user("Author"))
    factories.edit(own, by=ben.user)
    steps.assign(factories.submitted(own), ann, editor)
    other = work_of(ann, by=editor, count=1)[0]
    departures.deactivate(ann, by=editor, reason="Retires.")

    outcome = departures.hand_over(ann, by=editor, reason="Ann retires.", to=ben)

    assert [one.pk for one in outcome.handed_over] == [other.pk]
    assert [(one.article, why) for one, why in outcome.problems] == [
        (own, "Ben, MD wrote parts of this text and cannot review it.")
    ]
    assert not departures.open_assignments(ann).exists()


def test_hand_over_goes_on_where_it_was_stopped(ann, editor, monkeypatch):
    ben = factories.board_member("Ben")
    work_of(ann, by=editor, count=3)
    departures.deactivate(ann, by=editor, reason="Retires.")
    whole, calls = workflow.assign, []

    def killed(review, **rest):
        if calls:
            raise RuntimeError("the server was killed")
        calls.append(review)
        return whole(review, **rest)

    monkeypatch.setattr(workflow, "assign", killed)
    with pytest.raises(RuntimeError):
        departures.hand_over(ann, by=editor, reason="Ann retires.", to=ben)
    assert (departures.open_assignments(ann).count(), ben.assignments.count()) == (2, 1)
    monkeypatch.undo()

    outcome = departures.hand_over(ann, by=editor, reason="Ann retires.", to=ben)

    assert (len(outcome.handed_over), ben.assignments.count()) == (2, 3)


def test_hand_over_leaves_signatures_alone(ann, editor):
    review = factories.under_review(ann, factories.board_member())
    factories.sign(review, ann)

    departures.deactivate(ann, by=editor, reason="Retires.")
    departures.hand_over(ann, by=editor, reason="Ann retires.")

    assert Assignment.objects.get(member=ann).state == "signed"


def test_hand_over_of_an_active_member_is_refused(ann, editor):
    with pytest.raises(workflow.Refused, match="is active"):
        departures.hand_over(ann, by=editor, reason="No.")


def test_administrator_deactivates_and_an_editor_hands_over(ann, editor, administrator):
    work_of(ann, by=editor)

    departures.deactivate(ann, by=administrator, reason="Retires.")

    with pytest.raises(PermissionDenied):
        departures.hand_over(ann, by=administrator, reason="Ann retires.")
    assert len(departures.hand_over(ann, by=editor, reason="Ann retires.").released) == 2


def test_deactivate_twice_is_refused_and_reactivate_lets_be_asked(ann, administrator, editor):
    departures.deactivate(ann, by=administrator, reason="Retires.")

    with pytest.raises(workflow.Refused, match="already inactive"):
        departures.deactivate(ann, by=administrator, reason="Again.")
    departures.reactivate(ann, by=administrator, reason="Is back.")

    assert said() == "Adam made Ann, MD active again."
    assert steps.assign(factories.submitted(), ann, editor).state == "invited"


def test_nobody_deactivates_themself(administrator):
    own = BoardMember.objects.create(user=administrator, credentials="MD")

    with pytest.raises(PermissionDenied):
        departures.deactivate(own, by=administrator, reason="I go.")


# --- Voiding ---


def carried_by_two(first, second):
    """Return a text of low risk that the second covers whole, and the first in part."""
    review = factories.under_review(first, second, review=factories.submitted(risk="low"))
    key, digest = next(iter(review.revision.section_digests.items()))
    factories.mark(review, first, key, digest)
    workflow.approve(
        review,
        by=first.user,
        digest=review.revision.digest,
        password=factories.PASSWORD,
        seen=factories.seen(review),
    )
    factories.sign(review, second)
    return review.article


def void(member, by, **changes):
    fields = {"ground": Voiding.Ground.FALSE, "since": today(), "reason": "The register has no such number."}
    fields["public_ground"] = "The licence is not in the register"
    return voidings.find(member, by=by, **{**fields, **changes})


def test_void_supersedes_every_signature_and_reopens_what_it_carried(ann, editor):
    low = factories.approved(ann, review=factories.submitted(risk="low")).article
    both = carried_by_two(ann, factories.board_member("Ben"))
    row = void(ann, editor)

    assert voidings.unfinished()
    tasks.void_signatures()

    assert not voidings.unfinished()
    assert (voidings.left(row), voidings.done(row)) == (0, 2)
    assert Publication.objects.get(article=low).withdrawn_at is not None
    assert Review.objects.open().filter(article=low).exists()
    standing = Publication.objects.get(article=both)
    assert ([one["name"] for one in standing.reviewers], standing.withdrawn_at) == (["Ben"], None)
    assert not Decision.objects.filter(assignment__member=ann, verdict="approved", superseded_by__isnull=True).exists()
    assert list(verification.faults()) == []


def test_void_dry_run_says_what_is_then_done(ann, editor):
    carried = factories.approved(ann, review=factories.submitted(risk="low")).article
    carried_by_two(ann, factories.board_member("Ben"))
    count = Event.objects.count()

    found = voidings.dry_run(ann, since=today())

    assert (found.signatures, len(found.texts)) == (2, 2)
    assert found.lose_approval == [carried]
    assert Event.objects.count() == count
    void(ann, editor)
    tasks.void_signatures()
    withdrawn = set(Publication.objects.filter(withdrawn_at__isnull=False).values_list("article", flat=True))
    assert withdrawn == {article.pk for article in found.lose_approval}


def test_void_goes_on_where_it_was_stopped_and_twice_is_harmless(ann, editor, monkeypatch):
    for _text in range(3):
        factories.approved(ann, review=factories.submitted(risk="low"))
    row = void(ann, editor)
    whole, calls = voidings.step.void, []

    def killed(article, *, voiding):
        if calls:
            raise RuntimeError("the worker was killed")
        calls.append(article)
        return whole(article, voiding=voiding)

    monkeypatch.setattr(voidings.step, "void", killed)
    with pytest.raises(RuntimeError):
        voidings.carry_out()
    assert (voidings.done(row), voidings.left(row)) == (1, 2)
    monkeypatch.undo()

    tasks.carry_on()
    count = Event.objects.count()
    tasks.carry_on()

    assert (voidings.done(row), voidings.left(row)) == (3, 0)
    assert Event.objects.count() == count


def test_void_is_on_the_record(ann, editor):
    factories.approved(ann, review=factories.submitted(risk="low"))

    void(ann, editor)

    assert said().startswith("Edith found the signatures of Ann, MD since ")
    assert list(verification.faults()) == []


def test_void_leaves_earlier_signatures(ann, editor):
    factories.approved(ann, review=factories.submitted(risk="low"))

    with pytest.raises(workflow.Refused, match="dated in the future"):
        void(ann, editor, since=today() + timedelta(1))
    assert not Voiding.objects.exists()


def test_void_nothing_is_refused(ann, editor):
    with pytest.raises(workflow.Refused, match="no valid signature"):
        void(ann, editor)


@pytest.mark.parametrize("role", ["Author", "Board member", "Auditor", "Administrator"])
def test_void_is_for_editors(ann, role):
    with pytest.raises(PermissionDenied):
        void(ann, factories.user(role))
