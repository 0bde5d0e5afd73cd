"""Looking a source up for a person: what is missing is filled, what differs is proposed, nothing is overwritten."""

import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import transaction
from django.utils.translation import gettext as _

from articles.library import csl_fields, label_versions, source_updates
from articles.library.services import combined_answer, service_clients
from articles.library.services.facts import Facts, LabelSection, Update
from articles.library.services.http import State
from articles.models import LookUp, Source
from articles.models.person import Person
from articles.models.sources import valid_doi, valid_pmid, valid_set_id
from articles.text import hidden_characters
from articles.writing import drafting

# Fields of a Source that a service can know; everything else of a record is CSL-JSON.
FIELDS = (
    "kind", "level", "title", "doi", "pmid", "set_id", "label_version", "effective_date", "marketing_category",
    "country",
)  # fmt: skip
# By these a source is found; which one a source is was said when it was made.
_IDENTITY = ("set_id", "label_version", "kind")
_UNIQUE = ("doi", "pmid")
_SET_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# Longer than any question takes, its time-outs and second tries included.
_LEASE = timedelta(minutes=10)
_PMID = re.compile(r"^(?:pmid:?\s*|https://pubmed\.ncbi\.nlm\.nih\.gov/)?([1-9]\d{0,7})/?\Z", re.IGNORECASE)


class UnknownIdentifier(ValueError):
    """A text is no DOI, PMID or set id."""


class Moved(Exception):
    """The source changed after this person saw the proposals."""


class AlreadyApplied(Exception):
    """Somebody applied this look-up."""


class AlreadyHere(Exception):
    """The library has this publication. `source` is that one."""

    def __init__(self, source: Source) -> None:
        super().__init__(_("This source is already in the library: %s.") % source)
        self.source = source


def identify(text: str) -> tuple[str, str]:
    """Return the service and the identifier that a text names, also as an address. Raises `UnknownIdentifier`."""
    text = text.strip()
    if label := _SET_ID.search(text):
        return LookUp.Service.LABEL, label[0].lower()
    if article := _PMID.match(text):
        return LookUp.Service.PUBMED, article[1]
    doi = csl_fields.clean_doi(text)
    if _follows(valid_doi, doi) and len(doi) <= 200:
        return LookUp.Service.CROSSREF, doi
    raise UnknownIdentifier(_("This is not a DOI, a PMID or the set id of a label."))


def named_here(service: str, identifier: str) -> Source | None:
    """Return the source of the library that has an identifier; of a label the newest version."""
    name = {LookUp.Service.CROSSREF: "doi", LookUp.Service.PUBMED: "pmid", LookUp.Service.LABEL: "set_id"}
    found = Source.objects.filter(**{name[LookUp.Service(service)]: identifier}, merged_into=None)
    return found.order_by("-pk").first()


def ask_of(source: Source, *, by: Person, at: datetime) -> LookUp:
    """Write down the question about a source here. Raises `UnknownIdentifier` when no service knows it."""
    for service, name, rule in (
        (LookUp.Service.LABEL, "set_id", valid_set_id),
        (LookUp.Service.CROSSREF, "doi", valid_doi),
        (LookUp.Service.PUBMED, "pmid", valid_pmid),
    ):
        identifier = getattr(source, name)
        if _follows(rule, identifier):
            return ask(service, identifier, source=source, by=by, at=at)
    raise UnknownIdentifier(_("“%s” has no DOI, PMID or set id to look it up by.") % source)


def ask(service: str, identifier: str, *, source: Source | None = None, by: Person, at: datetime) -> LookUp:
    """Write down a question; a task asks it."""
    return LookUp.objects.create(service=service, identifier=identifier, source=source, asked_by=by, asked_at=at)


def waiting(at: datetime) -> list[int]:
    """Return the questions that a task should have asked by now: the queue may have lost it."""
    found = LookUp.objects.filter(outcome=LookUp.Outcome.WAITING, asked_at__lt=at - timedelta(minutes=2))
    return list(found.order_by("pk").values_list("pk", flat=True)[:50])


def answer(pk: int, *, at: datetime, clients: service_clients.Clients | None = None) -> LookUp:
    """Ask the services and keep what they tell. Must not run inside a transaction; a second run changes nothing.

    What a process had begun and did not end within `_LEASE` is kept as not answered: a person asks again.
    """
    look_up, is_mine = _claimed(pk, at)
    if not is_mine:
        return look_up
    try:
        gathered = combined_answer.gather(clients or service_clients.clients(), **_identifiers(look_up))
    except service_clients.SwitchedOff as off:
        gathered = combined_answer.Gathered(State.UNKNOWN, str(off))
    with transaction.atomic():
        locked = LookUp.objects.select_for_update(no_key=True).get(pk=pk)
        if locked.outcome == LookUp.Outcome.WAITING:
            _keep(locked, gathered, at)
    return locked


def _claimed(pk: int, at: datetime) -> tuple[LookUp, bool]:
    """Return a question, and whether it is for this process to ask."""
    with transaction.atomic():
        look_up = LookUp.objects.select_for_update(no_key=True, of=("self",)).select_related("source").get(pk=pk)
        if look_up.outcome != LookUp.Outcome.WAITING:
            return look_up, False
        if look_up.begun_at is None:
            look_up.begun_at = at
            look_up.save(update_fields=["begun_at"])
            return look_up, True
        if look_up.begun_at < at - _LEASE:
            words = _("The process that asked ended before the answer was kept. Look it up again.")
            _keep(look_up, combined_answer.Gathered(State.UNKNOWN, words), at)
    return look_up, False


def apply(pk: int, names: Iterable[str], *, by: Person, at: datetime) -> Source:
    """Write the proposals a person chose, to the source or as a new one.

    Raises `AlreadyApplied`, `AlreadyHere`, and `Moved` when the source is not as the person saw it.
    """
    with transaction.atomic():
        look_up = LookUp.objects.select_for_update(no_key=True).get(pk=pk)
        if look_up.outcome != LookUp.Outcome.FOUND or look_up.applied_at is not None:
            raise AlreadyApplied(_("This look-up was already applied, or found nothing."))
        chosen = {name: look_up.proposals[name] for name in names if name in look_up.proposals}
        source = _add(look_up, chosen, by, at) if look_up.source is None else _change(look_up.source, chosen, by)
        look_up.source, look_up.applied_at = source, at
        look_up.save()
    return source


def _follows(rule: RegexValidator, text: str) -> bool:
    try:
        rule(text)
    except ValidationError:
        return False
    return True


def _identifiers(look_up: LookUp) -> dict[str, str]:
    source = look_up.source
    known = {"doi": source.doi, "pmid": source.pmid} if source is not None and not source.set_id else {}
    name = {"crossref": "doi", "pubmed": "pmid", "label": "set_id"}[look_up.service]
    return {**known, name: look_up.identifier}


def _keep(look_up: LookUp, gathered: combined_answer.Gathered, at: datetime) -> None:
    look_up.outcome, look_up.detail, look_up.retry_at = gathered.state.value, gathered.detail, gathered.retry_at
    look_up.answered_at = at
    if gathered.facts is not None:
        look_up.result = asdict(gathered.facts)
        if look_up.source is None:
            look_up.proposals = {name: [None, value] for name, value in _values(gathered.facts).items()}
        else:
            _meet(look_up, look_up.source, gathered.facts, at)
    look_up.save()


def _meet(look_up: LookUp, seen: Source, found: Facts, at: datetime) -> None:
    """Fill what the source lacks, propose what differs, and record its updates."""
    source = Source.objects.select_for_update(no_key=True).get(pk=seen.pk)
    if found.fields.get("label_version", source.label_version) != source.label_version:
        # Another version of the label is another source, which checking makes; nothing of it belongs here.
        source_updates.record_version(source, found, at=at)
        return
    filled = []
    for name, value in _values(found).items():
        present = _present(source, name)
        if name in _IDENTITY or _is_alike(present, value):
            continue
        if present or name in source.kept_fields or _is_taken(source, name, value):
            look_up.proposals[name] = [present, value]
        else:
            _set(source, name, value)
            filled.append(name)
    if filled:
        drafting.save(source, by=look_up.asked_by, reason=_("Looked up; filled in: %s.") % ", ".join(filled))
    if found.sections and not source.extracts.exclude(loinc="").exists():
        label_versions.keep_sections(source, found, by=look_up.asked_by)
    source_updates.record(source, found.updates, by=look_up.asked_by, at=at)


def _change(seen: Source, chosen: dict[str, list[Any]], by: Person) -> Source:
    source = Source.objects.select_for_update(no_key=True).get(pk=seen.pk)
    for name, (present, value) in chosen.items():
        if _json(_present(source, name)) != _json(present):
            raise Moved(_("Somebody changed this source while you were reading. Look it up again."))
        _refuse_taken(source, name, value)
        _set(source, name, value)
    # Whoever takes over the service's words does not keep their own.
    source.kept_fields = [name for name in source.kept_fields if name not in chosen]
    if chosen:
        drafting.save(source, by=by, reason=_("Values added from a look-up: %s.") % ", ".join(chosen))
    return source


def _add(look_up: LookUp, chosen: dict[str, list[Any]], by: Person, at: datetime) -> Source:
    values = {name: value for name, (_present, value) in chosen.items()}
    # Without these it would be another source, or none.
    for name in ("kind", "title", "doi", "pmid", "set_id", "label_version"):
        if name in look_up.proposals:
            values[name] = look_up.proposals[name][1]
    source = Source(kind=Source.Kind.OTHER, title=look_up.identifier)
    if look_up.service == LookUp.Service.LABEL:
        known = Source.objects.filter(
            set_id=values["set_id"], label_version=values["label_version"], merged_into=None
        ).first()
        if known is not None:
            raise AlreadyHere(known)
    for name, value in values.items():
        _refuse_taken(source, name, value)
        _set(source, name, value)
    drafting.save(source, by=by, reason=_("Added from a look-up of %s.") % look_up.identifier)
    told = _facts(look_up.result)
    label_versions.keep_sections(source, told, by=by)
    source_updates.record(source, told.updates, by=by, at=look_up.answered_at or at)
    return source


def _values(found: Facts) -> dict[str, Any]:
    told = {**{name: found.fields[name] for name in FIELDS if name in found.fields}, **found.csl}
    return hidden_characters.without_direction(told)


def _present(source: Source, name: str) -> Any:
    return getattr(source, name) if name in FIELDS else source.csl.get(name)


def _set(source: Source, name: str, value: Any) -> None:
    if name == "effective_date" and isinstance(value, str):
        value = date.fromisoformat(value)
    if name == "title":
        value = value[:500]
    if name in FIELDS:
        setattr(source, name, value)
    else:
        source.csl = {**source.csl, name: value}


def _is_alike(present: Any, value: Any) -> bool:
    if isinstance(present, str) and isinstance(value, str):
        return _folded(present) == _folded(value)
    return _json(present) == _json(value)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".").replace("–", "-")


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _is_taken(source: Source, name: str, value: Any) -> bool:
    return name in _UNIQUE and Source.objects.filter(**{name: value}, merged_into=None).exclude(pk=source.pk).exists()


def _refuse_taken(source: Source, name: str, value: Any) -> None:
    if _is_taken(source, name, value):
        raise AlreadyHere(Source.objects.get(**{name: value}, merged_into=None))


def _facts(result: dict[str, Any]) -> Facts:
    """Return the facts that a look-up kept as JSON."""
    told = []
    for one in result.get("updates", []):
        changed, day = one["changed_sections"], one["date"]
        dated = date.fromisoformat(day) if day else None
        told.append(Update(**{**one, "date": dated, "changed_sections": None if changed is None else tuple(changed)}))
    sections = tuple(LabelSection(**one) for one in result.get("sections", []))
    return Facts(result.get("fields", {}), result.get("csl", {}), tuple(told), sections)
