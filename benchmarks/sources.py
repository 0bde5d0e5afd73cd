"""`python -m benchmarks.sources [COUNT]`: files of generated sources imported and exported by real processes.

Prints what was measured and keeps it in SOURCES.md. The peak memory is the kernel's count for the whole process.
"""

import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from articles.library.files import exchange_files
from benchmarks.backlog import Run, Site

_HERE = Path(__file__).parent
_ROOT = _HERE.parent
COUNT = 20_000
_EXPORT = """
from articles.library import exporting
from articles.models import Source
size = sum(len(part) for part in exporting.export(Source.objects.order_by("pk"), "{}"))
assert size, "nothing was exported"
"""


def items(count: int) -> Iterator[dict]:
    """Yield sources of the size that PubMed's have: six authors and an abstract of 1,500 characters."""
    for number in range(count):
        yield {
            "type": "article-journal",
            "title": f"Trial number {number} of a treatment for a condition: a randomised study of {number % 97} weeks",
            "author": [{"family": f"Family{number % 991}x{one}", "given": "Ann B"} for one in range(6)],
            "container-title": "A Journal of Our Own",
            "container-title-short": "J Own",
            "issued": {"date-parts": [[1990 + number % 35, 1 + number % 12]]},
            "volume": str(number % 80),
            "page": f"{number}-{number + 9}",
            "DOI": f"10.5555/bench.{number}",
            "PMID": str(90_000_000 + number),
            "abstract": "Words of our own that say nothing about any treatment. " * 27,
        }


def main(count: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="countersign-sources-"))
    try:
        text = _measure(folder, count)
    finally:
        shutil.rmtree(folder)
    print(text)
    (_HERE / "SOURCES.md").write_text(text)


def _measure(folder: Path, count: int) -> str:
    rows = []
    empty = Site(folder, "empty")
    for name in exchange_files.FORMATS:
        part = folder / f"tenth{exchange_files.ENDINGS[name]}"
        _write(part, count // 10, name)
        rows.append((f"{count // 10:,} of {name}, read and compared only", _run(empty, part, "--dry-run")))
    whole = folder / "whole.ris"
    _write(whole, count, "ris")
    site = Site(folder, "whole-site", like=empty)
    rows.append((f"{count:,} of ris into an empty library", _run(site, whole)))
    rows.append((f"the same {count:,} again: all here already", _run(site, whole)))
    found = site.ask("SELECT count(*) FROM articles_source"), site.ask("SELECT count(*) FROM articles_historicalsource")
    if found != (count, count):
        raise SystemExit(f"The import is not whole: {found}")
    for name in exchange_files.FORMATS:
        rows.append(
            (f"{count:,} exported as {name}", _timed(site, "shell", "--verbosity", "0", "-c", _EXPORT.format(name)))
        )
    return _in_words(rows)


def _write(file: Path, count: int, format_name: str) -> None:
    # Piece by piece: the kernel counts what this process holds for the processes that it starts.
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(exchange_files.write(items(count), format_name))


def _run(site: Site, file: Path, *options: str) -> Run:
    return _timed(site, "import_sources", str(file), *options)


def _timed(site: Site, *arguments: str) -> Run:
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=_ROOT, env=site.environment, stdout=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"manage.py {arguments[0]} ended with {process.returncode}")
    return Run(time.monotonic() - began, usage.ru_maxrss / 1024, process.returncode)


def _in_words(rows: list[tuple[str, Run]]) -> str:
    place = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores"
    table = "\n".join(f"| {work} | {run.seconds:.1f} s | {run.megabytes:.0f} MB |" for work, run in rows)
    made = "Made by `python -m benchmarks.sources`; each row is a process of its own, its start included."
    head = f"# Sources in and out\n\n{time.strftime('%Y-%m-%d')}, {place}. {made}\n\n"
    return f"{head}| work | time | peak memory |\n| --- | ---: | ---: |\n{table}\n"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
