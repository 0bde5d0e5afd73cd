"""What somebody with the database's password could write, with every digest made to fit again; and with the key."""

import datetime
import json

from django.db import connection, models

from articles import insert_only, signing_keys
from articles.text.canonical import digest
from reviews.models import Event
from reviews.record import event_chain


def raw(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def forge(event, *, with_key=True, **changes):
    """Alter an event, which must be the last of its chain, and make it fit again; seal it anew with the site's key."""
    insert_only.lift([Event])
    for field, value in changes.items():
        setattr(event, field, value)
    event.leaves = event_chain.leaves(event)
    event.digest = digest(event.leaves)
    if with_key:
        event.seal = signing_keys.sign(event_chain.SEAL, event.digest.encode())
    names = ("sequence", "verb", "actor_id", "actor_name", "at", "previous_digest", "digest", "seal")
    values = [*(getattr(event, name) for name in names), *map(json.dumps, (event.data, event.leaves, event.salts))]
    assigned = ", ".join(f"{name} = %s" for name in (*names, "data", "leaves", "salts"))
    raw(f"UPDATE reviews_event SET {assigned} WHERE id = %s", *values, event.pk)
    # PostgreSQL alters no table, and so puts no trigger back, while deferred constraints wait.
    connection.check_constraints()


_OTHER = {
    models.TextField: "Written by hand.",
    models.CharField: "by-hand",
    models.EmailField: "by-hand@example.org",
    models.SlugField: "by-hand",
    models.DateField: datetime.date(2031, 1, 1),
    models.DateTimeField: datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC),
    models.JSONField: {"by": "hand"},
    models.PositiveSmallIntegerField: 77,
    models.PositiveIntegerField: 77,
}


def other_value(row, field):
    """Return another value that the column takes."""
    value = getattr(row, field.attname)
    if field.is_relation:
        others = field.related_model._default_manager.exclude(pk=value).values_list("pk", flat=True)
        return others.first() or (None if field.null else value)
    if isinstance(field, models.BooleanField):
        return not value
    if field.choices:
        return next((key for key, _label in field.flatchoices if key != value), "xx")
    return next(_OTHER[kind] for kind in type(field).__mro__ if kind in _OTHER)
