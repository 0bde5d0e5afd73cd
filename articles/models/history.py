"""What every row of a history carries: an authentication code over the whole row, and the row before it.

Designed to meet 21 CFR 11.10(e): a row of a history that somebody altered or removed by hand can be told.
"""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import signing_keys

_PURPOSE = "history"


class CodeField(models.CharField):
    """Holds the authentication code of its row, made when the row is inserted, also by `bulk_create`."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if add:
            if hasattr(model_instance, "previous_id"):
                model_instance.previous_id = _last(model_instance)
            setattr(model_instance, self.attname, signing_keys.mac(_PURPOSE, message(model_instance)))
        return super().pre_save(model_instance, add)


def _last(row: models.Model) -> int | None:
    rows = type(row)._default_manager.filter(id=row.id).order_by("-history_id")  # type: ignore[attr-defined]
    return rows.values_list("history_id", flat=True).first()


def message(row: models.Model) -> bytes:
    """Return the bytes that a row's code covers: its table and every column but its own key and the code."""
    covered = {
        field.attname: field.to_python(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if not field.primary_key and not isinstance(field, CodeField)
    }
    told = [row._meta.db_table, covered]
    return json.dumps(told, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":")).encode()


def is_whole(row: models.Model) -> bool:
    """Say whether a row of a history is as it was written. One that is older than these codes has none."""
    code = row.code  # type: ignore[attr-defined]
    return signing_keys.is_mac(_PURPOSE, message(row), code)


class CodedRelation(models.Model):
    """A row of a history's relation: it names the history's row that it belongs to."""

    code = CodeField(_("authentication code"), max_length=64, blank=True, default="", editable=False)

    class Meta:
        abstract = True


class CodedHistory(CodedRelation):
    """A row of a history. `previous_id` is the row of the same object before it; the first has none."""

    # Before the code in the order of columns: the code covers it.
    previous_id = models.BigIntegerField(_("row before"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
