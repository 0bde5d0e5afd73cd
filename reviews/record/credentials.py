"""Who may sign in and what they may do there, bound to the events that set it: a changed row opens no account.

Each fact of an account (address, password hash, active, superuser, roles) carries a MAC over its value, the person, and
the sealed event that set it (21 CFR 11.10(d), 11.300(a)). An event binds only the facts that its verb sets: what
somebody wrote into the database by hand is bound by none, whatever is recorded of the person afterwards.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from articles import signing_keys
from articles.models.person import Person
from articles.text.canonical import canonical_text
from reviews.models import Event
from reviews.record import event_chain

PURPOSE = "credentials"
FACTS = ("email", "password", "is_active", "is_superuser", "roles")
_COLUMNS = FACTS[:-1]
# Which facts an event of a verb sets, of the person whom it names.
SETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("add_person", "make_superuser"), FACTS),
    **dict.fromkeys(("invite", "set_roles"), ("roles",)),
    **dict.fromkeys(("open_account", "close_account"), ("is_active",)),
    "set_email": ("email",),
    "set_password": ("password",),
}
# Lists everybody who had an account when the record was sealed.
SEALED = "seal_record"


def bind(person: Person, event: Event) -> None:
    """Bind the facts that an event has set to it, as they stand in the database; in the event's transaction."""
    names = FACTS if event.verb == SEALED else SETS.get(event.verb, ())
    if not names:
        return
    now, kept = _facts(person.pk)
    bound = {name: [event.sequence, signing_keys.mac(PURPOSE, _text(person.pk, name, now, event))] for name in names}
    person.credentials = {**kept, **bound}
    person.save(update_fields=["credentials"])


def hold(person: Person) -> bool:
    """Say whether all that lets a person sign in and act is what the record says; costs two queries."""
    return not any(problems(person.pk))


def problems(person: int) -> Iterator[str]:
    """Yield each fact of an account that no sealed event has set as it stands."""
    now, bound = _facts(person)
    last = _last_events(person)
    for name in FACTS:
        event = last.get(name)
        sequence, mac = _entry(bound, name)
        is_last = event is not None and sequence == event.sequence
        if not is_last or not signing_keys.is_mac(PURPOSE, _text(person, name, now, event), mac):
            yield name


def _entry(bound: Any, name: str) -> tuple[int, str]:
    """Return the place of the event and the MAC that are stored of a fact; what cannot be read is of no event."""
    match bound:
        case dict() if isinstance(bound.get(name), list) and len(bound[name]) == 2:
            sequence, mac = bound[name]
            return (sequence, mac) if isinstance(sequence, int) and isinstance(mac, str) else (0, "")
    return 0, ""


def _facts(person: int) -> tuple[dict[str, Any], Any]:
    """Return the facts of an account as they are stored, and what binds them."""
    people = get_user_model().objects.filter(pk=person)
    rows = list(people.values_list(*_COLUMNS, "credentials", "groups__name", "user_permissions__codename"))
    roles = {row[-2] for row in rows} - {None}
    # A permission outside of the roles is given by nobody here.
    beside = {row[-1] for row in rows} - {None}
    facts = {**dict(zip(_COLUMNS, rows[0], strict=False)), "roles": [sorted(roles), sorted(beside)]}
    return facts, rows[0][len(_COLUMNS)]


def _last_events(person: int) -> dict[str, Event]:
    """Return by fact the last event that set it; an event that is not sealed sets nothing."""
    about = Q(verb__in=SETS, data__person=person) | Q(verb=SEALED)
    last: dict[str, Event] = {}
    for event in Event.objects.of_site().filter(about, form=Event.SECOND_FORM):
        if event.verb == SEALED and person not in event.data.get("accounts", ()):
            continue
        if event_chain.is_sealed(event):
            last.update(dict.fromkeys(FACTS if event.verb == SEALED else SETS[event.verb], event))
    return last


def _text(person: int, name: str, facts: dict[str, Any], event: Event | None) -> bytes:
    assert event is not None  # noqa: S101  (asked of the event that set the fact)
    bound = {"person": person, "fact": name, "value": facts[name], "event": [event.sequence, event.digest]}
    return canonical_text(bound).encode()
