"""Every part of benchmarks/ runs at size one, as a person would run it, and prints what it measured."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from benchmarks import __main__ as door
from benchmarks import serving

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
SHARED = {"content", "results", "serving", "settings", "sites", "timing", "urls"}  # what the parts have in common

# What the rows of a part begin with, and how many there are; a part that is not here has no run at size one.
ROWS = {
    "steps": {"submit: ": 1, "last signature: ": 1, "verify_audit": 1},
    "checks": {"all checks": 1, "checks of ": 15},
    "references": {"body with 1 references in ": 3},
    "pages": {"reader page (": 2},
    "alerts": {"1 texts warned": 1, "The same, first run, killed": 1, "Second run, killed": 1, "Third run, ": 1},
    "backlog": {"1 files in one run": 2, "The same, first run, killed": 1, "Second run, killed": 1, "Third run, ": 1},
    "record": {
        "1 events, 1 at once": 1,
        f"1 events, {os.cpu_count()} at once": int(os.cpu_count() > 1),
        "1 events, what": 1,
    },
    "sources": {"1 of ": 5, "the same 1 again": 1, "1 exported as ": 4},
}
SAID_BELOW = {
    "alerts": "After two SIGKILLs: 1 texts warned of it, 1 steps “warn” on record, 1 steps “alert” on record, "
    "1 articles with such a step, 1 open reviews, 1 updates told to editors; 2 pages say it at the reference; "
    "the record is whole.",
    "backlog": "After two SIGKILLs: 1 articles, 1 files on record, 1 different digests, 1 different addresses, "
    "3 sections.",
    "record": "events in all; the record is intact.",
    "sources": "",
}


@pytest.fixture
def migrated(tmp_path, db):
    """Return the options that name a migrated SQLite file, a copy of the tests' own; none when that is elsewhere."""
    if connection.vendor != "sqlite":
        return []
    file = tmp_path / "migrated.sqlite3"
    connection.ensure_connection()
    file.write_bytes(connection.connection.serialize())
    return ["--migrated", file]


def run(*arguments):
    """Run the benchmarks in a process of their own, and return what they printed; no kept result may change."""
    other = ("DATABASE_URL", "REDIS_URL", "SIGNATURE_KEYS_FILE")
    environment = {name: value for name, value in os.environ.items() if name not in other}
    # What the copy of the tests' database holds already was sealed with their key.
    environment["SIGNATURE_KEYS"] = ",".join(settings.SIGNATURE_KEYS)
    command = [sys.executable, "-m", "benchmarks", *map(str, arguments)]
    kept = _kept()
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stderr
    assert _kept() == kept
    return ended.stdout


def _kept():
    return {file.name: file.read_bytes() for file in BENCHMARKS.glob("*.md")}


def results(printed):
    """Return the first number of each row's result by what was measured, row by row."""
    cells = [line.strip("| ").split(" | ") for line in printed.splitlines() if line.startswith("|")]
    return [(work, float(re.match(r"[\d.]+(e-\d+)?", result)[0])) for work, result, *_ in cells[2:]]


def assert_rows(printed, *parts):
    expected = {start: count for part in parts for start, count in ROWS[part].items()}
    found = results(printed)

    counts = {start: sum(work.startswith(start) for work, _ in found) for start in expected}
    assert counts == expected
    assert len(found) == sum(expected.values())
    # What is killed at once may have lived for no time that is printed.
    assert [work for work, number in found if number <= 0 and not work.endswith("killed")] == []


def test_every_part_is_run_at_size_one():
    modules = {file.stem for file in BENCHMARKS.glob("*.py")} - {"__init__", "__main__"}

    assert {*door.IN_TABLE, *door.ALONE} == modules - SHARED
    assert set(ROWS) == modules - SHARED
    assert set(SAID_BELOW) == set(door.ALONE)


def test_table_of_make_bench(migrated):
    printed = run("--size", 1, *migrated)

    assert_rows(printed, *door.IN_TABLE)


@pytest.mark.parametrize("part", door.ALONE)
def test_part_alone(migrated, part):
    printed = run(part, "--size", 1, *migrated)

    assert_rows(printed, part)
    assert printed.rstrip().endswith(SAID_BELOW[part] or "|")


def test_size_below_one_is_refused(capsys):
    with pytest.raises(SystemExit):
        door.main(["steps", "--size", "0"])

    assert "a size is a whole number above 0" in capsys.readouterr().err


def test_server_is_stopped_when_its_block_fails():
    with pytest.raises(KeyError), serving.serve() as server:
        raise KeyError

    assert server.process.returncode is not None
