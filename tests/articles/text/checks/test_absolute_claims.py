"""Words that promise too much, and brands without their medicine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import lexicon
from articles.text.checks import promises
from tests.articles.text.checks.plain_content import found, section


def words(text, *, only="absolute-claim", audience="plain"):
    return [words for rule, words in found(promises.check, section(**{audience: text})) if rule == only]


@pytest.mark.parametrize("audience", ["plain", "professional"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This drug cures migraine.", "cures"),
        ("It is a proven cure.", "cure"),
        ("This is guaranteed to work.", "guaranteed"),
        ("It is 100% safe.", "100% safe"),
        ("It is 100 % safe.", "100 % safe"),
        ("It always works.", "always works"),
        ("It has no side effects.", "has no side effects"),
        ("A miracle drug.", "miracle"),
        ("It is completely safe.", "completely safe"),
        ("The test is risk-free.", "risk-free"),
        ("Safe for everyone.", "Safe for everyone"),
        ("This **completely eliminates** pain.", "completely eliminates"),
        ("It will never come back.", "will never come back"),
        ("You will be cured.", "will be cured"),
        ("You will definitely get better.", "definitely get better"),
    ],
)
def test_absolute_claim(text, expected, audience):
    assert words(text, audience=audience) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "There is no cure for asthma.",
        "It cannot cure diabetes.",
        "A cure does not exist.",
        "It is not guaranteed to work.",
        "There is no guarantee.",
        "No medicine is free of side effects.",
        "No treatment is risk-free.",
        "Nothing is completely safe.",
        "It does not always work.",
        "Does it always work?",
        "Not safe for everyone.",
        "Clinical cure in 84% of women.",
        "Nitrofurantoin cured 84%.",
        "If you have no side effects, go on.",
        "No side effects were seen.",
        "Most people have no side effects.",
        "There is no risk of addiction.",
        "Beware of miracle cures.",
        "Always take it with food.",
        "> It has no side effects.",
        "See `cure` and [@cure].",
        "Weigh cure against harm: the cure rate was 84%.",
        "The treatment is safe and effective.",
    ],
)
def test_fair_words_are_left_alone(text):
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take Lyrica at night. Lyrica helps.", ["Lyrica"]),
        ("Take *TYLENOL* at night.", ["TYLENOL"]),
        ("Take pregabalin (Lyrica).", []),
        ("Use Symbicort.\n\n- It has budesonide.", []),
        ("take lyrica", []),
        ("Lyricas", []),
        ("See [@Lyrica].", []),
    ],
)
def test_brand_name_only(text, expected):
    assert words(text, only="brand-name-only") == expected


def test_each_audience_needs_the_name_of_the_medicine():
    both = section(plain="Take Lyrica.", professional="Pregabalin (Lyrica).")

    assert found(promises.check, both) == [("brand-name-only", "Lyrica")]


def test_table_of_brands_is_large_and_names_substances():
    brands = lexicon.table("brands")["brands"]

    assert len(brands) >= 120
    assert all(names and all(name == name.strip() for name in names) for names in brands.values())


@given(st.text(alphabet="no cures! 10%safe\n-*LyricaAdvil", max_size=120))
def test_every_finding_stands_in_its_text(text):
    found(promises.check, section(text, text))


@given(st.sampled_from(["cures pain", "always works", "has no side effects", "is completely safe"]))
def test_denial_takes_a_promise_back(claim):
    assert words(f"This drug {claim}.")
    assert not words(f"No drug {claim}.")
