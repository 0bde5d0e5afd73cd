"""What a service tells of a publication or a label, in one shape whichever service it was."""

import datetime
import html
import re
from dataclasses import dataclass, field
from typing import Any

from articles.library.services.http import Answer, State

# The kinds of an update, worst first; the words are those of `SourceUpdate.Kind`.
RETRACTION = "retraction"
CONCERN = "concern"
SUPERSEDED = "superseded"
LABEL_VERSION = "label_version"
REINSTATEMENT = "reinstatement"
CORRECTION = "correction"

_TAGS = re.compile(r"</?[A-Za-z][A-Za-z0-9:]*(?:\s[^<>]*)?/?>")
_DOI = re.compile(r"^10\.\d{4,9}/\S{1,180}\Z")
_PMID = re.compile(r"^[1-9]\d{0,7}\Z")


@dataclass(frozen=True)
class Update:
    """Something that happened to a source, as one teller says it. `subject` is the new version of a label."""

    kind: str
    told_by: str
    date: datetime.date | None = None
    notice_doi: str = ""
    notice_pmid: str = ""
    detail: str = ""
    subject: str = ""
    changed_sections: tuple[str, ...] | None = None


@dataclass(frozen=True)
class LabelSection:
    """A section of a drug label by its LOINC code; its text is that of all its parts, a line a paragraph."""

    loinc: str
    heading: str
    text: str


@dataclass(frozen=True)
class Facts:
    """`fields` are fields of a Source by name, `csl` its CSL-JSON without them; what is not known is left out."""

    fields: dict[str, Any] = field(default_factory=dict)
    csl: dict[str, Any] = field(default_factory=dict)
    updates: tuple[Update, ...] = ()
    sections: tuple[LabelSection, ...] = ()


@dataclass(frozen=True)
class ServiceReport:
    """What came of asking one service; `facts` are there when the state is `FOUND`, and only then."""

    service: str
    state: State
    detail: str = ""
    facts: Facts | None = None
    retry_at: datetime.datetime | None = None


def unreported(service: str, answer: Answer) -> ServiceReport:
    """Return what an answer without facts comes to."""
    return ServiceReport(service, answer.state, answer.detail, retry_at=answer.retry_at)


def mapping(value: Any) -> dict[str, Any]:
    """Return a JSON object; of anything else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """Return a JSON array; one value stands for a list of itself, as some services send it."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(value: Any) -> str:
    """Return a JSON value, or the first of several, as one line; whole numbers become text."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).split()).replace("\x00", "")


def plain(value: Any) -> str:
    """Return a text without the tags of JATS, MathML and HTML that services leave in titles."""
    return " ".join(html.unescape(_TAGS.sub("", text(value))).split())


def doi(value: Any) -> str:
    """Return a DOI in its one spelling, or nothing for what is no DOI."""
    found = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", "", text(value), flags=re.IGNORECASE).lower()
    return found if _DOI.match(found) else ""


def pmid(value: Any) -> str:
    """Return a PMID, or nothing for what is none; some services send a number."""
    found = text(value)
    return found if _PMID.match(found) else ""


def day(year: Any, month: Any = None, day: Any = None) -> datetime.date | None:
    """Return a date of which all three parts are known and make sense."""
    try:
        return datetime.date(int(text(year)), int(text(month)), int(text(day)))
    except (ValueError, OverflowError):
        return None


def date_parts(value: Any) -> list[int]:
    """Return the known leading parts of `{"date-parts": [[1998, 2]]}`; parts may be missing, null or text."""
    first = items(next(iter(items(mapping(value).get("date-parts"))), None))
    parts: list[int] = []
    for part, top in zip(first[:3], (9999, 12, 31), strict=False):
        number = text(part)
        if not re.fullmatch(r"\d{1,4}", number) or not 0 < int(number) <= top:
            break
        parts.append(int(number))
    return parts
