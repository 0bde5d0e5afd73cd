"""Histories of drafts: each row's code, the row before it, and the row of today, which the last one has to give."""

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from articles.models.history import CodedHistory, CodedRelation, is_whole
from reviews.record.faults import Fault

_ALTERED = "is not as it was written"


def entry(row: Any, older: Collection[int]) -> Iterator[Fault]:
    """Yield what is wrong with a row of a history. `older` are those that have no code, and were taken over."""
    model: type[models.Model] = type(row)
    table = model._meta.db_table
    if row.code == "" and row.pk in older:
        return
    if not is_whole(row):
        yield Fault(table, str(row.pk), "code", _ALTERED if row.code else "has no code, and is on no list")
    elif isinstance(row, CodedHistory) and not _has_previous(row):
        yield Fault(table, str(row.pk), "previous_id", "the row before it is gone")


def _has_previous(row: Any) -> bool:
    if row.previous_id is None:
        return True
    return bool(type(row)._default_manager.filter(pk=row.previous_id, id=row.id).exists())


def followed() -> list[type[models.Model]]:
    """Return the models whose rows have a history."""
    every = (model for model in apps.get_models() if not issubclass(model, CodedRelation))
    return [model for model in every if hasattr(model, "history")]


def present(row: Any) -> Iterator[Fault]:
    """Yield what a row of today holds and the last row of its history does not. Read twice when somebody saves it."""
    found = _differing(row)
    if found:
        fresh = type(row)._default_manager.filter(pk=row.pk).first()
        found = _differing(fresh) if fresh is not None else []
    for name, problem in found:
        yield Fault(row._meta.db_table, str(row.pk), name, problem)


def _differing(row: Any) -> list[tuple[str, str]]:
    history = row.history.model
    last = history.objects.filter(id=row.pk).order_by("-history_id").first()
    if last is None:
        return [("", "has no history")]
    if last.history_type == "-":
        return [("", "was deleted, by its history")]
    problem = "is not what the last row of its history says"
    found = [
        (one.attname, problem)
        for one in history.tracked_fields
        if getattr(row, one.attname) != getattr(last, one.attname)
    ]
    for field in history._history_m2m_fields:
        target = field.m2m_reverse_field_name() + "_id"
        then = set(getattr(last, field.name).values_list(target, flat=True))
        if then != {one.pk for one in getattr(row, field.name).all()}:
            found.append((field.name, problem))
    return found


def removed(row: Any) -> Iterator[Fault]:
    """Yield a fault of the last row of a history when what it tells of is gone."""
    if row.history_type == "-":
        return
    model = type(row).instance_type  # simple-history's name for the model
    is_last = not type(row)._default_manager.filter(id=row.id, pk__gt=row.pk).exists()
    if is_last and not model._default_manager.filter(pk=row.id).exists():
        again = type(row)._default_manager.filter(id=row.id, pk__gt=row.pk).exists()
        if not again:
            yield Fault(model._meta.db_table, str(row.id), "", "is gone, and its history does not say so")
