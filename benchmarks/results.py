"""What is measured and what came of it, as people read it: rows, tables, and the files here that keep them."""

import os
import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.sites import Site

_HERE = Path(__file__).parent
ON_SQLITE = f"SQLite {sqlite3.sqlite_version}"


@dataclass(frozen=True)
class Asked:
    """What a part is to measure, with a folder for its files and an empty site."""

    size: int
    is_full: bool
    folder: Path
    empty: Site


@dataclass(frozen=True)
class Row:
    """One line of the table of `make bench`."""

    work: str
    result: str
    compared: str
    goal: str


def rows_table(rows: Iterable[Row]) -> str:
    return table({"work": "---", "result": "---:", "compared": "---:", "goal": "---"}, map(astuple, rows))


def table(columns: dict[str, str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table; `columns` gives each heading its rule."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (columns, columns.values(), *rows))


def keep(name: str, title: str, *, about: str, body: str, is_full: bool, database: str = ON_SQLITE) -> None:
    """Print a result, and keep it in its file when it is of the full size: another one cannot be compared."""
    place = ", ".join(filter(None, (f"Python {platform.python_version()}", database, f"{os.cpu_count()} cores")))
    text = f"# {title}\n\n{datetime.now(tz=UTC):%Y-%m-%d}, {place}. {about}\n\n{body}\n"
    print(text)
    if is_full:
        (_HERE / name).write_text(text, encoding="utf-8")
