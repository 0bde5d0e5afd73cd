"""The clients of public services as the settings make them; nothing is asked while look-ups are switched off."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from articles.library.services.crossref import Crossref
from articles.library.services.drug_labels import DailyMed, OpenFda
from articles.library.services.http import Bounds, Client
from articles.library.services.pmc import Converter
from articles.library.services.pubmed import PubMed
from articles.library.services.rate_limit import Pace


class SwitchedOff(Exception):
    """Look-ups are switched off on this site."""

    def __init__(self) -> None:
        super().__init__(_("Look-ups are switched off on this site. LOOKUP_CONTACT in the settings switches them on."))


@dataclass(frozen=True)
class Clients:
    """One client a service."""

    crossref: Crossref
    pubmed: PubMed
    pmc: Converter
    dailymed: DailyMed
    openfda: OpenFda


def clients() -> Clients:
    """Return the clients for this site. Raises `SwitchedOff`."""
    if not settings.LOOKUPS_ENABLED:
        raise SwitchedOff
    contact = settings.LOOKUP_CONTACT
    with_key = {urlsplit(settings.LOOKUP_BASES["pubmed"]).hostname or "": (10, 1.0)} if settings.NCBI_API_KEY else {}
    agent = f"Countersign/0.1 (+{settings.SITE_URL}; mailto:{contact})"
    # Where jobs run in the request itself, a person does not wait as long as a worker may.
    bounds = Bounds(total=6.0) if settings.CELERY_TASK_ALWAYS_EAGER else Bounds()
    return over(
        Client(agent=agent, pace=Pace(cache, allowed=with_key), bounds=bounds),
        bases=settings.LOOKUP_BASES,
        contact=contact,
        ncbi_key=settings.NCBI_API_KEY,
        openfda_key=settings.OPENFDA_API_KEY,
    )


def over(client: Client, *, bases: dict[str, str], contact: str, ncbi_key: str = "", openfda_key: str = "") -> Clients:
    """Return the clients that ask by one GET, each at its base address."""
    return Clients(
        crossref=Crossref(client, base=bases["crossref"], contact=contact),
        pubmed=PubMed(client, base=bases["pubmed"], contact=contact, key=ncbi_key),
        pmc=Converter(client, base=bases["pmc"], contact=contact),
        dailymed=DailyMed(client, base=bases["dailymed"]),
        openfda=OpenFda(client, base=bases["openfda"], key=openfda_key),
    )
