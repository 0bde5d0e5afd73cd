"""Adopting a version of the editorial policy, at once or, where it asks for less, when a second person agrees."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models.person import Person
from reviews.models import EditorialPolicy, Lowering
from reviews.policies import enactment, lowered_policy, policy_text
from reviews.policies.policy_text import Difference
from reviews.record import event_chain
from reviews.rules import lowered_terms
from reviews.workflow import Refused
from reviews.workflow.step import refuse_hidden


class PolicyMoved(Exception):
    """Somebody adopted a version since the person opened the form. `changed` is in what that one differs."""

    def __init__(self, current: EditorialPolicy, changed: list[Difference]) -> None:
        super().__init__(_("Version %s of the policy was adopted since you opened this page.") % current.version)
        self.current, self.changed = current, changed


def adopt(policy: EditorialPolicy, *, by: Person, seen: int) -> EditorialPolicy | Lowering:
    """Put a version in force. `seen` is the version in force that the person's page showed.

    One that lowers anything that a review asks for is not in force yet: what is returned waits for a second person.
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
        if lowered := lowered_terms.of_policy(current, policy):
            return lowered_policy.ask(policy, current=current, lowered=lowered, by=by)
        return enactment.put_in_force(chain, policy, current=current, wanted_by=by, by=by)


def _version(number: int) -> EditorialPolicy | None:
    return EditorialPolicy.objects.filter(version=number).first()
