"""`manage.py verify_audit`: is the record intact? Exit 0; 1 with the first fault; 2 when it could not be checked."""

import os

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reviews.record import verification, verification_runs


class Command(BaseCommand):
    help = (
        "Recompute digests, chains, rows, signatures, renderings and publications. Exit 1 and name the first fault "
        "when one is wrong, exit 2 when the record could not be checked."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="name every fault, not only the first")
        parser.add_argument(
            "--continue",
            action="store_true",
            help="go on from the last run that found nothing, as the nightly check does; otherwise everything is read",
        )
        parser.add_argument(
            "--processes", type=int, default=os.cpu_count() or 1, metavar="N", help="as many as cores, if not given"
        )

    def handle(self, *args, **options):
        since = verification_runs.to_continue(timezone.now()) if options["continue"] else None
        verified = verification.Verified()
        found = verification.verify(verified, since=since, processes=options["processes"])
        try:
            count = self._name(found, every=options["all"])
        except Exception as error:
            raise CommandError(f"The record could not be checked: {error!r}", returncode=2) from error
        finally:
            found.close()
        if count:
            raise CommandError("The record was altered.", returncode=1)
        self.stdout.write(f"The record is intact: {verified.events} events verified.")

    def _name(self, found, *, every: bool) -> int:
        count = 0
        for fault in found:
            self.stderr.write(str(fault))
            count += 1
            if not every:
                break
        return count
