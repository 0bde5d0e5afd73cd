"""What all services together tell of one publication or label, by any of its identifiers."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from articles.library.services.facts import Facts, ServiceReport
from articles.library.services.http import State
from articles.library.services.service_clients import Clients


@dataclass(frozen=True)
class Gathered:
    """The facts of the services that found it, put together; `detail` says what each of the others answered."""

    state: State
    detail: str = ""
    facts: Facts | None = None
    retry_at: datetime | None = None


def gather(clients: Clients, *, doi: str = "", pmid: str = "", set_id: str = "") -> Gathered:
    """Ask the services that know these identifiers, and by what they tell the others."""
    return _together(_of_label(clients, set_id) if set_id else _of_publication(clients, doi, pmid))


def of_this(told: ServiceReport, doi: str) -> ServiceReport:
    """Return what is told of the paper with this DOI: with a mistyped PMID it would be another's retraction."""
    other = told.facts.fields.get("doi", "") if told.facts else ""
    if doi and other and other != doi:
        words = _("PubMed lists this PMID with another DOI, %s. Correct one of the two.") % other
        return ServiceReport(told.service, State.BROKEN, words)
    return told


def _of_publication(clients: Clients, doi: str, pmid: str) -> list[ServiceReport]:
    told = []
    if doi and not pmid:
        converted = clients.pmc.convert([doi], "doi").found or {}
        pmid = converted[doi].pmid if doi in converted else ""
    if pmid:
        told.append(of_this(clients.pubmed.article(pmid), doi))
        if told[0].facts is not None:
            doi = doi or told[0].facts.fields.get("doi", "")
    if doi:
        told.append(clients.crossref.work(doi))
    return told


def _of_label(clients: Clients, set_id: str) -> list[ServiceReport]:
    told = clients.dailymed.label(set_id)
    if told.facts is not None:
        return [told]
    # DailyMed is asked for every label, openFDA has most of them.
    return [clients.openfda.label(set_id), told]


def _together(told: list[ServiceReport]) -> Gathered:
    order = (State.FOUND, State.UNKNOWN, State.REFUSED, State.BROKEN, State.NOT_FOUND)
    state = min((one.state for one in told), key=order.index)
    detail = " ".join(f"{one.service}: {one.detail}" for one in told if one.detail)
    found = [one.facts for one in told if one.facts is not None]
    retry_at = max((one.retry_at for one in told if one.retry_at), default=None)
    if not found:
        return Gathered(state, detail, retry_at=retry_at)
    # The first that knows a field has the word: PubMed's records are edited, Crossref's are as publishers sent them.
    fields = {name: value for one in reversed(found) for name, value in one.fields.items()}
    csl = {name: value for one in reversed(found) for name, value in one.csl.items()}
    updates = tuple(update for one in found for update in one.updates)
    sections = next((one.sections for one in found if one.sections), ())
    return Gathered(state, detail, Facts(fields, csl, updates, sections), retry_at)
