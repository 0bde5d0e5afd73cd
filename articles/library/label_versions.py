"""Versions of a drug label: the newest that services have, kept as a source of its own with its sections."""

from collections import defaultdict
from datetime import datetime

from django.utils.translation import gettext as _

from articles.library.services import facts
from articles.library.services.facts import Facts, ServiceReport, Update
from articles.library.services.http import State
from articles.library.services.service_clients import Clients
from articles.models import Extract, Source
from articles.models.person import Person
from articles.writing import drafting


def newest(source: Source, clients: Clients) -> ServiceReport:
    """Return the newest version of a source's label when it is newer; found without facts when it is not.

    DailyMed is asked first, for it knows every version; openFDA when DailyMed does not answer.
    """
    if not source.label_version.isdecimal():
        return ServiceReport(
            "", State.BROKEN, _("The version of this label is not a number, so newer versions cannot be detected.")
        )
    present = int(source.label_version)
    versions = clients.dailymed.versions(source.set_id)
    if versions.state is State.FOUND:
        if versions.found[0].number <= present:
            return ServiceReport("dailymed", State.FOUND)
        told = clients.dailymed.label(source.set_id)
    else:
        told = clients.openfda.label(source.set_id)
        if told.state is not State.FOUND and versions.state is not State.NOT_FOUND:
            # Only the service that knows every label may say that it does not know one.
            return ServiceReport("dailymed", versions.state, versions.detail, retry_at=versions.retry_at)
    if told.facts is not None and int(told.facts.fields["label_version"]) <= present:
        return ServiceReport(told.service, State.FOUND)
    return told


def keep(found: Facts, *, like: Source | None = None, by: Person | None = None, at: datetime) -> Source:
    """Return the source of a label's version: the one that is here, or a new one with its sections as extracts."""
    fields = found.fields
    named = {"set_id": fields["set_id"], "label_version": fields["label_version"]}
    known = Source.objects.filter(**named, merged_into=None).first()
    if known is not None:
        return known
    title = fields.get("title") or (like.title if like is not None else fields["set_id"])
    made = Source(**{**fields, "title": title[:500]}, csl=found.csl, status=Source.Status.CURRENT, checked_at=at)
    drafting.save(made, by=by, reason=_("Looked up."))
    keep_sections(made, found, by=by)
    return made


def keep_sections(source: Source, found: Facts, *, by: Person | None = None) -> int:
    """Store the sections of a label that the source has no extract of; return how many."""
    stored = set(source.extracts.values_list("loinc", flat=True))
    missing = [section for section in found.sections if section.loinc not in stored]
    for section in missing:
        place = (section.heading or section.loinc)[:120]
        extract = Extract(source=source, pinpoint=place, loinc=section.loinc, text=section.text)
        drafting.save(extract, by=by, reason=_("Looked up."))
    return len(missing)


def is_newer(one: Source, other: Source) -> bool:
    """Say whether a label's version follows another's."""
    numbers = (one.label_version, other.label_version)
    return all(number.isdecimal() for number in numbers) and int(numbers[0]) > int(numbers[1])


def as_update(found: Facts, old: Source, *, told_by: str) -> Update:
    """Return the event that a label has a newer version, with the sections that changed since this one."""
    version = found.fields["label_version"]
    return Update(
        facts.LABEL_VERSION,
        told_by,
        date=found.fields.get("effective_date"),
        detail=_("Version %(new)s follows version %(old)s.") % {"new": version, "old": old.label_version},
        subject=version,
        changed_sections=changed_sections(old, found),
    )


def changed_sections(old: Source, found: Facts) -> tuple[str, ...] | None:
    """Return the LOINC codes of stored sections whose words are not the same now; None when none is stored."""
    stored: dict[str, list[str]] = defaultdict(list)
    for extract in old.extracts.exclude(loinc="").order_by("pk"):
        stored[extract.loinc].append(extract.text)
    if not stored:
        return None
    present = {section.loinc: _folded(section.text) for section in found.sections}
    return tuple(sorted(code for code, texts in stored.items() if _folded("\n".join(texts)) != present.get(code)))


def _folded(text: str) -> str:
    return " ".join(text.split())
