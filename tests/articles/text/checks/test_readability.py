"""Readability: words, sentences and syllables as a person counts them, and the two grades."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.checks.prose import sentences
from articles.text.checks.readability import combined, measure, of_counts
from articles.text.lexicon import syllables

# Counted by hand: words, sentences, syllables, words of three syllables or more.
GOLDEN = [
    ("", (0, 0, 0, 0)),
    ("  \n\n# Only a heading\n", (0, 0, 0, 0)),
    ("Take one tablet at night.", (5, 1, 6, 0)),
    # ga-ba-pen-tin 4, a-mi-trip-ty-line 5, pre-gab-a-lin 4, and 1
    ("Gabapentin, amitriptyline and pregabalin.", (4, 1, 14, 3)),
    ("Take 5 mg. daily. Rest well.", (6, 2, 7, 0)),
    ("Dr. Smith gave 2.5 mL b.i.d. to her.", (8, 1, 11, 1)),
    ("Eat fruit, e.g. plums, every day.", (6, 1, 8, 0)),
    ("- red\n- white\n- blue", (3, 3, 3, 0)),
    ("1. Wash it.\n2. Dry it.", (4, 2, 4, 0)),
    ("| Drug | Dose |\n|---|---|\n| aspirin | one tablet |", (5, 4, 8, 1)),
    ("See [the leaflet](https://example.org/a.b) first [@a; @b].", (4, 1, 5, 0)),
    ("It costs `code = 1.` five pounds.", (4, 1, 4, 0)),
    ("Rest\nand sleep.\n\nThen walk.", (5, 2, 5, 0)),
    ("One-sided pain (HIV).", (3, 1, 7, 2)),
]


@pytest.mark.parametrize(("text", "counts"), GOLDEN)
def test_measure_counts_as_a_person_does(text, counts):
    measured = measure(text)

    assert (measured.words, measured.sentences, measured.syllables, measured.polysyllables) == counts


def test_measure_computes_both_grades():
    measured = measure("Gabapentin, amitriptyline and pregabalin.")

    assert measured.fkgl == pytest.approx(0.39 * 4 / 1 + 11.8 * 14 / 4 - 15.59)
    assert measured.smog == pytest.approx(1.043 * math.sqrt(3 * 30 / 1) + 3.1291)
    assert measured.mean_sentence_length == 4
    assert measured.preprocessing >= 1


def test_grades_of_a_known_sample():
    measured = of_counts(words=300, sentences=30, syllables=450, polysyllables=36)

    assert round(measured.fkgl, 2) == 6.01
    assert round(measured.smog, 2) == 9.39
    assert measured.is_reliable


def test_empty_text_has_zeros_and_no_nan():
    measured = measure("")

    assert (measured.fkgl, measured.smog, measured.grade, measured.mean_sentence_length) == (0, 0, 0, 0)


@pytest.mark.parametrize(("words", "found", "reliable"), [(299, 30, False), (300, 29, False), (300, 30, True)])
def test_short_text_is_unreliable(words, found, reliable):
    assert of_counts(words, found, words, 0).is_reliable is reliable


def test_bullets_without_full_stops_do_not_inflate():
    words = "pain in the back and legs"
    listed = measure("\n".join(f"- {words}" for _turn in range(6)))

    assert listed.fkgl == pytest.approx(measure(". ".join([words.capitalize()] * 6) + ".").fkgl)


def test_headings_change_nothing():
    text = "Take it with food. Drink a glass of water."

    assert measure(f"## A short heading\n\n{text}\n\nSetext\n======\n") == measure(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take 5 mg. Then rest.", ["Take 5 mg.", "Then rest."]),
        ("Take 5 mg. of it.", ["Take 5 mg. of it."]),
        ("Take it b.i.d. with food.", ["Take it b.i.d. with food."]),
        ("See Dr. Brown vs. Dr. Green.", ["See Dr. Brown vs. Dr. Green."]),
        ("It fell by 2.5 points. Good.", ["It fell by 2.5 points.", "Good."]),
        ("Take vitamin C. Rest.", ["Take vitamin C.", "Rest."]),
        ("J. Smith wrote it.", ["J. Smith wrote it."]),
        ("The U.S. Food and Drug Administration said so.", ["The U.S. Food and Drug Administration said so."]),
        ("Is it safe? Yes! Ask.", ["Is it safe?", "Yes!", "Ask."]),
        ("“Why me?” she asked.", ["“Why me?” she asked."]),
        ("Say no. Stay.", ["Say no.", "Stay."]),
        ("See table no. 5 here.", ["See table no. 5 here."]),
        ("He had two (or 3.) Then none.", ["He had two (or 3.)", "Then none."]),
        ("It helps.[@a] Ask.", ["It helps.", "Ask."]),
        ("**Stop.** Go on.", ["Stop.", "Go on."]),
        ("> Quoted here.\n> And on.", ["Quoted here.", "And on."]),
        ("a\n---\n\ntext", ["a", "text"]),
        ("- one\n  goes on\n- two", ["one goes on", "two"]),
        ("```\ncode\n```\ntext", ["text"]),
        ("Intro:\n\n    code here\n\nend", ["Intro:", "end"]),
    ],
)
def test_sentences(text, expected):
    assert [" ".join(sentence.text.split()) for sentence in sentences(text)] == expected


@given(st.text(alphabet="ab .!?\n-*_#>|`[]()@1e:/é\\&;", max_size=200))
def test_sentences_stand_where_they_say(text):
    """A sentence is its place in the Markdown with marks blanked, and never overlaps another."""
    end = 0
    for sentence in sentences(text):
        words = text[sentence.start : sentence.end]
        assert len(words) == len(sentence.text)
        assert all(one in (other, " ") for one, other in zip(sentence.text, words, strict=True))
        assert sentence.start >= end
        end = sentence.end


@given(st.text(max_size=300))
def test_measure_takes_any_text(text):
    measured = measure(text)

    assert all(math.isfinite(number) for number in (measured.fkgl, measured.smog, measured.mean_sentence_length))
    assert measured.polysyllables <= measured.words <= measured.syllables
    assert measured.sentences <= measured.words


@given(st.lists(st.sampled_from(["Take one now.", "Rest a little.", "Ask the nurse about pregabalin."]), max_size=8))
def test_texts_measured_together_add_up(texts):
    together = combined(texts)

    assert together.words == sum(measure(text).words for text in texts)
    assert together.syllables == sum(measure(text).syllables for text in texts)
    assert together == measure("\n\n".join(texts))


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *[("gabapentin", 4), ("amitriptyline", 5), ("pregabalin", 4), ("hydrochlorothiazide", 7), ("opioids", 3)],
        *[("diabetes", 4), ("migraines", 2), ("pyelonephritis", 6), ("metastases", 4), ("placebos", 3)],
        *[("one-sided", 3), ("nurse's", 2), ("doctor’s", 2), ("HIV", 3), ("eGFR", 4), ("NSAIDs", 2), ("WARNING", 2)],
        *[("1,800", 1), ("COVID-19", 3), ("–", 0), ("", 0), ("B12", 2), ("the", 1), ("Zzz", 1)],
    ],
)
def test_syllables_of_medical_words(word, number):
    assert syllables.count(word) == number


# Everyday words, by the number of their syllables; counted by saying them.
EVERYDAY = {
    1: """
the made whole while helped used called makes rules scared safe league through house eye stretched drugs clothes health
blood heart brain skin breathe cough sleep weight meals dose held worked asked ached months once
""",
    2: """
table needed settled doses washes nurses hundred able little asthma tablet water doctor kidney liver problem quiet being
trial rhythm spasm people other sudden swelling bleeding because before after between safely careful movement pregnant
measured loosened ankle muscle stomach bladder cancer number morning evening minute second
""",
    3: """
medicine hospital infection condition however usually reaction important example exercise natural similar decision
possible positive video area idea serious period suddenly carefully protection prevention injury operate emotion
relaxing potato tomato vitamin cigarette together tomorrow amazing remember
""",
    4: """
information emergency especially material necessary society temporary operation education population situation activity
difficulty vaccination alternative january experience bacteria
""",
    5: "communication university organisation examination possibility immediately cooperation electricity opportunity",
}


def test_rules_count_ordinary_english():
    cases = [(word, number) for number, words in EVERYDAY.items() for word in words.split()]

    wrong = {word: syllables.count(word) for word, number in cases if syllables.count(word) != number}

    assert len(wrong) / len(cases) < 0.1, wrong


@given(st.from_regex(r"[a-z]{1,15}", fullmatch=True))
def test_every_word_has_a_syllable(word):
    assert 1 <= syllables.count(word) <= len(word) + 1
