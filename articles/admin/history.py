"""The saved changes of a row and its parts as one list: who, when, why, and each changed field old and new."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, IntegerField, OuterRef, Subquery, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.history import is_whole


@dataclass(frozen=True)
class Strand:
    """The history of one model; `parent` is the field by which its rows belong to the page's row."""

    model: type[models.Model]
    parent: str = "id"

    @property
    def history(self) -> Any:
        return self.model.history.model  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Change:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One saved change of one row."""

    at: datetime
    person: str
    reason: str
    kind: str
    what: str
    is_change: bool
    changes: list[Change]


_KINDS = {"+": gettext_lazy("Added"), "~": gettext_lazy("Changed"), "-": gettext_lazy("Deleted")}
# Facts of the row itself, not of what people wrote.
_NOT_SHOWN = {"id", "created_at", "digest"}


def rows_of(strands: Sequence[Strand], pk: int) -> models.QuerySet:
    """Return (time, strand's index, history id) of every history row, newest first, as one query."""
    parts = [
        strand.history.objects.filter(**{f"{strand.parent}_id" if strand.parent != "id" else "id": pk})
        .order_by()
        .annotate(strand=Value(index, IntegerField()))
        .values_list("history_date", "strand", "history_id")
        for index, strand in enumerate(strands)
    ]
    first, *others = parts
    return first.union(*others, all=True).order_by("-history_date", "-strand", "-history_id")


def entries(strands: Sequence[Strand], rows: list[tuple[datetime, int, int]]) -> list[Entry]:
    """Return the entries of these rows in their order; a constant number of queries however many there are."""
    found: dict[tuple[int, int], Entry] = {}
    for index, strand in enumerate(strands):
        if wanted := [history_id for _at, of, history_id in rows if of == index]:
            found.update({(index, history_id): entry for history_id, entry in _of_strand(strand, wanted)})
    return [found[index, history_id] for _at, index, history_id in rows]


def _of_strand(strand: Strand, wanted: list[int]) -> list[tuple[int, Entry]]:
    before = strand.history.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    newest = before.order_by("-history_id").values("history_id")[:1]
    related = [field.name for field in _fields(strand) if field.is_relation]
    rows = strand.history.objects.filter(history_id__in=wanted).select_related("history_user", *related)
    rows = list(rows.annotate(before_id=Subquery(newest), user_id=F("history_user_id")))
    olds = strand.history.objects.select_related(*related).in_bulk([row.before_id for row in rows if row.before_id])
    olds = {key: row for key, row in olds.items() if _is_shown(row)}
    many = _many_values(strand, [*wanted, *olds])
    return [(row.history_id, _entry(strand, row, olds.get(row.before_id), many)) for row in rows]


def _entry(strand: Strand, row: Any, before: Any, many: dict[int, dict[str, str]]) -> Entry:
    opts = strand.model._meta
    if not _is_shown(row):
        # What was written here nobody knows any more.
        words = _("This entry was altered after it was written, and is not shown.")
        what = _("%(kind)s %(key)s") % {"kind": capfirst(opts.verbose_name), "key": row.id}
        return Entry(row.history_date, "", words, "", what, is_change=False, changes=[])
    if row.history_type == "-":
        # What was deleted is shown once, as it was last.
        changes = _differences(strand, row, None, many)
    else:
        changes = _differences(strand, row, before, many)
    return Entry(
        at=row.history_date,
        person=str(row.history_user or ""),
        reason=row.history_change_reason or "",
        kind=str(_KINDS[row.history_type]),
        what=_("%(kind)s “%(name)s”") % {"kind": capfirst(opts.verbose_name), "name": _name(row)},
        is_change=row.history_type == "~",
        changes=changes,
    )


def _is_shown(row: Any) -> bool:
    """Say whether a row is as it was written. One from before there were codes stands before all that have one."""
    if row.code:
        return is_whole(row)
    return not type(row)._default_manager.filter(pk__lt=row.pk).exclude(code="").exists()


def _name(row: Any) -> str:
    names = ("heading", "title", "term", "pinpoint", "name", "key")
    return str(next((getattr(row, name) for name in names if hasattr(row, name)), ""))


def _differences(strand: Strand, row: Any, before: Any, many: dict[int, dict[str, str]]) -> list[Change]:
    pairs = [(field.verbose_name, _words(before, field), _words(row, field)) for field in _fields(strand)]
    labels = {field.name: field.verbose_name for field in strand.history._history_m2m_fields}
    olds = many.get(before.history_id, {}) if before is not None else {}
    news = many.get(row.history_id, {})
    pairs += [(label, olds.get(name, ""), news.get(name, "")) for name, label in labels.items()]
    return [Change(str(capfirst(label)), old, new) for label, old, new in pairs if old != new]


def _fields(strand: Strand) -> list[models.Field]:
    return [
        field
        for field in strand.history.tracked_fields
        if field.name not in _NOT_SHOWN
        and field.name != strand.parent
        and not isinstance(field, models.UUIDField)
        and not getattr(field, "auto_now", False)
    ]


def _words(row: Any, field: models.Field) -> str:
    """Return a field's value as people read it; nothing for a row that was not there."""
    if row is None:
        return ""
    if field.is_relation:
        value = getattr(row, field.name, None) or getattr(row, field.attname)
    elif field.choices:
        value = getattr(row, f"get_{field.name}_display")()
    else:
        value = getattr(row, field.name)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, indent=2) if value else ""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def _many_values(strand: Strand, history_ids: list[int]) -> dict[int, dict[str, str]]:
    """Return the names of many-to-many values by history id and field."""
    found: dict[int, dict[str, str]] = {}
    for field in strand.history._history_m2m_fields:
        through = getattr(strand.history, field.name).model
        target = field.m2m_reverse_field_name()
        rows = through.objects.filter(history_id__in=history_ids).select_related(target)
        names: dict[int, list[str]] = {}
        for row in filter(_is_shown, rows):
            names.setdefault(row.history_id, []).append(str(getattr(row, target) or getattr(row, f"{target}_id")))
        for history_id, values in names.items():
            found.setdefault(history_id, {})[field.name] = ", ".join(sorted(values))
    return found
