"""`manage.py changepassword`: Django's own, which puts on the record that the command line has set a password."""

import getpass

from django.contrib.auth.management.commands import changepassword
from django.db import transaction

from cms.accounts import account_record
from cms.accounts.models import User


class Command(changepassword.Command):
    def handle(self, *args, **options):
        with transaction.atomic():
            said = super().handle(*args, **options)
            person = User.objects.get_by_natural_key(options["username"] or getpass.getuser())
            account_record.put("set_password", person, by=None)
        return said
