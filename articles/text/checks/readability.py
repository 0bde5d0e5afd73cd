"""How hard a text is to read: FKGL and SMOG with a preprocessing of our own (MEDICAL.md §4)."""

import re
from dataclasses import dataclass
from math import sqrt

from articles.text.checks.prose import PREPROCESSING_VERSION, sentences
from articles.text.lexicon import syllables

# Shorter texts have grades too, but they say little: SMOG was normed on 30 sentences.
RELIABLE_SENTENCES = 30
RELIABLE_WORDS = 300

_WORD = re.compile(
    r"[^\W\d_]\.(?:[^\W\d_]\.)+"  # e.g. b.i.d.
    r"|\d+(?:[.,]\d+)*(?:[-‐‑]\w+)*"  # 1,800; 2.5; 24-hour
    r"|\w+(?:[-‐‑'’]\w+)*"
)


@dataclass(frozen=True)
class Readability:
    """The numbers of a text. Every one of them is 0 for a text without a word: nothing was measured.

    Grades are years of schooling in the United States. `polysyllables` are words of three syllables or more.
    """

    words: int
    sentences: int
    syllables: int
    polysyllables: int
    fkgl: float
    smog: float
    mean_sentence_length: float
    preprocessing: int = PREPROCESSING_VERSION

    @property
    def grade(self) -> float:
        """The mean of FKGL and SMOG: what the policy's grades are compared with (docs/decisions/0020)."""
        return (self.fkgl + self.smog) / 2

    @property
    def is_reliable(self) -> bool:
        """Whether the text is long enough for its grades to mean much."""
        return self.sentences >= RELIABLE_SENTENCES and self.words >= RELIABLE_WORDS


def measure(markdown: str) -> Readability:
    """Return the readability of a Markdown text, in English.

    Headings, citations, addresses and code are left out; each list item and table cell ends its sentence. A compound
    is one word; a number is one word of one syllable.
    """
    return combined([markdown])


def combined(texts: list[str]) -> Readability:
    """Return the readability of several texts, read one after the other."""
    counts = [
        [syllables.count(word) for word in words_of(sentence.text)]
        for text in texts
        for sentence in sentences(text)
        if sentence.kind != "heading" and any(letter.isalpha() for letter in sentence.text)
    ]
    every = [number for sentence in counts for number in sentence]
    polysyllables = sum(number >= 3 for number in every)
    return of_counts(len(every), len(counts), sum(every), polysyllables)


def of_counts(words: int, sentences: int, syllables: int, polysyllables: int) -> Readability:
    """Return the grades of these counts.

    FKGL after Kincaid et al. 1975: 0.39 words/sentences + 11.8 syllables/words - 15.59. SMOG after McLaughlin 1969:
    1.043 √(polysyllables · 30/sentences) + 3.1291. Both are as computed, also below grade 0.
    """
    if not words or not sentences:
        return Readability(words, sentences, syllables, polysyllables, 0.0, 0.0, 0.0)
    length = words / sentences
    fkgl = 0.39 * length + 11.8 * syllables / words - 15.59
    smog = 1.043 * sqrt(polysyllables * 30 / sentences) + 3.1291
    return Readability(words, sentences, syllables, polysyllables, fkgl, smog, length)


def words_of(text: str) -> list[str]:
    """Return the words of a sentence as they are counted."""
    return _WORD.findall(text)
