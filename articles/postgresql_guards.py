"""What PostgreSQL knows of the guards of insert-only tables, and of what could be put beside them or around them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models

FUNCTION = "countersign_insert_only"


@dataclass(frozen=True)
class Problem:
    """What is wrong with what guards a table; no table when it concerns all of them."""

    table: str
    problem: str


def triggers(connection) -> dict[tuple[str, str], tuple[str, str]]:
    """Return statement and state of every trigger on the tables of the public schema, by table and name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
        )
        return {(table, name): (statement, state) for table, name, statement, state in cursor.fetchall()}


def problems(connection, guarded: Iterable[type[models.Model]], body: str) -> Iterator[Problem]:
    """Yield what is wrong beside the triggers: the function, rules, and sessions that begin as a replica's."""
    tables = [model._meta.db_table for model in guarded]
    with connection.cursor() as cursor:
        yield from _functions(cursor, body)
        yield from _rules(cursor, tables)
        yield from _replicas(cursor)


def _functions(cursor, body: str) -> Iterator[Problem]:
    """The function is compared whole: its body, its language, and how it is run."""
    cursor.execute(
        "SELECT p.pronamespace::regnamespace::text, p.prosrc, l.lanname, p.prosecdef, p.proconfig, p.pronargs "
        "FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.proname = %s",
        [FUNCTION],
    )
    found = cursor.fetchall()
    if not any(row[0] == "public" for row in found):
        yield Problem("", f"the function {FUNCTION} of the triggers is missing")
    for schema, source, language, as_owner, settings, arguments in found:
        if (schema, source, language, as_owner, settings, arguments) != ("public", body, "plpgsql", False, None, 0):
            yield Problem("", f"the function {schema}.{FUNCTION} of the triggers is altered")


def _rules(cursor, tables: list[str]) -> Iterator[Problem]:
    cursor.execute(
        "SELECT c.relname, r.rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class "
        "WHERE c.relname = ANY(%s) AND c.relnamespace = 'public'::regnamespace ORDER BY 1, 2",
        [tables],
    )
    for table, name in cursor.fetchall():
        yield Problem(table, f"rule {name} is none of ours: it may change what a statement does")


def _replicas(cursor) -> Iterator[Problem]:
    cursor.execute(
        "SELECT coalesce(d.datname, 'every database'), coalesce(r.rolname, 'everybody') FROM pg_db_role_setting s "
        "LEFT JOIN pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_roles r ON r.oid = s.setrole "
        "WHERE (s.setdatabase = 0 OR d.datname = current_database()) "
        "AND EXISTS (SELECT 1 FROM unnest(s.setconfig) one WHERE one ILIKE 'session_replication_role=%%' "
        "AND one NOT ILIKE 'session_replication_role=origin')"
    )
    for database, role in cursor.fetchall():
        yield Problem("", f"sessions of {role} in {database} begin as a replica's, past foreign keys and triggers")
    cursor.execute("SHOW session_replication_role")
    (role,) = cursor.fetchone()
    if role != "origin":
        yield Problem("", f"this session has the replication role {role}")
