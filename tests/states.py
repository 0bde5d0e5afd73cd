"""States that many tests of a module begin with: made once by the real verbs, and rolled back to by each test.

Every test of the module then finds the state, whether it asks for it or not, so that none depends on the order. Not
for tests of what happens on commit, of triggers, or of the numbers of rows. What was made is fetched anew by each test.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

# Cheap, as in every test: a suite signs thousands of times.
FAST_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]


def once_a_module(make: Callable[[], Any]) -> Any:
    """Return a fixture that keeps what `make` returns, and its rows, while the tests of a module run."""

    @pytest.fixture(scope="module", autouse=True)
    def made(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), transaction.atomic(), override_settings(PASSWORD_HASHERS=FAST_HASHERS):
            yield make()
            transaction.set_rollback(True)

    return made


def anew(row: Any) -> Any:
    """Return the row as a page would load it now."""
    return type(row)._default_manager.get(pk=row.pk)
