"""An address that an article had is never another's: in the forms, in the verbs, and in the database."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, transaction

from articles.models import Article, FormerSlug, address_triggers
from articles.writing import drafting
from reviews import workflow
from reviews.record import verification
from tests import factories
from tests.reviews import steps
from tests.reviews.record.forgery import raw

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]


@pytest.fixture
def moved():
    """Return an article that had the address "the-old-one" and was retracted."""
    editor = factories.user("Editor")
    article = factories.approved(review=factories.submitted(slug="the-old-one")).article
    steps.catalogue(article, editor, slug="the-new-one")
    steps.retract(article, editor)
    return article


@pytest.mark.parametrize("slug", ["the-old-one", "the-new-one"])
def test_another_draft_cannot_take_the_address(moved, slug):
    with pytest.raises(ValidationError):
        factories.article(slug=slug)

    assert drafting.free_slug(slug.replace("-", " ")) == f"{slug}-2"


@pytest.mark.parametrize("slug", ["the-old-one", "the-new-one"])
def test_another_draft_cannot_be_moved_to_the_address(moved, slug):
    other = factories.article()

    with pytest.raises(ValidationError):
        drafting.rewrite(other, by=other.owner, reason="Moved.", seen=other.version, sections={}, slug=slug)


@pytest.mark.parametrize("slug", ["the-old-one", "the-new-one"])
def test_a_published_article_cannot_be_moved_to_the_address(moved, slug):
    other = factories.approved().article

    with pytest.raises(workflow.Refused, match="has, or had, this address"):
        steps.catalogue(other, factories.user("Editor"), slug=slug)


@pytest.fixture
def forgotten(moved):
    """Return the article after the row of its former address was removed by hand."""
    raw("DELETE FROM articles_formerslug")
    return moved


def test_the_record_keeps_an_address_whose_row_was_removed(forgotten):
    other = factories.approved().article

    with pytest.raises(workflow.Refused, match="has, or had, this address"):
        steps.catalogue(other, factories.user("Editor"), slug="the-old-one")


def test_a_draft_under_such_an_address_is_not_submitted(forgotten):
    draft = factories.article(slug="the-old-one")

    with pytest.raises(workflow.Refused, match="Another article had this address"):
        factories.submitted(draft)


def test_an_article_takes_its_own_address_back(moved):
    steps.catalogue(moved, factories.user("Editor"), slug="the-old-one")

    assert Article.objects.get(pk=moved.pk).slug == "the-old-one"
    assert list(verification.faults()) == []


def refused(statement, *values):
    with transaction.atomic(), pytest.raises(IntegrityError, match=address_triggers.REFUSAL), transaction.atomic():
        raw(statement, *values)
    return True


def test_the_database_refuses_the_address_of_another(moved):
    other = factories.article()

    assert refused("UPDATE articles_article SET slug = 'the-old-one' WHERE id = %s", other.pk)
    assert refused("INSERT INTO articles_formerslug (slug, article_id) VALUES ('the-new-one', %s)", other.pk)
    former = FormerSlug.objects.create(slug="another-old-one", article=other)
    assert refused("UPDATE articles_formerslug SET slug = 'the-new-one' WHERE id = %s", former.pk)
    other.slug = "the-old-one"
    with transaction.atomic(), pytest.raises(IntegrityError):
        Article(title="New", slug="the-old-one", owner=other.owner).save()


def test_a_trigger_that_was_replaced_is_named(moved):
    assert list(address_triggers.missing()) == []
    if connection.vendor == "postgresql":
        raw(
            "CREATE OR REPLACE FUNCTION articles_article_address() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NEW; END $$"
        )
        name = "articles_article_address"
    else:
        raw("DROP TRIGGER articles_article_address_update")
        name = "articles_article_address_update"

    assert [str(one) for one in verification.faults()] == [
        f"table articles_article: trigger {name} on table articles_article is missing, disabled or altered"
    ]


def test_a_migrate_takes_the_triggers_off_and_puts_them_back():
    """SQLite rebuilds no table that a trigger of another one reads."""
    emit_pre_migrate_signal(0, False, "default")
    without = list(address_triggers.missing())
    emit_post_migrate_signal(0, False, "default")

    assert len(without) == (2 if connection.vendor == "postgresql" else 4)
    assert list(address_triggers.missing()) == []
