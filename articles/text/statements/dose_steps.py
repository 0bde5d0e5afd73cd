"""At which step of a course a dose is taken, of one dose or a day, and for which level of kidney function."""

import re
from fractions import Fraction

from articles.text.statements.bounds import LEAST, MOST
from articles.text.statements.circumstances import Circumstances
from articles.text.statements.quantities import DOSES, Quantity
from articles.text.statements.visible_words import Sentence

_START = re.compile(
    r"\b(?:start(?:s|ed|ing)?|beg[iu]n(?:s|ning)?|initial(?:ly)?|initiat\w+|first dose|loading|at the first sign)\b"
)
_NEXT = re.compile(
    r"\b(?:then|followed by|after(?:wards?| that| which)|thereafter|subsequent(?:ly)?|second dose|increas\w+|rais\w+"
    r"|titrat\w+|maintenance|continu\w+|reduced? to|lowered to)\b"
)
_STEP = re.compile(r"(?<!followed[ ])(?<!preceded[ ])\bby[ ](?:about[ ])?\Z|\bincrements?[ ]of[ ]\Z|\bsteps?[ ]of[ ]\Z")
_STEP_AFTER = re.compile(r"(?:[ ]\w+)?[ ](?:increments?|steps)\b")
_MOST = re.compile(r"\bmax(?:imum|imal)?\b|\bat most\b|\bexceed\w*|\bno more than\b|\bnot more than\b|\bup to\b")
_ONCE = re.compile(
    r"\b(?:single[ -]dose|single|(?:per|each|every|one|any)[ ](?:single[ ])?dose|at (?:once|one time|a time))\b"
)
_A_DAY = re.compile(r"\b(?:daily|(?:per|a|each|every|one|any)[ ]day|24[ -]hours?(?:[ -]period)?)\b")
JOINED = re.compile(r"[ ]?(?:,|or|and|/|-|–|to|,[ ]or|either)?[ ]?(?:either[ ])?\Z")
_INFINITE = Fraction(10**12)


def note_steps(words: str, sentence: Sentence, doses: list[Quantity], found: dict[Quantity, Circumstances]) -> None:
    """Note whether a dose is a start, a later one, a step or a maximum; and whether it is of one dose or a day."""
    place = sentence.start
    for number, dose in enumerate(doses):
        following = doses[number + 1].start if number + 1 < len(doses) else sentence.end
        before, after = words[place : dose.start], words[dose.end : following]
        step = _step(before, after)
        if not step and number and JOINED.match(before.replace("(", "")):
            step = next(iter(found[doses[number - 1]].named.get("step", ())), "")
        if step:
            found[dose].named["step"] = frozenset((step,))
        place = max(dose.end, dose.span[1]) if dose.span[1] <= following else dose.end
        if per := _per(dose, before, words[dose.start : following]):
            found[dose].named["per"] = frozenset((per,))
    steps = [found[dose].named.get("step") for dose in doses]
    for number, dose in enumerate(doses):
        if (
            steps[number] is None
            and any(step == frozenset(("next",)) for step in steps[number + 1 :])
            and steps[:number].count(None) == number
        ):
            found[dose].named["step"] = frozenset(("start",))


def _step(before: str, after: str) -> str:
    if _STEP.search(before) or _STEP_AFTER.match(after):
        return "step"
    places = [(_last(pattern, before), name) for pattern, name in ((_START, "start"), (_NEXT, "next"), (_MOST, "most"))]
    place, name = max(places)
    return name if place >= 0 else ""


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _per(dose: Quantity, before: str, behind: str) -> str:
    ahead = before[-48:]
    once = _ONCE.search(behind)
    if (once and once.start() <= dose.end - dose.start + 1) or (
        not dose.basis and not dose.times and _ONCE.search(ahead)
    ):
        return "dose"
    return "day" if dose.basis == "day" or _A_DAY.search(ahead) else ""


def note_levels(
    sentence: Sentence, quantities: list[Quantity], found: dict[Quantity, Circumstances], words: str
) -> None:
    """Note of each dose the level of kidney function that it is for: the last one before it, else the next."""
    levels = [
        one for one in quantities if one.measure == "mL/min" and (one.bound in (LEAST, MOST) or one.low != one.high)
    ]
    for dose in quantities:
        if dose.measure not in DOSES or not levels:
            continue
        before = [one for one in levels if one.start < dose.start]
        level = before[-1] if before else levels[0]
        bounded = level.bound if level.low == level.high else ""
        low = Fraction(0) if bounded == MOST else level.low
        high = _INFINITE if bounded == LEAST else level.high
        found[dose].level = (level.measure, low, high)
