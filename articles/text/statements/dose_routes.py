"""By which route each dose of a sentence is given, and for whom."""

import re

from articles.text.lexicon.routes import Mention
from articles.text.statements.amount_parts import Amount
from articles.text.statements.quantities import BESIDE

# The routes of a dose, and where the first of them is named.
Routes = tuple[frozenset[str], tuple[int, int]]
_JOINED = re.compile(r"[ ]?(?:,|and|or|/|&|in|aged|older|[ ])*")


def routes_of_doses(text: str, doses: dict[int, Amount], routes: list[Mention]) -> dict[int, Routes]:
    """Give each dose the routes named nearest to it; a route alone in its sentence is that of every dose."""
    found: dict[int, Routes] = {}
    if not routes or not doses:
        return found
    for mention in routes:
        _distance, number = min((_distance_to(text, dose, mention), number) for number, dose in doses.items())
        names, span = found.get(number, (frozenset(), (mention.start, mention.end)))
        found[number] = (names | {mention.name}, span)
    if len({mention.name for mention in routes}) == 1:
        only = routes[0]
        return {number: found.get(number, (frozenset((only.name,)), (only.start, only.end))) for number in doses}
    return found


def _distance_to(text: str, dose: Amount, mention: Mention) -> int:
    """Return how far a route is from a dose; a comma before the dose sets the two apart."""
    is_apart = mention.end <= dose.start and re.search(r"[,;]", text[mention.end : dose.start][:BESIDE])
    gap = mention.start - dose.end if mention.start >= dose.end else max(0, dose.start - mention.end)
    return gap + (BESIDE if is_apart else 0)


def people_of(text: str, start: int, people: list[Mention]) -> frozenset[str]:
    """Return for whom a dose that begins here is meant, of the people that its sentence names."""
    before = [mention for mention in people if mention.start < start]
    names = {mention.name for mention in people}
    if len(names) == 1:
        return frozenset(names)
    if not before:
        return frozenset()
    # "Adults and children": both; "Adults: 10 mg; children: 5 mg": the last one named.
    last = before[-1]
    joined = {last.name}
    for mention in reversed(before[:-1]):
        if not _JOINED.fullmatch(text[mention.end : last.start]):
            break
        joined.add(mention.name)
        last = mention
    return frozenset(joined)
