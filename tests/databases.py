"""The test database is a copy: migrations run once for all runs, and each worker copies what they made.

A template holds what the migrations made and nothing else. What `post_migrate` writes (permissions, roles, triggers,
the first policy) is written into each copy by the `migrate` that Django's test setup runs there, so that a template is
out of date only when a migration is.
"""

import fcntl
import sqlite3
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import django
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

_EMIT = "django.core.management.commands.migrate.emit_post_migrate_signal"


def prepare(connection, folder: Path, worker: str) -> sqlite3.Connection | None:
    """Let Django's test setup find a database in which every migration has run; close what is returned at the end."""
    if connection.vendor == "postgresql":
        test = connection.settings_dict["TEST"]
        test["TEMPLATE"] = _postgresql_template(connection)
        test["NAME"] = "_".join(filter(None, ["test", _stem(connection), worker]))
        return None
    # A database in memory lives as long as a connection to it.
    held = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    with closing(sqlite3.connect(_sqlite_template(connection, folder))) as template:
        template.backup(held)
    return held


def _stem(connection) -> str:
    """Name databases by this checkout: two of them may be tested on one PostgreSQL at the same time."""
    checkout = sha256(str(settings.BASE_DIR).encode()).hexdigest()[:8]
    return f"{connection.settings_dict['NAME'][:24]}_{checkout}"


def _digest() -> str:
    """Name what the migrations make: by the text of each of them, whoever's app it is in, and by Django's version."""
    migrations = MigrationLoader(None).disk_migrations
    modules = sorted(type(one).__module__ for one in migrations.values())
    said = sha256(django.__version__.encode())
    for module in modules:
        said.update(module.encode() + Path(sys.modules[module].__file__).read_bytes())
    return said.hexdigest()[:16]


def _migrate(connection, name: str) -> None:
    """Run every migration in the database of this name, and nothing that follows them."""
    was = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        with patch(_EMIT, lambda *args, **options: None):
            call_command("migrate", verbosity=0, interactive=False, database=connection.alias)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = was


def _sqlite_template(connection, folder: Path) -> Path:
    """Return the file with the template; who comes first makes it, the others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / f"{_digest()}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            for stale in folder.glob("*.*"):
                stale.unlink()
            unfinished = template.with_suffix(".unfinished")
            _migrate(connection, str(unfinished))
            unfinished.rename(template)
    return template


def _postgresql_template(connection) -> str:
    """Return the name of the template; who comes first makes it, the others wait. Nobody can connect to it."""
    stem = f"template_{_stem(connection)}"
    template, unfinished = f"{stem}_{_digest()}", f"{stem}_unfinished"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [stem])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{stem}_"])
        found = {name for (name,) in cursor.fetchall()}
        if template not in found:
            for stale in found:
                cursor.execute(f'DROP DATABASE "{stale}"')
            cursor.execute(f'CREATE DATABASE "{unfinished}"')
            _migrate(connection, unfinished)
            cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"')
            cursor.execute(f'ALTER DATABASE "{template}" ALLOW_CONNECTIONS false')
        cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [stem])
    return template
