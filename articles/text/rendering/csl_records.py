"""What of a source's CSL-JSON enters a style: known variables in known forms, whatever the source holds."""

import re
from typing import Any

from . import author_names
from .styles import DOI, PMID, PRIVATE, URL

_LONGEST = 1_000  # of one field as shown
_PRIVATE = dict.fromkeys(PRIVATE)
# CSL-JSON allows these few tags within titles; we show their words.
_RICH_TEXT = re.compile(r"</?(?:i|b|em|strong|su[bp]|scp)>", re.IGNORECASE)

_TYPES = {
    **dict.fromkeys(("article-journal", "review", "review-book", "periodical"), "article-journal"),
    **{name: name for name in ("article", "article-magazine", "article-newspaper", "book", "dataset", "report")},
    **{name: name for name in ("thesis", "webpage", "paper-conference", "chapter")},
    **dict.fromkeys(("entry", "entry-dictionary", "entry-encyclopedia"), "chapter"),
    **dict.fromkeys(("post", "post-weblog"), "webpage"),
}
_JOURNALS = ("article-journal", "article-magazine", "article-newspaper")
_WHOLE = ("article", "book", "report", "thesis")  # a part of nothing: what holds them is not printed
_AS_TYPED = (
    *("volume", "edition", "number", "publisher", "publisher-place", "genre", "collection-title", "version"),
    *("chapter-number", "medium", "PMCID"),
)

# What a style says of a kind of work in words, where the record does not.
_GENRES = {("ama", "dataset"): "Dataset", ("nlm", "dataset"): "dataset", ("nlm", "article"): "preprint"}

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WRITTEN_DATE = re.compile(r"([12]\d{3})(?:[-/ ](\d{1,2}|[A-Za-z]{3,9})\.?(?:[-/ ](\d{1,2}))?)?(?:T.*)?\Z", re.ASCII)
_YEAR = re.compile(r"[1-9]\d{3}\Z", re.ASCII)
_SUPPLEMENT = re.compile(r"\Asuppl(?:ement)?[._ ]*", re.IGNORECASE)
_SUPPLEMENT_IN = {"ama": "suppl ", "nlm": "Suppl ", "apa": "Suppl. "}
_PAGE = re.compile(r"\A([A-Za-z]*)(\d+)([A-Za-z]?)-([A-Za-z]*)(\d+)([A-Za-z]?)\Z", re.ASCII)
_DASH = re.compile(r"\s*[-‐‑‒–—−]+\s*")
_PAGES_WORD = re.compile(r"\A(?:pp?\.|pages?)\s*", re.IGNORECASE)
_ARTICLE_NUMBER = re.compile(r"(?=\w*[A-Za-z])(?=\w*\d)(?!S\d+\Z)[\w.]+\Z", re.ASCII)  # S12 is a page


def record(csl: dict[str, Any], *, style: str, has_doi: bool, has_pmid: bool, has_url: bool) -> dict[str, Any]:
    """Return what a style is given of a source. It holds no identifier, only that there is one: see `styles`."""
    made: dict[str, Any] = {name: text(csl.get(name)) for name in _AS_TYPED}
    made |= {"title": text(csl.get("title")), "DOI": DOI * has_doi, "PMID": PMID * has_pmid, "URL": URL * has_url}
    made |= _container(csl) | _published(csl) | author_names.authors(csl.get("author"), style=style)
    made["editor"] = author_names.everybody(csl.get("editor"), style=style)
    made["issue"] = _SUPPLEMENT.sub(_SUPPLEMENT_IN[style], text(csl.get("issue"))).strip()
    made["page"] = pages(text(csl.get("page")), style=style)
    made["accessed"] = (date(csl.get("accessed")) or _written(csl.get("accessed"))) if has_url else ""
    made["language"] = text(csl.get("language"))[:2].lower() or "en"
    made["type"] = _type(text(csl.get("type")), made)
    _suit(made, style)
    return {name: value for name, value in made.items() if value}


def text(value: object) -> str:
    """Return a field as one line of text; CSL-JSON holds numbers and lists where it should hold words."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    short = str(value)[:_LONGEST] if isinstance(value, str) or abs(value) < 10**18 else ""
    return " ".join(_RICH_TEXT.sub("", short).translate(_PRIVATE).split())


def date(value: object) -> dict[str, int]:
    """Return the year and, as far as they are known, month and day; of a span of time its beginning."""
    value = value if isinstance(value, dict) else {}
    parts = _date_parts(value.get("date-parts"))
    if not parts:
        found = _WRITTEN_DATE.match(_written(value))
        parts = [part for part in found.groups() if part] if found else []
    return _checked(parts)


def pages(value: str, *, style: str) -> str:
    """Return pages as a style writes them: `355-66` is 355-366 in AMA and APA; NLM says no digit of a page twice.

    NLM's rule is that of Citing Medicine, chapter 1; where pages have letters we repeat them all, as PubMed does.
    """
    plain = _DASH.sub("-", _PAGES_WORD.sub("", value))
    found = _PAGE.match(plain)
    if not found:
        return plain
    before, first, after, before_last, last, after_last = found.groups()
    if not before_last:
        last = first[: max(len(first) - len(last), 0)] + last
        before_last = before
    if style == "nlm" and not any((before, after, before_last, after_last)) and len(first) == len(last):
        last = _what_differs(first, last)
    return f"{before}{first}{after}-{before_last}{last}{after_last}"


def _what_differs(first: str, last: str) -> str:
    same = next((place for place, (one, other) in enumerate(zip(first, last, strict=True)) if one != other), 0)
    return last[same:]


def _container(csl: dict[str, Any]) -> dict[str, str]:
    name = text(csl.get("container-title"))
    short = text(csl.get("container-title-short")) or text(csl.get("journalAbbreviation"))
    return {"container-title": name or short, "container-title-short": short}


def _published(csl: dict[str, Any]) -> dict[str, Any]:
    """Return when a source was published; words that are no date (“in press”) are its status."""
    issued = date(csl.get("issued"))
    status = "" if issued else _written(csl.get("issued")) or text(csl.get("status"))
    return {"issued": issued, "status": status}


def _type(name: str, made: dict[str, Any]) -> str:
    kind = _TYPES.get(name) or ("article-journal" if made["container-title"] else "report")
    if kind == "report" and made["container-title"] and made["volume"]:
        return "article-journal"  # a guideline that a journal has printed
    if kind in _JOURNALS and not made["container-title"]:
        return "report" if made["publisher"] or not made["DOI"] else kind
    return kind


def _suit(made: dict[str, Any], style: str) -> None:
    """Put what a style wants elsewhere where it wants it."""
    kind = made["type"]
    if kind in _WHOLE:
        made["title"] = made["title"] or made["container-title"]
    if _is_author(made["publisher"], made):
        # AMA names a website once, APA (9.29) never repeats an author as the publisher.
        made["publisher"] = "" if style == "apa" or (style, kind) == ("ama", "webpage") else made["publisher"]
    if style == "ama" and kind in ("webpage", "dataset"):
        made["container-title"] = made["container-title"] or made["publisher"]
    made["genre"] = made["genre"] or _GENRES.get((style, kind), "")
    if style == "apa":
        made["container-title-short"] = ""
        if kind == "article-journal" and not made["number"] and _ARTICLE_NUMBER.match(made["page"]):
            made["number"] = made["page"]  # APA 7, example 6
    if kind not in ("article-journal", "report", "article"):
        made["number"] = ""


def _is_author(name: str, made: dict[str, Any]) -> bool:
    alone = [*made["author"], *made.get("contributor", [])]
    return bool(name) and len(alone) == 1 and alone[0].get("literal") == name


def _date_parts(first: object) -> list[object]:
    for _level in range(2):
        if isinstance(first, list) and first and isinstance(first[0], list):
            first = first[0]
    return first[:3] if isinstance(first, list) else []


def _checked(parts: list[Any]) -> dict[str, int]:
    words = [text(part) for part in parts]
    if not words or not _YEAR.match(words[0]):
        return {}
    found = {"year": int(words[0])}
    for name, word, most in zip(("month", "day"), words[1:], (12, 31), strict=False):
        number = _MONTHS.index(word[:3].lower()) + 1 if word[:3].lower() in _MONTHS else _small(word)
        if not 1 <= number <= most:
            break
        found[name] = number
    return found


def _small(word: str) -> int:
    return int(word) if len(word) <= 2 and word.isascii() and word.isdigit() else 0


def _written(value: object) -> str:
    value = value if isinstance(value, dict) else {}
    return text(value.get("literal")) or text(value.get("raw"))
