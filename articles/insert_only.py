"""Insert-only tables: the database itself refuses UPDATE, DELETE, REPLACE and TRUNCATE on what is evidence.

Designed to meet 21 CFR 11.10(e): an entry never obscures what was recorded before it.
"""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import connections, models

REFUSAL = "is insert-only"


def guarded_models(app_label: str | None = None) -> list[type[models.Model]]:
    """Return the models that call themselves evidence (`is_evidence = True`)."""
    found = (model for model in apps.get_models() if getattr(model, "is_evidence", False))
    return [model for model in found if app_label in (None, model._meta.app_label)]


def install(guarded: Iterable[type[models.Model]], *, using: str = "default") -> None:
    """Put the triggers on the tables that exist; drops and makes them anew, so it may run after every migrate."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in guarded:
            if model._meta.db_table in tables:
                for statement in (*_drop_statements(connection.vendor, model), *_statements(connection.vendor, model)):
                    cursor.execute(statement)


def lift(guarded: Iterable[type[models.Model]], *, using: str = "default") -> None:
    """Take the triggers off. Only the test suite may, around a flush."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in guarded:
            for statement in _drop_statements(connection.vendor, model):
                cursor.execute(statement)


def missing(*, using: str = "default") -> Iterator[str]:
    """Name each trigger that is absent, disabled or altered, as `trigger NAME on table TABLE`."""
    connection = connections[using]
    found = _present(connection)
    for model in guarded_models():
        for name, body in _triggers(connection.vendor, model).items():
            if found.get(name) != body:
                yield f"trigger {name} on table {model._meta.db_table}"


def _statements(vendor: str, model: type[models.Model]) -> list[str]:
    if vendor == "postgresql":
        return [_POSTGRESQL_FUNCTION, *_triggers(vendor, model).values()]
    return list(_triggers(vendor, model).values())


def _drop_statements(vendor: str, model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    where = f' ON "{table}"' if vendor == "postgresql" else ""
    return [f'DROP TRIGGER IF EXISTS "{name}"{where}' for name in _triggers(vendor, model)]


def _triggers(vendor: str, model: type[models.Model]) -> dict[str, str]:
    return _postgresql_triggers(model) if vendor == "postgresql" else _sqlite_triggers(model)


def _sqlite_triggers(model: type[models.Model]) -> dict[str, str]:
    table = model._meta.db_table
    refuse = f"SELECT RAISE(ABORT, '{table} {REFUSAL}')"
    triggers = {
        f"{table}_no_{verb.lower()}": f'CREATE TRIGGER "{table}_no_{verb.lower()}" BEFORE {verb} ON "{table}" '
        f"BEGIN {refuse}; END"
        for verb in ("UPDATE", "DELETE")
    }
    # REPLACE deletes the row in its way without firing the DELETE trigger: refuse an insert that would meet one.
    clashes = " OR ".join(
        "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in columns) + ")" for columns in _unique(model)
    )
    triggers[f"{table}_no_replace"] = (
        f'CREATE TRIGGER "{table}_no_replace" BEFORE INSERT ON "{table}" '
        f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {clashes}) BEGIN {refuse}; END'
    )
    return triggers


def _unique(model: type[models.Model]) -> Iterator[list[str]]:
    fields = {field.name: str(field.column) for field in model._meta.concrete_fields}
    yield from ([str(field.column)] for field in model._meta.concrete_fields if field.unique)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None:
            yield [fields[name] for name in constraint.fields]


_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION countersign_insert_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% {REFUSAL}', TG_TABLE_NAME; END $$
"""


def _postgresql_triggers(model: type[models.Model]) -> dict[str, str]:
    table = model._meta.db_table
    call = "EXECUTE FUNCTION countersign_insert_only()"
    row, all_rows = f"{table}_no_change", f"{table}_no_truncate"
    return {
        row: f"CREATE TRIGGER {row} BEFORE DELETE OR UPDATE ON public.{table} FOR EACH ROW {call}",
        all_rows: f"CREATE TRIGGER {all_rows} BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT {call}",
    }


def _present(connection) -> dict[str, str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'countersign_insert_only'")
            sources = cursor.fetchall()
            if not sources or REFUSAL not in sources[0][0] or "RAISE EXCEPTION" not in sources[0][0]:
                return {}
            cursor.execute(
                "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger "
                "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            )
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())
