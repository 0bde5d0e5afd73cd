"""Of which drug or arm of a trial a figure is told: "32% with gabapentin and 17% with placebo"."""

import re
from collections.abc import Iterable
from itertools import pairwise

from articles.text.lexicon.drugs import DrugMention
from articles.text.statements.quantities import Quantity
from articles.text.statements.stated_quantities import Stated
from articles.text.statements.visible_words import Sentence

_PLACEBO = re.compile(
    r"\b(?:placebo|(?:dummy|sugar|inactive|sham|fake)[ ](?:pills?|tablets?|treatments?|medicines?|drugs?|sprays?"
    r"|injections?|capsules?|creams?|patch(?:es)?|inhalers?))\b"
)
# Arms that go by their own words, so that a figure of theirs is not taken for that of the drug beside it.
_OTHER = re.compile(
    r"\b(?:(?:[a-z-]+[ ]){1,2}(?:antagonists?|agonists?|blockers?|inhibitors?)|(?:usual|standard)[ ](?:care|treatment)"
    r"|controls?(?:[ ]group)?|no[ ]treatment|(?:older|newer|other|second|first)[ ](?:medicine|drug|one|treatment))\b"
)
# Between a figure and the drug behind it: a few words, the last of which ties the two.
_TIES = re.compile(
    r"(?:[ ]\(?[a-z][\w'-]*|[ ][0-9]{1,3}(?=[ ])){0,7}?[ ](?:with|on|in|for|after|taking|took|given|receiving|received"
    r"|using|under|from)(?:[ ](?:the|a|an|those|people|patients|women|men|on|with|taking|given|group))*[ ]\Z"
)
_BREAKS = re.compile(r"[;:]|\b(?:and|but|than|while|whereas|compared|against|versus|vs|instead)\b")
_SECOND_PLACE = re.compile(
    r"\b(?:than|compared (?:with|to)|versus|vs\.?|against|instead of|rather than)[ ][a-z ]{0,12}\Z"
)
_SIDE_BY_SIDE = re.compile(r"[ ]*(?:of[ ]\w+[ ])?,?[ ]?(?:and|against|versus|vs\.?|compared with|or)[ ](?:in[ ])?\Z")
_FURTHEST = 70
_MOST_IN_A_SENTENCE = 60

Arm = frozenset[str]
_NO_ARM: Arm = frozenset()


def arms_of(text: Stated) -> dict[int, Arm]:
    """Return the drug or arm of each figure that is bound to one, by where the figure begins."""
    found: dict[int, Arm] = {}
    for sentence in text.reading.sentences:
        figures = text.within(sentence.start, sentence.end)
        if figures and len(figures) <= _MOST_IN_A_SENTENCE:
            found.update(_in_sentence(text.reading.lower, sentence, [one for one in figures if not one.is_dose]))
    return found


def _in_sentence(text: str, sentence: Sentence, figures: list[Quantity]) -> Iterable[tuple[int, Arm]]:
    mentions = _mentions(text, sentence)
    if not mentions:
        return []
    following = {one.start: _following(text, one, mentions) for one in figures}
    told = dict(following)
    for place, one in enumerate(figures):
        if not told[one.start]:
            told[one.start] = _preceding(text, one, figures[:place], mentions, following)
    told.update(_in_turn(text, figures, mentions, following))
    return [(start, arm) for start, arm in told.items() if arm]


def _mentions(text: str, sentence: Sentence) -> list[tuple[int, int, Arm]]:
    """Return the drugs, families and placebos of a sentence in order; a family goes by its own words."""
    found = [(one.start, one.end, _arm(text, one)) for one in sentence.drugs]
    found += [
        (match.start(), match.end(), frozenset(("placebo",)))
        for match in _PLACEBO.finditer(text, sentence.start, sentence.end)
    ]
    known = [(start, end) for start, end, _arm_of in found]
    found += [
        (match.start(), match.end(), frozenset((match[0],)))
        for match in _OTHER.finditer(text, sentence.start, sentence.end)
        if not any(start < match.end() and match.start() < end for start, end in known)
    ]
    return sorted(found, key=lambda one: one[0])


def _arm(text: str, mention: DrugMention) -> Arm:
    return mention.names or frozenset((text[mention.start : mention.end].rstrip("s"),))


def _following(text: str, figure: Quantity, mentions: list[tuple[int, int, Arm]]) -> Arm:
    for start, _end, arm in mentions:
        if figure.end <= start <= figure.end + _FURTHEST:
            between = text[figure.end : start]
            return arm if _TIES.match(between) and not _BREAKS.search(between) else _NO_ARM
    return _NO_ARM


def _preceding(
    text: str,
    figure: Quantity,
    earlier: list[Quantity],
    mentions: list[tuple[int, int, Arm]],
    following: dict[int, Arm],
) -> Arm:
    before = [one for one in mentions if one[1] <= figure.start]
    if not before or before[-1][1] < figure.start - _FURTHEST:
        return _NO_ARM
    start, end, arm = before[-1]
    rivals = [one for one in earlier if one.measure == figure.measure]
    is_taken = any(one.start > end or following.get(one.start) == arm for one in rivals)
    if is_taken or ";" in text[end : figure.start] or _SECOND_PLACE.search(text[max(0, start - 40) : start]):
        return _NO_ARM
    return arm


def _in_turn(
    text: str, figures: list[Quantity], mentions: list[tuple[int, int, Arm]], following: dict[int, Arm]
) -> Iterable[tuple[int, Arm]]:
    """Bind "A compared with B: 84% and 79%" in turn: the first figure is that of the first drug."""
    for left, right in pairwise(figures):
        is_pair = left.measure == right.measure and _SIDE_BY_SIDE.match(text[left.end : right.start])
        if not is_pair or following[left.start] or following[right.start]:
            continue
        before = [arm for _start, end, arm in mentions if end <= left.start]
        is_apart = len(before) == 2 and not before[0] & before[1]
        yield left.start, before[0] if is_apart else _NO_ARM
        yield right.start, before[1] if is_apart else _NO_ARM
