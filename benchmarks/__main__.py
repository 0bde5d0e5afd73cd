"""`python -m benchmarks`: measures, prints one table and keeps it in RESULTS.md."""

import os
import platform
import tempfile
from pathlib import Path

import django

_HERE = Path(__file__).parent


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="countersign-bench-"))
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    os.environ["DJANGO_DEBUG"] = "0"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from benchmarks import checks, pages, references, steps

    rows = [*steps.measure(), *checks.measure(), *references.measure(), *pages.measure(folder)]
    table = "\n".join(
        ["| work | result | compared | goal |", "| --- | ---: | ---: | --- |"]
        + [f"| {row.work} | {row.result} | {row.compared} | {row.goal} |" for row in rows]
    )
    print(table)
    _keep(table)


def _keep(table: str) -> None:
    from django.db import connection
    from django.utils import timezone

    place = f"Python {platform.python_version()}, {connection.vendor}, {os.cpu_count()} cores"
    note = "Timings are of one noisy machine: trust the ratios. Made by `make bench`."
    text = f"# Results\n\n{timezone.now():%Y-%m-%d}, {place}. {note}\n\n{table}\n"
    (_HERE / "RESULTS.md").write_text(text)


if __name__ == "__main__":
    main()
