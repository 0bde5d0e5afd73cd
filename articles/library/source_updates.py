"""Source updates, as services, files and people tell it: kept once each, and the source's status follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from articles.library import label_versions
from articles.library.services import combined_answer, service_clients
from articles.library.services.facts import Facts, ServiceReport, Update
from articles.library.services.http import State
from articles.library.source_statuses import STATUS_AFTER
from articles.models import Source, SourceUpdate
from articles.models.person import Person
from articles.text.canonical import digest
from articles.writing import drafting

Kind, Status = SourceUpdate.Kind, Source.Status

# The gravest first. A new version of a label changes no status: it matters where the cited sections changed.
_STATUSES = {Kind(kind): Status(status) for kind, status in STATUS_AFTER.items()}
_GRAVITY = [*_STATUSES.values(), Status.CURRENT, Status.UNKNOWN]


@dataclass(frozen=True)
class Outcome:
    """What came of checking a source: found when a service answered, and what it told that was new."""

    state: State
    detail: str = ""
    new: Sequence[SourceUpdate] = ()
    told: Sequence[ServiceReport] = field(default=(), repr=False)
    retry_at: datetime | None = None


def check(source: Source, *, at: datetime, clients: service_clients.Clients | None = None) -> Outcome:
    """Ask the services that know a source and record what they tell. Must not run inside a transaction.

    No service answers: nothing changes. Every one asked does not know it: the time is noted, the status stays.
    """
    try:
        asked = clients or service_clients.clients()
    except service_clients.SwitchedOff as off:
        return Outcome(State.UNKNOWN, str(off))
    if source.set_id:
        return _check_label(source, asked, at)
    told = _ask(source, asked)
    if not told:
        return Outcome(State.NOT_FOUND, _("It has no DOI, PMID or set id to look it up by."))
    found = [one.facts for one in told if one.facts is not None]
    if found:
        updates = [update for facts in found for update in facts.updates]
        return _outcome(told, record(source, updates, at=at))
    outcome = _outcome(told, [])
    if outcome.state is State.NOT_FOUND:
        _note_time(source, at)
    return outcome


def record(source: Source, updates: Iterable[Update], *, by: Person | None = None, at: datetime) -> list[SourceUpdate]:
    """Keep the updates that are not kept yet, and return those; set the source's status and the time of checking.

    Called only when somebody answered: no update then means current. The same event told by several is one. What is
    told of a source that was merged into another is kept at the other. `source` gets the new status too.
    """
    with transaction.atomic():
        locked = _locked(source)
        known = list(locked.updates.all())
        new = keep(locked, updates, at=at)
        locked.status = _status(locked, [*known, *new], new)
        locked.checked_at = at
        drafting.save(locked, by=by, reason=_reason(new))
    source.status, source.checked_at = locked.status, locked.checked_at
    return new


def keep(source: Source, updates: Iterable[Update], *, at: datetime) -> list[SourceUpdate]:
    """Keep the updates that are not kept yet, and return those. The caller holds the source and sets its status."""
    new = [_made(source, update, at) for update in unknown(source, updates, at=at)]
    for one in new:
        one.save()
    return new


def record_version(source: Source, found: Facts, *, told_by: str = "dailymed", at: datetime) -> list[SourceUpdate]:
    """Keep another version of a label as a source; a newer one supersedes this one. Return the new updates."""
    with transaction.atomic():
        locked = _locked(source)
        other = label_versions.keep(found, like=locked, at=at)
        if not label_versions.is_newer(other, locked):
            return []
        if locked.superseded_by_id != other.pk:
            locked.superseded_by = other
            drafting.save(locked, by=None, reason=_("A newer version of the label was found."))
        new = record(locked, [label_versions.as_update(found, locked, told_by=told_by)], at=at)
    source.refresh_from_db(fields=["status", "checked_at", "superseded_by"])
    return new


def unknown(source: Source, updates: Iterable[Update], *, at: datetime) -> list[Update]:
    """Return the updates that are not kept yet, each event once."""
    known, new = list(source.updates.all()), []
    for update in updates:
        if not any(_is_same(update, one) for one in known):
            known.append(_made(source, update, at))
            new.append(update)
    return new


def derived_status(updates: Iterable[Update | SourceUpdate]) -> str:
    """Return the status that all updates of a source come to: the gravest, current without any.

    A reinstatement ends what came before it on a known date; what has no date stays, for it may be later.
    """
    counted = [one for one in updates if one.kind in _STATUSES]
    ended_on = max((one.date for one in counted if one.kind == Kind.REINSTATEMENT and one.date), default=None)
    left = {one.kind for one in counted if not _is_ended(one, ended_on)}
    return next((status for kind, status in _STATUSES.items() if kind in left), Status.CURRENT)


def _is_ended(update: Update | SourceUpdate, ended_on: date | None) -> bool:
    if update.kind in (Kind.REINSTATEMENT, Kind.SUPERSEDED) or ended_on is None or update.date is None:
        return False
    return update.date < ended_on


def _ask(source: Source, clients: service_clients.Clients) -> list[ServiceReport]:
    told = []
    if source.doi:
        told.append(clients.crossref.work(source.doi))
    if source.pmid:
        told.append(combined_answer.of_this(clients.pubmed.article(source.pmid), source.doi))
    return told


def _outcome(told: Sequence[ServiceReport], new: list[SourceUpdate]) -> Outcome:
    order = (State.FOUND, State.UNKNOWN, State.REFUSED, State.BROKEN, State.NOT_FOUND)
    state = min((one.state for one in told), key=order.index)
    details = (f"{one.service}: {one.detail}" for one in told if one.detail)
    retry_at = max((one.retry_at for one in told if one.retry_at), default=None)
    return Outcome(state, " ".join(details), new, told, retry_at)


def _check_label(source: Source, clients: service_clients.Clients, at: datetime) -> Outcome:
    told = label_versions.newest(source, clients)
    if told.state is State.NOT_FOUND:
        _note_time(source, at)
    if told.state is not State.FOUND:
        return _outcome([told], [])
    if told.facts is None:
        return _outcome([told], record(source, [], at=at))
    return _outcome([told], record_version(source, told.facts, told_by=told.service, at=at))


def _note_time(source: Source, at: datetime) -> None:
    with transaction.atomic():
        locked = _locked(source)
        locked.checked_at = at
        drafting.save(locked, by=None, reason=_("Looked up: no service has a record of it."))
    source.checked_at = at


def _locked(source: Source) -> Source:
    """Return the row, held until the transaction ends; of a source that was merged, the one it went into."""
    locked = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    return locked if locked.merged_into is None else _locked(locked.merged_into)


def _made(source: Source, update: Update, at: datetime) -> SourceUpdate:
    changed = update.changed_sections
    return SourceUpdate(
        source=source,
        kind=update.kind,
        date=update.date,
        notice_doi=update.notice_doi,
        notice_pmid=update.notice_pmid,
        told_by=update.told_by,
        detail=update.detail,
        changed_sections=None if changed is None else list(changed),
        identity=_identity(update),
        found_at=at,
    )


def _identity(update: Update) -> str:
    named = update.subject or update.notice_doi or update.notice_pmid or update.date
    return digest([update.kind, named or "undated"])


def _is_same(update: Update, known: SourceUpdate) -> bool:
    """Say whether two tellings are of one event: by its notice, by its day, and where nothing can be compared, by kind.

    A paper may have many corrections: those are one only when something says so, and not by the day when their
    notices differ.
    """
    if update.kind != known.kind:
        return False
    if update.subject or _identity(update) == known.identity:
        return _identity(update) == known.identity
    pairs = [(update.notice_doi, known.notice_doi), (update.notice_pmid, known.notice_pmid)]
    notices = [one == other for one, other in pairs if one and other]
    is_correction = update.kind == Kind.CORRECTION
    if any(notices) or (notices and is_correction):
        return any(notices)
    if update.date and known.date:
        return update.date == known.date
    return not notices and not is_correction


def _status(source: Source, known: list[SourceUpdate], new: list[SourceUpdate]) -> str:
    """Return the new status. What a person set, only something new and graver changes."""
    derived = derived_status(known)
    before = derived_status(one for one in known if one not in new)
    is_by_hand = "status" in source.kept_fields or source.status not in (Status.UNKNOWN, Status.CURRENT, before)
    if not is_by_hand:
        return derived
    is_graver = bool(new) and _GRAVITY.index(Status(derived)) < _GRAVITY.index(Status(source.status))
    return derived if is_graver else source.status


def _reason(new: list[SourceUpdate]) -> str:
    if not new:
        return _("Looked up: nothing new.")
    told = (f"{one.get_kind_display()} ({one.told_by}{f', {one.date}' if one.date else ''})" for one in new)
    return _("Looked up: %s.") % ", ".join(told)
