"""Adopting a version of the editorial policy: the row and the site's event, in one transaction."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.person import Person
from reviews import notifications
from reviews.models import EditorialPolicy
from reviews.policies import policy_text
from reviews.policies.policy_text import Difference
from reviews.record import event_chain
from reviews.workflow import Refused
from reviews.workflow.step import refuse_hidden


class PolicyMoved(Exception):
    """Somebody adopted a version since the person opened the form. `changed` is in what that one differs."""

    def __init__(self, current: EditorialPolicy, changed: list[Difference]) -> None:
        super().__init__(_("Version %s of the policy was adopted since you opened this page.") % current.version)
        self.current, self.changed = current, changed


def adopt(policy: EditorialPolicy, *, by: Person, seen: int) -> EditorialPolicy:
    """Put a version in force. `seen` is the version in force that the person's page showed.

    Raises `PolicyMoved`, `PermissionDenied`, and `Refused` when nothing differs or no reason is given. Whom it binds
    beside what begins from now on is carried out afterwards (`reviews.policies.reach`).
    """
    if not by.has_perm("reviews.add_editorialpolicy"):
        raise PermissionDenied(_("You may not change the editorial policy."))
    with transaction.atomic():
        # The chain's lock lets two adoptions meet one after the other.
        chain = event_chain.site_chain()
        current = EditorialPolicy.objects.current()
        if current.version != seen:
            raise PolicyMoved(current, policy_text.differences(_version(seen) or current, current))
        refuse_hidden(policy)
        changed = policy_text.differences(current, policy)
        if not changed:
            raise Refused(_("Nothing differs from version %s, so there is nothing to adopt.") % current.version)
        if not policy.change_note.strip():
            raise Refused(_("Say what changes, and why: readers and the board see it with the version."))
        policy.pk, policy.version = None, current.version + 1
        policy.adopted_by, policy.adopted_at = by, timezone.now()
        policy.save(force_insert=True)
        data = {
            "policy": policy.version,
            "from": current.version,
            "changed": [one.name for one in changed],
            "binds_open_reviews": policy.binds_open_reviews,
            "binds_published": policy.binds_published,
            "reason": policy.change_note,
        }
        event = event_chain.append(chain, "adopt_policy", actor=by, data=data, rows=[policy], at=policy.adopted_at)
        notifications.of_event(event)
    return policy


def _version(number: int) -> EditorialPolicy | None:
    return EditorialPolicy.objects.filter(version=number).first()
