"""One source as a reference in AMA style (11th edition), from its copy of CSL-JSON, with links that can be followed."""

import re
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.safestring import SafeString

from .links import allowed_address, encoded, point
from .sanitising import safe
from .words import words_in

_MOST_AUTHORS = 6
_FIRST_AUTHORS = 3
_MOST_INITIALS = 3
_LONGEST = 1_000  # of one field as shown

_DOI = re.compile(r"10\.\d{4,9}/\S+\Z")
_DOI_PREFIX = re.compile(r"\A(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_PMID = re.compile(r"\d{1,10}\Z", re.ASCII)
_SET_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)
_YEAR = re.compile(r"-?\d{1,4}\Z", re.ASCII)
# CSL-JSON allows these few tags within titles; we show their words.
_RICH_TEXT = re.compile(r"</?(?:i|b|em|strong|su[bp]|scp)>", re.IGNORECASE)


def format_ama(source: dict, *, language: str = "en") -> SafeString:
    """Return the reference as safe HTML: authors, title, where and when, identifiers. Missing parts leave no mark."""
    return safe(tostring(reference(source, words_in(language)), encoding="unicode", method="html"))


def plain_ama(source: dict, *, language: str = "en") -> str:
    """Return the reference as plain text, for a preview or a file."""
    return "".join(reference(source, words_in(language)).itertext())


def reference(source: dict, words: dict[str, str]) -> Element:
    """Return the reference as a `span`; nothing in the source can add an element of its own."""
    csl = _mapping(source.get("csl"))
    if source.get("kind") == "drug_label":
        return _label(source, csl, words)
    if _text(csl.get("container-title-short")) or _text(csl.get("container-title")):
        return _article(source, csl, words)
    return _report(source, csl, words)


def label_identity(source: dict, words: dict[str, str]) -> str:
    """Say which label a passage is from: name, DailyMed set id, version, effective date."""
    csl = _mapping(source.get("csl"))
    return ", ".join(part for part in (_text(csl.get("title")), *_label_facts(source, words)) if part)


class _Line:
    """A reference in the making: sentences and links, one space between them."""

    def __init__(self) -> None:
        self.element = Element("span", {"class": "reference-text"})

    def say(self, text: str, *, end: str = ".") -> "_Line":
        """Add plain words and, unless they have one, a full stop."""
        if text:
            self._space()
            self.add(_closed(text, end))
        return self

    def emphasise(self, text: str, *, end: str = ".") -> "_Line":
        if text:
            self._space()
            name = SubElement(self.element, "em")
            name.text = text
            name.tail = "" if text.endswith((".", "?", "!")) else end
        return self

    def link(self, before: str, text: str, address: str | None) -> "_Line":
        """Add a link, or its words alone where the address is not one we may follow."""
        if not text:
            return self
        self._space()
        self.add(before)
        if address is None:
            self.add(text)
        else:
            anchor = SubElement(self.element, "a")
            point(anchor, address)
            anchor.text = text
        return self

    def add(self, text: str) -> None:
        """Add words right behind the last ones."""
        if len(self.element):
            self.element[-1].tail = (self.element[-1].tail or "") + text
        else:
            self.element.text = (self.element.text or "") + text

    def _space(self) -> None:
        if len(self.element) or self.element.text:
            self.add(" ")


def _article(source: dict, csl: dict, words: dict[str, str]) -> Element:
    line = _Line().say(_authors(csl.get("author"), words)).say(_text(csl.get("title")))
    line.emphasise(_text(csl.get("container-title-short")) or _text(csl.get("container-title")))
    line.say(_issue(csl))
    return _identifiers(line, source, csl, words)


def _report(source: dict, csl: dict, words: dict[str, str]) -> Element:
    authors = _authors(csl.get("author"), words)
    publisher = _text(csl.get("publisher"))
    line = _Line().say(authors).emphasise(_text(csl.get("title")) or words["no_title"])
    line.say("; ".join(part for part in (publisher, _year(csl.get("issued"))) if part))
    return _identifiers(line, source, csl, words)


def _label(source: dict, csl: dict, words: dict[str, str]) -> Element:
    labeler = _text(csl.get("publisher")) or _authors(csl.get("author"), words)
    line = _Line().emphasise(_text(csl.get("title")) or words["no_title"]).say(words["prescribing_information"])
    line.say("; ".join(part for part in (labeler, _date(csl.get("issued"), words)) if part))
    set_id, *facts = _label_facts(source, words)
    if set_id:
        line.link("", set_id, _daily_med(_text(source.get("set_id"))))
        line.add("".join(f", {fact}" for fact in facts if fact) + ".")
    else:
        line.say(", ".join(fact for fact in facts if fact))
    return line.element


def _label_facts(source: dict, words: dict[str, str]) -> tuple[str, str, str]:
    set_id = _text(source.get("set_id"))
    version = _text(source.get("label_version"))
    date = _text(source.get("effective_date"))
    return (
        f"{words['set_id']} {set_id}" if set_id else "",
        words["version"].format(version=version) if version else "",
        words["effective"].format(date=date) if date else "",
    )


def _identifiers(line: _Line, source: dict, csl: dict, words: dict[str, str]) -> Element:
    doi = _DOI_PREFIX.sub("", _text(source.get("doi")) or _text(csl.get("DOI")))
    pmid = _text(source.get("pmid")) or _text(csl.get("PMID"))
    line.link("doi:", doi, f"https://doi.org/{encoded(doi)}" if _DOI.match(doi) else None)
    line.link("PMID: ", pmid, f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if _PMID.match(pmid) else None)
    address = allowed_address(_text(csl.get("URL")))
    if not doi and address and address.startswith("http"):
        accessed = _date(csl.get("accessed"), words)
        line.say(words["accessed"].format(date=accessed) if accessed else "", end="")
        line.link("", address, address)
    return line.element


def _daily_med(set_id: str) -> str | None:
    if not _SET_ID.match(set_id):
        return None
    return f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={set_id.lower()}"


def _authors(value: object, words: dict[str, str]) -> str:
    people = [name for name in map(_name, value if isinstance(value, list) else []) if name]
    if len(people) > _MOST_AUTHORS:
        people = [*people[:_FIRST_AUTHORS], words["and_others"]]
    return ", ".join(people)


def _name(value: object) -> str:
    """`Family GI`, with particles and suffix; a group under its own name."""
    person = _mapping(value)
    if literal := _text(person.get("literal")):
        return literal
    parts = [_text(person.get(part)) for part in ("dropping-particle", "non-dropping-particle", "family")]
    return " ".join(
        part for part in (*parts, _initials(_text(person.get("given"))), _text(person.get("suffix"))) if part
    )


def _initials(given: str) -> str:
    if given.isalpha() and given.isupper() and len(given) <= _MOST_INITIALS:
        return given
    return "".join(part[0].upper() for part in re.split(r"[\s.\-‐]+", given) if part[:1].isalpha())


def _issue(csl: dict) -> str:
    """`2020;12(3):45-50`, as far as it is known."""
    volume, issue, page = _text(csl.get("volume")), _text(csl.get("issue")), _text(csl.get("page"))
    place = volume + (f"({issue})" if issue else "")
    year = _year(csl.get("issued"))
    when = f"{year};{place}" if year and place else year or place
    return f"{when}:{page}" if when and page else when or page


def _year(value: object) -> str:
    parts = _date_parts(value)
    return parts[0] if parts else _text(_mapping(value).get("literal")) or _text(_mapping(value).get("raw"))


def _date(value: object, words: dict[str, str]) -> str:
    """`June 10, 2025`, `June 2025` or `2025`, as far as it is known."""
    parts = _date_parts(value)
    if len(parts) < 2 or not 1 <= int(parts[1]) <= 12:
        return _year(value)
    month = words["months"].split()[int(parts[1]) - 1]
    return f"{month} {parts[2]}, {parts[0]}" if len(parts) > 2 else f"{month} {parts[0]}"


def _date_parts(value: object) -> list[str]:
    first = _mapping(value).get("date-parts")
    for _level in range(2):
        if isinstance(first, list) and first and isinstance(first[0], list):
            first = first[0]
    parts = [_text(part) for part in first[:3]] if isinstance(first, list) else []
    return parts if all(_YEAR.match(part) for part in parts) else []


def _closed(text: str, end: str) -> str:
    return text if not end or text.endswith((".", "?", "!")) else text + end


def _mapping(value: object) -> dict:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    """Return a field as one line of text; CSL-JSON holds numbers and lists where it should hold words."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    return " ".join(_RICH_TEXT.sub("", str(value)[:_LONGEST]).split())
