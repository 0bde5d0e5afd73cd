"""The demonstration as it is first begun, with no database: what it says happened, happened in that order."""

import pytest

pytestmark = pytest.mark.browser

DATES = """
from django.contrib.auth import get_user_model
from reviews.record import verification
from reviews.models import Decision, EditorialPolicy, Event
print(list(verification.faults()) == [])
policies = list(EditorialPolicy.objects.order_by("version").values_list("adopted_at", flat=True))
site = list(Event.objects.of_site().values_list("at", flat=True))
print(policies == sorted(policies), site == sorted(site))
signed = Decision.objects.values_list("assignment__review__policy__adopted_at", "decided_at")
print(bool(signed) and all(adopted < decided for adopted, decided in signed))
joined = get_user_model().objects.latest("joined_at").joined_at
print(joined < Decision.objects.earliest("decided_at").decided_at)
"""


def test_sample_policy_and_people_are_older_than_what_was_signed_under_it(site):
    assert site.manage("shell", "-v", "0", "-c", DATES).split() == ["True"] * 5
