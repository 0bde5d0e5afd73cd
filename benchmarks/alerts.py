"""`python -m benchmarks.alerts`: a retraction of a source that 1,000 published texts cite, told by real processes.

One process tells of it and is killed twice on the way; what it left must be whole, and nothing done twice. Prints what
was measured and keeps it in ALERTS.md.
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
COUNT = 1_000
_TELL = "from reviews import tasks; tasks.tell_of_sources()"


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="countersign-alerts-"))
    os.environ |= {
        "DATABASE_URL": f"sqlite:///{folder}/alerts.sqlite3",
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DJANGO_DEBUG": "0",
        "EMAIL_URL": "dummymail://",
    }
    try:
        text = _measure(folder / "alerts.sqlite3")
    finally:
        shutil.rmtree(folder)
    print(text)
    (_HERE / "ALERTS.md").write_text(text)


def _measure(file: Path) -> str:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    began = time.monotonic()
    source = _publish(COUNT)
    made = time.monotonic() - began
    whole = file.with_name("whole.sqlite3")
    _copy(file, whole)
    once = _tell(whole)
    runs = [_tell(file, kill_after=COUNT * part // 3) for part in (1, 2)]
    reached = _ask(file, _WARNED)
    runs.append(_tell(file))
    found = {name: _ask(file, question) for name, question in _COUNTS.items()}
    expected = dict.fromkeys(_COUNTS, COUNT) | {"updates told to editors": 1}
    if found != expected:
        raise SystemExit(f"The telling is not whole: {found}")
    pages = _pages_say_so(source)
    return _in_words(made, once, runs, reached, found, pages)


_WARNED = "SELECT count(*) FROM reviews_event WHERE verb = 'warn'"
_COUNTS = {
    "texts warned of it": "SELECT count(*) FROM articles_publication WHERE source_warnings LIKE '%retracted%'",
    "steps “warn” on record": _WARNED,
    "steps “alert” on record": "SELECT count(*) FROM reviews_event WHERE verb = 'alert'",
    "articles with such a step": "SELECT count(DISTINCT chain) FROM reviews_event WHERE verb = 'alert'",
    "open reviews": "SELECT count(*) FROM reviews_review WHERE state = 'submitted' AND reason = 'source_alert'",
    "updates told to editors": "SELECT count(*) FROM reviews_event WHERE verb = 'tell_of_source'",
}


def _publish(count: int) -> int:
    """Publish texts that cite one source, by the real verbs; leave its retraction untold. Return the source's id."""
    from tests import factories

    factories.user("Editor", "Edith")
    member, author = factories.board_member("Ann"), factories.user("Author")
    source = factories.source("A trial that is taken back", kind="study")
    factories.policy(campaign_from=count + 1)
    citations = [{"key": key, "source": source} for key in ("first", "second")]
    for number in range(count):
        draft = factories.article(by=author, risk="low", citations=citations)
        factories.approved(member, review=factories.submitted(draft))
        if number % 100 == 99:
            print(f"{number + 1} published", flush=True)
    factories.source_update(source)
    return source.pk


def _copy(file: Path, to: Path) -> None:
    with sqlite3.connect(file) as source, sqlite3.connect(to) as target:
        source.backup(target)


@dataclass(frozen=True)
class Run:
    """One process: how long it lived, and how long it worked; on a busy machine the second says more."""

    seconds: float
    cpu: float


def _tell(file: Path, *, kill_after: int | None = None) -> Run:
    """Run the task in a process of its own, killed when so many texts are warned."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{file}"}
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "manage.py", "shell", "-v", "0", "-c", _TELL], env=environment)
    while kill_after is not None and _ask(file, _WARNED) < kill_after:
        time.sleep(0.05)
    if kill_after is not None:
        process.send_signal(signal.SIGKILL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != (0 if kill_after is None else -signal.SIGKILL):
        raise SystemExit(f"The task ended with {process.returncode}.")
    return Run(time.monotonic() - began, usage.ru_utime + usage.ru_stime)


def _ask(file: Path, question: str) -> int:
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30)
    try:
        return connection.execute(question).fetchone()[0]
    finally:
        connection.close()


def _pages_say_so(source: int) -> int:
    """Return how many pages, of both audiences, say it; the record must be whole."""
    from django.utils import timezone

    from articles.models import Article
    from articles.reading import article_page
    from reviews.record import verification

    if faults := list(verification.faults()):
        raise SystemExit(f"The record is not whole: {faults[0]}")
    today, said = timezone.localdate(), 0
    for slug in Article.objects.filter(publication__revision__sources=source).values_list("slug", flat=True):
        for audience in ("professional", "plain"):
            page = article_page.page(slug, audience, today=today)
            said += page is not None and b"reference-note-grave" in page.body
    return said


def _in_words(made: float, once: Run, runs: list[Run], reached: int, found: dict[str, int], pages: int) -> str:
    place = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores"
    rows = [
        (f"{COUNT:,} texts warned and their reviews opened in one run", once),
        ("The same, first run, killed", runs[0]),
        (f"Second run, killed with {reached:,} warned", runs[1]),
        ("Third run, to the end", runs[2]),
    ]
    table = "\n".join(f"| {work} | {run.seconds:.0f} s | {run.cpu:.0f} s |" for work, run in rows)
    said = ", ".join(f"{number:,} {name}" for name, number in found.items())
    return (
        f"# A retraction of a source that many texts cite\n\n{time.strftime('%Y-%m-%d')}, {place}. "
        f"Made by `python -m benchmarks.alerts`; publishing the texts took {made:.0f} s and is not measured.\n\n"
        f"| work | time | CPU |\n| --- | ---: | ---: |\n{table}\n\n"
        f"After two SIGKILLs: {said}; {pages:,} pages say it at the reference; the record is whole.\n"
    )


if __name__ == "__main__":
    main()
