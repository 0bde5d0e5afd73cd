"""PubMed Central's converter: which DOI, PMID and PMCID belong together (MEDICAL.md §6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from articles.library.services import facts
from articles.library.services.http import JSON, Client, Malformed, State

SERVICE = "pmc"
MOST = 200
Kind = Literal["doi", "pmid", "pmcid", "mid"]


@dataclass(frozen=True)
class Identifiers:
    """The names of one article; the converter knows only what is in PubMed Central."""

    doi: str = ""
    pmid: str = ""
    pmcid: str = ""


@dataclass(frozen=True)
class Converted:
    """`found` by the id as it was asked for; one that is missing there is not in PubMed Central."""

    state: State
    detail: str = ""
    found: dict[str, Identifiers] | None = None


class Converter:
    """Asks the converter as `tool` and `contact`."""

    def __init__(self, client: Client, *, base: str, contact: str, tool: str = "countersign") -> None:
        self._client = client
        self._base = base.rstrip("/")
        self._named = {"tool": tool, **({"email": contact} if contact else {})}

    def convert(self, ids: Iterable[str], kind: Kind) -> Converted:
        """Return the names of articles by one kind of id. Raises `ValueError` for more than `MOST`."""
        wanted = list(dict.fromkeys(ids))
        if len(wanted) > MOST:
            raise ValueError(f"At most {MOST} ids are converted at once.")
        if not wanted:
            return Converted(State.FOUND, found={})
        asked = {"ids": ",".join(wanted), "idtype": kind, "format": "json", **self._named}
        answer = self._client.get(f"{self._base}/articles/", asked, kinds=JSON)
        if answer.state is not State.FOUND:
            return Converted(answer.state, answer.detail)
        try:
            return Converted(State.FOUND, found=_found(answer.json(), wanted, kind))
        except Malformed as fault:
            return Converted(State.BROKEN, str(fault))


def _found(answer: Any, wanted: list[str], kind: Kind) -> dict[str, Identifiers]:
    shape = facts.mapping(answer)
    records = shape.get("records")
    if shape.get("status") != "ok" or not isinstance(records, list):
        raise Malformed(facts.text(shape.get("message"))[:200] or _("The answer is not a list of records."))
    asked = {one.lower(): one for one in wanted}
    found = {}
    for record in map(facts.mapping, records):
        name = asked.get((facts.text(record.get("requested-id")) or facts.text(record.get(kind))).lower())
        if name is not None and record.get("status") != "error" and not record.get("errmsg"):
            found[name] = Identifiers(
                doi=facts.doi(record.get("doi")),
                pmid=facts.pmid(record.get("pmid")),
                pmcid=facts.text(record.get("pmcid")),
            )
    return found
