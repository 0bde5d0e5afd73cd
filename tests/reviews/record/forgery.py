"""What somebody with the database's password could write, with every digest made to fit again."""

import datetime
import json

from django.db import connection, models

from articles import insert_only
from articles.text.canonical import digest
from reviews.models import Event
from reviews.record import event_chain


def raw(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def forge(event, **changes):
    """Alter an event, which must be the last of its chain, and seal it anew."""
    insert_only.lift([Event])
    for field, value in changes.items():
        setattr(event, field, value)
    event.leaves = event_chain.leaves(event)
    event.digest = digest(event.leaves)
    raw(
        "UPDATE reviews_event SET verb = %s, data = %s, leaves = %s, digest = %s WHERE id = %s",
        *(event.verb, json.dumps(event.data), json.dumps(event.leaves), event.digest, event.pk),
    )
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
