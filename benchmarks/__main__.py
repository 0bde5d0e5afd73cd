"""`python -m benchmarks [PART] [--size N]`: measures one part, or those of `make bench`, and prints the table.

A part has its own full size; only what was measured at that size is kept in a file beside this one.
"""

import argparse
import importlib
import os
import signal
import sys
import tempfile
from pathlib import Path

from benchmarks import results, sites
from benchmarks.results import Asked

IN_TABLE = ("steps", "checks", "references", "pages")
ALONE = ("alerts", "backlog", "record", "sources")  # always on SQLite: they copy its file, and kill who writes to it


def main(arguments: list[str] | None = None) -> None:
    given = _parser().parse_args(arguments)
    # A benchmark that is told to end must still stop its servers and remove its files.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with tempfile.TemporaryDirectory(prefix="countersign-bench-") as made:
        folder = Path(made)
        if given.part in ALONE:
            _measure_alone(given.part, given.size, sites.Site(folder, "empty", like=given.migrated), folder)
            return
        url = os.environ.get("DATABASE_URL") or sites.Site(folder, "bench", like=given.migrated).url
        sites.enter_empty(url)
        _measure_table([given.part] if given.part else list(IN_TABLE), given.size, folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("part", nargs="?", choices=(*IN_TABLE, *ALONE))
    parser.add_argument("--size", type=_size, help="how much is measured: texts, words, references, sources, events")
    parser.add_argument("--migrated", type=Path, help="a migrated, empty SQLite file to copy: saves the migrations")
    return parser


def _size(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("a size is a whole number above 0")
    return int(text)


def _measure_alone(name: str, size: int | None, empty: sites.Site, folder: Path) -> None:
    part = importlib.import_module(f"benchmarks.{name}")
    part.run(Asked(size or part.SIZE, size in (None, part.SIZE), folder, empty))


def _measure_table(names: list[str], size: int | None, folder: Path) -> None:
    from django.db import connection

    rows = []
    for name in names:
        part = importlib.import_module(f"benchmarks.{name}")
        rows += part.measure(size or part.SIZE, folder)
    title, command = (names[0], f"python -m benchmarks {names[0]}") if len(names) == 1 else ("results", "make bench")
    results.keep(
        f"{title.upper()}.md",
        title.capitalize(),
        about=f"Timings are of one noisy machine: trust the ratios. Made by `{command}`.",
        database=connection.vendor,
        body=results.rows_table(rows),
        is_full=size is None,
    )


if __name__ == "__main__":
    main()
