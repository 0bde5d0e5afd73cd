"""Screen the sources by the Retraction Watch file, without a network."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.library import retraction_watch


class Command(BaseCommand):
    help = (
        "Read the CSV file that Retraction Watch publishes and record what it says about the sources in the library. "
        "Sources that it does not name stay as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="report what is new, write nothing")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
                report = retraction_watch.screen(lines, at=timezone.now(), dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror or error}.") from error
        except retraction_watch.UnreadableFile as error:
            raise CommandError(str(error)) from error
        for fault in report.faults:
            self.stderr.write(fault)
        left = f", {report.faulty} left out" if report.faulty else ""
        done = "would be recorded" if dry_run else "recorded"
        self.stdout.write(f"{report.rows} rows{left}; {report.sources} sources named; {report.new} updates {done}.")
