"""Of which drug each dose of a sentence is: the one named beside it, or that of the lines before."""

import re

from articles.text.statements.amount_parts import Amount
from articles.text.statements.dose_frequencies import STEP, DoseFrequencies
from articles.text.statements.quantities import Quantity
from articles.text.statements.visible_words import Reading, Sentence

_OF = re.compile(
    r"[ ]*(?:\([^()]{0,40}\)[ ]*)?(?:(?:tablets?|capsules?|in total|doses?)[ ])?(?:of[ ])?"
    r"(?:(?:oral|intravenous|iv|inhaled|topical|subcutaneous|generic|the|modified-release|immediate-release"
    r"|extended-release)[ ])*\Z"
)
_NO_UNIT = re.compile(r"[0-9½¼¾⅓⅔]\Z")


class DrugsBefore:
    """Which drug the lines before a sentence speak of: its block, the line that opens its list, its heading."""

    def __init__(self, reading: Reading, subject: frozenset[str]) -> None:
        self._subject = subject
        self._of_block: dict[int, frozenset[str]] = {}
        self._reading = reading
        self._last_paragraph: frozenset[str] = frozenset()

    def drugs(self, sentence: Sentence) -> frozenset[str]:
        """Return the generic names of the drug that is spoken of where a sentence begins."""
        block = self._reading.blocks[sentence.block]
        if self._of_block.get(sentence.block):
            return self._of_block[sentence.block]
        for number in (block.intro, block.heading):
            if number >= 0 and self._of_block.get(number):
                return self._of_block[number]
        if sentence.kind == "paragraph" and self._last_paragraph and not self._subject:
            return self._last_paragraph
        return self._subject

    def note(self, sentence: Sentence) -> None:
        """Take up the drugs that a sentence names, for those that follow it."""
        names = [mention.names for mention in sentence.drugs if mention.names]
        if names:
            self._of_block[sentence.block] = names[-1]
            self._last_paragraph = names[-1] if len(names) == 1 else frozenset()
        if sentence.kind == "heading":
            self._last_paragraph = names[-1] if names else frozenset()


class DoseDrugs:
    """Finds the drugs of the doses of one sentence; `inherited` is the drug of the lines before."""

    def __init__(
        self,
        text: str,
        sentence: Sentence,
        amounts: list[Amount],
        frequencies: DoseFrequencies,
        inherited: frozenset[str],
    ) -> None:
        self._text = text
        self._sentence = sentence
        self._amounts = amounts
        self._frequencies = frequencies
        self._inherited = inherited

    def of(self, number: int, quantity: Quantity) -> tuple[frozenset[str], bool]:
        """Return the generic names of a dose's drug, and whether the sentence names it beside the dose."""
        mentions = [mention for mention in self._sentence.drugs if mention.names]
        limit = self._next_dose(number)
        end = max([quantity.end, *(one.end for one in self._frequencies.of(number) if one.start >= quantity.end)])
        following = [mention for mention in mentions if quantity.end <= mention.start < limit]
        for place in dict.fromkeys((quantity.end, end, self._end_of_joined(number))):
            if following and _OF.match(self._text[place : following[0].start]) and following[0].start - place >= 1:
                return following[0].names, True
        preceding = [mention for mention in mentions if mention.end <= quantity.start]
        if preceding:
            return preceding[-1].names, True
        # A family ("tricyclics: 10 mg") stands in the way of a drug named further up.
        if any(mention.end <= quantity.start for mention in self._sentence.drugs):
            return frozenset(), False
        if self._inherited:
            return self._inherited, False
        return (following[0].names if following else mentions[0].names if mentions else frozenset()), False

    def _next_dose(self, number: int) -> int:
        """Return where the next dose begins; "250 or 500 mg" are two doses of what follows both."""
        later = [other for other in self._frequencies.doses if other > number]
        if later and self._shares_its_unit(number, later[0]):
            return self._next_dose(later[0])
        return self._amounts[later[0]].start if later else self._sentence.end

    def _end_of_joined(self, number: int) -> int:
        later = [other for other in self._frequencies.doses if other > number]
        if later and self._shares_its_unit(number, later[0]):
            return self._end_of_joined(later[0])
        return self._amounts[number].end

    def _shares_its_unit(self, number: int, other: int) -> bool:
        """Return whether a bare number has the unit of the next dose, from which only "or", "and" or "to" part it."""
        left, right = self._amounts[number], self._amounts[other]
        return bool(_NO_UNIT.search(self._text[left.start : left.end])) and bool(
            STEP.match(self._text[left.end : right.start])
        )
