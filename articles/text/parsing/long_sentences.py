"""Where a sentence that no person wrote is cut, so that what checks relate within a sentence costs linear time."""

from collections.abc import Iterator

# Some 160 words: four times the longest sentence that is not reported as too long.
LONGEST_SENTENCE = 1_000


def cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span whole, or in pieces of at most `LONGEST_SENTENCE` characters, cut at a space if there is one."""
    while end - start > LONGEST_SENTENCE:
        space = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        stop = space + 1 if space > 0 else start + LONGEST_SENTENCE
        yield start, stop
        start = stop
    yield start, end
