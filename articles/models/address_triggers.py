"""Triggers by which the database refuses an article the address that another one had, and the reverse.

Two tables hold addresses, so no constraint of either can say it.
"""

from collections.abc import Iterator

from django.db import connections

REFUSAL = "is, or was, the address of another article"
_ARTICLE, _FORMER = "articles_article", "articles_formerslug"
# Table, the condition under which a row written to it takes another article's address.
_TAKEN = {
    _ARTICLE: "EXISTS (SELECT 1 FROM articles_formerslug WHERE slug = NEW.slug AND article_id <> NEW.id)",
    _FORMER: "EXISTS (SELECT 1 FROM articles_article WHERE slug = NEW.slug AND id <> NEW.article_id)",
}
# SQLite gives a new row its key after the trigger: any former address with this slug is another article's then.
_TAKEN_BY_NEW = (
    "EXISTS (SELECT 1 FROM articles_formerslug WHERE slug = NEW.slug AND (NEW.id IS NULL OR article_id <> NEW.id))"
)


def install(*, using: str = "default") -> None:
    """Put the triggers on both tables; drops and makes them anew, so it may run after every migrate."""
    remove(using=using)
    connection = connections[using]
    if not set(_TAKEN) <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for _table, statements in _triggers(connection.vendor).values():
            for statement in statements:
                cursor.execute(statement)


def remove(*, using: str = "default") -> None:
    """Take the triggers off before a migrate: SQLite rebuilds no table that a trigger of another one reads."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, (table, _statements) in _triggers(connection.vendor).items():
            where = f" ON {table}" if connection.vendor == "postgresql" else ""
            if table in present:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")


def missing(*, using: str = "default") -> Iterator[str]:
    """Name each trigger that is absent, disabled or altered, as `trigger NAME on table TABLE`."""
    connection = connections[using]
    found = _present(connection)
    for name, (table, statements) in _triggers(connection.vendor).items():
        if found.get(name) != statements:
            yield f"trigger {name} on table {table}"


def _triggers(vendor: str) -> dict[str, tuple[str, list[str]]]:
    """Return each trigger's table and statements by its name."""
    if vendor == "postgresql":
        # Whoever calls may look for tables elsewhere first: these are named with their schema.
        in_public = {table: taken.replace("FROM ", "FROM public.") for table, taken in _TAKEN.items()}
        return {f"{table}_address": (table, _postgresql(table, taken)) for table, taken in in_public.items()}
    found = {}
    for table, taken in _TAKEN.items():
        for verb in ("insert", "update"):
            condition = _TAKEN_BY_NEW if (table, verb) == (_ARTICLE, "insert") else taken
            found[f"{table}_address_{verb}"] = (table, [_sqlite(table, verb, condition)])
    return found


def _sqlite(table: str, verb: str, taken: str) -> str:
    return (
        f"CREATE TRIGGER {table}_address_{verb} BEFORE {verb.upper()} ON {table} WHEN {taken} "
        f"BEGIN SELECT RAISE(ABORT, 'this {REFUSAL}'); END"
    )


def _postgresql(table: str, taken: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {table}_address() RETURNS trigger LANGUAGE plpgsql AS $${_body(taken)}$$",
        f"CREATE TRIGGER {table}_address BEFORE INSERT OR UPDATE ON public.{table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_address()",
    ]


def _body(taken: str) -> str:
    refuse = f"RAISE EXCEPTION 'this {REFUSAL}' USING ERRCODE = 'unique_violation'"
    return f" BEGIN IF {taken} THEN {refuse}; END IF; RETURN NEW; END "


def _present(connection) -> dict[str, list[str]]:
    """Return the statements that would make the triggers that are there, by name."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return {name: [sql] for name, sql in cursor.fetchall()}
        cursor.execute(
            "SELECT t.tgname, p.prosrc, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND right(p.proname, 8) = '_address'"
        )
        made = "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        return {name: [made.format(name=name, body=body), trigger] for name, body, trigger in cursor.fetchall()}
