"""What every test shares: services that must be there, and a flush that may empty the insert-only tables."""

import gc
import os
import time
import uuid

import pytest
from celery import current_app
from django.core.management.commands import flush
from django.db import connection
from hypothesis import HealthCheck, settings

from articles import insert_only
from tests import databases, states

_WALK = "random walk"

# Times on a shared machine say nothing. CI looks further, each time elsewhere, and prints how to see a failure again.
settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=False, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Begin with a copy of a database that is migrated already (pytest-django asks for this before its own setup)."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    with django_db_blocker.unblock():
        held = databases.prepare(connection, request.config.rootpath / ".pytest_cache" / "databases", worker)
    yield
    if held is not None:
        held.close()


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_triggers():
    """Let the test suite's own flush empty guarded tables; the triggers are back when it ends.

    TRUNCATE makes new files for every table and index of PostgreSQL, which takes seconds: few rows are deleted sooner.
    """
    handle = flush.Command.handle

    def lifted(self, **options):
        insert_only.lift(insert_only.guarded_models(), using=options["database"])
        try:
            return handle(self, **options)
        finally:
            insert_only.install(insert_only.guarded_models(), using=options["database"])

    patch = pytest.MonkeyPatch()
    patch.setattr(flush.Command, "handle", lifted)
    if connection.vendor == "postgresql":
        delete = "DELETE FROM {}".format
        patch.setattr(
            connection.ops,
            "sql_flush",
            lambda style, tables, **options: [*map(delete, map(connection.ops.quote_name, tables))],
        )
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _not_at_midnight():
    """Begin no test in the last seconds of a day: many say "today" for what was done a moment ago."""
    left = 86_400 - time.time() % 86_400
    if left < 20:
        time.sleep(left)


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    """Hash passwords cheaply: a suite signs thousands of times."""
    settings.PASSWORD_HASHERS = states.FAST_HASHERS


@pytest.fixture(autouse=True)
def _jobs_run_at_once(request):
    """Run jobs where they are asked for, also beside a broker; the tests of real workers say so by their marker."""
    if request.node.get_closest_marker("services"):
        yield
        return
    was = current_app.conf.task_always_eager
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = was


@pytest.fixture(autouse=True)
def _own_cache(settings):
    """Give each test a cache of its own, also where all of them share one Redis."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


def pytest_terminal_summary(terminalreporter):
    """Print what the random walks say of themselves, above all the seed that repeats one."""
    reports = [report for group in terminalreporter.stats.values() for report in group if hasattr(report, "when")]
    told = [
        words for report in reports if report.when == "call" for name, words in report.user_properties if name == _WALK
    ]
    if told:
        terminalreporter.section("random walks")
        terminalreporter.write_line("\n".join(told))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with the random walks: a worker that had them last would keep the others waiting."""
    items.sort(key=lambda item: "random_walks" not in item.name)


def pytest_collection_finish():
    """Spare the garbage collector what stays until the end: modules and tests, looked through thousands of times."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def require_service(is_there: bool, name: str) -> None:
    """Skip a test whose service is missing on this machine; in CI a missing service is a failure."""
    if not is_there and os.environ.get("REQUIRE_SERVICES"):
        pytest.fail(f"{name} is needed here and does not answer")
    if not is_there:
        pytest.skip(f"{name} does not answer on this machine")
