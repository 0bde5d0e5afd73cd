"""Which candidates on a page are citations: each one's own form, and the others around it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .citation_numbers import CLEAR, IF_ALONE, IF_GAP, IF_KNOWN, PARENTHESES, SURE, Candidate

# Sources are numbered from 1 in the order of use. A page may lack some, but not many in a row.
WIDEST_GAP = 5
LIKELIEST = 99


@dataclass(frozen=True)
class Found:
    """A candidate and where it stands: the unit of text, counted over the page, and the section."""

    unit: int
    section: int
    candidate: Candidate


def accept(found: list[Found]) -> tuple[set[Found], set[Found]]:
    """Return the candidates that are citations, and those that may be and stay as they are.

    Accepted: a sure one; a bare one after a plain word whose numbers fit the page's (from 1, gaps of at most 5; on a
    page that cites in brackets, only numbers in brackets elsewhere); parentheses when the page ends sentences so
    twice; and the rest by the evidence that its certainty names. A number over 99 that nothing supports is a
    quantity and is not reported.
    """
    sure = [each for each in found if each.candidate.certainty == SURE]
    accepted = set(sure) | _plain(found, sure)
    known = _numbers(accepted)
    cited: dict[int, Counter[tuple[int, ...]]] = defaultdict(Counter)
    for each in accepted:
        cited[each.section][each.candidate.numbers] += 1
    accepted |= {each for each in found if _is_supported(each, cited[each.section], known)}
    accepted |= _filling_gaps(found, accepted)
    return accepted, {each for each in found if each not in accepted and _is_worth_a_look(each, known)}


def _plain(found: list[Found], sure: list[Found]) -> set[Found]:
    clear = [each for each in found if each.candidate.certainty == CLEAR]
    parentheses = [each for each in found if each.candidate.certainty == PARENTHESES]
    clear += parentheses if len(parentheses) > 1 else []
    certain = _numbers(sure)
    if certain:
        return {each for each in clear if certain.issuperset(each.candidate.numbers)}
    plausible = _chain(_numbers(clear))
    fitting = {each for each in clear if plausible.issuperset(each.candidate.numbers)}
    is_single = len(fitting) == 1 and _numbers(fitting) != {1} and len(_numbers(fitting)) == 1
    return set() if is_single else fitting


def _chain(numbers: set[int]) -> set[int]:
    chain: set[int] = set()
    last = 0
    for number in sorted(numbers):
        if number - last > WIDEST_GAP:
            break
        chain.add(number)
        last = number
    return chain


def _numbers(found: Iterable[Found]) -> set[int]:
    return {number for each in found for number in each.candidate.numbers}


def _is_supported(each: Found, cited: Counter[tuple[int, ...]], known: set[int]) -> bool:
    certainty, numbers = each.candidate.certainty, each.candidate.numbers
    if certainty == IF_KNOWN:
        ends = {numbers[0], numbers[-1]} if each.candidate.is_range else set(numbers)
        return known.issuperset(ends)
    if certainty != IF_ALONE:
        return False
    return cited[numbers] >= 2 and len(cited) == 1


def _filling_gaps(found: list[Found], accepted: set[Found]) -> set[Found]:
    """Return the candidates that are the only ones for the one number missing where they stand."""
    first: dict[int, int] = {}
    for each in found:
        if each in accepted:
            for number in each.candidate.numbers:
                first.setdefault(number, each.unit)
    waiting = [
        each
        for each in found
        if each.candidate.certainty in (IF_GAP, IF_KNOWN, IF_ALONE)
        and len(each.candidate.numbers) == 1
        and each.candidate.numbers[0] not in first
    ]
    rivals = Counter(each.candidate.numbers for each in waiting)
    return {each for each in waiting if rivals[each.candidate.numbers] == 1 and _stands_between(each, first)}


def _stands_between(each: Found, first: dict[int, int]) -> bool:
    number = each.candidate.numbers[0]
    before, after = first.get(number - 1), first.get(number + 1)
    return before is not None and after is not None and before <= each.unit <= after


def _is_worth_a_look(each: Found, known: set[int]) -> bool:
    if each.candidate.certainty == SURE:
        return False
    numbers = each.candidate.numbers
    return not numbers or max(numbers) <= LIKELIEST or bool(known.intersection(numbers))
