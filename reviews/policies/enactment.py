"""Puts a version of the policy in force: the row and the site's event. Who decided on it has been asked before."""

from typing import Any

from django.utils import timezone

from articles.models.person import Person
from reviews import notifications
from reviews.models import EditorialPolicy
from reviews.policies import policy_text
from reviews.record import event_chain


def put_in_force(
    chain: event_chain.Chain, policy: EditorialPolicy, *, current: EditorialPolicy, wanted_by: Person, by: Person
) -> EditorialPolicy:
    """Write the version after the current one, on the site's chain that the caller holds.

    `wanted_by` filled it in; `by` is who put it in force: the same, or the second person who confirmed it.
    """
    policy.pk, policy.version = None, current.version + 1
    policy.adopted_by, policy.adopted_at = wanted_by, timezone.now()
    policy.save(force_insert=True)
    data: dict[str, Any] = {
        "policy": policy.version,
        "from": current.version,
        "changed": [one.name for one in policy_text.differences(current, policy)],
        "binds_open_reviews": policy.binds_open_reviews,
        "binds_published": policy.binds_published,
        "reason": policy.change_note,
    }
    if by.pk != wanted_by.pk:
        data["asked_by"], data["asked_by_name"] = wanted_by.pk, str(wanted_by)
    event = event_chain.append(chain, "adopt_policy", actor=by, data=data, rows=[policy], at=policy.adopted_at)
    notifications.of_event(event)
    return policy
