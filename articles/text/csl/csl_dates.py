"""Dates as exports write them, and as CSL-JSON holds them."""

import re
from typing import Any

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_SEASON_NAMES = ("Spring", "Summer", "Autumn", "Winter")

_NUMERIC = re.compile(r"^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[/.]*|T[\d:.]+Z?)$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_YEAR_FIRST = re.compile(r"^(\d{4})[ ,/]+([A-Za-z]{3,9})\.?(?:[ ,/]+(\d{1,2}))?/*$")
_MONTH_FIRST = re.compile(r"^([A-Za-z]{3,9})\.? +(?:(\d{1,2})(?:st|nd|rd|th)?,? +)?(\d{4})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})\.? +([A-Za-z]{3,9})\.?,? +(\d{4})$")
_MONTH_RANGE = re.compile(r"^(\d{4}) +([A-Za-z]{3,9})[-/–]([A-Za-z]{3,9})$")
_SEASON = re.compile(
    r"^(?:(\d{4})[ /]+(spring|summer|autumn|fall|winter)|(spring|summer|autumn|fall|winter) +(\d{4}))$"
)


def parse(text: str) -> dict[str, Any] | None:
    """Return the CSL date of a text, or None: nothing is guessed of “in press” or of 03/04/2020."""
    text = " ".join(text.split())
    if found := _SEASON.match(text.lower()):
        season = _SEASONS[found[2] or found[3]]
        return {"date-parts": [[int(found[1] or found[4])]], "season": season}
    if found := _MONTH_RANGE.match(text):
        months = month(found[2]), month(found[3])
        year = int(found[1])
        return {"date-parts": [[year, months[0]], [year, months[1]]]} if all(months) else None
    known = _numbers(text)
    return {"date-parts": [known]} if known else None


def of_parts(year: str, month_name: str = "", day: str = "") -> dict[str, Any] | None:
    """Return the CSL date of separate fields, as far as they can be read."""
    if not re.fullmatch(r"\d{4}", year.strip()):
        return None
    known = [int(year), month(month_name)]
    if known[1] and re.fullmatch(r"\d{1,2}", day.strip()):
        known.append(int(day))
    return {"date-parts": [_checked(known)]}


def parts(date: Any) -> list[int]:
    """Return year, month and day of a CSL date as far as it says them; of a range, its beginning."""
    lists = date.get("date-parts") if isinstance(date, dict) else None
    first = lists[0] if isinstance(lists, list) and lists and isinstance(lists[0], list) else []
    numbers = []
    for part in first[:3]:
        text = str(part).strip() if not isinstance(part, bool) else ""
        if not re.fullmatch(r"\d{1,4}", text):
            break
        numbers.append(int(text))
    return numbers


def slashed(known: list[int]) -> str:
    """Return YYYY/MM/DD/ with the parts that are known, as RIS writes it."""
    padded = [f"{known[0]:04d}", *(f"{one:02d}" for one in known[1:])]
    return "/".join([*padded, *[""] * (4 - len(padded))])


def dashed(known: list[int]) -> str:
    """Return YYYY-MM-DD as far as it is known."""
    return "-".join([f"{known[0]:04d}", *(f"{one:02d}" for one in known[1:])])


def spoken(date: Any) -> str:
    """Return “2020 Mar 5”, “2020 Nov-Dec” or “2020 Winter”, as PubMed writes it; empty without a year."""
    known = parts(date)
    if not known:
        return ""
    season = date.get("season")
    if len(known) == 1 and season in (1, 2, 3, 4):
        return f"{known[0]:04d} {_SEASON_NAMES[season - 1]}"
    words = [f"{known[0]:04d}", *(MONTH_NAMES[one - 1] for one in known[1:2] if 1 <= one <= 12), *map(str, known[2:])]
    end = date["date-parts"][1] if len(date["date-parts"]) == 2 else []
    if len(known) == 2 and isinstance(end, list) and len(end) == 2 and end[0] == known[0] and end[1] in range(1, 13):
        words[1] += f"-{MONTH_NAMES[end[1] - 1]}"
    return " ".join(words)


def month(text: str) -> int:
    """Return the number of a month by name or number, 0 for none."""
    text = text.strip().strip(".").lower()
    if text.isascii() and text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else 0
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else 0


def _numbers(text: str) -> list[int]:
    if found := _COMPACT.match(text) or _NUMERIC.match(text):
        return _checked([int(one) for one in found.groups() if one])
    if found := _YEAR_FIRST.match(text):
        year, name, day = found.groups()
    elif found := _MONTH_FIRST.match(text):
        name, day, year = found.groups()
    elif found := _DAY_FIRST.match(text):
        day, name, year = found.groups()
    else:
        return []
    number = month(name)
    return _checked([int(year), number, *([int(day)] if day else [])]) if number else []


def _checked(known: list[int]) -> list[int]:
    """Return the parts up to the first that cannot be."""
    for place, most in ((1, 12), (2, 31)):
        if len(known) > place and not 1 <= known[place] <= most:
            return known[:place]
    return known
