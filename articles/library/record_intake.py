"""Brings one record into the library: found by its identifiers it completes the source there, else it is added."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date

from articles.library import source_updates
from articles.library.files.source_record import Record
from articles.library.services.facts import Update
from articles.models import Source, SourceImportRecord
from articles.models.person import Person
from articles.text import hidden_characters
from articles.text.csl.likeness import are_near, likeness
from articles.writing import drafting

Kind = SourceImportRecord.Outcome

_LONGEST_TITLE = 500
# What a label's own export says and no other file does.
_FACTS = ("marketing_category", "country", "note")


@dataclass
class Outcome:
    """What became of a record. `like` is a source that is probably the same work; `filled` what was empty before."""

    kind: str
    source: Source | None = None
    like: Source | None = None
    filled: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@transaction.atomic
def bring_in(record: Record, *, by: Person, reason: str) -> Outcome:
    """Add the source of a record, or fill what is empty in the one that is here.

    Nothing that a source has is overwritten, and nothing that a person set or emptied (`kept_fields`) is touched. A
    retraction or another notice that the record tells of is put down as an update of the source.
    """
    faults = _clean(record)
    outcome = find(record)
    outcome.faults += faults
    if outcome.kind == Kind.FAILED:
        return outcome
    if outcome.source is None:
        outcome.source = _added(record, outcome, by=by, reason=reason)
        _tell_notices(outcome.source, record)
        return outcome
    source = outcome.source
    outcome.filled = _fill(source, record, outcome.faults)
    if _tell_notices(source, record) and _is_graver(record.status, source.status):
        source.status, source.checked_at = record.status, timezone.now()
        outcome.filled.append("status")
    if outcome.filled:
        outcome.kind = Kind.FILLED
        drafting.save(source, by=by, reason=reason)
    return outcome


def _clean(record: Record) -> list[str]:
    """Take out the characters that change the order of words; say that there were some."""
    csl = hidden_characters.without_direction(record.csl)
    if csl == record.csl:
        return []
    record.csl = csl
    return ["It held invisible characters that change the order of words; they were left out."]


def find(record: Record) -> Outcome:
    """Say what would become of a record, without writing: FAILED, ADDED, PROBABLE or ALREADY."""
    if record.is_broken:
        return Outcome(Kind.FAILED)
    faults: list[str] = []
    same = _by_identifiers(record, faults)
    if same is not None:
        return Outcome(Kind.ALREADY, same, faults=faults)
    alike = _alike(record)
    if not alike:
        return Outcome(Kind.ADDED, faults=faults)
    if known := next((source for source in alike if _says_the_same(source, record)), None):
        return Outcome(Kind.ALREADY, known, faults=faults)
    like = alike[0]
    faults.append(f"It is probably the same work as source {like.pk}: {like.title[:100]}")
    return Outcome(Kind.PROBABLE, like=like, faults=faults)


def _by_identifiers(record: Record, faults: list[str]) -> Source | None:
    set_id, version = record.label
    wanted = Q()
    if record.doi:
        wanted |= Q(doi=record.doi)
    if record.pmid:
        wanted |= Q(pmid=record.pmid)
    if set_id:
        wanted |= Q(set_id=set_id, label_version=version)
    if not wanted:
        return None
    found = {
        source.pk: source
        for one in Source.objects.filter(wanted).select_related("merged_into")
        for source in [_kept(one)]
    }
    sources = sorted(found.values(), key=lambda source: (source.doi != record.doi, source.pk))
    if len(sources) > 1:
        others = ", ".join(str(source.pk) for source in sources[1:])
        faults.append(f"Its identifiers belong to different sources: {sources[0].pk} and {others}.")
    return sources[0] if sources else None


def _kept(source: Source) -> Source:
    """Return the source that stands for this one after merging."""
    seen = {source.pk}
    while source.merged_into is not None and source.merged_into_id not in seen:
        source = source.merged_into
        seen.add(source.pk)
    return source


def _alike(record: Record) -> list[Source]:
    wanted = likeness(record.title[:_LONGEST_TITLE], record.csl)
    found = Source.objects.filter(likeness=wanted, merged_into=None).order_by("pk")[:20] if wanted else ()
    return [source for source in found if are_near(source.csl, record.csl)]


def _says_the_same(source: Source, record: Record) -> bool:
    """Say whether a record that has no identifier was brought in before: a file that is imported twice adds nothing."""
    if record.doi or record.pmid or record.label[0]:
        return False
    return all(source.csl.get(name) == value for name, value in record.csl.items() if name != "custom")


# -- Adding


def _added(record: Record, outcome: Outcome, *, by: Person, reason: str) -> Source:
    title = record.title
    source = Source(
        kind=record.kind,
        title=title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…",
        csl=_stored(record.csl),
        doi=record.doi,
        pmid=record.pmid,
        level=record.level,
        status=record.status,
    )
    if len(title) > _LONGEST_TITLE:
        outcome.faults.append("Its title is longer than 500 characters; the whole one is kept in its CSL-JSON.")
    source.set_id, source.label_version = record.label
    for name, value in _facts(record).items():
        setattr(source, name, value)
    if source.status != Source.Status.UNKNOWN:
        source.checked_at = timezone.now()
    if outcome.like is not None:
        words = f"Imported; probably the same work as source {outcome.like.pk}."
        source.note = "\n".join(filter(None, (source.note, words)))
    drafting.save(source, by=by, reason=reason)
    return source


def _facts(record: Record) -> dict[str, Any]:
    facts: dict[str, Any] = {name: record.facts[name] for name in _FACTS if record.facts.get(name)}
    effective = _day(record.facts.get("effective_date", ""))
    if effective:
        facts["effective_date"] = effective
    for name in list(facts):
        model_field: Any = Source._meta.get_field(name)
        try:
            facts[name] = model_field.clean(facts[name], None)
        except ValidationError:
            del facts[name]
    return facts


def _stored(csl: dict[str, Any]) -> dict[str, Any]:
    """Return the item without what has a column of its own."""
    custom = csl.get("custom")
    if not isinstance(custom, dict) or "countersign" not in custom:
        return csl
    rest = {name: value for name, value in custom.items() if name != "countersign"}
    item = {name: value for name, value in csl.items() if name != "custom"}
    return {**item, "custom": rest} if rest else item


# -- Filling


def _fill(source: Source, record: Record, faults: list[str]) -> list[str]:
    """Fill what is empty and return its names. What the source has stays, also when the record says otherwise."""
    columns = {"doi": record.doi, "pmid": record.pmid, "level": record.level, **_facts(record)}
    columns.pop("note", None)
    filled = []
    for name, value in columns.items():
        mine = getattr(source, name)
        if value and not mine and name not in source.kept_fields and not _is_taken(source, name, value):
            setattr(source, name, value)
            filled.append(name)
        elif value and mine and mine != value and name in ("doi", "pmid"):
            faults.append(f"Its {name.upper()} is another one than that of source {source.pk}: {mine}.")
    mine = source.csl if isinstance(source.csl, dict) else {}
    given = _stored(record.csl)
    new = {name: value for name, value in given.items() if _is_empty(mine.get(name)) and name not in source.kept_fields}
    new = {
        name: value
        for name, value in new.items()
        if name not in ("id", "DOI", "PMID", "custom") and not _is_empty(value)
    }
    custom = _joined(mine.get("custom"), given.get("custom"))
    if custom != (mine.get("custom") or {}):
        new["custom"] = custom
    if new:
        source.csl = {**mine, **new}
        filled += [f"csl.{name}" for name in new]
    return filled


def _is_taken(source: Source, name: str, value: Any) -> bool:
    is_once = name in ("doi", "pmid")
    return is_once and Source.objects.filter(**{name: value}, merged_into=None).exclude(pk=source.pk).exists()


def _joined(mine: Any, given: Any) -> dict[str, Any]:
    """Return what both files said beyond CSL: a format's own fields are added once, and kept as they came first."""
    return {**(given if isinstance(given, dict) else {}), **(mine if isinstance(mine, dict) else {})}


def _is_empty(value: Any) -> bool:
    return value in (None, "", [], {})


# -- What happened to the publication


def _tell_notices(source: Source, record: Record) -> bool:
    """Put down what the record tells of; a task tells the texts that cite the source. Returns whether any was new."""
    told = [
        Update(
            kind=notice.kind,
            told_by="file",
            date=_day(notice.date),
            notice_doi=notice.doi[:200],
            notice_pmid=notice.pmid,
            detail=notice.words,
        )
        for notice in record.notices
    ]
    return bool(told) and bool(source_updates.keep(source, told, at=timezone.now()))


def _is_graver(told: str, known: str) -> bool:
    """Say whether a file's word changes the status: for the worse only, and never what was reinstated."""
    order = [Source.Status.CORRECTED, Source.Status.SUPERSEDED, Source.Status.CONCERN, Source.Status.RETRACTED]
    if told not in order or known == Source.Status.REINSTATED:
        return False
    return known not in order or order.index(Source.Status(told)) > order.index(Source.Status(known))


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
