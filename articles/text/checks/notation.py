"""Error-prone notation (MEDICAL.md §7, S12): what the Joint Commission and ISMP list, and what to write instead."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from articles.text.checks.finding import Context, Finding
from articles.text.messages import Message
from articles.text.messages import gettext_noop as _
from articles.text.statements.stated_quantities import Stated, stated_in
from articles.text.statements.visible_words import Sentence

RULES = {
    "error-prone-notation": _("An error-prone way of writing"),
    "error-prone-dose": _("An error-prone way of writing, in a line with a dose"),
}

_MASS = r"(?:mg|g|mcg|μg|ug|mL|ml|L|units?|IU|mmol|mEq|kg|micrograms?|milligrams?|grams?|milliliters?|millilitres?)"
# Not a level: a laboratory may write 1.0 mmol/L.
_SPECIAL = _MASS + r"(?![\w])(?!/[dmμ]?[Ll]\b)"


@dataclass(frozen=True, slots=True)
class _Notation:
    """One entry of the list: how it is found in the words, and what to write instead (of the match)."""

    pattern: re.Pattern[str]
    instead: Callable[[re.Match[str]], str | Message]
    # Only in a sentence that states a quantity.
    beside_dose: bool = False


def _write(text: str) -> Callable[[re.Match[str]], str]:
    return lambda _match: text


def _trailing(match: re.Match[str]) -> str:
    return f"{match['whole']} {match['unit']}"


def _naked(match: re.Match[str]) -> str:
    return f"0{match[0].strip()}"


def _with_commas(match: re.Match[str]) -> str:
    return f"{int(match['digits']):,}"


def _spaced(match: re.Match[str]) -> str:
    return f"{match['digits']} {match['unit']}"


_NAMES = {
    "MS": "morphine sulfate",
    "MSO4": "morphine sulfate",
    "MgSO4": "magnesium sulfate",
    "HCTZ": "hydrochlorothiazide",
    "AZT": "zidovudine",
    "MTX": "methotrexate",
    "CPZ": "prochlorperazine",
    "HCT": "hydrocortisone",
    "ARA A": "vidarabine",
    "TAC": "triamcinolone",
    "TNK": "tenecteplase",
    "tPA": "alteplase",
    "TPA": "alteplase",
    "DTO": "diluted tincture of opium",
    "APAP": "acetaminophen (paracetamol)",
    "ASA": "aspirin",
    "NTG": "nitroglycerin",
    "INH": "isoniazid",
    "6-MP": "mercaptopurine",
    "ZnSO4": "zinc sulfate",
    "TXA": "tranexamic acid",
    "T3": "liothyronine",
}
_ALWAYS = "MSO4|MgSO4|HCTZ|AZT|MTX|CPZ|ZnSO4|APAP|NTG|6-MP"
_EXCEPT_A_DOSE = "MS|ASA|HCT|TAC|TNK|tPA|TPA|DTO|INH|TXA|ARA A|T3"

_LIST = [
    # A letter that is read as a number or as cc.
    _Notation(re.compile(r"(?<=[0-9])[ ]?[Uu](?=[\s,.;)/]|\Z)(?!/[Ll]\b)"), _write(" units")),
    _Notation(re.compile(r"\b[Ii][Uu]\b(?!/[dm]?[Ll]\b)"), _write("units (international units)")),
    _Notation(re.compile(r"\b(?:QOD|q\.?o\.?d\.?|Q\.O\.D\.?)(?!\w)"), _write("every other day")),
    _Notation(re.compile(r"\b(?:QD|qd|Q\.D\.|q\.d\.)(?!\w)"), _write("daily")),
    _Notation(re.compile(r"\b(?:QHS|qhs|q\.h\.s\.)(?!\w)"), _write("nightly at bedtime")),
    _Notation(re.compile(r"\bq1d\b", re.IGNORECASE), _write("daily")),
    _Notation(re.compile(r"\bHS\b|\bh\.s\."), _write("at bedtime, or half-strength"), beside_dose=True),
    _Notation(re.compile(r"\b(?:BIW|TIW|biw|tiw)\b"), _write("2 (or 3) times a week"), beside_dose=True),
    _Notation(re.compile(r"\bo\.?d\.(?!\w)|\bO\.D\.|\bOD\b"), _write("daily, or right eye"), beside_dose=True),
    _Notation(re.compile(r"\b(?:SSI|SSRI)(?=[ ]insulin)"), _write("sliding scale insulin")),
    # Numbers.
    _Notation(re.compile(rf"(?<![\w.,])(?P<whole>[0-9]+)\.0+[ ]?(?P<unit>{_SPECIAL})"), _trailing),
    _Notation(re.compile(rf"(?<![\w.,])\.[0-9]+(?=[ ]?(?:{_SPECIAL}|%))"), _naked),
    _Notation(
        re.compile(
            rf"(?<![\w.,:/-])(?P<digits>[1-9][0-9]{{3,8}})(?=[ ]?(?:{_SPECIAL}|people\b|patients\b|tablets?\b))"
        ),
        _with_commas,
    ),
    _Notation(
        re.compile(r"(?<![\w.,])(?P<digits>[0-9][0-9,.]*)(?P<unit>mg|mcg|μg|mL|ml|units?|mmol|mEq)(?![\w])"), _spaced
    ),
    # Units.
    _Notation(re.compile(r"(?<![A-Za-z])(?:μg|ug)\b"), _write("mcg or micrograms")),
    _Notation(re.compile(r"(?<=[0-9])[ ]?cc\b"), _write(" mL")),
    _Notation(re.compile(r"(?<=[0-9])[ ]?(?:MM|M)(?=[ ](?:units|IU)\b)"), _write(" million")),
    _Notation(re.compile(r"(?<=[0-9])K(?=[ ]?(?:units|IU)\b)"), _write(" thousand")),
    _Notation(re.compile(r"\bgr\b(?=[ .,;])"), _write("the metric unit, mg or g"), beside_dose=True),
    # Signs.
    _Notation(re.compile(r"(?<![\w.])@(?![\w])"), _write("at")),
    _Notation(
        re.compile(r"[<>](?=[ ]?[0-9])(?![=])"),
        lambda match: _("more than") if match[0] == ">" else _("less than"),
        True,
    ),
    _Notation(re.compile(rf"(?<=[a-z])/(?=[0-9]+[ ]?{_SPECIAL})"), _write(" and")),
    _Notation(re.compile(r"(?<=[a-z ])[ ]?&[ ]?(?=[a-z])"), _write(" and "), beside_dose=True),
    # Routes and places.
    _Notation(re.compile(r"\b(?:SC|SQ|sub[ ]q|subq)\b(?!-)"), _write("subcutaneously"), beside_dose=True),
    _Notation(re.compile(r"\b(?:AU|AD|AS)\b"), _write("both ears, right ear or left ear"), beside_dose=True),
    _Notation(re.compile(r"\b(?:OS|OU)\b"), _write("left eye or both eyes"), beside_dose=True),
    _Notation(re.compile(r"\bIN\b(?=[ ](?:q|every|daily|once|twice|spray))"), _write("intranasal"), beside_dose=True),
    _Notation(re.compile(r"\bIJ\b"), _write("injection"), beside_dose=True),
    _Notation(re.compile(r"\bper os\b", re.IGNORECASE), _write("by mouth")),
    _Notation(re.compile(r"\bD/C\b|\bd/c\b"), _write("discharge or discontinue")),
    _Notation(re.compile(r"\b(?:ss|s̄s̄)\b(?=[ ]?(?:tablet|tab))"), _write("half")),
    _Notation(
        re.compile(r"(?<=[0-9])[ ]?(?:x|×)[ ]?[0-9]+[ ]?d\b"), _write(" for … days (or doses)"), beside_dose=True
    ),
    # Names.
    _Notation(re.compile(rf"(?<![\w-])(?:{_ALWAYS})(?![\w-])"), lambda match: _NAMES[match[0]]),
    _Notation(
        re.compile(rf"(?<![\w-])(?:{_EXCEPT_A_DOSE})(?=[ ][0-9][0-9,.]*[ ]?{_SPECIAL})"), lambda match: _NAMES[match[0]]
    ),
    _Notation(re.compile(rf"(?<=[0-9][ ]mg[ ])(?:{_EXCEPT_A_DOSE})\b"), lambda match: _NAMES[match[0]]),
]


def check(content: dict[str, Any], context: Context) -> Iterator[Finding]:
    """Yield notation that has led to errors; in a line with a dose it counts as part of the dose."""
    for section in content["sections"]:
        for audience in ("professional", "plain"):
            yield from _check_text(section, audience, stated_in(content, section, audience))


def _check_text(section: dict[str, Any], audience: str, text: Stated) -> Iterator[Finding]:
    dosed = _dosed_places(text)
    taken = bytearray(len(text.reading.words))
    for notation in _LIST:
        for match in notation.pattern.finditer(text.reading.words):
            sentence = text.reading.sentence_at(match.start())
            if sentence is None or any(taken[match.start() : match.end()]):
                continue
            has_dose = _has_dose(sentence, dosed)
            if notation.beside_dose and not has_dose:
                continue
            taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
            yield _finding(section, audience, text, match, notation, has_dose)


def _finding(
    section: dict[str, Any], audience: str, text: Stated, match: re.Match[str], notation: _Notation, has_dose: bool
) -> Finding:
    start, end = match.span()
    words = text.reading.text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    end = start + len(words)
    instead = notation.instead(match)
    if isinstance(instead, str):
        instead = " ".join(instead.split())
    return Finding(
        "error-prone-dose" if has_dose else "error-prone-notation",
        _("“%(words)s” has been misread in the past; write “%(instead)s”.") % {"words": words, "instead": instead},
        section["key"],
        audience,
        words,
        start,
        end,
    )


def _dosed_places(text: Stated) -> set[int]:
    """Return the blocks (lines, list items, rows) and paragraphs' sentences that hold a dose."""
    found: set[int] = set()
    for quantity in text.quantities:
        if quantity.is_dose:
            sentence = text.reading.sentence_at(quantity.start)
            if sentence is not None:
                found.update(id(one) for one in text.reading.unit(sentence))
    return found


def _has_dose(sentence: Sentence, dosed: set[int]) -> bool:
    return id(sentence) in dosed
