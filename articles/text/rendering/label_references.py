"""Drug labels as references: which label it is, exactly; no style has a rule for set id and version."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from . import author_names, csl_records
from .reference_line import ReferenceLine

_SET_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)
_KIND_OF_DOCUMENT = re.compile(r"\s*\[(?:prescribing information|package insert)\]\s*\Z", re.IGNORECASE)
# The library of labels is not their labeler, where a record gives it as the publisher.
_LIBRARIES = ("us national library of medicine", "national library of medicine", "dailymed")

_MONTH_LETTERS = 3  # of a month in NLM's dates


def reference(source: dict[str, Any], csl: dict[str, Any], words: dict[str, str], *, style: str) -> Element:
    """Return the reference of a label: as a style writes package inserts, then which one it is, linked to DailyMed."""
    line = ReferenceLine()
    _IN_STYLE[style](line, name(csl) or words["no_title"], labeler(csl), csl_records.date(csl.get("issued")), words)
    set_id, *rest = facts(source, words)
    if set_id:
        line.space().link(set_id, address(source))
        line.add("".join(f", {fact}" for fact in rest if fact) + ".")
    else:
        line.say(", ".join(fact for fact in rest if fact))
    return line.element


def name(csl: dict[str, Any]) -> str:
    """Return the name of a label without the words that only say it is one."""
    return _KIND_OF_DOCUMENT.sub("", csl_records.text(csl.get("title")))


def labeler(csl: dict[str, Any]) -> str:
    """Return the company behind a label: its author; without one, its publisher."""
    publisher = csl_records.text(csl.get("publisher"))
    return author_names.whole(csl.get("author")) or ("" if publisher.lower() in _LIBRARIES else publisher)


def facts(source: dict[str, Any], words: dict[str, str]) -> tuple[str, str, str]:
    """Return set id, version and effective date in words, each empty where it is not known."""
    set_id = csl_records.text(source.get("set_id"))
    version = csl_records.text(source.get("label_version"))
    effective = csl_records.text(source.get("effective_date"))
    return (
        f"{words['set_id']} {set_id}" if set_id else "",
        words["version"].format(version=version) if version else "",
        words["effective"].format(date=effective) if effective else "",
    )


def address(source: dict[str, Any]) -> str | None:
    """Return the page of a label at DailyMed; None without a set id of the right form."""
    set_id = csl_records.text(source.get("set_id"))
    if not _SET_ID.match(set_id):
        return None
    return f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={set_id.lower()}"


def _in_ama(line: ReferenceLine, title: str, company: str, issued: dict[str, int], words: dict[str, str]) -> None:
    line.emphasise(title, end=".").say(words["prescribing_information"])
    line.say("; ".join(part for part in (company, _day(issued, words)) if part))


def _in_nlm(line: ReferenceLine, title: str, company: str, issued: dict[str, int], words: dict[str, str]) -> None:
    line.say(f"{title} [{words['prescribing_information'].lower()}]")
    day = " ".join([str(issued.get("year", "")), _month(issued, words)[:_MONTH_LETTERS], str(issued.get("day", ""))])
    line.say("; ".join(part for part in (company, " ".join(day.split())) if part))


def _in_apa(line: ReferenceLine, title: str, company: str, issued: dict[str, int], words: dict[str, str]) -> None:
    day = f"{_month(issued, words)} {issued.get('day', '')}".strip()
    date = ", ".join(part for part in (str(issued.get("year", "")), day) if part) or words["no_date"]
    line.say(company).say(f"({date})").space()
    line.emphasise(title).add(f" [{words['prescribing_information']}].")


_IN_STYLE = {"ama": _in_ama, "nlm": _in_nlm, "apa": _in_apa}


def _day(issued: dict[str, int], words: dict[str, str]) -> str:
    """`June 10, 2025`, `June 2025` or `2025`, as far as it is known."""
    year, day = issued.get("year", ""), issued.get("day")
    month = _month(issued, words)
    return f"{month} {day}, {year}" if day else f"{month} {year}".strip()


def _month(issued: dict[str, int], words: dict[str, str]) -> str:
    return words["months"].split()[issued["month"] - 1] if "month" in issued else ""
