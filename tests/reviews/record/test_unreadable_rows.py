"""What cannot be read is a fault: no row and no event keeps the verification from naming the others."""

import json

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import insert_only
from articles.models import Publication
from articles.text.canonical import digest
from reviews import tasks
from reviews.models import Decision, EditorialPolicy, Event, Review
from reviews.policies import first_policy
from reviews.record import event_chain, verification
from tests import factories
from tests.reviews import steps
from tests.reviews.record.forgery import forge, raw

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]


@pytest.fixture
def review(db):
    return factories.approved()


def places():
    return {(one.table, one.row) for one in verification.faults()}


def seal(chain, verb, data):
    """Append an event as the program would, whatever it holds."""
    return event_chain.append(chain, verb, actor=None, data=data, at=Event.objects.last().at)


def test_sealed_event_that_says_nothing_is_named(review):
    """Attack 6: one sealed `lift` with no data, and the nightly check died without a word."""
    steps.suspend(review.article, factories.user("Editor"))
    seal(event_chain.article_chain(review.article_id), "lift", {})
    Review.objects.update(summary="By hand.")

    found = places()

    assert ("articles_publication", str(review.article_id)) in found
    assert ("reviews_review", str(review.pk)) in found


@pytest.mark.parametrize("verb", ["submit", "approve", "sign_notice", "suspend", "void", "catalogue"])
@pytest.mark.parametrize("data", [{}, {"notice": None}, {"rows": 1, "states": "x"}, {"states": [None, {"table": 1}]}])
def test_sealed_event_of_the_wrong_form_ends_no_verification(review, verb, data):
    seal(event_chain.article_chain(review.article_id), verb, data)

    assert places() != set()


def test_record_of_a_row_without_a_key_is_named(review):
    data = {"states": [{"table": "reviews_review", "pk": "one", "fields": {}}, {"table": "reviews_review"}]}
    event = seal(event_chain.article_chain(review.article_id), "mark", data)

    assert ("reviews_event", str(event.pk)) in places()


@pytest.mark.django_db(transaction=True)
def test_deleted_policy_is_named(foreign_keys_off):
    first_policy.adopt()  # a test that commits may have left a database without one
    factories.approved()
    pk = EditorialPolicy.objects.get().pk
    insert_only.lift([EditorialPolicy])
    raw("DELETE FROM reviews_editorialpolicy")

    found = places()

    assert ("reviews_editorialpolicy", str(pk)) in found


@pytest.fixture
def foreign_keys_off(transactional_db):
    is_sqlite = connection.vendor == "sqlite"
    raw("PRAGMA foreign_keys = OFF" if is_sqlite else "SET session_replication_role = replica")
    yield
    raw("PRAGMA foreign_keys = ON" if is_sqlite else "SET session_replication_role = DEFAULT")


@pytest.mark.django_db(transaction=True)
def test_article_deleted_with_its_chain_and_all_its_rows_is_named(foreign_keys_off):
    """Attack 6: everything that named the article is gone, and the record was called whole."""
    kept, gone = factories.approved(), factories.approved()
    insert_only.lift(insert_only.guarded_models())
    chain = f"article:{gone.article_id}"
    for table, column in rows_of_articles():
        raw(f"DELETE FROM {table} WHERE {column} = %s", gone.article_id)
    raw("DELETE FROM reviews_delivery")
    raw("DELETE FROM reviews_event WHERE chain = %s", chain)
    raw("DELETE FROM articles_article WHERE id = %s", gone.article_id)
    insert_only.install(insert_only.guarded_models())

    problems = [fault.problem for fault in verification.faults()]

    assert f"the chain {chain} is gone, or was cut: it was registered" in problems
    assert not [one for one in problems if f"article:{kept.article_id} " in one]


def rows_of_articles():
    yield from [
        ("articles_publication", "article_id"),
        ("reviews_review", "article_id"),
        ("articles_draftorigin", "article_id"),
        ("articles_revision", "article_id"),
        ("articles_section", "article_id"),
        ("articles_citation", "article_id"),
        ("articles_article_topics", "article_id"),
    ]


def test_chain_that_was_cut_off_after_it_was_verified_is_named(review):
    assert tasks.verify_audit() == 0
    last = Event.objects.of_article(review.article_id).last()
    raw("DELETE FROM reviews_delivery WHERE event_id = %s", last.pk)
    connection.check_constraints()
    insert_only.lift([Event])
    raw("DELETE FROM reviews_event WHERE id = %s", last.pk)
    connection.check_constraints()
    insert_only.install([Event])

    chain = f"article:{review.article_id}"
    where = f"an event of the site's record lists it up to event {last.sequence}"
    problems = [fault.problem for fault in verification.faults()]
    assert f"the chain {chain} is gone, or was cut: {where}" in problems


def test_chain_that_nobody_registered_is_named(review):
    event = Event.objects.of_article(review.article_id).first()
    forged = Event(chain="article:4711", sequence=1, verb=event.verb, actor_name="x", data=event.data, at=event.at)
    forged.leaves = event_chain.leaves(forged)
    forged.digest = digest(forged.leaves)
    forged.save()

    problems = [fault.problem for fault in verification.faults()]

    assert "the chain article:4711 stands on no list of the site's record" in problems


@pytest.mark.parametrize("chain", ["articles:1", "article:01", "article:x", "elsewhere"])
def test_event_on_a_chain_that_is_none_is_named(review, chain):
    event = Event.objects.of_article(review.article_id).first()
    forged = Event(chain=chain, sequence=1, verb=event.verb, actor_name="x", data=event.data, at=event.at)
    forged.leaves = event_chain.leaves(forged)
    forged.digest = digest(forged.leaves)
    forged.save()

    assert ("reviews_event", str(forged.pk)) in places()


# --- Any JSON, anywhere ---

KEYS = st.sampled_from(["rows", "states", "heads", "pk", "table", "fields", "notice", "review", "x"])
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**25), 10**25),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text("aé{}'", max_size=5),
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=8
)
COLUMNS = [
    (Event, "data"),
    (Event, "leaves"),
    (Decision, "signer"),
    (Decision, "sections"),
    (Publication, "reviewers"),
    (Publication, "notices"),
    (Publication, "masks"),
    (EditorialPolicy, "quorum"),
]


@pytest.fixture
def site(db):
    review = factories.approved()
    steps.notice(review.article, factories.user("Editor"), steps.section_keys(review.article)[0])
    insert_only.lift(insert_only.guarded_models())
    return review


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(column=st.sampled_from(COLUMNS), value=JSON, place=st.integers(0, 40), sealed=st.booleans())
def test_any_json_in_any_row_ends_in_faults_and_never_in_an_exception(site, column, value, place, sealed):
    model, name = column
    rows = model.objects.order_by("pk")
    row = rows[place % rows.count()]
    was = json.dumps(getattr(row, name), sort_keys=True)
    with transaction.atomic():
        if sealed and column == (Event, "data"):
            try:
                forge(row, data=value)
            except TypeError:  # no canonical form: nobody could have sealed it
                raw("UPDATE reviews_event SET data = %s WHERE id = %s", json.dumps(value), row.pk)
        else:
            where = f"{model._meta.pk.column} = %s"
            raw(f"UPDATE {model._meta.db_table} SET {name} = %s WHERE {where}", json.dumps(value), row.pk)
        found = [one for one in verification.faults() if "trigger" not in one.problem]
        transaction.set_rollback(True)

    assert found or json.dumps(value, sort_keys=True) == was or column == (Event, "data")
