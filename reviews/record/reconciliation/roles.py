"""Roles: each holds exactly what the code says, there is no other, and nobody holds a permission beside them."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from reviews.record.faults import Fault
from reviews.rules.permissions import ROLES

_ROLES, _HELD = Group._meta.db_table, Group.permissions.through._meta.db_table


def faults() -> Iterator[Fault]:
    """Yield each role that is not as the code has it, and each permission that a person holds beside their roles."""
    missing = set(ROLES)
    for group in Group.objects.order_by("pk").prefetch_related("permissions__content_type"):
        missing.discard(group.name)
        if group.name not in ROLES:
            yield Fault(_ROLES, str(group.pk), "name", f"{group.name!r} is no role of this site")
            continue
        held = {f"{one.content_type.app_label}.{one.codename}" for one in group.permissions.all()}
        for code in sorted(held - set(ROLES[group.name])):
            yield Fault(_HELD, str(group.pk), "permission", f"the role {group.name} must not hold {code}")
        for code in sorted(set(ROLES[group.name]) - held):
            yield Fault(_HELD, str(group.pk), "permission", f"the role {group.name} lacks {code}")
    for name in sorted(missing):
        yield Fault(_ROLES, "", "name", f"the role {name} is gone")
    yield from _beside_roles()


def _beside_roles() -> Iterator[Fault]:
    through = get_user_model().user_permissions.through
    held = through._default_manager.order_by("pk").values_list("pk", "user_id", "permission__codename")
    for key, person, code in held.iterator(chunk_size=500):
        yield Fault(through._meta.db_table, str(key), "", f"person {person} holds {code} beside their roles")
