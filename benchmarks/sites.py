"""The site to measure: on a database of its own, in this process or in processes that may be killed."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

_ROOT = Path(__file__).parent.parent
_SETTINGS = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}


@dataclass(frozen=True)
class Run:
    """One process: how long it lived, how long it worked, and the most memory the kernel counted."""

    seconds: float
    cpu: float
    megabytes: float


class Site:
    """The embedded site on an SQLite file; each command runs in a process of its own."""

    def __init__(self, folder: Path, name: str, *, like: Path | None = None) -> None:
        self.file = folder / f"{name}.sqlite3"
        self.url = f"sqlite:///{self.file}"
        self.environment = {**_SETTINGS, "DATABASE_URL": self.url, "REDIS_URL": ""}
        if like is None:
            self.run("migrate", "--verbosity", "0")
        else:
            with closing(sqlite3.connect(like)) as source, closing(sqlite3.connect(self.file)) as target:
                source.backup(target)

    def shell(self, code: str, **options: Any) -> Run:
        return self.run("shell", "--verbosity", "0", "-c", code, **options)

    def run(self, *arguments: str, kill_when: Callable[[], bool] | None = None) -> Run:
        """Run a command to its end, or kill it as soon as something holds; any other end stops the benchmark."""
        began = time.monotonic()
        environment = {**os.environ, **self.environment}
        command = [sys.executable, "manage.py", *arguments]
        process = subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            status, usage = _wait(process, kill_when)
        except BaseException:
            process.kill()
            process.wait()
            raise
        seconds = time.monotonic() - began
        if status != (0 if kill_when is None else -signal.SIGKILL):
            raise SystemExit(f"manage.py {arguments[0]} ended with {status}.")
        return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)

    def ask(self, question: str) -> int:
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=30)) as connection:
            return connection.execute(question).fetchone()[0]

    def enter(self) -> None:
        """Let this process be the site too."""
        os.environ |= self.environment
        django.setup()


def _wait(process: subprocess.Popen, kill_when: Callable[[], bool] | None) -> tuple[int, resource.struct_rusage]:
    while kill_when is not None and not kill_when():
        time.sleep(0.05)
    if kill_when is not None:
        process.send_signal(signal.SIGKILL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage


def enter_empty(url: str) -> None:
    """Let this process be the site on a database that holds no article."""
    os.environ |= {**_SETTINGS, "DATABASE_URL": url}
    django.setup()
    from django.core.management import call_command

    from articles.models import Article

    call_command("migrate", verbosity=0)
    if Article.objects.exists():
        raise SystemExit("The database of DATABASE_URL holds articles. Name an empty one: measuring fills it.")
