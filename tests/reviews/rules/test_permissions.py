import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews import workflow
from reviews.models import Review
from reviews.rules import permissions
from tests import factories

pytestmark = pytest.mark.django_db

EVIDENCE = ("revision", "rendering", "decision", "event", "waiver", "concurrence", "disclosure", "ruling")


def held(role):
    return {f"{one.content_type.app_label}.{one.codename}" for one in Group.objects.get(name=role).permissions.all()}


@pytest.mark.parametrize("role", permissions.ROLES)
def test_group_holds_what_the_table_says(role):
    assert held(role) == set(permissions.ROLES[role])


def test_sync_roles_takes_back_what_somebody_added():
    group = Group.objects.get(name="Author")
    group.permissions.add(Permission.objects.get(codename="retract_publication"))

    permissions.sync_roles()

    assert "articles.retract_publication" not in held("Author")


def test_sync_roles_refuses_permissions_that_do_not_exist(monkeypatch):
    monkeypatch.setitem(permissions.ROLES, "Author", ("articles.fly", "articles.view_article", "articles.swim"))

    with pytest.raises(LookupError, match=r"permissions that do not exist: articles\.fly, articles\.swim$"):
        permissions.sync_roles()


def test_sync_roles_asks_a_fixed_number_of_questions(django_assert_max_num_queries):
    """One for all permissions that there are, not one for each."""
    with django_assert_max_num_queries(60):
        permissions.sync_roles()


@pytest.mark.parametrize("role", permissions.ROLES)
def test_no_role_may_write_evidence_or_delete_a_record(role):
    codes = permissions.ROLES[role]

    assert [code for code in codes for name in EVIDENCE if code.endswith((f".change_{name}", f".delete_{name}"))] == []
    assert [code for code in codes for name in EVIDENCE if code.endswith(f".add_{name}")] == []
    # Only parts of one's own draft can be deleted: they stay in its history.
    assert {code for code in codes if ".delete_" in code} <= {"articles.delete_section", "articles.delete_citation"}


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("Author", "reviews.decide_review"),
        ("Author", "reviews.triage_review"),
        ("Author", "articles.edit_any_article"),
        ("Editor", "reviews.decide_review"),
        ("Board member", "reviews.submit_review"),
        ("Board member", "articles.change_article"),
        ("Auditor", "articles.change_article"),
        ("Auditor", "reviews.triage_review"),
        ("Administrator", "reviews.triage_review"),
        ("Administrator", "reviews.decide_review"),
        ("Administrator", "reviews.view_disclosure"),
    ],
)
def test_role_does_not_hold(role, code):
    assert code not in held(role)


@pytest.mark.parametrize(
    ("reader", "may"),
    [
        ("somebody", False),
        ("author", True),
        ("other author", False),
        ("editor", True),
        ("auditor", True),
        ("administrator", False),
        ("invited", True),
        ("accepted", True),
        ("signed", True),
        ("declined", False),
        ("not asked", False),
    ],
)
def test_can_read_review(reader, may):
    review, people = _around_a_review()

    assert permissions.can_read_review(people[reader], review) == may


@pytest.mark.parametrize(
    ("person", "may"),
    [
        ("somebody", False),
        ("author", True),
        ("other author", False),
        ("editor", True),
        ("auditor", False),
        ("administrator", False),
        ("invited", False),
        ("accepted", True),
        ("signed", True),
        ("declined", False),
        ("not asked", False),
    ],
)
def test_can_discuss(person, may):
    review, people = _around_a_review()

    assert permissions.can_discuss(people[person], review) == may


def _around_a_review():
    members = {
        name: factories.board_member(name) for name in ("invited", "accepted", "signed", "declined", "not asked")
    }
    people = {name: member.user for name, member in members.items()} | {
        "somebody": factories.user(),
        "other author": factories.user("Author"),
        "editor": factories.user("Editor"),
        "auditor": factories.user("Auditor"),
        "administrator": factories.user("Administrator"),
    }
    review = factories.under_review(members["accepted"], members["signed"], members["declined"])
    people["author"] = review.article.owner
    factories.sign(review, members["signed"])
    seen = factories.seen(review)
    workflow.decline(review, by=people["declined"], kind="time", reason="Away.", seen=seen)
    workflow.assign(review, by=people["editor"], member=members["invited"], seen=seen + 1)
    return Review.objects.get(pk=review.pk), people


def test_a_board_member_without_the_role_has_no_say():
    member = factories.board_member()
    member.user.groups.clear()

    assert not permissions.is_on_board(member.user)


def test_the_role_without_a_place_on_the_board_has_no_say():
    assert not permissions.is_on_board(factories.user("Board member"))
    assert not permissions.is_on_board(factories.user(is_superuser=True))


def test_rules_read_loaded_rows_only():
    review, people = _around_a_review()
    review = Review.objects.select_related("article", "revision").prefetch_related("assignments__member").get()
    for person in people.values():
        person.get_all_permissions(), getattr(person, "board_member", None)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        for person in people.values():
            for transition in workflow.TRANSITIONS.values():
                transition.allowed(person, review if transition.on == "review" else review.article)

    assert len(queries) == 0
