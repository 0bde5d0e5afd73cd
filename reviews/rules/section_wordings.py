"""Which wordings of a section there are to read, and which of them a member's marks cover."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from articles.models import Audience
from reviews.models import SectionMark


def existing(section: dict[str, Any]) -> list[str]:
    """Return the wordings that a frozen section has; one without any text is marked as the professional one."""
    return [one for one in Audience.values if section[one].strip()] or [str(Audience.PROFESSIONAL)]


def covered(
    document: dict[str, Any], marks: Iterable[SectionMark], digests: dict[str, str], opened_at: datetime
) -> list[dict[str, Any]]:
    """Return the sections whose every wording is marked, in the text's order, as a signature names them.

    `wordings` are those marked, and `is_carried` says that one of the marks is from an earlier review. A mark from
    before wordings were named was given for the section: it covers it, and says of no wording that it was read.
    """
    by_section: dict[str, list[SectionMark]] = {}
    for mark in marks:
        by_section.setdefault(mark.section_key, []).append(mark)
    found = []
    for section in document["sections"]:
        own = by_section.get(section["key"], [])
        named, wanted = {mark.audience for mark in own}, existing(section)
        if not own or not ("" in named or set(wanted) <= named):
            continue
        found.append(
            {
                "key": section["key"],
                "digest": digests[section["key"]],
                "heading": section["heading"],
                "wordings": [one for one in wanted if one in named],
                "is_carried": any(mark.marked_at < opened_at for mark in own),
            }
        )
    return found
