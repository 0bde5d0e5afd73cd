"""Whether a figure stands where the professional text has it: not with another drug, line of a list, or arm."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from articles.text.statements.contrasts import changed_places
from articles.text.statements.quantities import Quantity
from articles.text.statements.stated_quantities import Stated
from articles.text.statements.trial_arms import Arm, arms_of

# Whether the professional quantity supports the plain one.
Fits = Callable[[Quantity, Quantity, Stated], bool]
# A plain quantity, what the professional text has in its place, and which of the professional texts that is.
Misplaced = tuple[Quantity, Quantity, Stated]

_INSTEAD = re.compile(
    r"[ ](?:a day|per day)?[ ]?(?:instead of|rather than|against|versus|vs\.?|compared (?:with|to))[ ](?:about[ ])?"
)
_LESS = re.compile(r"\b(?:less|lower|fewer|fell|fall|falls|reduced?|rarer|dropped|smaller|shorter|decreased?|cut)\b")
_MORE = re.compile(r"\b(?:more|higher|greater|rose|rise|rises|increased?|larger|longer|raised?|oftener)\b")
_WORDS_AFTER = re.compile(r"[ ]*([a-z]+)")
# A text with more is no section of an article.
_MOST = 150
# Words are compared by their first letters, from such a length on.
_STEM = 6
_LONG_WORD = re.compile(r"[a-z]{5,}")


@dataclass(slots=True)
class _Part:
    """A clause: its quantities and the drugs it names."""

    quantities: list[Quantity]
    drugs: frozenset[str]
    words: frozenset[str]

    def alike(self, one: Quantity) -> list[Quantity]:
        return [other for other in self.quantities if other.measure == one.measure]


def misplaced(plain: Stated, professional: Sequence[Stated], fits: Fits) -> Iterator[Misplaced]:
    """Yield the quantities of a plain text that its professional text has, but of something else.

    Each is told apart by what stands beside it in its clause, and only where the professional text has another value
    in that very place; a figure whose place is not plain is taken as right.
    """
    if not professional or max(len(plain.quantities), len(professional[0].quantities)) > _MOST:
        return
    found: dict[int, Misplaced] = {}
    for pairs in (_in_another_arm, _in_another_line, _twice_in_one_line, _turned_round):
        for one, other, text in pairs(plain, professional, fits):
            if one.counts:
                found.setdefault(one.start, (one, other, text))
    if any(changed_places(plain, professional[:1])):
        for one, other, text in changed_places(plain, professional):
            if one.counts:
                found.setdefault(one.start, (one, other, text))
    yield from _without_keys(list(found.values()), plain)


def _without_keys(found: list[Misplaced], plain: Stated) -> Iterator[Misplaced]:
    """Leave out what a dose stands beside ("2 to 4 years: 240 mg"): where the dose is wrong, the age is right."""
    with_doses = {id(plain.reading.sentence_at(one.start)) for one, _other, _text in found if one.is_dose}
    for one, other, text in found:
        if one.is_dose or id(plain.reading.sentence_at(one.start)) not in with_doses:
            yield one, other, text


def _in_another_arm(plain: Stated, professional: Sequence[Stated], fits: Fits) -> Iterator[Misplaced]:
    mine = arms_of(plain)
    if not mine:
        return
    own = [(text, arms_of(text)) for text in professional[:1]]
    everywhere: list[tuple[Stated, dict[int, Arm]]] = []
    for one in plain.quantities:
        arm = mine.get(one.start)
        if arm and _of_that_arm(one, arm, own, fits):
            # Other sections are only read where this one does not support the figure.
            everywhere = everywhere or [*own, *((text, arms_of(text)) for text in professional[1:])]
            if instead := _of_that_arm(one, arm, everywhere, fits):
                yield one, *instead


def _of_that_arm(
    one: Quantity, arm: Arm, theirs: list[tuple[Stated, dict[int, Arm]]], fits: Fits
) -> tuple[Quantity, Stated] | None:
    """Return what the professional text tells of the arm where it tells the figure only of the arm beside it."""
    instead: tuple[Quantity, Stated] | None = None
    for text, arms in theirs:
        for other in text.quantities:
            if other.measure not in (one.measure, "number") or not fits(one, other, text):
                continue
            if not arms.get(other.start) or arms[other.start] & arm:
                return None
            rival = None if instead else _beside(one, other, arm, text, arms, fits)
            instead = (rival, text) if rival else instead
    return instead


def _beside(
    one: Quantity, other: Quantity, arm: Arm, text: Stated, arms: dict[int, Arm], fits: Fits
) -> Quantity | None:
    sentence = text.reading.sentence_at(other.start)
    if sentence is None:
        return None
    for rival in text.within(sentence.start, sentence.end):
        if rival.measure == other.measure and arms.get(rival.start, frozenset()) & arm and not fits(one, rival, text):
            return rival
    return None


def _in_another_line(plain: Stated, professional: Sequence[Stated], fits: Fits) -> Iterator[Misplaced]:
    lines = [(text, part) for text in professional[:1] for part in _parts(text)]
    for part in _parts(plain):
        for one in part.quantities:
            other = _in_its_place(one, part, lines, fits)
            if other and not _is_told_elsewhere(one, professional[1:], fits):
                yield one, other, professional[0]


def _in_its_place(one: Quantity, part: _Part, lines: list[tuple[Stated, _Part]], fits: Fits) -> Quantity | None:
    beside = [other for other in part.quantities if other is not one and not _says_the_same(one, other)]
    if not beside and not part.drugs:
        return None
    best: list[tuple[Stated, _Part]] = []
    most = supported = words = 0
    for text, line in lines:
        shared = _shared(beside, part, text, line, fits)
        if any(fits(one, other, text) for other in line.quantities):
            supported, words = max(supported, shared), max(words, len(part.words & line.words))
        if shared > most:
            best, most = [(text, line)], shared
        elif shared == most:
            best.append((text, line))
    if len(best) != 1 or not most or supported >= most:
        return None
    text, line = best[0]
    if len(part.words & line.words) < words:
        return None
    is_whole = all(any(fits(other, theirs, text) for theirs in line.quantities) for other in beside if other.counts)
    return _at_its_place(one, part, line) if is_whole else None


def _shared(beside: list[Quantity], part: _Part, text: Stated, line: _Part, fits: Fits) -> int:
    told = {other.identity for other in beside if any(fits(other, theirs, text) for theirs in line.quantities)}
    return len(told) + len(part.drugs & line.drugs)


def _at_its_place(one: Quantity, part: _Part, line: _Part) -> Quantity | None:
    """Return the quantity that stands in a line where this one stands in its own, among as many of its kind."""
    mine, theirs = part.alike(one), line.alike(one)
    if len(mine) != len(theirs):
        return None
    return theirs[mine.index(one)]


def _is_told_elsewhere(one: Quantity, texts: Sequence[Stated], fits: Fits) -> bool:
    return any(fits(one, other, text) for text in texts for other in text.distinct[:_MOST])


def _twice_in_one_line(plain: Stated, professional: Sequence[Stated], fits: Fits) -> Iterator[Misplaced]:
    """Find "10 or more days …, or 10 or more days" against "10 or more days …, or 15 or more days"."""
    lines = _parts(professional[0])
    for part in _parts(plain):
        for place, one in enumerate(part.quantities[1:], start=1):
            if not any(_says_the_same(one, other) and other.bound == one.bound for other in part.quantities[:place]):
                continue
            other = _second_of(plain, part, one, professional[0], lines, fits)
            if other:
                yield one, other, professional[0]


def _second_of(
    plain: Stated, part: _Part, one: Quantity, text: Stated, lines: list[_Part], fits: Fits
) -> Quantity | None:
    mine = part.alike(one)
    place = mine.index(one)
    after = _WORDS_AFTER.match(plain.reading.lower, one.end)
    instead = None
    for line in lines:
        theirs = line.alike(one)
        known = [other for other in theirs if fits(one, other, text)]
        if len(known) > 1:
            return None
        if len(known) != 1 or len(theirs) <= place or fits(one, theirs[place], text) or one.is_dose:
            continue
        told = _WORDS_AFTER.match(text.reading.lower, theirs[place].end)
        is_new = not any(fits(other, theirs[place], text) for other in part.quantities)
        if is_new and theirs[place].bound == one.bound and after and told and after[1] == told[1]:
            instead = theirs[place]
    return instead


def _turned_round(plain: Stated, professional: Sequence[Stated], fits: Fits) -> Iterator[Misplaced]:
    """Find "less: 340 instead of 57" against "lower: 57 instead of 340": both say which way, one has them turned."""
    theirs = [(text, list(_comparisons(text))) for text in professional[:1]]
    for one, other, way in _comparisons(plain):
        told = [(text, pair) for text, pairs in theirs for pair in pairs]
        if any(fits(one, pair[0], text) and fits(other, pair[1], text) for text, pair in told):
            continue
        turned = [
            (pair[0], text)
            for text, pair in told
            if pair[2] == way and fits(one, pair[1], text) and fits(other, pair[0], text)
        ]
        if turned:
            yield one, *turned[0]


def _comparisons(text: Stated) -> Iterator[tuple[Quantity, Quantity, str]]:
    for one, other in zip(text.quantities, text.quantities[1:], strict=False):
        sentence = text.reading.sentence_at(one.start)
        if sentence is None or other.start >= sentence.end or one.measure != other.measure:
            continue
        if _INSTEAD.fullmatch(text.reading.lower, one.end, other.start):
            words = text.reading.lower[sentence.start : one.start]
            way = ("less" if _LESS.search(words) else "") + ("more" if _MORE.search(words) else "")
            if way:
                yield one, other, way


def _parts(text: Stated) -> list[_Part]:
    found = []
    for sentence in text.reading.sentences:
        start = sentence.start
        for end in [*_cuts(text.reading.lower, sentence.start, sentence.end), sentence.end]:
            quantities = text.within(start, end)
            if quantities:
                names = [one.names for one in sentence.drugs if start <= one.start < end]
                words = _words(text.reading.lower, start, end, quantities)
                # "…; maximum 400 mg a day" is of the drug named before the semicolon.
                names += [one.drugs for one in quantities if one.drug_is_named]
                found.append(_Part(quantities, frozenset().union(*names), words))
            start = end
    return found


def _words(text: str, start: int, end: int, quantities: list[Quantity]) -> frozenset[str]:
    """Return the longer words of a clause that are no part of its quantities, by their first letters."""
    told = [span for one in quantities for span in ((one.start, one.end), one.times_span) if span[1]]
    matches = _LONG_WORD.finditer(text, start, end)
    return frozenset(
        match[0][:_STEM] for match in matches if not any(first <= match.start() < last for first, last in told)
    )


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    place = text.find(";", start, end)
    while place >= 0:
        yield place + 1
        place = text.find(";", place + 1, end)


def _says_the_same(one: Quantity, other: Quantity) -> bool:
    return (one.measure, one.low, one.high, one.times, one.basis) == (
        other.measure,
        other.low,
        other.high,
        other.times,
        other.basis,
    )
