"""The pages of the editorial policy: filled in, tried out, adopted, and read by anybody."""

import re

import pytest
from django.urls import reverse

from reviews.models import EditorialPolicy, Review
from reviews.policies import policy_text
from reviews.web.forms.policy import PolicyForm
from tests import factories

pytestmark = pytest.mark.django_db

ADOPT = "admin:reviews_editorialpolicy_adopt"


@pytest.fixture
def editor(client):
    person = factories.user("Editor", "Edith Editor")
    client.force_login(person)
    return person


def filled(**changes):
    """Return what the form sends when a person changes only these."""
    form = PolicyForm(current=EditorialPolicy.objects.current())
    sent = {}
    for bound in form:
        value = bound.value()
        if value is True or (isinstance(value, list | str | int) and value is not False and value != ""):
            sent[bound.html_name] = "on" if value is True else value
    sent = {name: value.replace("\n", "\r\n") if isinstance(value, str) else value for name, value in sent.items()}
    return {**sent, "change_note": "For a test.", **changes}


def send(client, **changes):
    return client.post(reverse(ADOPT), {name: value for name, value in filled(**changes).items() if value is not None})


def body(page):
    return re.sub(r"\s+", " ", page.content.decode())


def test_form_shows_the_version_in_force(client, editor):
    page = client.get(reverse(ADOPT))

    form = page.context["form"]
    assert form["quorum_moderate"].value() == 2
    assert form["reminder_days"].value() == "7, 1"
    assert "no-section" in form["blocks_approve"].value()
    assert "The article has no section" in body(page)


def test_form_sent_back_unchanged_makes_the_same_version(client, editor):
    factories.policy(
        quorum_by_reason={"correction": 1},
        blocks_submit_by_reason={"import": []},
        noindex_after_days=5,
        reminder_days=[3],
    )
    current = EditorialPolicy.objects.current()
    # A browser sends what is ticked in the order in which it is shown.
    ticked = {name: sorted(getattr(current, name)) for name in ("blocks_submit", "blocks_approve")}

    form = PolicyForm(client.post(reverse(ADOPT), filled(**ticked)).wsgi_request.POST, current=current)

    assert form.is_valid(), form.errors
    assert {name: getattr(form.version(), name) for name in policy_text.FIELDS} == {
        name: getattr(current, name) for name in policy_text.FIELDS
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"quorum_low": "0"}, "greater than or equal to 1"),
        ({"quorum_low": "3"}, "higher risk cannot need fewer signers"),
        ({"months_high": "48"}, "higher risk cannot be reviewed later"),
        ({"signers_correction": "2"}, "cannot need more signers than a new text of low risk (1)"),
        ({"noindex_after_days": "9", "hide_after_days": "3"}, "told before the text is hidden"),
        ({"specialty_required": None, "admits_missing_specialty": "on"}, "only if a required specialty"),
        ({"reminder_days": "14"}, "before the review is due: 1 to 13 days"),
        ({"reminder_days": "soon"}, "whole numbers of days"),
        ({"due_days": "0"}, "greater than or equal to 1"),
        ({"change_note": " "}, "Say what changes, and why"),
        ({"change_note": "", "quorum_low": "3"}, "higher risk cannot need fewer signers"),
        ({"caution": ""}, "This field is required"),
        ({"own_import": "on", "blocks_approve": ["no-section"]}, "so the findings must block approval"),
    ],
)
def test_rules_that_do_not_fit_are_refused_and_what_was_typed_stays(client, editor, changes, words):
    page = send(client, text="A text of my own.", **changes)

    assert page.status_code == 422
    assert words in body(page)
    assert "A text of my own." in body(page)
    assert EditorialPolicy.objects.count() == 1


def test_preview_compares_and_counts_and_adopts_nothing(client, editor):
    factories.approved()
    factories.submitted()

    page = send(client, due_days="21", licence_check_months="12")

    assert page.status_code == 200
    assert "2 members would need a licence check" in body(page)
    assert "0 publications would become overdue" in body(page)
    assert "0 open reviews would lose their quorum" in body(page)
    assert EditorialPolicy.objects.count() == 1


def test_preview_of_nothing_new_offers_no_adoption(client, editor):
    page = send(client)

    assert "Nothing differs from the version in force" in body(page)
    assert 'name="adopt"' not in body(page)


def test_preview_leads_back_to_the_form_with_everything(client, editor):
    page = send(client, due_days="21", text="A text of my own.", edit="1")

    assert page.context["form"]["due_days"].value() == "21"
    assert "A text of my own." in body(page)


def test_preview_carries_on_what_was_filled_in(client, editor):
    page = send(client, due_days="21", blocks_submit=["no-section", "section-empty"])

    names = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    assert ("due_days", "21") in names
    assert [value for name, value in names if name == "blocks_submit"] == ["no-section", "section-empty"]


def test_adopt_asks_for_a_tick(client, editor):
    page = send(client, due_days="21", adopt="1")

    assert page.status_code == 422
    assert "Tick the box to adopt" in body(page)
    assert EditorialPolicy.objects.count() == 1


def test_adopt_puts_the_version_in_force_and_binds(client, editor, django_capture_on_commit_callbacks):
    review = factories.submitted()

    page = client.post(
        reverse(ADOPT), filled(due_days="21", binds_open_reviews="on", adopt="1", confirmed="1"), follow=True
    )

    current = EditorialPolicy.objects.current()
    assert (current.version, current.due_days, current.adopted_by) == (2, 21, editor)
    assert Review.objects.get(pk=review.pk).policy == current
    assert "Version 2 is in force" in body(page)
    assert "For a test." in body(page)


def test_adopt_after_somebody_else_did_brings_the_form_back(client, editor):
    mine = filled(due_days="21", adopt="1", confirmed="1")
    factories.policy(due_days=30)

    page = client.post(reverse(ADOPT), mine)

    assert page.status_code == 409
    assert "Version 2 was adopted since you opened this page" in body(page)
    assert "14 → 30" in body(page)
    assert page.context["form"]["due_days"].value() == "21"
    assert page.context["form"]["seen"].value() == "2"
    assert EditorialPolicy.objects.count() == 2


def test_policy_page_says_what_every_rule_means(client):
    factories.policy(
        quorum_by_reason={"correction": 1},
        second_review_hours=48,
        admits_missing_specialty=True,
        waits_for_all=True,
        noindex_after_days=10,
        hide_after_days=30,
        licence_check_months=12,
        binds_published=True,
        change_note="The board is small.",
    )

    page = body(client.get(reverse("reviews:policy")))

    for words in (
        "Correction: 1 signer of each section.",
        "a second time within 48 hours",
        "says which specialty has not reviewed it",
        "once all who were asked have answered",
        "10 days later search engines are asked to drop",
        "overdue by more than 30 days is hidden",
        "within the last 12 months",
        "is rescheduled under it",
        "The board is small.",
        "Plain text is missing",
    ):
        assert words in page


def test_first_version_promises_nothing_it_does_not_do(client):
    page = body(client.get(reverse("reviews:policy")))

    assert "search engines are asked to drop" not in page
    assert "is hidden" not in page
    assert "licence" not in page


@pytest.mark.parametrize("role", ["Author", "Board member", "Auditor", "Administrator"])
def test_new_version_is_for_editors(client, role):
    person = factories.board_member().user if role == "Board member" else factories.user(role)
    client.force_login(person)

    assert client.get(reverse(ADOPT)).status_code == 403
    assert client.post(reverse(ADOPT), {}).status_code == 403


def test_version_page_shows_the_comparison(client, editor):
    policy = factories.policy(due_days=21)

    page = body(client.get(reverse("admin:reviews_editorialpolicy_change", args=[policy.pk])))

    assert "What differs from version 1" in page
    assert "Nothing is said" not in page
    assert "<strong>21</strong>" in page
