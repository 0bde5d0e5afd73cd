"""How often each dose of a sentence is taken, and which frequencies belong to no dose."""

import re
from itertools import pairwise

from articles.text.lexicon.frequencies import Frequency
from articles.text.statements.amount_parts import Amount
from articles.text.statements.quantities import BESIDE, DOSES

# What stands between two doses that are steps of one: "5, 10 or 20 mg".
STEP = re.compile(r"[ ]?(?:,|\(|=|,?[ ]?(?:or|and|to|then|up to|or up to|rising to|increasing to)|/|-|–)*[ ]?\Z")
_AND_ALSO = re.compile(r",?[ ](?:and|plus|then|and then)[ ](?:another[ ])?|,[ ]")
_NOT_OF_A_DOSE = re.compile(
    r";|\b(?:check|test|measure|monitor|review|visit|see|blood tests?|tested|checked|measured|monitored|examin"
    r"|for (?:the )?(?:first|next)|then)\w*\b"
)
# "A loading dose of 300 mg, then 75 mg once daily": the first is taken once.
_ONE_OFF = re.compile(
    r"\b(?:loading|single|bolus|one-off|one)\b(?:[ ](?:oral|dose|bolus))*(?:[ ](?:of|is|was)|:)?[ ]\Z"
)
APART = re.compile(r"[,;.(]|\b(?:up|at|and|or|then|to|for)\b")
_FURTHEST_AFTER, _FURTHEST_BEFORE, _NEAR = 70, 45, 14


class DoseFrequencies:
    """Gives the frequencies of one sentence to its doses.

    `doses` are the places of the doses among the amounts, `free` the frequencies of no dose, and `parts_of_a_day` the
    doses of "500 mg in the morning and 500 mg in the evening", which is 500 mg twice a day.
    """

    def __init__(self, text: str, start: int, amounts: list[Amount], often: list[Frequency]) -> None:
        self._text = text
        self._start = start
        self._amounts = amounts
        self.doses = [number for number, amount in enumerate(amounts) if amount.measure in DOSES]
        self._often: dict[int, list[Frequency]] = {}
        self.free: list[Frequency] = []
        for one in often:
            owner = self._owner(one.start, one.end)
            (self.free if owner is None else self._often.setdefault(owner, [])).append(one)
        self._share_frequencies()
        self.parts_of_a_day = self._at_times_of_one_day()

    def of(self, number: int) -> list[Frequency]:
        """Return the frequencies of a dose."""
        return self._often.get(number, [])

    def _owner(self, start: int, end: int) -> int | None:
        """Return the dose that a frequency belongs to: mostly the one before it."""
        before = [number for number in self.doses if self._amounts[number].end <= start + 1]
        after = [number for number in self.doses if self._amounts[number].start >= end]
        gap_before = start - self._amounts[before[-1]].end if before else 10_000
        gap_after = self._amounts[after[0]].start - end if after else 10_000
        if before and gap_before <= _FURTHEST_AFTER:
            between = self._text[self._amounts[before[-1]].end : start]
            nearer = gap_after <= _NEAR < gap_before and not APART.search(
                self._text[end : self._amounts[after[0]].start]
            )
            if not _NOT_OF_A_DOSE.search(between) and not nearer:
                return before[-1]
        if (
            after
            and gap_after <= _FURTHEST_BEFORE
            and not _NOT_OF_A_DOSE.search(self._text[end : self._amounts[after[0]].start])
        ):
            return after[0]
        return None

    def _share_frequencies(self) -> None:
        """Let "5, 10 or 20 mg once daily" be once daily for each."""
        for left, right in zip(reversed(self.doses[:-1]), reversed(self.doses[1:]), strict=True):
            if left in self._often or self._amounts[left].basis or right not in self._often:
                continue
            start = self._amounts[left].start
            if _ONE_OFF.search(self._text, max(self._start, start - BESIDE), start):
                continue
            between = self._text[self._amounts[left].end : self._amounts[right].start]
            if STEP.match(between):
                self._often[left] = self._often[right]

    def _at_times_of_one_day(self) -> set[int]:
        found: set[int] = set()
        for left, right in pairwise(self.doses):
            one, other = self._amounts[left], self._amounts[right]
            if (one.measure, one.low, one.high) != (other.measure, other.low, other.high):
                continue
            times = [self._text[often.start : often.end] for often in self._timed(left) + self._timed(right)]
            place = max((often.end for often in self._timed(left)), default=one.end)
            if len(times) == 2 and times[0] != times[1] and _AND_ALSO.fullmatch(self._text, place, other.start):
                found |= {left, right}
        return found

    def _timed(self, number: int) -> list[Frequency]:
        return [one for one in self.of(number) if one.is_time]
