"""The people one can sign in as where the sample content is shown."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from articles.models.person import Person
from reviews.demo.sample_content import read, specialties
from reviews.models import BoardMember
from reviews.people import members

PASSWORD = "countersign-demo"  # noqa: S105  (printed by `make demo`, refused outside debug mode)

STAFF = {
    "author@example.org": ("Alex Sample-Moreau", "Author"),
    "editor@example.org": ("Edith Sample-Novak", "Editor"),
    "auditor@example.org": ("Aurel Sample-Haddad", "Auditor"),
    "admin@example.org": ("Ada Sample-Ivers", "Administrator"),
}


def make() -> dict[str, Any]:
    """Create the sample people and return them by the first part of their address."""
    people = {email: _person(email, name, role) for email, (name, role) in STAFF.items()}
    for fields in read("members")["members"]:
        people[fields["email"]] = _member(fields, by=people["admin@example.org"])
    return {email.partition("@")[0]: person for email, person in people.items()}


def _person(email: str, name: str, role: str) -> Any:
    return get_user_model().objects.create_user(
        email, PASSWORD, roles=[role], reason="sample content", name=name, joined_at=timezone.now()
    )


def _member(fields: dict[str, Any], *, by: Person) -> Any:
    person = _person(fields["email"], fields["name"], "Board member")
    member = BoardMember(user=person, **{name: fields[name] for name in ("credentials", "biography", "orcid")})
    members.enter(member, specialties(fields["specialties"]), by=by, reason="sample content")
    return person


def table() -> str:
    """Return who may sign in, for printing."""
    rows = [(email, role) for email, (_, role) in STAFF.items()]
    rows[2:2] = [(member["email"], "Board member") for member in read("members")["members"]]
    return "\n".join(f"  {email:<22} {role}" for email, role in rows)
