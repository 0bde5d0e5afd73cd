"""The guards of insert-only tables are compared whole: missing, disabled, altered, or with others beside them."""

import pytest
from django.db import connection

from articles import insert_only
from articles.models import Revision
from reviews.models import Decision, Event
from reviews.record import verification
from tests import factories
from tests.reviews.record.forgery import raw

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'")
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'")


def named():
    return [(one.table, one.problem) for one in verification.faults()]


def test_untouched_guards_are_whole(db):
    assert list(insert_only.problems()) == []


def test_missing_trigger_is_named(db):
    insert_only.lift([Decision])

    assert ("reviews_decision",) in {place[:1] for place in named()}
    assert all("is missing" in problem for _table, problem in named())


@on_sqlite
def test_altered_trigger_is_named_on_sqlite(db):
    raw('DROP TRIGGER "reviews_event_no_update"')
    raw(
        'CREATE TRIGGER "reviews_event_no_update" BEFORE UPDATE ON "reviews_event" WHEN NEW.verb <> \'x\' '
        "BEGIN SELECT RAISE(ABORT, 'reviews_event is insert-only'); END"
    )

    assert named() == [("reviews_event", "trigger reviews_event_no_update is altered")]


@on_sqlite
@pytest.mark.parametrize("kind", ["", "TEMP "])
def test_trigger_beside_ours_is_named_on_sqlite(db, kind):
    raw(f"CREATE {kind}TRIGGER own AFTER INSERT ON reviews_decision BEGIN SELECT 1; END")

    assert named() == [("reviews_decision", "trigger own is none of ours")]
    raw("DROP TRIGGER own")


@on_sqlite
def test_trigger_in_another_place_is_named_on_sqlite(db):
    raw('DROP TRIGGER "reviews_event_no_update"')
    raw('CREATE TRIGGER "reviews_event_no_update" BEFORE UPDATE ON "reviews_review" BEGIN SELECT 1; END')

    assert ("reviews_event", "trigger reviews_event_no_update is missing") in named()


@on_postgresql
def test_function_with_a_back_door_is_named(db):
    """Attack 6: a replaced function that keeps the two strings that were looked for."""
    raw(
        "CREATE OR REPLACE FUNCTION countersign_insert_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF current_setting('application_name') = 'door' THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME; END $$".replace("%", "%%")
    )

    assert named() == [("", "the function public.countersign_insert_only of the triggers is altered")]


@on_postgresql
@pytest.mark.parametrize(
    "change",
    [
        "ALTER FUNCTION countersign_insert_only() SECURITY DEFINER",
        "ALTER FUNCTION countersign_insert_only() SET search_path = elsewhere",
    ],
)
def test_function_that_is_run_in_another_way_is_named(db, change):
    raw(change)

    assert named() == [("", "the function public.countersign_insert_only of the triggers is altered")]


@on_postgresql
@pytest.mark.parametrize("state", ["DISABLE", "ENABLE", "ENABLE REPLICA"])
def test_trigger_that_does_not_always_fire_is_named(db, state):
    raw(f"ALTER TABLE reviews_event {state} TRIGGER reviews_event_no_change")

    assert named() == [("reviews_event", "trigger reviews_event_no_change is disabled, or does not always fire")]


@on_postgresql
def test_altered_trigger_is_named_on_postgresql(db):
    raw("DROP TRIGGER reviews_event_no_change ON reviews_event")
    raw(
        "CREATE TRIGGER reviews_event_no_change BEFORE DELETE OR UPDATE ON reviews_event FOR EACH ROW "
        "WHEN (OLD.id < 0) EXECUTE FUNCTION countersign_insert_only()"
    )
    raw("ALTER TABLE reviews_event ENABLE ALWAYS TRIGGER reviews_event_no_change")

    assert named() == [("reviews_event", "trigger reviews_event_no_change is altered")]


@on_postgresql
def test_trigger_beside_ours_is_named_on_postgresql(db):
    raw("CREATE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$")
    raw("CREATE TRIGGER a_own BEFORE UPDATE ON reviews_event FOR EACH ROW EXECUTE FUNCTION own()")

    assert named() == [("reviews_event", "trigger a_own is none of ours")]


@on_postgresql
def test_rule_on_a_guarded_table_is_named(db):
    raw("CREATE RULE own AS ON INSERT TO reviews_decision DO ALSO NOTHING")

    assert named() == [("reviews_decision", "rule own is none of ours: it may change what a statement does")]


@on_postgresql
def test_edit_in_a_replicas_session_is_refused(db):
    """Attack 6: `session_replication_role=replica` silences triggers that do not always fire."""
    factories.approved()
    connection.check_constraints()
    raw("SET LOCAL session_replication_role = replica")

    with pytest.raises(Exception, match=insert_only.REFUSAL):
        raw("UPDATE reviews_decision SET statement = 'By hand.'")


@on_postgresql
def test_database_whose_sessions_begin_as_replicas_is_named(db):
    name = connection.settings_dict["NAME"]
    raw(f'ALTER DATABASE "{name}" SET session_replication_role = replica')

    assert named() == [
        ("", f"sessions of everybody in {name} begin as a replica's, past foreign keys and triggers"),
    ]


@on_postgresql
def test_session_that_is_a_replicas_is_named(db):
    raw("SET LOCAL session_replication_role = replica")

    assert named() == [("", "this session has the replication role replica")]


def test_guards_are_put_back_after_they_were_lifted(db):
    models = [Revision, Decision, Event]
    insert_only.lift(models)

    insert_only.install(models)

    assert list(insert_only.problems()) == []
