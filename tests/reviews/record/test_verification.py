import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles import insert_only
from articles.models import Publication, Rendering, Revision
from reviews import tasks
from reviews.models import Decision, Event
from reviews.record import verification
from tests import factories
from tests.reviews.record.forgery import forge, raw

pytestmark = [pytest.mark.django_db, pytest.mark.differs_by_database]

EVIDENCE = ["articles_revision", "articles_rendering", "reviews_decision", "reviews_event"]
FIELDS = {
    "articles_revision": "content",
    "articles_rendering": "html",
    "reviews_decision": "statement",
    "reviews_event": "verb",
}


@pytest.fixture
def approved(db):
    review = factories.approved()
    factories.edit(review.article)
    factories.submitted(review.article)
    return review


def model_of(table):
    return next(model for model in insert_only.guarded_models() if model._meta.db_table == table)


def first_fault():
    return next(verification.faults(), None)


def test_untouched_record_is_whole(approved, capsys):
    call_command("verify_audit")

    assert "The record is intact" in capsys.readouterr().out
    assert tasks.verify_audit() == 0


@pytest.mark.parametrize("table", EVIDENCE)
@pytest.mark.parametrize(
    "statement", ["UPDATE {table} SET {field} = {field}", "DELETE FROM {table}", "replace", "truncate"]
)
def test_raw_sql_on_evidence_is_refused(approved, table, statement):
    if statement == "truncate":
        connection.check_constraints()  # PostgreSQL truncates nothing while deferred constraints wait
        statement = "TRUNCATE {table} CASCADE" if connection.vendor == "postgresql" else "DELETE FROM {table}"
    if statement == "replace":
        if connection.vendor == "postgresql":
            statement = (
                "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET {field} = EXCLUDED.{field}"
            )
        else:
            statement = "REPLACE INTO {table} SELECT * FROM {table}"

    with pytest.raises(Exception, match=insert_only.REFUSAL):
        raw(statement.format(table=table, field=FIELDS[table]))


def test_replace_by_another_unique_key_is_refused_on_sqlite(approved):
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    columns = "content, digest, contributors, created_at, article_id, created_by_id, parent_id"

    with pytest.raises(Exception, match=insert_only.REFUSAL):
        raw(f"REPLACE INTO articles_revision (number, {columns}) SELECT number, {columns} FROM articles_revision")


@pytest.mark.parametrize("table", EVIDENCE)
def test_missing_trigger_is_named(approved, table):
    insert_only.lift([model_of(table)])

    fault = first_fault()

    assert fault.table == table
    assert "trigger" in fault.problem


CHANGES = [
    (Revision, "content", "'{}'"),
    (Revision, "digest", "'00'"),
    (Revision, "contributors", "'[]'"),
    (Rendering, "html", "'<p>600 mg</p>'"),
    (Decision, "statement", "'I approve everything.'"),
    (Decision, "signature", "'00'"),
    (Decision, "revision_digest", "'00'"),
    (Event, "verb", "'accept'"),
    (Event, "data", "'{}'"),
    (Event, "actor_name", "'Somebody else'"),
    (Event, "digest", "'00'"),
    (Event, "previous_digest", "'00'"),
    (Event, "leaves", "'{}'"),
    (Event, "sequence", "900"),
]


@pytest.mark.parametrize(("model", "field", "value"), CHANGES)
def test_altered_evidence_is_named_by_table_row_and_field(approved, model, field, value):
    row = model.objects.exclude(chain="site").first() if model is Event else model.objects.first()
    insert_only.lift([model])

    raw(f"UPDATE {model._meta.db_table} SET {field} = {value} WHERE id = %s", row.pk)

    named = {(fault.table, fault.row, fault.field) for fault in verification.faults()}
    first = first_fault()
    assert first.table == model._meta.db_table
    assert (first.table, str(row.pk), field) in named or field == "sequence"


@pytest.mark.parametrize(
    ("chain", "changes", "named"),
    [
        ("article", {"verb": "wind_clock"}, "'wind_clock' is no verb of this chain"),
        ("site", {"verb": "submit"}, "'submit' is no verb of this chain"),
        ("article", {"verb": "retract", "data": {}}, "cannot be made from the events: KeyError('notice')"),
    ],
)
def test_event_that_says_nothing_the_page_can_be_made_of_is_named(approved, chain, changes, named):
    """Also when whoever altered it made every digest fit again."""
    event = Event.objects.filter(chain__startswith=chain).last()

    forge(event, **changes)

    problems = [fault.problem for fault in verification.faults()]
    assert [problem for problem in problems if problem.startswith(named)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Revision, Rendering, Decision, Event])
def test_deleted_evidence_is_named(model, foreign_keys_off):
    factories.approved()
    insert_only.lift(insert_only.guarded_models())
    row = model.objects.filter(chain__startswith="article").first() if model is Event else model.objects.first()

    raw(f"DELETE FROM {model._meta.db_table} WHERE id = %s", row.pk)

    faults = [fault for fault in verification.faults() if "trigger" not in fault.problem]
    assert faults[0].table == model._meta.db_table
    # A missing event is noticed by the number of the next.
    is_gone = (faults[0].row, faults[0].problem) == (str(row.pk), "is gone: an event recorded it")
    assert is_gone or model is Event


@pytest.fixture
def foreign_keys_off(transactional_db):
    """Let a row go that others name, as somebody with the database's password could."""
    is_sqlite = connection.vendor == "sqlite"
    raw("PRAGMA foreign_keys = OFF" if is_sqlite else "SET session_replication_role = replica")
    yield
    raw("PRAGMA foreign_keys = ON" if is_sqlite else "SET session_replication_role = DEFAULT")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "'under_review'"),
        ("is_shown", "false"),
        ("title", "'Another'"),
        ("reviewers", "'[]'"),
        ("version", "77"),
    ],
)
def test_altered_publication_is_named(approved, field, value):
    changes = f"{field} = {value}" + (", is_indexed = false" if field == "status" else "")
    raw(f"UPDATE articles_publication SET {changes}")

    fault = first_fault()

    assert (fault.table, fault.row) == ("articles_publication", str(Publication.objects.get().pk))
    assert fault.field in (field, "is_indexed")


def test_inserted_decision_is_on_no_record(approved):
    decision = Decision.objects.first()
    decision.pk, decision.sequence, decision.supersedes_id = None, 2, decision.pk
    decision.save(force_insert=True)

    assert "no event recorded it" in {fault.problem for fault in verification.faults()}


def test_command_exits_with_1_and_names_the_first_fault(approved, capsys):
    insert_only.lift([Revision])

    with pytest.raises(CommandError) as stop:
        call_command("verify_audit")

    assert stop.value.returncode == 1
    assert "articles_revision" in capsys.readouterr().err


def test_task_tells_the_administrators(approved, settings, mailoutbox):
    settings.ADMINS = [("Admin", "admin@example.org")]
    insert_only.lift([Revision])

    count = tasks.verify_audit()

    assert count > 0
    assert mailoutbox[0].body.count("trigger ") == count
