"""Rows that a step may change are no evidence: the verification holds them against the last event that wrote them."""

import datetime

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from articles import insert_only
from articles.models import Article, FormerSlug, Publication, Rendering, Source, Specialty
from articles.models.history import CodedRelation
from reviews import workflow
from reviews.alerts import campaigns
from reviews.models import (
    Assignment,
    BoardMember,
    CampaignItem,
    Comment,
    Event,
    Notice,
    Review,
    SectionMark,
    Suspension,
)
from reviews.record import event_chain, faults, row_states, verification, verification_work
from tests import factories
from tests.reviews import steps
from tests.reviews.record.forgery import forge, other_value

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

CHANGED = "is not what the last event that wrote it recorded"


@pytest.fixture
def review(db):
    return factories.approved()


def named():
    return [(one.table, one.row, one.field, one.problem) for one in verification.faults()]


def places():
    return {(one.table, one.row, one.field) for one in verification.faults()}


# --- Every recorded column of every recorded table ---


@pytest.fixture
def everything(db):
    """Return a site on which each recorded table has a row, and whatever a row names has another beside it."""
    factories.policy(change_note="Another.")
    editor = factories.user("Editor")
    for name in ("Ann", "Zoe"):
        one_of_each(editor, name)


def one_of_each(editor, name):
    review = factories.approved()
    factories.edit(review.article)
    update = factories.submitted(review.article)
    member = factories.board_member(name, away_from=datetime.date(2026, 1, 1), away_until=datetime.date(2026, 1, 2))
    factories.accepted(update, member)
    factories.mark_all(update, member)
    workflow.open_thread(update, by=member.user, text="Is the dose right?")
    steps.notice(review.article, editor, steps.section_keys(review.article)[0])
    steps.suspend(review.article, editor)
    steps.catalogue(review.article, editor, slug=f"another-address-{name.lower()}")
    cited = Source.objects.get(pk=min(one.pk for one in review.revision.sources.all()))
    campaign = factories.campaign(cited, by=editor)
    sorting = campaigns.Sorting(CampaignItem.State.NOT_AFFECTED, reason="Read again.")
    campaigns.sort(campaign, campaign.items.values_list("pk", flat=True), sorting, by=editor)


@pytest.mark.parametrize("model", row_states.tables().values(), ids=lambda model: model._meta.db_table)
def test_each_altered_column_of_a_recorded_row_is_named(everything, model):
    row = model._default_manager.filter(row_states.tracked(model).recorded).order_by("pk").first()
    missed, refused = [], []

    for name in row_states.columns(model):
        field = next(one for one in model._meta.concrete_fields if one.attname == name)
        new = other_value(row, field)
        assert new != getattr(row, name), f"there is no other value for {name}"
        try:
            with transaction.atomic():
                model._default_manager.filter(pk=row.pk).update(**{name: new, **also(model, name, row, new)})
                if (model._meta.db_table, str(row.pk), name) not in places():
                    missed.append(name)
                transaction.set_rollback(True)
        except (IntegrityError, DataError):
            refused.append(name)

    assert missed == []
    # The table itself allows no other value there.
    assert len(refused) <= 2


def also(model, name, row, new):
    """Return what has to be altered besides for the table's own constraints to let the row be."""
    if (model, name) == (Review, "state"):
        return {"state": Review.State.REJECTED, "closed_at": timezone.now()}
    if (model, name) == (Review, "closed_at"):
        return {"closed_at": timezone.now()} if row.closed_at else {"closed_at": None}
    if (model, name) == (BoardMember, "away_from"):
        return {"away_until": new}
    if (model, name) == (Suspension, "lifted_at"):
        people = get_user_model().objects.order_by("pk")[:2]
        return {"lift_asked_by": people[0], "lifted_by": people[1]}
    return {}


@pytest.mark.parametrize("model", row_states.tables().values(), ids=lambda model: model._meta.db_table)
def test_row_that_no_event_wrote_is_named(everything, model):
    if model in (Article, apps.get_model("reviews.Campaign"), get_user_model(), BoardMember):
        pytest.skip("has a test of its own")
    row = model._default_manager.filter(row_states.tracked(model).recorded).order_by("pk").last()
    row.pk = None
    unique = {Assignment: "member", SectionMark: "section_key", FormerSlug: "slug", Suspension: "section_key"}
    if model is Assignment:
        row.member = factories.board_member()
    elif model in unique:
        setattr(row, unique[model], "by-hand")
    elif model is Review:
        row.state, row.closed_at = Review.State.REJECTED, timezone.now()
    elif model._meta.model_name == "campaignitem":
        row.article = factories.article()
    row.save(force_insert=True)

    assert (model._meta.db_table, str(row.pk), "no event recorded it") in {(t, r, p) for t, r, _f, p in named()}


@pytest.mark.parametrize("model", [Comment, SectionMark, Notice, Suspension, FormerSlug])
def test_removed_row_is_named(everything, model):
    row = model._default_manager.order_by("pk").first()
    key = str(row.pk)
    row.delete()

    assert (model._meta.db_table, key, "", "is gone: an event recorded it") in named()


def test_untouched_site_with_a_row_in_each_table_is_whole(everything):
    assert [table for table, model in row_states.tables().items() if not model._default_manager.exists()] == []
    assert named() == []


def test_mark_that_was_taken_off_and_put_back_by_hand_is_named(db):
    review = factories.under_review()
    member = review.assignments.first().member
    factories.mark_all(review, member)
    mark = SectionMark.objects.first()
    workflow.unmark(review, by=member.user, section_key=mark.section_key, audience=mark.audience)
    assert named() == []

    mark.save(force_insert=True)

    problem = "is there again: an event recorded that it was removed"
    assert named() == [("reviews_sectionmark", str(mark.pk), "", problem)]


# --- People and roles ---


def test_role_given_by_hand_is_named(review):
    person = factories.user("Author")
    person.groups.add(Group.objects.get(name="Administrator"))

    assert ("accounts_user", str(person.pk), "groups", CHANGED) in named()
    assert {one[:2] for one in named()} == {("accounts_user", str(person.pk))}


def test_superuser_made_by_hand_is_named(review):
    person = factories.user("Author")
    get_user_model().objects.filter(pk=person.pk).update(is_superuser=True)

    assert ("accounts_user", str(person.pk), "is_superuser", CHANGED) in named()
    assert {one[:3] for one in named()} == {("accounts_user", str(person.pk), "is_superuser")}


def test_person_made_by_hand_is_named(review):
    person = get_user_model()(email="by-hand@example.org", name="By Hand")
    person.set_password("a password of no use")
    person.save()

    assert ("accounts_user", str(person.pk), "", "no event recorded it") in named()


def test_member_made_by_hand_is_named(review):
    member = BoardMember.objects.create(user=factories.user("Board member"), credentials="MD")

    assert ("reviews_boardmember", str(member.pk), "", "no event recorded it") in named()


def test_specialty_given_to_a_member_by_hand_is_named(review):
    member = BoardMember.objects.first()
    through = BoardMember.specialties.through
    through.objects.create(boardmember=member, specialty=Specialty.objects.create(name="Oncology"))

    assert ("reviews_boardmember", str(member.pk), "specialties", CHANGED) in named()


def test_permission_given_to_a_role_by_hand_is_named(review):
    role = Group.objects.get(name="Author")
    role.permissions.add(Permission.objects.get(codename="decide_review"))

    problem = "the role Author must not hold reviews.decide_review"
    assert named() == [("auth_group_permissions", str(role.pk), "permission", problem)]


def test_permission_taken_from_a_role_by_hand_is_named(review):
    role = Group.objects.get(name="Author")
    role.permissions.remove(Permission.objects.get(codename="submit_review"))

    assert named() == [
        ("auth_group_permissions", str(role.pk), "permission", "the role Author lacks reviews.submit_review")
    ]


def test_role_made_by_hand_is_named(review):
    role = Group.objects.create(name="Friends")

    assert named() == [("auth_group", str(role.pk), "name", "'Friends' is no role of this site")]


def test_role_renamed_by_hand_is_named(review):
    Group.objects.filter(name="Auditor").update(name="Nobody")

    assert ("auth_group", "", "name", "the role Auditor is gone") in named()


def test_permission_of_a_person_beside_their_roles_is_named(review):
    person = factories.user("Author")
    person.user_permissions.add(Permission.objects.get(codename="decide_review"))
    (held,) = get_user_model().user_permissions.through.objects.values_list("pk", flat=True)

    problem = f"person {person.pk} holds decide_review beside their roles"
    assert ("accounts_user_user_permissions", str(held), "", problem) in named()


# --- Publications, texts and their renderings ---


def test_publication_that_was_removed_is_named(review):
    Publication.objects.all().delete()

    assert ("articles_publication", str(review.article_id), "", "does not exist as the events say") in named()


def test_publication_of_a_text_that_was_never_submitted_is_named(review):
    draft = factories.article()
    copied = Publication.objects.get()
    copied.pk = draft.pk
    copied.save(force_insert=True)

    assert ("articles_publication", str(draft.pk), "", "no event made it") in named()

    steps.catalogue(draft, factories.user("Editor"), risk="high")

    assert ("articles_publication", str(draft.pk), "", "no event made it") in named()


def test_legal_words_that_were_altered_are_named(review):
    Publication.objects.update(policy_texts={})

    problem = "are not those of the policy version"
    assert named() == [("articles_publication", str(review.article_id), "policy_texts", problem)]


def test_draft_that_was_only_filed_has_no_publication_and_needs_none(db):
    draft = factories.article()

    steps.catalogue(draft, factories.user("Editor"), risk="high")

    assert Article.objects.get(pk=draft.pk).risk == "high"
    assert named() == []


def test_source_put_beside_those_of_a_frozen_text_is_named(review):
    review.revision.sources.add(factories.source("Of somebody else"))

    problem = "are not those that the text names"
    assert named() == [("articles_revision_sources", str(review.revision_id), "sources", problem)]


def forged_rendering(review, *, version):
    """Insert another rendering of a false dose, with a sealed event that records it, and point the page to it."""
    true = Rendering.objects.get(revision=review.revision, audience="professional")
    false = Rendering.objects.create(
        revision=review.revision, audience="professional", version=version, html=true.html.replace("300 mg", "3000 mg")
    )
    event = Event.objects.of_article(review.article_id).last()
    recorded = [*event.data["rows"], event_chain.evidence(false)]
    renderings = event.data["renderings"] | {"professional": false.pk}
    forge(event, data={**event.data, "rows": recorded, "renderings": renderings})
    insert_only.install([Event])
    Publication.objects.update(professional=false)
    return false


def test_rendering_of_another_version_with_another_dose_is_named(review):
    """Attack 2: a real signature and digest beside a false dose."""
    false = forged_rendering(review, version=77)

    assert named() == [("articles_rendering", str(false.pk), "version", "there is no renderer of version 77")]


def test_rendering_of_a_known_version_with_another_dose_is_named(review):
    true = Rendering.objects.get(revision=review.revision, audience="professional")
    insert_only.lift([Rendering])

    Rendering.objects.filter(pk=true.pk).update(html=true.html.replace("300 mg", "3000 mg"))

    connection.check_constraints()
    insert_only.install([Rendering])
    assert ("articles_rendering", str(true.pk), "html", "is not what the text is rendered to") in named()


# --- How it is read ---


def test_record_that_is_read_in_many_batches_is_whole(review, monkeypatch):
    for module in (faults, verification.chains, verification.recorded_rows, verification.publications):
        monkeypatch.setattr(module, "BATCH", 2)
    monkeypatch.setattr(verification, "_EVENTS_A_SPAN", 1)
    monkeypatch.setattr(verification_work, "_ROWS", 1)

    assert named() == []


@pytest.mark.parametrize(
    ("field", "is_default"), [("evidence", True), ("supersedes_id", True), ("signature", False), ("verdict", False)]
)
def test_column_that_is_newer_than_the_event_must_hold_its_default(review, field, is_default):
    """A row recorded before its table got a column says nothing of it."""
    event = Event.objects.of_article(review.article_id).last()
    (recorded,) = [one for one in event.data["rows"] if one["table"] == "reviews_decision"]
    del recorded["fields"][field]

    forge(event, data=event.data)

    insert_only.install([Event])
    problem = ("reviews_decision", str(recorded["pk"]), field, "is not what was recorded when it was written")
    # The signature does not carry the approval either: what the event recorded of it is another row.
    assert named() == [] if is_default else problem in named()


@pytest.mark.parametrize("rows", [["a word"], [{"table": "reviews_delivery", "pk": 1, "fields": {}}]])
def test_event_that_names_rows_of_no_evidence_vouches_for_none(review, rows):
    event = Event.objects.of_article(review.article_id).last()
    kept = event.data["rows"]

    forge(event, data={**event.data, "rows": [*kept, *rows]})

    insert_only.install([Event])
    assert named() == []


# --- Nothing is forgotten: each table is compared, or it is said why not ---

NOT_RECORDED = {
    "admin.LogEntry": "the admin writes none",
    "auth.Permission": "the roles are held against the code by the names of what they hold",
    "auth.Group": "held against the code",
    "contenttypes.ContentType": "part of a permission's name",
    "sessions.Session": "whoever is signed in",
    "articles.Specialty": "a name that administrators may change; what was signed holds it as it was",
    "articles.TermUse": "counted anew by the clock",
    "articles.ImportedPage": "where a file was read from",
    "articles.SourceUpdate": "found by services, and found again; what readers are told of it stands in an event",
    "articles.LookUp": "a question to a service, and its answer",
    "articles.DraftOrigin": "what a draft grew from decides of drafts alone",
    "articles.Publication": "held against the fold of its chain",
    "articles.SourceImport": "a file, and how far it is read",
    "articles.SourceImportRecord": "a file, and how far it is read",
    "reviews.WithheldPage": "found anew whenever the page is asked for",
    "reviews.Delivery": "a mail that waits or was sent: nothing rests on it",
}


def test_each_table_is_compared_or_has_a_reason():
    compared = set(row_states.TRACKED)
    for model in apps.get_models():
        is_compared = getattr(model, "is_evidence", False) or hasattr(model, "history")
        if is_compared or issubclass(model, CodedRelation):
            compared.add(model._meta.label)

    every = {model._meta.label for model in apps.get_models()}
    assert every - compared == set(NOT_RECORDED)
