"""How a process of its own begins to verify: it imports nothing of the site before Django is set up."""

import django
from django.db import connections


def prepare(database: str) -> None:
    """Set Django up in a new process, on the database of the one that began it."""
    django.setup()
    connections["default"].settings_dict["NAME"] = database
