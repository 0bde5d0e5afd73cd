"""`manage.py seed_demo`: tables, sample people and articles, in every state, through the real workflow."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from reviews.demo import sample_history, sample_people
from reviews.notifications import outbox


class Command(BaseCommand):
    help = (
        "Bring the database up to date and write the sample content once; later runs only print who may sign in. "
        "Refused outside debug mode."
    )

    def handle(self, *args, **options):
        if not settings.DEBUG:
            raise CommandError("The sample people have a public password: seed_demo runs with DJANGO_DEBUG=1 only.")
        _migrate()
        if not get_user_model().objects.filter(email="author@example.org").exists():
            self.stdout.write("Writing the sample articles and walking them through review …")
            with transaction.atomic():
                sample_history.tell()
                outbox.hold_back(_("Part of the sample data: no email is sent about it."))
        self.stdout.write(f"Sign in at {settings.SITE_URL}/admin/ with the password {sample_people.PASSWORD} as:")
        self.stdout.write(sample_people.table())


def _migrate() -> None:
    """Make the tables. A new site adopts its first policy then, and in the story that was years ago."""
    if connection.introspection.table_names():
        call_command("migrate", verbosity=0)
        return
    with sample_history.set_back(sample_history.OPENED):
        call_command("migrate", verbosity=0)
