"""`python -m benchmarks.backlog`: a backlog of generated pages imported by real processes, killed twice on the way.

Prints what was measured and keeps it in BACKLOG.md. The peak memory is the kernel's count for the whole process.
"""

import os
import platform
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_ROOT = _HERE.parent
COUNT, FEW = 5_000, 1_000
_AUTHOR = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
author = get_user_model().objects.create_user("author@example.org", "a", name="Ann Author")
author.groups.add(Group.objects.get(name="Author"))
"""


@dataclass
class Run:
    """One process: how long it lived, the most memory it held, and how it ended."""

    seconds: float
    megabytes: float
    status: int


class Site:
    """A database file of its own."""

    def __init__(self, folder: Path, name: str, *, like: "Site | None" = None) -> None:
        self.file = folder / f"{name}.sqlite3"
        self.environment = {**os.environ, "DJANGO_DEBUG": "1", "DATABASE_URL": f"sqlite:///{self.file}"}
        self.environment.pop("REDIS_URL", None)
        if like is not None:
            shutil.copy(like.file, self.file)
            return
        for arguments in (("migrate", "--verbosity", "0"), ("shell", "--verbosity", "0", "-c", _AUTHOR)):
            subprocess.run([sys.executable, "manage.py", *arguments], cwd=_ROOT, env=self.environment, check=True)

    def bring_in(self, pages: Path, *, kill_after: int | None = None) -> Run:
        """Import a folder in a process of its own, and kill it when the database holds so many pages."""
        began = time.monotonic()
        command = [sys.executable, "manage.py", "import_page", str(pages), "--author", "author@example.org"]
        process = subprocess.Popen([*command, "--progress", "0"], cwd=_ROOT, env=self.environment)
        while kill_after is not None and self.imported() < kill_after:
            time.sleep(0.05)
        if kill_after is not None:
            os.kill(process.pid, signal.SIGKILL)
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return Run(time.monotonic() - began, usage.ru_maxrss / 1024, process.returncode)

    def imported(self) -> int:
        return self.ask("SELECT count(*) FROM articles_importedpage")

    def ask(self, question: str) -> int:
        connection = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(question).fetchone()[0]
        finally:
            connection.close()


def main() -> None:
    from tests.generated_pages import write_pages

    folder = Path(tempfile.mkdtemp(prefix="countersign-backlog-"))
    try:
        write_pages(folder / "few", FEW)
        write_pages(folder / "many", COUNT)
        text = _measure(folder)
    finally:
        shutil.rmtree(folder)
    print(text)
    (_HERE / "BACKLOG.md").write_text(text)


def _measure(folder: Path) -> str:
    empty = Site(folder, "empty")
    few = Site(folder, "few-site", like=empty).bring_in(folder / "few")
    whole = Site(folder, "whole-site", like=empty).bring_in(folder / "many")
    killed = Site(folder, "killed-site", like=empty)
    runs = [killed.bring_in(folder / "many", kill_after=COUNT * part // 3) for part in (1, 2)]
    reached = killed.imported()
    runs.append(killed.bring_in(folder / "many"))
    found = {
        "articles": killed.ask("SELECT count(*) FROM articles_article"),
        "files on record": killed.imported(),
        "different digests": killed.ask("SELECT count(DISTINCT digest) FROM articles_importedpage"),
        "different addresses": killed.ask("SELECT count(DISTINCT slug) FROM articles_article"),
        "sections": killed.ask("SELECT count(*) FROM articles_section"),
    }
    expected = {**dict.fromkeys(found, COUNT), "sections": 3 * COUNT}
    if found != expected or [run.status for run in runs] != [-signal.SIGKILL, -signal.SIGKILL, 0]:
        raise SystemExit(f"The import is not whole: {found}, {runs}")
    return _in_words(few, whole, runs, reached, found)


def _in_words(few: Run, whole: Run, runs: list[Run], reached: int, found: dict[str, int]) -> str:
    place = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores"
    rows = [
        (f"{FEW:,} files in one run", f"{few.seconds:.0f} s", f"{few.megabytes:.0f} MB"),
        (f"{COUNT:,} files in one run", f"{whole.seconds:.0f} s", f"{whole.megabytes:.0f} MB"),
        ("The same, first run, killed", f"{runs[0].seconds:.0f} s", f"{runs[0].megabytes:.0f} MB"),
        (f"Second run, killed with {reached:,} in", f"{runs[1].seconds:.0f} s", f"{runs[1].megabytes:.0f} MB"),
        ("Third run, to the end", f"{runs[2].seconds:.0f} s", f"{runs[2].megabytes:.0f} MB"),
    ]
    table = "\n".join(f"| {work} | {seconds} | {memory} |" for work, seconds, memory in rows)
    whole_said = ", ".join(f"{number:,} {name}" for name, number in found.items())
    return (
        f"# A backlog\n\n{time.strftime('%Y-%m-%d')}, {place}. Made by `python -m benchmarks.backlog`.\n\n"
        f"| work | time | peak memory |\n| --- | ---: | ---: |\n{table}\n\nAfter two SIGKILLs: {whole_said}.\n"
    )


if __name__ == "__main__":
    main()
