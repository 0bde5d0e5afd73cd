import pytest
from django.urls import NoReverseMatch, reverse

from articles.writing import findings
from reviews import workflow
from reviews.models import Disclosure, Event
from tests import factories, states

pytestmark = pytest.mark.django_db

EVIDENCE = ("decision", "event", "waiver", "disclosure", "editorialpolicy")


@states.once_a_module
def evidence():
    """One row of each kind of evidence, by kind."""
    ann, ben, editor = factories.board_member(), factories.board_member(), factories.user("Editor")
    unresolved = [{"key": "first"}, {"key": "second", "source": factories.source()}]
    review = factories.submitted(citations=unresolved)
    workflow.accept(review, by=ann.user, seen=factories.seen(review), interests=[{"nature": "Speaker’s fee"}])
    factories.accepted(review, ben)
    waivers = [
        workflow.waive(review.article, by=editor, finding=finding, reason="It is obvious.")
        for finding in findings.of_content(review.article, review.revision.document)
    ]
    return {
        "decision": factories.sign(review, ben),
        "event": Event.objects.of_article(review.article_id).last(),
        "waiver": waivers[0],
        "disclosure": Disclosure.objects.exclude(interests=[]).get(),
        "editorialpolicy": review.policy,
    }


@pytest.fixture
def records(evidence):
    return {kind: states.anew(row) for kind, row in evidence.items()}


@pytest.mark.parametrize("kind", EVIDENCE)
@pytest.mark.parametrize("role", ["Editor", "Auditor", "superuser"])
def test_evidence_is_read_and_never_written(client, records, kind, role):
    user = factories.user(is_superuser=True) if role == "superuser" else factories.user(role)
    client.force_login(user)
    page = reverse(f"admin:reviews_{kind}_change", args=[records[kind].pk])

    assert client.get(reverse(f"admin:reviews_{kind}_changelist")).status_code == 200
    assert client.get(page).status_code == 200
    assert client.post(page, {}).status_code == 403


@pytest.mark.parametrize("kind", [*EVIDENCE, "review"])
@pytest.mark.parametrize("name", ["add", "delete", "history"])
def test_evidence_has_no_address_for_writing(kind, name):
    arguments = [] if name == "add" else [1]

    with pytest.raises(NoReverseMatch):
        reverse(f"admin:reviews_{kind}_{name}", args=arguments)


@pytest.mark.parametrize("kind", [kind for kind in EVIDENCE if kind != "editorialpolicy"])
@pytest.mark.parametrize("role", ["Author", "Board member", "Administrator"])
def test_evidence_is_not_for_others(client, records, kind, role):
    client.force_login(factories.user(role))

    assert client.get(reverse(f"admin:reviews_{kind}_changelist")).status_code == 403
    assert client.get(reverse(f"admin:reviews_{kind}_change", args=[records[kind].pk])).status_code == 403


@pytest.mark.parametrize(("kind", "queries"), [("event", 7), ("decision", 6), ("waiver", 7), ("disclosure", 6)])
def test_lists_of_evidence_ask_a_constant_number_of_queries(
    client, records, kind, queries, django_assert_max_num_queries
):
    factories.approved()
    client.force_login(factories.user("Auditor"))

    with django_assert_max_num_queries(queries):
        client.get(reverse(f"admin:reviews_{kind}_changelist"))


def test_events_are_filtered_by_the_chain_of_an_article(client):
    review, other = factories.submitted(), factories.submitted()
    client.force_login(factories.user("Auditor"))

    page = client.get(reverse("admin:reviews_event_changelist"), {"chain": f"article:{review.article_id}"})

    assert f"article:{review.article_id}" in page.text
    assert f'<td class="field-chain">article:{other.article_id}</td>' not in page.text
    assert "submitted revision 1" in page.text


def test_board_member_is_edited_by_an_administrator_and_deleted_by_nobody(client):
    ann = factories.board_member("Ann Ahrens")
    client.force_login(factories.user("Administrator"))
    page = reverse("admin:reviews_boardmember_change", args=[ann.pk])

    specialties = [ann.specialties.get().pk]
    saved = client.post(page, {"credentials": "MD, PhD", "specialties": specialties, "reason": "A new degree."})

    ann.refresh_from_db()
    assert saved.status_code == 302
    assert (ann.credentials, ann.is_active) == ("MD, PhD", True)
    assert ann.history.first().history_change_reason == "A new degree."
    assert ann.history.first().history_user.groups.get().name == "Administrator"
    client.force_login(factories.user(is_superuser=True))
    assert client.post(reverse("admin:reviews_boardmember_delete", args=[ann.pk])).status_code == 403


def test_review_is_not_edited_as_a_row(client):
    review = factories.submitted()
    client.force_login(factories.user(is_superuser=True))

    answer = client.post(reverse("admin:reviews_review_change", args=[review.pk]), {"state": "approved"})

    review.refresh_from_db()
    assert (answer.status_code, review.state) == (403, "submitted")
