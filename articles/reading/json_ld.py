"""What a page says to machines (schema.org), and nothing that it does not say to people."""

from html import escape
from typing import Any

from django.conf import settings
from django.urls import reverse

from articles.models import Publication
from articles.text import rendering

_AUDIENCES = {"professional": "Clinician", "plain": "Patient"}
# https://schema.org/IPTCDigitalSourceEnumeration: a text of which an AI tool wrote a part.
_AI_ASSISTED = "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource"
_SCHOLARLY = {"guideline", "study", "review"}


def graph(facts: dict[str, Any], *, citations: list[dict[str, Any]], html: str) -> dict[str, Any]:
    """Return the JSON-LD of a page from the facts its template shows and the stored body beside them.

    `reviewedBy` and `lastReviewed` stand only beside the badge: a pending or overdue page claims no review.
    """
    publication: Publication = facts["publication"]
    address = facts["address"]
    node = {
        "@type": "MedicalWebPage",
        "@id": f"{address}#page",
        "url": address,
        "inLanguage": facts["language"],
        "name": publication.title,
        "creativeWorkStatus": facts["status_in_words"],
        **_review(publication, facts["signers"]),
        "medicalAudience": {"@type": "MedicalAudience", "audienceType": _AUDIENCES[facts["audience"]]},
        "about": [{"@type": "Thing", "name": topic["name"]} for topic in publication.topics],
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "publishingPrinciples": settings.SITE_URL
        + reverse("reviews:policy_version", args=[publication.policy_version]),
        "usageInfo": f"{address}#disclaimer",
        "version": str(publication.revision.number),
        "digitalSourceType": _AI_ASSISTED if facts["ai"]["used"] else None,
        "citation": _citations(citations, html, _statuses(facts["source_notes"])),
    }
    return {"@context": "https://schema.org", "@graph": [{name: value for name, value in node.items() if value}]}


def _review(publication: Publication, signers: list[Any]) -> dict[str, Any]:
    return {
        "datePublished": _day(publication.published_at),
        "dateModified": _day(publication.text_changed_at),
        "lastReviewed": _day(publication.reviewed_at) if signers else None,
        "reviewedBy": [_person(signer) for signer in signers],
    }


def _person(signer) -> dict[str, Any]:
    person = {
        "@type": "Person",
        "name": signer.name,
        "honorificSuffix": signer.credentials,
        "knowsAbout": signer.specialties,
        "description": signer.declared,
        "sameAs": [f"https://orcid.org/{signer.orcid}"] if signer.orcid else None,
    }
    return {name: value for name, value in person.items() if value}


def _statuses(notes: list[Any]) -> dict[str, str]:
    """Return the gravest update of each source, by its id in the content."""
    return {f"source-{note.source}": note.status_in_words for note in reversed(notes)}


def _citations(citations: list[dict[str, Any]], html: str, statuses: dict[str, str]) -> list[dict[str, Any]]:
    """Return the sources that stand in this audience's list of references, each once, with what stands there."""
    sources = {source["csl"]["id"]: source for one in citations if (source := one["source"]) is not None}
    references = html.rpartition('id="references"')[2]
    return [
        _work(source, references, statuses.get(name, ""))
        for name, source in sources.items()
        if _title(source) in references
    ]


def _work(source: dict[str, Any], references: str, status: str) -> dict[str, Any]:
    doi, pmid = source["doi"], source["pmid"]
    work = {
        "@type": "MedicalScholarlyArticle" if source["kind"] in _SCHOLARLY else "CreativeWork",
        "name": rendering.title_shown(source),
        "creativeWorkStatus": status,
        "sameAs": f"https://doi.org/{doi}" if doi and escape(doi) in references else None,
        "identifier": f"PMID:{pmid}" if pmid and f">{pmid}<" in references else None,
    }
    return {name: value for name, value in work.items() if value}


def _title(source: dict[str, Any]) -> str:
    # The sanitiser leaves quotation marks in texts as they are.
    return escape(rendering.title_shown(source) or "\0", quote=False)


def _day(moment) -> str | None:
    return moment.date().isoformat() if moment else None
