"""The pages of board administration, as people use them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Publication, Specialty
from reviews.models import Assignment, BoardMember, Event, LicenceCheck, Voiding
from reviews.record import verification
from tests import factories
from tests.reviews import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return factories.board_member("Ann")


def sign_in(client, role, name=""):
    person = factories.user(role, name)
    client.force_login(person)
    return person


def url(step, member):
    return reverse(f"admin:reviews_boardmember_{step}", args=[member.pk])


def body(page):
    return " ".join(page.content.decode().split())


def today():
    return timezone.now().date()


INVITE = {"email": "nora@example.org", "name": "Nora New", "credentials": "MD", "standing": "guest", "reason": "Asked."}


def test_invite_from_the_page(client):
    sign_in(client, "Administrator")
    specialty = Specialty.objects.create(name="Cardiology")

    page = client.post(reverse("admin:reviews_boardmember_add"), {**INVITE, "specialties": [specialty.pk]}, follow=True)

    assert "An email with a link to set a password was sent to nora@example.org" in body(page)
    assert "Guest not yet verified by an editor" in body(page)
    assert len(mail.outbox) == 1
    assert BoardMember.objects.get(user__email="nora@example.org").is_guest


def test_invite_refused_keeps_what_was_typed(client, ann):
    sign_in(client, "Administrator")

    page = client.post(
        reverse("admin:reviews_boardmember_add"),
        {**INVITE, "email": ann.user.email, "specialties": [ann.specialties.first().pk]},
    )

    assert page.status_code == 422
    assert "is already on the board" in body(page)
    assert "Nora New" in body(page)


def test_invitation_is_sent_again(client):
    sign_in(client, "Administrator")
    member = factories.board_member("Nora")
    member.user.set_unusable_password()
    member.user.save()

    page = client.post(url("send_link", member), follow=True)

    assert "was sent to" in body(page)
    assert mail.outbox[0].to == [member.user.email]


def test_check_licence_from_the_page(client, ann):
    sign_in(client, "Editor", "Edith")
    data = {"licence": "12345", "register": "GMC", "found": "yes", "valid_until": str(today() + timedelta(90))}

    page = client.post(url("check_licence", ann), data, follow=True)

    assert "The licence of Ann, MD is valid" in body(page)
    assert "checked by Edith" in body(page)
    assert LicenceCheck.objects.get().valid_until == today() + timedelta(90)


def test_check_licence_refused_keeps_what_was_typed(client, ann):
    sign_in(client, "Editor")

    page = client.post(url("check_licence", ann), {"licence": "12345", "register": "GMC", "found": "no"})

    assert page.status_code == 422
    assert "why is the licence not valid" in body(page)
    assert 'value="12345"' in body(page)


def test_deactivate_shows_what_is_open_and_hands_it_over(client, ann):
    editor, ben = sign_in(client, "Editor"), factories.board_member("Ben")
    review = steps.assign(factories.submitted(), ann, editor).review
    own = factories.article(by=factories.user("Author"))
    factories.edit(own, by=ben.user)
    steps.assign(factories.submitted(own), ann, editor)

    before = client.get(url("deactivate", ann))
    after = client.post(url("deactivate", ann), {"reason": "Retires.", "to": ben.pk}, follow=True)

    assert review.article.title in body(before)
    assert "1 review is handed over to Ben, MD" in body(after)
    assert f"“{own.title}” could not be handed over: Ben, MD wrote parts of this text" in body(after)
    assert Assignment.objects.filter(member=ben, review=review, state="invited").exists()
    assert "Inactive: nobody can ask this member" in body(after)


def test_administrator_deactivates_and_the_page_says_who_hands_over(client, ann):
    editor = factories.user("Editor")
    steps.assign(factories.submitted(), ann, editor)
    sign_in(client, "Administrator")

    page = client.get(url("deactivate", ann))
    client.post(url("deactivate", ann), {"reason": "Retires.", "to": ann.pk})

    assert "An editor can hand these reviews over" in body(page)
    assert Assignment.objects.get(member=ann).state == "invited"
    client.force_login(editor)
    assert "Hand over the open reviews" in body(client.get(url("change", ann)))
    done = client.post(url("hand_over", ann), {"reason": "Ann retired."}, follow=True)
    assert "1 review has lost its reviewer and is waiting in the queue" in body(done).replace("1 reviews", "1 review")


def test_void_shows_what_it_would_do_before_it_is_done(client, ann):
    sign_in(client, "Editor")
    article = factories.approved(ann, review=factories.submitted(risk="low")).article
    data = {
        "ground": "false",
        "since": str(today()),
        "public_ground": "The licence is not in the register",
        "reason": "No such number.",
    }

    asked = client.post(url("void", ann), data)
    assert "1 published text would lose its approval" in body(asked)
    assert article.title in body(asked)
    assert not Voiding.objects.exists()

    done = client.post(url("void", ann), {**data, "confirmed": "on"}, follow=True)
    assert "carried out on 1 text" in body(done)
    assert Publication.objects.get(article=article).withdrawn_at is not None
    assert list(verification.faults()) == []


def test_void_that_waits_for_its_worker_shows_how_far_it_is(client, ann, monkeypatch):
    sign_in(client, "Editor")
    factories.approved(ann, review=factories.submitted(risk="low"))
    monkeypatch.setattr("reviews.tasks.void_signatures.apply_async", lambda **options: None)
    data = {
        "ground": "false",
        "since": str(today()),
        "public_ground": "The licence is not in the register",
        "reason": "No such number.",
        "confirmed": "on",
    }

    page = client.post(url("void", ann), data, follow=True)

    assert "carried out on 0, 1 text is left" in body(page)


def test_broker_that_is_down_loses_no_voiding(client, ann, monkeypatch):
    def refuse(**options):
        raise ConnectionError("no broker")

    sign_in(client, "Editor")
    factories.approved(ann, review=factories.submitted(risk="low"))
    monkeypatch.setattr("reviews.tasks.void_signatures.apply_async", refuse)
    data = {
        "ground": "false",
        "since": str(today()),
        "public_ground": "The licence is not in the register",
        "reason": "No such number.",
        "confirmed": "on",
    }

    page = client.post(url("void", ann), data, follow=True)

    assert page.status_code == 200
    assert Voiding.objects.count() == 1


def test_my_absence_is_the_members_own_page(client, ann):
    client.force_login(ann.user)
    page = reverse("admin:reviews_my_absence")
    days = {"away_from": str(today()), "away_until": str(today() + timedelta(9))}

    done = client.post(page, days, follow=True)
    wrong = client.post(page, {"away_from": str(today())})

    last_day = date_format(today() + timedelta(9), "j F Y")
    assert f"You will not be asked to review until {last_day}." in body(done)
    assert (wrong.status_code, "Give the first day and the last" in body(wrong)) == (422, True)
    ann.refresh_from_db()
    assert ann.away_until == today() + timedelta(9)


def test_edit_of_an_entry_is_on_the_record_with_its_reason(client, ann):
    sign_in(client, "Administrator", "Adam")
    cardiology = Specialty.objects.create(name="Cardiology")
    data = {"credentials": "MD, PhD", "specialties": [cardiology.pk], "reason": "New degree."}

    refused = client.post(url("change", ann), {**data, "reason": ""})
    client.post(url("change", ann), data)

    assert "Say why: each change" in body(refused)
    event = Event.objects.of_site().last()
    assert (event.verb, event.data["reason"]) == ("change_member", "New degree.")
    assert event.data["from"] == {"credentials": "MD", "specialties": ["Neurology"]}
    assert event.data["to"] == {"credentials": "MD, PhD", "specialties": ["Cardiology"]}


def test_edit_cannot_set_what_has_a_step_of_its_own(client, ann):
    sign_in(client, "Administrator")
    data = {"credentials": "MD", "specialties": [ann.specialties.first().pk], "orcid": "0000-0002-1825-0097"}

    client.post(
        url("change", ann), {**data, "reason": "ORCID.", "licence": "x", "is_active": "", "away_from": str(today())}
    )

    ann.refresh_from_db()
    assert (ann.orcid, ann.licence, ann.is_active, ann.away_from) == ("0000-0002-1825-0097", "", True, None)


def test_member_who_becomes_a_guest_is_verified_first(client):
    member = factories.board_member(verified_at=timezone.now())
    sign_in(client, "Administrator")
    data = {"credentials": "MD", "specialties": [member.specialties.first().pk], "is_guest": "on", "reason": "Left."}

    client.post(url("change", member), data)

    member.refresh_from_db()
    assert (member.is_guest, member.verified_at) == (True, None)


def test_list_and_page_cost_the_same_however_much_there_is(client, ann, django_assert_max_num_queries):
    editor = sign_in(client, "Editor")
    counts = []
    for _round in range(2):
        for _number in range(4):
            steps.assign(factories.submitted(), ann, editor)
            LicenceCheck.objects.create(
                member=ann, licence="1", register="R", is_valid=True, checked_by=editor, checked_at=timezone.now()
            )
            factories.board_member()
        with django_assert_max_num_queries(60) as captured:
            assert client.get(reverse("admin:reviews_boardmember_changelist")).status_code == 200
            assert client.get(url("change", ann)).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]
