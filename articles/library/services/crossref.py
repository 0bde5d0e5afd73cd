"""Crossref: a DOI's record as CSL-JSON, and what became of the paper (MEDICAL.md §6)."""

from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from articles.library.services import facts
from articles.library.services.facts import Facts, ServiceReport, Update
from articles.library.services.http import JSON, Client, Malformed, State

SERVICE = "crossref"

_TYPES = {
    "journal-article": "article-journal",
    "posted-content": "article",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-chapter": "chapter",
    "reference-entry": "chapter",
    "report": "report",
    "report-component": "report",
    "standard": "standard",
    "dataset": "dataset",
    "dissertation": "thesis",
    "proceedings-article": "paper-conference",
}
# Words of Crossref and of Retraction Watch. An addendum or a clarification leaves the paper as it was.
_KINDS = {
    "retraction": facts.RETRACTION,
    "partial_retraction": facts.RETRACTION,
    "withdrawal": facts.RETRACTION,
    "removal": facts.RETRACTION,
    "expression_of_concern": facts.CONCERN,
    "correction": facts.CORRECTION,
    "corrigendum": facts.CORRECTION,
    "erratum": facts.CORRECTION,
    "reinstatement": facts.REINSTATEMENT,
    "new_version": facts.SUPERSEDED,
    "new_edition": facts.SUPERSEDED,
}
# Publishers put this before the title of the paper itself; "Retraction:" stands before a notice.
_RETRACTED_TITLES = ("RETRACTED:", "RETRACTED ARTICLE:", "WITHDRAWN:")


class Crossref:
    """Asks the works of Crossref; `contact` is the address it may write to."""

    def __init__(self, client: Client, *, base: str, contact: str) -> None:
        self._client = client
        self._base = base.rstrip("/")
        self._contact = contact

    def work(self, doi: str) -> ServiceReport:
        """Return what Crossref tells of a DOI. A DOI of another agency is not found, and its agency is named."""
        answer = self._get(f"/works/{quote(doi, safe='')}")
        if answer.state is State.NOT_FOUND:
            return ServiceReport(SERVICE, State.NOT_FOUND, self._elsewhere(doi) or answer.detail)
        if answer.state is not State.FOUND:
            return facts.unreported(SERVICE, answer)
        try:
            return ServiceReport(SERVICE, State.FOUND, facts=work_facts(_message(answer.json(), "work")))
        except Malformed as fault:
            return ServiceReport(SERVICE, State.BROKEN, str(fault))

    def agency(self, doi: str) -> str:
        """Return the id of the agency that registered a DOI, for example "datacite"; nothing when it is not known."""
        answer = self._get(f"/works/{quote(doi, safe='')}/agency")
        if answer.state is not State.FOUND:
            return ""
        try:
            message = _message(answer.json(), "work-agency")
        except Malformed:
            return ""
        return facts.text(facts.mapping(message.get("agency")).get("id")).lower()

    def _elsewhere(self, doi: str) -> str:
        agency = self.agency(doi)
        return "" if agency in ("", "crossref") else _("It is registered with %s, not with Crossref.") % agency

    def _get(self, path: str) -> Any:
        return self._client.get(self._base + path, {"mailto": self._contact} if self._contact else None, kinds=JSON)


def work_facts(message: dict[str, Any]) -> Facts:
    """Return the facts in the `message` of a work."""
    fields = {
        "title": _title(message),
        "doi": facts.doi(message.get("DOI")),
        "kind": "study" if message.get("type") == "journal-article" else "other",
    }
    return Facts(
        fields={name: value for name, value in fields.items() if value},
        csl=work_csl(message),
        updates=tuple(_updates(message)),
    )


def work_csl(message: dict[str, Any]) -> dict[str, Any]:
    """Return a work as CSL-JSON without its title and DOI, which a Source holds beside it."""
    pages = facts.text(message.get("page")) or facts.text(message.get("article-number"))
    issued = _issued(message)
    variables = {
        "type": _TYPES.get(facts.text(message.get("type")), "document"),
        "author": [one for one in map(_person, facts.items(message.get("author"))) if one],
        "editor": [one for one in map(_person, facts.items(message.get("editor"))) if one],
        "container-title": facts.plain(message.get("container-title")),
        "container-title-short": facts.plain(message.get("short-container-title")),
        "issued": {"date-parts": [issued]} if issued else None,
        "volume": facts.text(message.get("volume")),
        "issue": facts.text(message.get("issue")),
        "page": pages,
        "publisher": facts.plain(message.get("publisher")),
        "ISSN": facts.text(message.get("ISSN")),
        "ISBN": facts.text(message.get("ISBN")),
        "language": facts.text(message.get("language")),
        "URL": facts.text(facts.mapping(facts.mapping(message.get("resource")).get("primary")).get("URL")),
    }
    return {name: value for name, value in variables.items() if value}


def _message(answer: Any, kind: str) -> dict[str, Any]:
    shape = facts.mapping(answer)
    message = shape.get("message")
    if shape.get("status") != "ok" or shape.get("message-type") != kind or not isinstance(message, dict):
        raise Malformed(_("The answer is not a Crossref record."))
    return message


def _title(message: dict[str, Any]) -> str:
    title, subtitle = facts.plain(message.get("title")), facts.plain(message.get("subtitle"))
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}" if title else subtitle
    return title


def _person(value: Any) -> dict[str, str]:
    person = facts.mapping(value)
    if name := facts.plain(person.get("name")):
        return {"literal": name}
    names = {part: facts.plain(person.get(part)) for part in ("family", "given", "suffix")}
    if not names["family"]:
        return {"literal": names["given"]} if names["given"] else {}
    if orcid := facts.text(person.get("ORCID")):
        names["ORCID"] = orcid
    return {part: name for part, name in names.items() if name}


def _issued(message: dict[str, Any]) -> list[int]:
    # The year that goes with a volume is the printed one; online it may have been out the year before.
    names = ("published-print", "issued", "published", "published-online")
    order = names if message.get("volume") else names[1:]
    return next((parts for name in order if (parts := facts.date_parts(message.get(name)))), [])


def _updates(message: dict[str, Any]) -> list[Update]:
    # `update-to` stands on a notice and speaks of the paper it is about; of a paper only `updated-by` speaks.
    found = [_update(facts.mapping(one)) for one in facts.items(message.get("updated-by"))]
    updates = [one for one in found if one is not None]
    is_reported = any(one.kind == facts.RETRACTION for one in updates)
    if not is_reported and _title(message).upper().startswith(_RETRACTED_TITLES):
        updates.append(Update(facts.RETRACTION, SERVICE, detail=_("Its title says that it is retracted.")))
    return updates


def _update(entry: dict[str, Any]) -> Update | None:
    word = facts.text(entry.get("type")).lower().replace("-", "_").replace(" ", "_")
    kind = _KINDS.get(word)
    if kind is None:
        return None
    reporter = facts.text(entry.get("source")) or "publisher"
    return Update(
        kind,
        # Whoever told Crossref: "publisher" or "retraction-watch".
        SERVICE if reporter == "publisher" else reporter[:20],
        date=_update_date(entry.get("updated")),
        notice_doi=facts.doi(entry.get("DOI")),
        detail=facts.plain(entry.get("label")) or word.replace("_", " "),
    )


def _update_date(updated: Any) -> Any:
    parts = facts.date_parts(updated)
    if len(parts) == 3:
        return facts.day(*parts)
    moment = facts.text(facts.mapping(updated).get("date-time"))
    return facts.day(*moment[:10].split("-")) if len(moment) >= 10 and moment[:10].count("-") == 2 else None
