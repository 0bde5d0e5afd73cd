"""Two people saving one draft: what the second typed is kept, beside what the first saved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.models import Article

_NOT_TEXT = ("seen", "reason", "id", "article", "DELETE")


@dataclass(frozen=True)
class Difference:
    """One field whose saved value is not what this person typed, both as people read them."""

    name: str
    place: str
    label: str
    saved: str
    typed: str


@dataclass(frozen=True)
class ConcurrentEdit:
    """A save that came second. `data` is what was typed, arranged so that a second press can save it."""

    data: QueryDict
    differences: list[Difference]
    added: list[str]
    removed: list[str]
    saved_by: str
    saved_at: datetime

    def __str__(self) -> str:
        said = _(
            "%(person)s saved this draft while you were writing. Your changes were not saved, but nothing is lost."
        )
        return said % {"person": self.saved_by or _("Somebody")}


@dataclass(frozen=True)
class DraftForms:
    """The form classes one person edits a draft with."""

    article: type[forms.ModelForm]
    parts: list[type[BaseInlineFormSet]]


def compare_with_saved(article: Article, data: QueryDict, draft_forms: DraftForms) -> ConcurrentEdit:
    """Return what differs between the draft as saved and what was typed on an older page."""
    typed = data.copy()
    typed["seen"] = str(article.version)
    added, removed = [], []
    for formset in draft_forms.parts:
        more, fewer = _rebase(typed, formset, article)
        added += more
        removed += fewer
    last = article.history.select_related("history_user").first()
    return ConcurrentEdit(
        data=typed,
        differences=list(_differences(article, typed, draft_forms)),
        added=added,
        removed=removed,
        saved_by=str(last.history_user) if last and last.history_user else "",
        saved_at=article.updated_at,
    )


def take_saved(article: Article, data: QueryDict, draft_forms: DraftForms) -> QueryDict:
    """Return the typed data with the fields named in `take_saved` put back to what is saved."""
    names = set(data.getlist("take_saved"))
    merged = data.copy()
    for form, _place in _saved_forms(article, data, draft_forms):
        for bound in form:
            if bound.html_name in names and bound.name not in _NOT_TEXT:
                merged.setlist(bound.html_name, _posted(bound))
    return merged


def _rebase(data: QueryDict, formset: type[BaseInlineFormSet], article: Article) -> tuple[list[str], list[str]]:
    """Arrange typed rows over the rows that exist now; return the names of rows that were added and removed since."""
    prefix = formset.get_default_prefix()
    rows = _typed_rows(data, prefix, formset.absolute_max)
    present = {str(row.pk): row for row in _rows_of(formset, article)}
    kept = [row for row in rows if row.get("id", [""])[0] in present]
    seen = {row["id"][0] for row in kept}
    added = [row for pk, row in present.items() if pk not in seen]
    removed = [row for row in rows if row.get("id", [""])[0] and row not in kept and "DELETE" not in row]
    # A row that somebody deleted while this person wrote in it comes back as a new one: what they typed is theirs.
    fresh = [{**row, "id": [""]} for row in removed] + [row for row in rows if not row.get("id", [""])[0]]
    _write_rows(data, prefix, [*kept, *(_row_data(formset.form, row) for row in added)], fresh)
    return [str(row) for row in added], [_name(row) for row in removed]


def _rows_of(formset: type[BaseInlineFormSet], article: Article) -> Any:
    manager: Any = formset.model._default_manager  # type: ignore[union-attr]
    return manager.filter(article=article)


def _typed_rows(data: QueryDict, prefix: str, limit: int) -> list[dict[str, list[str]]]:
    """Return each typed row as a mapping of field names to values, and take them out of the data."""
    rows: dict[int, dict[str, list[str]]] = {}
    for key in [key for key in data if key.startswith(f"{prefix}-")]:
        number, _dash, name = key.removeprefix(f"{prefix}-").partition("-")
        if number.isdecimal() and int(number) < limit:
            rows.setdefault(int(number), {})[name] = data.getlist(key)
            del data[key]
    return [rows[number] for number in sorted(rows)]


def _write_rows(data: QueryDict, prefix: str, initial: list[dict], fresh: list[dict]) -> None:
    for number, row in enumerate([*initial, *fresh]):
        for name, values in row.items():
            data.setlist(f"{prefix}-{number}-{name}", values)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(initial) + len(fresh))
    data[f"{prefix}-INITIAL_FORMS"] = str(len(initial))


def _row_data(form_class: type[forms.ModelForm], row: Any) -> dict[str, list[str]]:
    form = form_class(instance=row)
    typed = {bound.name: _posted(bound) for bound in form if bound.name not in _NOT_TEXT}
    return {**typed, "id": [str(row.pk)], "article": [str(row.article_id)]}


def _posted(bound: forms.BoundField) -> list[str]:
    """Return a field's saved value as a browser would post it."""
    value = bound.value()
    values = value if isinstance(value, list | tuple) else [value]
    return ["" if one is None else str(one) for one in values]


def _name(row: dict[str, list[str]]) -> str:
    return (row.get("heading") or row.get("key") or [""])[0]


def _saved_forms(article: Article, data: QueryDict, draft_forms: DraftForms) -> Iterator[tuple[forms.BaseForm, str]]:
    """Yield a form of each saved row under the name it has in the typed data, with a name of the row."""
    yield draft_forms.article(instance=article), ""
    for formset in draft_forms.parts:
        prefix = formset.get_default_prefix()
        present = {str(row.pk): row for row in _rows_of(formset, article)}
        for number in range(min(_count(data.get(f"{prefix}-INITIAL_FORMS")), formset.absolute_max)):
            if row := present.get(data.get(f"{prefix}-{number}-id", "")):
                yield formset.form(instance=row, prefix=f"{prefix}-{number}"), str(row)


def _count(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _differences(article: Article, data: QueryDict, draft_forms: DraftForms) -> Iterator[Difference]:
    for form, place in _saved_forms(article, data, draft_forms):
        for bound in form:
            if bound.name in _NOT_TEXT:
                continue
            typed = bound.field.widget.value_from_datadict(data, {}, bound.html_name)
            if bound.field.has_changed(bound.initial, typed):
                yield Difference(
                    name=bound.html_name,
                    place=place,
                    label=str(bound.label),
                    saved=_words(bound.field, bound.initial),
                    typed=_words(bound.field, typed),
                )


def _words(field: forms.Field, value: Any) -> str:
    """Return a field's value as people read it."""
    values = value if isinstance(value, list | tuple) else [value]
    if isinstance(field, forms.ModelChoiceField):
        return ", ".join(_rows_named(field, values))
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = {str(key): str(label) for key, label in choices}
        return ", ".join(labels.get(str(one), str(one)) for one in values)
    return "" if value is None else str(field.prepare_value(value))


def _rows_named(field: forms.ModelChoiceField, values: Iterable[Any]) -> list[str]:
    wanted = [str(getattr(one, "pk", one)) for one in values if one not in (None, "")]
    found = field.queryset.filter(pk__in=[pk for pk in wanted if pk.isdecimal()]) if field.queryset is not None else []
    return sorted(str(row) for row in found)
