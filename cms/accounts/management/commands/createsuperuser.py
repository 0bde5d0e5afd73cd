"""`manage.py createsuperuser`: Django's own, which asks for a name only where a person sits at the terminal."""

import os

from django.contrib.auth.management.commands import createsuperuser


class Command(createsuperuser.Command):
    def handle(self, *args, **options):
        """Make the person. A script that names none leaves the address in place of the name."""
        if not options["interactive"] and not options["name"]:
            said = os.environ.get
            options["name"] = said("DJANGO_SUPERUSER_NAME") or options["email"] or said("DJANGO_SUPERUSER_EMAIL")
        return super().handle(*args, **options)
