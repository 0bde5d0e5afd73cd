"""Drug labels of the United States: DailyMed's documents and openFDA's copies, by set id (MEDICAL.md §6)."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from articles.library.services import facts, markup, spl
from articles.library.services.facts import Facts, LabelSection, ServiceReport
from articles.library.services.http import JSON, XML, Client, Malformed, State

DAILYMED = "dailymed"
OPENFDA = "openfda"

# openFDA's names of the sections that readers and checks ask for, with the LOINC code of each.
SECTIONS = {
    "boxed_warning": "34066-1",
    "indications_and_usage": "34067-9",
    "dosage_and_administration": "34068-7",
    "dosage_forms_and_strengths": "43678-2",
    "contraindications": "34070-3",
    "warnings": "34071-1",
    "warnings_and_cautions": "43685-7",
    "precautions": "42232-9",
    "adverse_reactions": "34084-4",
    "drug_interactions": "34073-7",
    "use_in_specific_populations": "43684-0",
    "pregnancy": "42228-7",
    "pediatric_use": "34081-0",
    "geriatric_use": "34082-8",
    "overdosage": "34088-5",
    "description": "34089-3",
    "clinical_pharmacology": "34090-1",
    "clinical_studies": "34092-7",
    "how_supplied": "34069-5",
    "information_for_patients": "34076-0",
    "spl_medguide": "42231-1",
    "spl_patient_package_insert": "42230-3",
    "patient_medication_information": "68498-5",
    "recent_major_changes": "43683-2",
}


@dataclass(frozen=True)
class Version:
    """A version of a label as lists name it."""

    set_id: str
    number: int
    published: date | None
    title: str = ""


@dataclass(frozen=True)
class Versions:
    """What came of asking for versions, newest first."""

    state: State
    detail: str = ""
    found: tuple[Version, ...] = ()
    retry_at: datetime | None = None


class DailyMed:
    """Asks the second version of DailyMed's web services."""

    def __init__(self, client: Client, *, base: str) -> None:
        self._client = client
        self._base = base.rstrip("/")

    def named(self, name: str) -> Versions:
        """Return labels by the name of a drug. Names collide: a person picks by title."""
        return self._versions(f"{self._base}/spls.json", {"drug_name": name, "pagesize": "100"})

    def versions(self, set_id: str) -> Versions:
        """Return the versions of one label."""
        return self._versions(f"{self._base}/spls/{set_id}/history.json", None, set_id)

    def label(self, set_id: str) -> ServiceReport:
        """Return the present version of a label, its sections by LOINC code."""
        answer = self._client.get(f"{self._base}/spls/{set_id}.xml", kinds=XML)
        if answer.state is not State.FOUND:
            return facts.unreported(DAILYMED, answer)
        try:
            found = spl_facts(markup.parse(answer.body))
            if found.fields["set_id"] != set_id.lower():
                raise Malformed(_("The answer is a label with another set id."))
        except Malformed as fault:
            return ServiceReport(DAILYMED, State.BROKEN, str(fault))
        return ServiceReport(DAILYMED, State.FOUND, facts=found)

    def _versions(self, address: str, parameters: dict[str, str] | None, set_id: str = "") -> Versions:
        answer = self._client.get(address, parameters, kinds=JSON)
        if answer.state is not State.FOUND:
            return Versions(answer.state, answer.detail, retry_at=answer.retry_at)
        try:
            found = _listed(answer.json(), set_id)
        except Malformed as fault:
            return Versions(State.BROKEN, str(fault))
        if not found:
            return Versions(State.NOT_FOUND, _("DailyMed has no such label."))
        return Versions(State.FOUND, found=tuple(sorted(found, key=lambda one: -one.number)))


class OpenFda:
    """Asks openFDA's copies of the labels; some labels exist at DailyMed only."""

    def __init__(self, client: Client, *, base: str, key: str = "") -> None:
        self._client = client
        self._base = base.rstrip("/")
        self._key = {"api_key": key} if key else {}

    def label(self, set_id: str) -> ServiceReport:
        """Return the present version of a label, its sections by LOINC code."""
        asked = {"search": f'set_id:"{set_id}"', "limit": "1", **self._key}
        answer = self._client.get(f"{self._base}/drug/label.json", asked, kinds=JSON)
        try:
            if answer.state is State.NOT_FOUND:
                return _not_found(answer.json())
            if answer.state is not State.FOUND:
                return facts.unreported(OPENFDA, answer)
            found = openfda_facts(_only_result(answer.json()))
            if found.fields["set_id"] != set_id.lower():
                raise Malformed(_("The answer is a label with another set id."))
        except Malformed as fault:
            return ServiceReport(OPENFDA, State.BROKEN, str(fault))
        return ServiceReport(OPENFDA, State.FOUND, facts=found)


def spl_facts(root: Element) -> Facts:
    """Return the facts in a document of Structured Product Labeling. Raises `Malformed`."""
    set_id = (markup.attribute(root, "root", "setId") or "").lower()
    version = markup.attribute(root, "value", "versionNumber") or ""
    if markup.local_name(root) != "document" or not set_id or not version.isdecimal():
        raise Malformed(_("The answer is not a label."))
    fields = _fields(
        title=_product(root) or markup.text(root, "title"),
        set_id=set_id,
        label_version=version,
        effective_date=_compact_date(markup.attribute(root, "value", "effectiveTime") or ""),
        marketing_category=_marketing_category(root),
    )
    labeler = markup.text(root, "author", "assignedEntity", "representedOrganization", "name")
    return Facts(fields=fields, csl=_label_csl(fields, labeler), sections=tuple(spl.sections(root)))


def openfda_facts(record: dict[str, Any]) -> Facts:
    """Return the facts in a record of openFDA; its `openfda` part may be empty. Raises `Malformed`."""
    set_id, version = facts.text(record.get("set_id")).lower(), facts.text(record.get("version"))
    if not set_id or not version.isdecimal():
        raise Malformed(_("The answer is not a label."))
    named = facts.mapping(record.get("openfda"))
    brand, generic = facts.text(named.get("brand_name")), facts.text(named.get("generic_name"))
    fields = _fields(
        title=_named(brand, generic),
        set_id=set_id,
        label_version=version,
        effective_date=_compact_date(facts.text(record.get("effective_time"))),
        marketing_category=_application(facts.text(named.get("application_number"))),
    )
    found = ((code, name, _paragraphs(record.get(name))) for name, code in SECTIONS.items())
    sections = tuple(LabelSection(code, name.replace("_", " "), text) for code, name, text in found if text)
    return Facts(fields=fields, csl=_label_csl(fields, facts.text(named.get("manufacturer_name"))), sections=sections)


def _product(root: Element) -> str:
    # The title of a document is a sentence about how to read it; the product's names are what people know it by.
    for product in markup.descendants(root, "manufacturedProduct"):
        if name := markup.text(product, "name"):
            return _named(name, markup.text(product, "asEntityWithGeneric", "genericMedicine", "name"))
    return ""


def _named(brand: str, generic: str) -> str:
    if brand and generic and brand.casefold() != generic.casefold():
        return f"{brand} ({generic})"
    return brand or generic


def _fields(**known: Any) -> dict[str, Any]:
    # Both services hold the labels of one country.
    fields = {"kind": "drug_label", "country": "US", "level": "2", **known}
    return {name: value for name, value in fields.items() if value}


def _label_csl(fields: dict[str, Any], labeler: str) -> dict[str, Any]:
    in_force = fields.get("effective_date")
    variables = {
        "type": "webpage",
        "publisher": labeler,
        "issued": {"date-parts": [[in_force.year, in_force.month, in_force.day]]} if in_force else None,
        "URL": f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={fields['set_id']}",
    }
    return {name: value for name, value in variables.items() if value}


def _listed(answer: Any, set_id: str) -> list[Version]:
    data = facts.mapping(answer).get("data")
    # The list of a drug's labels is an array; a label's history is an object with the array in it.
    entries = data.get("history") if isinstance(data, dict) else data
    if not isinstance(entries, list | dict):
        raise Malformed(_("The answer is not a list of labels."))
    found = []
    for entry in map(facts.mapping, facts.items(entries)):
        number = facts.text(entry.get("spl_version"))
        name = facts.text(entry.get("setid")).lower() or set_id
        if number.isdecimal() and name:
            published = _spoken_date(facts.text(entry.get("published_date")))
            found.append(Version(name, int(number), published, facts.plain(entry.get("title"))))
    return found


def _not_found(answer: Any) -> ServiceReport:
    error = facts.mapping(facts.mapping(answer).get("error"))
    if error.get("code") != "NOT_FOUND":
        raise Malformed(_("The service reports that there is no such page."))
    return ServiceReport(OPENFDA, State.NOT_FOUND, "openFDA does not know this set id.")


def _only_result(answer: Any) -> dict[str, Any]:
    shape = facts.mapping(answer)
    if error := facts.mapping(shape.get("error")):
        raise Malformed(_("The service reports: %s") % facts.text(error.get("message"))[:200])
    results = shape.get("results")
    if not isinstance(results, list) or not results:
        raise Malformed(_("The answer is not a label."))
    return facts.mapping(results[0])


def _marketing_category(root: Element) -> str:
    for approval in markup.descendants(root, "approval"):
        if name := (markup.attribute(approval, "displayName", "code") or "").strip():
            return name[:60]
    return ""


def _application(number: str) -> str:
    # openFDA names the application and not the category; its letters are the category of an approved drug.
    letters = re.match(r"^(NDA|ANDA|BLA)(?=\d)", number.upper())
    return letters[1] if letters else ""


def _paragraphs(value: Any) -> str:
    lines = (" ".join(one.split()) for one in facts.items(value) if isinstance(one, str))
    return "\n".join(line for line in lines if line)


def _compact_date(value: str) -> date | None:
    return facts.day(value[:4], value[4:6], value[6:8]) if value[:8].isdecimal() else None


def _spoken_date(value: str) -> date | None:
    """Return a date as DailyMed writes it: May 25, 2026."""
    found = re.match(r"^([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}), (\d{4})\Z", value)
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    if found is None or found[1] not in months:
        return None
    return facts.day(found[3], str(months.index(found[1]) + 1), found[2])
