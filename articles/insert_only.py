"""Insert-only tables: the database itself refuses UPDATE, DELETE, REPLACE and TRUNCATE on what is evidence.

Designed to meet 21 CFR 11.10(e): an entry never obscures what was recorded before it.
"""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import connections, models

from articles import postgresql_guards
from articles.postgresql_guards import Problem

REFUSAL = "is insert-only"


def guarded_models(app_label: str | None = None) -> list[type[models.Model]]:
    """Return the models that call themselves evidence (`is_evidence = True`)."""
    found = (model for model in apps.get_models() if getattr(model, "is_evidence", False))
    return [model for model in found if app_label in (None, model._meta.app_label)]


def install(guarded: Iterable[type[models.Model]], *, using: str = "default") -> None:
    """Put the triggers on the tables that exist; drops and makes them anew, so it may run after every migrate."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        # It alters no table while checks of it wait for the end of the transaction: they are made now.
        connection.check_constraints()
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


def problems(*, using: str = "default") -> Iterator[Problem]:
    """Yield what keeps the guards from working: absent, disabled or altered, and what was put beside them."""
    connection = connections[using]
    found = _present(connection)
    for model in guarded_models():
        table = model._meta.db_table
        own = _triggers(connection.vendor, model)
        present = {name: (body, state) for (on, name), (body, state) in found.items() if on == table}
        for name, body in own.items():
            if name not in present:
                yield Problem(table, f"trigger {name} is missing")
            elif present[name][1] != _FIRES_ALWAYS:
                yield Problem(table, f"trigger {name} is disabled, or does not always fire")
            elif present[name][0] != body:
                yield Problem(table, f"trigger {name} is altered")
        for name in sorted(present.keys() - own.keys()):
            yield Problem(table, f"trigger {name} is none of ours")
    if connection.vendor == "postgresql":
        yield from postgresql_guards.problems(connection, guarded_models(), _POSTGRESQL_BODY)


_FIRES_ALWAYS = "A"


def _statements(vendor: str, model: type[models.Model]) -> list[str]:
    if vendor == "postgresql":
        # Also in a session that plays the part of a replica, for which other triggers are silent.
        always = [
            f"ALTER TABLE public.{model._meta.db_table} ENABLE ALWAYS TRIGGER {name}"
            for name in _postgresql_triggers(model)
        ]
        return [_POSTGRESQL_FUNCTION, *_triggers(vendor, model).values(), *always]
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


_POSTGRESQL_BODY = f" BEGIN RAISE EXCEPTION '% {REFUSAL}', TG_TABLE_NAME; END "
_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION public.countersign_insert_only() RETURNS trigger LANGUAGE plpgsql AS
$${_POSTGRESQL_BODY}$$
"""


def _postgresql_triggers(model: type[models.Model]) -> dict[str, str]:
    table = model._meta.db_table
    call = "EXECUTE FUNCTION countersign_insert_only()"
    row, all_rows = f"{table}_no_change", f"{table}_no_truncate"
    return {
        row: f"CREATE TRIGGER {row} BEFORE DELETE OR UPDATE ON public.{table} FOR EACH ROW {call}",
        all_rows: f"CREATE TRIGGER {all_rows} BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT {call}",
    }


def _present(connection) -> dict[tuple[str, str], tuple[str, str]]:
    """Return statement and state of every trigger, by table and name."""
    if connection.vendor == "postgresql":
        return postgresql_guards.triggers(connection)
    with connection.cursor() as cursor:
        # One of the session's own would not be in the database; it fires all the same.
        cursor.execute(
            "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' "
            "UNION ALL SELECT tbl_name, name, sql FROM sqlite_temp_master WHERE type = 'trigger'"
        )
        return {(table, name): (sql, _FIRES_ALWAYS) for table, name, sql in cursor.fetchall()}
