"""Drug labels as references: which label it is, exactly; no style has a rule for set id and version."""

import re
from typing import Any

from . import names, records

_SET_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)
_KIND_OF_DOCUMENT = re.compile(r"\s*\[(?:prescribing information|package insert)\]\s*\Z", re.IGNORECASE)
# The library of labels is not their labeler, where a record gives it as the publisher.
_LIBRARIES = ("us national library of medicine", "national library of medicine", "dailymed")


def name(csl: dict[str, Any]) -> str:
    """Return the name of a label without the words that only say it is one."""
    return _KIND_OF_DOCUMENT.sub("", records.text(csl.get("title")))


def labeler(csl: dict[str, Any]) -> str:
    """Return the company behind a label: its author; without one, its publisher."""
    publisher = records.text(csl.get("publisher"))
    return names.whole(csl.get("author")) or ("" if publisher.lower() in _LIBRARIES else publisher)


def facts(source: dict[str, Any], words: dict[str, str]) -> tuple[str, str, str]:
    """Return set id, version and effective date in words, each empty where it is not known."""
    set_id = records.text(source.get("set_id"))
    version = records.text(source.get("label_version"))
    effective = records.text(source.get("effective_date"))
    return (
        f"{words['set_id']} {set_id}" if set_id else "",
        words["version"].format(version=version) if version else "",
        words["effective"].format(date=effective) if effective else "",
    )


def address(source: dict[str, Any]) -> str | None:
    """Return the page of a label at DailyMed; None without a set id of the right form."""
    set_id = records.text(source.get("set_id"))
    if not _SET_ID.match(set_id):
        return None
    return f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={set_id.lower()}"
