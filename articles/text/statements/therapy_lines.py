"""Which drugs a sentence puts first, second or third: the lines of therapy."""

import re
from collections.abc import Iterator, Sequence

from articles.text.lexicon.drugs import DrugMention
from articles.text.statements.stated_quantities import Stated
from articles.text.statements.visible_words import Sentence

_LINES = (
    (
        re.compile(
            r"\bfirst[- ]line\b|\bfirst choices?\b|\bcomes? first\b|\bprimary (?:treatment|therapy|therapies|drug)s?\b"
        ),
        1,
    ),
    (re.compile(r"\bsecond[- ]line\b|\bsecond choices?\b|\bcomes? second\b"), 2),
    (re.compile(r"\bthird[- ]line\b|\bthird choices?\b|\bcomes? third\b|\blast[- ]line\b|\blast resort\b"), 3),
)
_NOT_LINE = re.compile(r"\b(?:not|no longer|never)\b[^,;:.]{0,30}\Z")
_CLAUSE = re.compile(r";|,? (?:while|whereas|but|although|though)\b|\. ")
_LINE_CLAUSE = re.compile(
    rf"{_CLAUSE.pattern}|,? and (?=[\w -]{{3,40}} (?:is |are |as )?(?:a |the )?(?:second|third|first"
    rf"|last)[- ](?:line|choice))"
)
_AFTER_ANOTHER = re.compile(
    r"\b(?:after|fail\w*|instead of|rather than|than|over|before|unlike|replac\w*|in place of|respond\w* to)\b"
)


def lines_of_therapy(text: Stated, sentence: Sentence) -> Iterator[tuple[Sequence[DrugMention], tuple[int, ...]]]:
    """Yield drugs with their lines: said in their clause, or by the line that opens their list; denied, negative."""
    words = text.reading.lower[sentence.start : sentence.end]
    if not any(pattern.search(words) for pattern, _line in _LINES):
        lines = _opening_lines(text, sentence)
        if lines and sentence.drugs:
            yield sentence.drugs[:1] if _AFTER_ANOTHER.search(words) else sentence.drugs, lines
        return
    start = 0
    for end in [*(match.start() for match in _LINE_CLAUSE.finditer(words)), len(words)]:
        lines = _lines_in(words[start:end])
        if lines:
            yield _drugs_within(sentence, start, end, words), lines
        start = end


def _opening_lines(text: Stated, sentence: Sentence) -> tuple[int, ...]:
    intro = text.reading.blocks[sentence.block].intro
    if intro < 0 or sentence.kind != "item":
        return ()
    block = text.reading.blocks[intro]
    words = text.reading.lower[block.start : block.end].rstrip()
    last = words[words.rfind(". ") + 1 :]
    return _lines_in(last) if words.endswith(":") else ()


def _drugs_within(sentence: Sentence, start: int, end: int, words: str) -> list[DrugMention]:
    other = _AFTER_ANOTHER.search(words[start:end])
    limit = start + other.start() if other else end
    return [mention for mention in sentence.drugs if start <= mention.start - sentence.start < limit]


def _lines_in(words: str) -> tuple[int, ...]:
    """Return the lines of therapy that words name; a line that they deny as its negative."""
    found = []
    for pattern, line in _LINES:
        match = pattern.search(words)
        if match:
            found.append(-line if _NOT_LINE.search(words[: match.start()]) else line)
    return tuple(found)
