"""What events record of rows that steps may change: the last record of a row says what it has to hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from articles import signing_keys
from articles.models.history import CodedRelation, message
from articles.text.canonical import canonical_text, digest, normalised
from articles.text.rendering import RENDERERS

# The key under which an event's data holds them.
STATES = "states"
_PERSONAL, _TAKEN_OVER = "personal", "taken over"
# Longer values are recorded by digest: the row itself holds the words.
_SHORT = 80

Fields = dict[str, Any]


@dataclass(frozen=True)
class Tracked:
    """What is recorded of a table: all of its columns, or some; relations to many; what is recorded by a code alone.

    `recorded` is a condition on the rows of which there has to be a record at all.
    """

    only: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    recorded: models.Q = field(default_factory=models.Q)


_WHOLE = Tracked()
TRACKED: dict[str, Tracked] = {
    "reviews.Review": _WHOLE,
    "reviews.Assignment": _WHOLE,
    "reviews.SectionMark": _WHOLE,
    "reviews.Thread": _WHOLE,
    "reviews.Comment": _WHOLE,
    "reviews.Notice": _WHOLE,
    "reviews.Suspension": _WHOLE,
    "articles.FormerSlug": _WHOLE,
    "reviews.BoardMember": Tracked(many=("specialties",)),
    # When it was listed first is the clock's, and no event's.
    "reviews.Campaign": Tracked(
        only=("source_id", "title", "reason", "reviews_a_week", "opened_by_id", "opened_at", "closed_at")
    ),
    # What an editor decided; how far it is carried out, and what is to be decided anew, follows from the articles.
    "reviews.CampaignItem": Tracked(
        only=("campaign_id", "article_id", "reason", "notice", "decided_by_id", "decided_at"),
        recorded=models.Q(decided_at__isnull=False),
    ),
    # The catalogue's facts of what was submitted; the rest of a draft is in its history.
    "articles.Article": Tracked(
        only=("slug", "risk", "owner_id", "readers"), many=("topics",), recorded=models.Q(publication__isnull=False)
    ),
    # A name and an address are personal: the record holds what only this site can tell them by.
    settings.AUTH_USER_MODEL: Tracked(
        only=("email", "name", "is_active", "is_superuser"), many=("groups",), personal=("email", "name")
    ),
}


@cache
def tables() -> dict[str, type[models.Model]]:
    """Return the models whose rows are recorded, by table."""
    return {model._meta.db_table: model for model in map(apps.get_model, TRACKED)}


@cache
def columns(model: type[models.Model]) -> tuple[str, ...]:
    """Return which columns of a recorded model its events record."""
    every = tuple(one.attname for one in model._meta.concrete_fields if not one.primary_key)
    return tracked(model).only or every


def tracked(model: type[models.Model]) -> Tracked:
    """Return what is recorded of a model."""
    return TRACKED[model._meta.label]


def fields(row: models.Model) -> Fields:
    """Return what an event records of a row as it stands."""
    personal = tracked(row._meta.model).personal
    found = {}
    for name in columns(row._meta.model):
        value = short(row, name)
        found[name] = signing_keys.mac(_PERSONAL, _covered(row, name, value)) if name in personal else value
    for name in tracked(row._meta.model).many:
        found[name] = sorted(getattr(row, name).values_list("pk", flat=True))
    return found


def short(row: models.Model, name: str) -> Any:
    """Return a column as it is recorded: its value as JSON has it, a long one by its digest."""
    column = _columns(row._meta.model)[name]
    given = getattr(row, name)
    value = normalised(given if column.is_relation else column.to_python(given))
    return value if _is_short(value) else f"sha256:{digest(value)}"


def _is_short(value: Any) -> bool:
    # No character takes more than six in JSON: most values need not be written out to be measured.
    is_plain = value is None or isinstance(value, int) or (isinstance(value, str) and len(value) * 6 + 2 <= _SHORT)
    return is_plain or len(canonical_text(value)) <= _SHORT


@cache
def _columns(model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
    return {one.attname: one for one in model._meta.concrete_fields}


def _covered(row: models.Model, name: str, value: Any) -> bytes:
    return canonical_text([row._meta.db_table, row.pk, name, value]).encode()


def differing(row: models.Model, recorded: Fields) -> Iterator[str]:
    """Yield each field of a row that does not hold what was recorded of it."""
    many, personal = tracked(row._meta.model).many, tracked(row._meta.model).personal
    for name in columns(row._meta.model):
        if name in personal:
            code, value = recorded.get(name), short(row, name)
            if not (isinstance(code, str) and signing_keys.is_mac(_PERSONAL, _covered(row, name, value), code)):
                yield name
        elif name not in recorded or short(row, name) != recorded[name]:
            yield name
    for name in many:
        # As loaded with the row: many rows are compared at once.
        if sorted(one.pk for one in getattr(row, name).all()) != recorded.get(name):
            yield name


def told(rows: Iterable[models.Model], gone: Iterable[tuple[str, int]] = ()) -> dict[str, Any]:
    """Return what an event's data says of the rows that its step wrote, and of those it removed."""
    written = {(row._meta.db_table, row.pk): fields(row) for row in rows}
    removed: dict[tuple[str, int], Fields | None] = dict.fromkeys(gone)
    states = [{"table": table, "pk": pk, "fields": held} for (table, pk), held in {**written, **removed}.items()]
    return {STATES: states} if states else {}


def states(*, using: str = "default") -> Iterator[tuple[str, int, str]]:
    """Yield table, key and code of each row that is to be recorded and may have been written before it was so."""
    for model in (*tables().values(), *uncoded()):
        for row in (
            model._default_manager.using(using).filter(_taken_over(model)).order_by("pk").iterator(chunk_size=500)
        ):
            yield model._meta.db_table, row.pk, state_code(row)


def _taken_over(model: type[models.Model]) -> models.Q:
    if issubclass(model, CodedRelation):
        return models.Q(code="")
    if model._meta.db_table not in tables():
        return ~models.Q(version__in=RENDERERS)
    return tracked(model).recorded


def uncoded() -> Iterator[type[models.Model]]:
    """Yield the models of which older rows have nothing to be checked by: histories, and renderings."""
    yield apps.get_model("articles.Rendering")
    yield from histories()


@cache
def histories() -> tuple[type[models.Model], ...]:
    """Return the models of histories and of their relations."""
    return tuple(model for model in apps.get_models() if issubclass(model, CodedRelation))


def state_code(row: models.Model) -> str:
    """Return the code of everything that is taken over of a row. No digest: what is personal must not be guessed."""
    return signing_keys.mac(_TAKEN_OVER, _everything(row))


def is_state(row: models.Model, code: object) -> bool:
    """Say whether a row is as it was when it was taken over."""
    return isinstance(code, str) and signing_keys.is_mac(_TAKEN_OVER, _everything(row), code)


def _everything(row: models.Model) -> bytes:
    model = row._meta.model
    if model._meta.db_table not in tables():
        return f"{row.pk} ".encode() + message(row)
    held = {name: short(row, name) for name in columns(model)}
    held |= {name: sorted(getattr(row, name).values_list("pk", flat=True)) for name in tracked(model).many}
    return canonical_text([model._meta.db_table, row.pk, held]).encode()
