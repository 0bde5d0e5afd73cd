"""A version of the policy that asks for less than the one in force: it waits for a second person."""

from typing import Any

from django.utils.translation import gettext as _

from articles.models.person import Person
from reviews.models import EditorialPolicy, Lowering, LoweringAnswer
from reviews.policies import enactment
from reviews.rules import lowered_terms as rules
from reviews.workflow import Refused, lowerings

# What comes with its adoption.
_NOT_FILLED_IN = frozenset(("id", "version", "adopted_by_id", "adopted_at"))


def ask(policy: EditorialPolicy, *, current: EditorialPolicy, lowered: list[str], by: Person) -> Lowering:
    """Ask a second person to confirm a version that lowers something."""
    return lowerings.request(
        None,
        by=by,
        wanted=_filled_in(policy),
        before={"policy": current.version},
        lowered=lowered,
        reason=policy.change_note,
    )


def wanted(lowering: Lowering) -> EditorialPolicy:
    """Return the version that was asked for, not saved; its number comes with its adoption."""
    return EditorialPolicy(version=lowering.before["policy"] + 1, **lowering.wanted)


def before(lowering: Lowering) -> EditorialPolicy:
    """Return the version that was in force when it was asked for."""
    return EditorialPolicy.objects.get(version=lowering.before["policy"])


def confirm(lowering: Lowering, *, by: Person) -> EditorialPolicy:
    """Agree, as a second person, to a version that lowers something, and put it in force.

    Raises `Refused` when another version was adopted since it was asked for.
    """
    with lowerings.acting("confirm_lowering", None, by=by) as act:
        fresh = lowerings.pending(lowering)
        lowerings.must_be_second(fresh, by)
        current = EditorialPolicy.objects.current()
        if current.version != fresh.before["policy"]:
            words = _("Version %s was adopted since this was asked. It has to be asked anew.")
            raise Refused(words % current.version)
        policy = wanted(fresh)
        lowerings.answer(act, fresh, LoweringAnswer.Outcome.CONFIRMED)
        act.data["lowered"] = rules.of_policy(current, policy)
        made = enactment.put_in_force(act.chain, policy, current=current, wanted_by=fresh.asked_by, by=by)
        act.data["policy"] = made.version
    return made


def _filled_in(policy: EditorialPolicy) -> dict[str, Any]:
    fields = (field.attname for field in policy._meta.concrete_fields)
    return {name: getattr(policy, name) for name in fields if name not in _NOT_FILLED_IN}
