"""`manage.py verify_audit`: is the record intact? Exit 0, or 1 with the first fault."""

from django.core.management.base import BaseCommand, CommandError

from reviews.models import Event
from reviews.record import verification


class Command(BaseCommand):
    help = "Recompute digests, chains, signatures and publications. Exit 1 and name the first fault when one is wrong."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="name every fault, not only the first")

    def handle(self, *args, **options):
        found = verification.faults()
        first = next(found, None)
        if first is None:
            self.stdout.write(f"The record is intact: {Event.objects.count()} events verified.")
            return
        self.stderr.write(str(first))
        if options["all"]:
            for fault in found:
                self.stderr.write(str(fault))
        raise CommandError("The record was altered.", returncode=1)
