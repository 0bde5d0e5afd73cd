"""Histories of drafts: a row that was altered, added or removed by hand is named, and the page does not show it."""

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, GlossaryTerm, Section, Source
from articles.models.history import CodedHistory, CodedRelation
from articles.writing import drafting, terms
from reviews.record import row_states, verification, verification_work
from reviews.record.verification_work import Work
from tests import factories
from tests.reviews.record.forgery import other_value

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]


@pytest.fixture
def drafts(db):
    """Return an article with whatever has a history."""
    by = factories.user("Author")
    article = factories.article(by=by)
    factories.edit(article)
    factories.board_member()
    factories.board_member("Zoe", specialties=("Neurology", "Cardiology"))
    source = Source.objects.first()
    for name in ("p. 1", "p. 2"):
        drafting.save(
            source.extracts.model(source=source, pinpoint=name, text=f"The words of {name}."), by=by, reason=""
        )
    for word in ("allodynia", "myalgia"):
        drafting.save(GlossaryTerm(term=word, plain="pain", definition="Pain."), by=by, reason="")
    topic = factories.topic("Cardiology", ("Cardiology",))
    drafting.save(topic, by=by, reason="")
    article.topics.add(topic)
    return article


def named():
    return [(one.table, one.row, one.field, one.problem) for one in verification.faults()]


def test_untouched_histories_are_whole(drafts):
    assert named() == []


@pytest.mark.parametrize("model", row_states.histories(), ids=lambda model: model._meta.db_table)
def test_each_altered_column_of_a_history_is_named(drafts, model):
    row = model._default_manager.order_by("pk").last()
    missed = []

    for field in model._meta.concrete_fields:
        if field.primary_key:
            continue
        new = value(row, field)
        try:
            with transaction.atomic():
                model._default_manager.filter(pk=row.pk).update(**{field.attname: new})
                work = Work(model=model._meta.label, first=row.pk, last=row.pk)
                if not verification_work.do(work).faults:
                    missed.append(field.attname)
                transaction.set_rollback(True)
        except (IntegrityError, DataError):
            continue

    assert missed == []


def value(row, field):
    if field.attname in ("id", "previous_id"):
        return 4711
    if isinstance(field, models.UUIDField):
        return "00000000-0000-4000-8000-000000000000"
    if field.is_relation and not field.related_model._default_manager.exclude(pk=getattr(row, field.attname)).exists():
        return 4711
    return other_value(row, field)


@pytest.mark.parametrize("model", [one for one in row_states.histories() if issubclass(one, CodedHistory)])
def test_row_removed_from_a_history_is_named(drafts, model):
    first = model._default_manager.filter(previous_id__isnull=False).order_by("pk").first()
    if first is None:
        pytest.skip("nothing of this kind was saved twice")
    removed = model._default_manager.get(pk=first.previous_id)
    relations = [one for one in row_states.histories() if not issubclass(one, CodedHistory)]
    for relation in relations:
        if relation._meta.get_field("history").related_model is model:
            relation._default_manager.filter(history_id=removed.pk).delete()
    model._default_manager.filter(pk=removed.pk).delete()

    assert (model._meta.db_table, str(first.pk), "previous_id", "the row before it is gone") in named()


def test_row_put_into_a_history_by_hand_is_named(drafts):
    history = Section.history.model
    row = history.objects.order_by("pk").last()
    row.pk, row.code, row.professional = None, "", "Start with 3000 mg."
    models.Model.save_base(row, force_insert=True, raw=True)
    history.objects.filter(pk=row.pk).update(code="")

    problems = {(place[1], place[3]) for place in named() if place[0] == history._meta.db_table}
    assert (str(row.pk), "has no code, and is on no list") in problems


@pytest.mark.parametrize(
    ("model", "name", "new"),
    [
        (Section, "professional", "Start with 3000 mg."),
        (Source, "title", "Another guideline"),
        (GlossaryTerm, "plain", "something else"),
        (Article, "title", "Another question?"),
    ],
)
def test_row_altered_past_its_history_is_named(drafts, model, name, new):
    row = model.objects.first()
    model.objects.filter(pk=row.pk).update(**{name: new})

    assert (model._meta.db_table, str(row.pk), name, "is not what the last row of its history says") in named()


def test_approval_of_a_term_by_hand_is_named(drafts):
    member = factories.board_member("Ann")
    last = GlossaryTerm.objects.last()
    approved = terms.approve(last.pk, by=member.user, at=timezone.now(), seen=terms.wording_digest(last))
    waiting = GlossaryTerm.objects.exclude(pk=approved.pk).first()
    assert named() == []

    GlossaryTerm.objects.filter(pk=waiting.pk).update(approved_by=member.user, approved_at=approved.approved_at)

    assert {place[2] for place in named() if place[1] == str(waiting.pk)} == {"approved_by_id", "approved_at"}


def test_draft_removed_by_hand_is_named(drafts):
    term = GlossaryTerm.objects.first()
    GlossaryTerm.objects.filter(pk=term.pk)._raw_delete("default")

    problem = "is gone, and its history does not say so"
    assert named() == [("articles_glossaryterm", str(term.pk), "", problem)]


def test_page_of_a_history_shows_no_row_that_was_altered(drafts, client):
    client.force_login(drafts.owner)
    url = reverse("admin:articles_article_history", args=[drafts.pk])
    before = client.get(url).text
    assert "A changed sentence of substance" in before

    row = Section.history.filter(professional__contains="A changed sentence").first()
    Section.history.filter(pk=row.pk).update(professional="Nobody wrote this.")

    after = client.get(url).text
    assert "Nobody wrote this." not in after
    assert "This entry was altered after it was written, and is not shown." in after


def test_every_history_carries_codes():
    found = {model for model in apps.get_models() if hasattr(model, "history_id")}

    assert {model for model in found if not issubclass(model, CodedRelation)} == set()
    assert len(found) > 10
