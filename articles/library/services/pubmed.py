"""PubMed: a PMID's record and what became of the paper, by NCBI's E-utilities (MEDICAL.md §6)."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from articles.library.services import facts, markup
from articles.library.services.facts import Facts, ServiceReport, Update
from articles.library.services.http import XML, Answer, Client, Malformed, State

SERVICE = "pubmed"

# What stands on the paper; the other direction (RetractionOf, ErratumFor, …) stands on the notice.
_KINDS = {
    "RetractionIn": facts.RETRACTION,
    "RetractedandRepublishedIn": facts.RETRACTION,
    "PartialRetractionIn": facts.RETRACTION,
    "ExpressionOfConcernIn": facts.CONCERN,
    "ErratumIn": facts.CORRECTION,
    "CorrectedandRepublishedIn": facts.CORRECTION,
    "UpdateIn": facts.SUPERSEDED,
}
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
# The strongest word first: a record has several.
_APPRAISALS = (
    ("practice guideline", "guideline", "1"),
    ("guideline", "guideline", "1"),
    ("systematic review", "review", "1"),
    ("meta-analysis", "review", "1"),
    ("randomized controlled trial", "study", "2"),
    ("observational study", "study", "3"),
)
_REFERENCE_DATE = re.compile(r"\b((?:19|20)\d\d)(?: ([A-Z][a-z]{2})(?: (\d{1,2}))?)?\b")
_REFERENCE_DOI = re.compile(r"doi:\s*(10\.\d{4,9}/[^\s;]+)", re.IGNORECASE)


class PubMed:
    """Asks NCBI as `tool` and `contact`; a key raises what it allows."""

    def __init__(self, client: Client, *, base: str, contact: str, tool: str = "countersign", key: str = "") -> None:
        self._client = client
        self._base = base.rstrip("/")
        self._named = {"tool": tool, **({"email": contact} if contact else {}), **({"api_key": key} if key else {})}

    def article(self, pmid: str) -> ServiceReport:
        """Return what PubMed tells of a PMID."""
        answer = self._get("efetch.fcgi", XML, id=pmid, retmode="xml")
        if answer.state is not State.FOUND:
            return facts.unreported(SERVICE, answer)
        try:
            root = markup.parse(answer.body)
            _raise_error(
                markup.text(root, "ERROR") or (markup.text(root) if markup.local_name(root) == "ERROR" else "")
            )
            found = _record(root, pmid)
        except _Reported as told:
            return ServiceReport(SERVICE, told.end, str(told))
        except Malformed as fault:
            return ServiceReport(SERVICE, State.BROKEN, str(fault))
        if found is None:
            return ServiceReport(SERVICE, State.NOT_FOUND, _("PubMed has no record with this PMID."))
        return ServiceReport(SERVICE, State.FOUND, facts=article_facts(found))

    def _get(self, name: str, kinds: tuple[str, ...], **parameters: str) -> Answer:
        asked = {"db": "pubmed", **parameters, **self._named}
        # A fault comes with status 200 and often as plain text.
        return self._client.get(f"{self._base}/{name}", asked, kinds=(*kinds, "text/plain"))


class _Reported(Exception):
    def __init__(self, state: State, words: str) -> None:
        super().__init__(words)
        self.end = state


def _raise_error(words: str) -> None:
    if not words:
        return
    if re.search(r"empty result|invalid uid|not found", words, re.IGNORECASE):
        raise _Reported(State.NOT_FOUND, _("PubMed has no record with this PMID."))
    raise _Reported(State.UNKNOWN, _("PubMed reports: %s") % words[:200])


def _record(root: Element, pmid: str) -> Element | None:
    if markup.local_name(root) != "PubmedArticleSet":
        raise Malformed(_("The answer is not a set of articles."))
    records = markup.children(root, "PubmedArticle")
    return next((one for one in records if markup.text(one, "MedlineCitation", "PMID") == pmid), None)


def article_facts(record: Element) -> Facts:
    """Return the facts in a PubmedArticle."""
    citation = markup.child(record, "MedlineCitation")
    article = markup.child(citation, "Article")
    kinds = [markup.text(one) for one in markup.children(article, "PublicationTypeList", "PublicationType")]
    fields = {
        "title": _title(article),
        "pmid": facts.pmid(markup.text(citation, "PMID")),
        "doi": _identifier(record, article, "doi"),
        **_appraisal(kinds),
    }
    return Facts(
        fields={name: value for name, value in fields.items() if value},
        csl=_csl(record, citation, article),
        updates=tuple(_updates(citation, kinds)),
    )


def _appraisal(kinds: list[str]) -> dict[str, str]:
    words = {kind.lower() for kind in kinds}
    for word, kind, level in _APPRAISALS:
        if word in words:
            return {"kind": kind, "level": level}
    return {"kind": "study"}


def _title(article: Element | None) -> str:
    title = markup.text(article, "ArticleTitle").removesuffix(".")
    # A translated title stands in brackets.
    return title[1:-1].removesuffix(".") if title.startswith("[") and title.endswith("]") else title


def _identifier(record: Element, article: Element | None, kind: str) -> str:
    listed = [
        one for one in markup.children(record, "PubmedData", "ArticleIdList", "ArticleId") if one.get("IdType") == kind
    ]
    located = [
        one
        for one in markup.children(article, "ELocationID")
        if one.get("EIdType") == kind and one.get("ValidYN", "Y") == "Y"
    ]
    value = next((found for one in (*listed, *located) if (found := markup.text(one))), "")
    return facts.doi(value) if kind == "doi" else value


def _csl(record: Element, citation: Element | None, article: Element | None) -> dict[str, Any]:
    journal = markup.child(article, "Journal")
    issued = _date(markup.child(journal, "JournalIssue", "PubDate")) or _date(markup.child(article, "ArticleDate"))
    variables = {
        "type": "article-journal",
        "author": [one for one in map(_person, markup.children(article, "AuthorList", "Author")) if one],
        "container-title": markup.text(journal, "Title"),
        "container-title-short": markup.text(citation, "MedlineJournalInfo", "MedlineTA")
        or markup.text(journal, "ISOAbbreviation").replace(".", ""),
        "issued": {"date-parts": [issued]} if issued else None,
        "volume": markup.text(journal, "JournalIssue", "Volume"),
        "issue": markup.text(journal, "JournalIssue", "Issue"),
        "page": _pages(markup.text(article, "Pagination", "MedlinePgn")),
        "ISSN": markup.text(journal, "ISSN"),
        "PMCID": _identifier(record, article, "pmc"),
    }
    return {name: value for name, value in variables.items() if value}


def _person(author: Element) -> dict[str, str]:
    if author.get("ValidYN", "Y") != "Y":
        return {}
    if group := markup.text(author, "CollectiveName"):
        return {"literal": group}
    names = {
        "family": markup.text(author, "LastName"),
        "given": markup.text(author, "ForeName") or markup.text(author, "Initials"),
        "suffix": markup.text(author, "Suffix"),
    }
    return {part: name for part, name in names.items() if name} if names["family"] else {}


def _date(element: Element | None) -> list[int]:
    year = markup.text(element, "Year") or markup.text(element, "MedlineDate")[:4]
    parts = [year, _month(markup.text(element, "Month")), markup.text(element, "Day")]
    return facts.date_parts({"date-parts": [parts]})


def _month(word: str) -> str:
    return str(_MONTHS.get(word[:3].lower(), word))


def _pages(pages: str) -> str:
    """Return pages with their end in full: NLM writes 637-41 for 637-641."""
    short = re.fullmatch(r"([A-Za-z]*)(\d+)-(\d+)", pages)
    if short is None or len(short[3]) >= len(short[2]):
        return pages
    return f"{short[1]}{short[2]}-{short[1]}{short[2][: len(short[2]) - len(short[3])]}{short[3]}"


def _updates(citation: Element | None, kinds: list[str]) -> list[Update]:
    entries = markup.children(citation, "CommentsCorrectionsList", "CommentsCorrections")
    updates = [_update(_KINDS[kind], kind, one) for one in entries if (kind := one.get("RefType", "")) in _KINDS]
    is_reported = any(one.kind == facts.RETRACTION for one in updates)
    if "Retracted Publication" in kinds and not is_reported:
        updates.append(Update(facts.RETRACTION, SERVICE, detail="Retracted Publication"))
    return updates


def _update(kind: str, word: str, entry: Element) -> Update:
    reference = markup.text(entry, "RefSource")
    doi = _REFERENCE_DOI.search(reference)
    dated = _REFERENCE_DATE.search(reference)
    return Update(
        kind,
        SERVICE,
        date=facts.day(dated[1], _month(dated[2] or ""), dated[3]) if dated else None,
        notice_doi=facts.doi(doi[1].rstrip(".")) if doi else "",
        notice_pmid=facts.pmid(markup.text(entry, "PMID")),
        detail=" ".join(part for part in (f"{word}: {reference}", markup.text(entry, "Note")) if part)[:500],
    )
