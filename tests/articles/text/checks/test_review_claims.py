import pytest

from articles.text import checks
from articles.text.checks import review_claims
from tests.articles.text.checks.contents import content, is_exact, section
from tests.articles.text.checks.review_sentences import CLAIMS, NO_CLAIMS

RULE = "review-claimed"
FILL = "Statins lower cholesterol. They are taken once a day."
# Marks of Markdown are none in a title.
PLAIN_CLAIMS = [words for words in CLAIMS if not set("|`>#[&*") & set(words)]


def found(written):
    return [one for one in checks.run(written) if one.rule == RULE]


def test_table_is_large_enough():
    assert len(CLAIMS) >= 60
    assert len(NO_CLAIMS) >= 60


@pytest.mark.parametrize("audience", ["professional", "plain"])
@pytest.mark.parametrize("words", CLAIMS)
def test_claim_of_review_is_found_in_a_text(words, audience):
    texts = {"professional": FILL, "plain": FILL, audience: f"{FILL}\n\n{words}\n\n{FILL}"}
    written = content(section(**texts))

    one, *more = found(written)

    assert (one.section_key, one.audience, more) == ("k0", audience, [])
    assert is_exact(one, written)
    assert one.words in words


@pytest.mark.parametrize("audience", ["professional", "plain"])
@pytest.mark.parametrize("words", NO_CLAIMS)
def test_sentence_that_claims_no_review_is_not_found(words, audience):
    texts = {"professional": FILL, "plain": FILL, audience: f"{FILL}\n\n{words}\n\n{FILL}"}

    assert found(content(section(**texts))) == []


@pytest.mark.parametrize("words", PLAIN_CLAIMS)
def test_claim_of_review_is_found_in_titles_and_headings(words):
    assert [one.words in words for one in found(content(section(FILL, FILL), title=words))] == [True]
    assert [one.section_key for one in found(content(section(FILL, FILL, heading=words)))] == ["k0"]


@pytest.mark.parametrize("words", [words for words in NO_CLAIMS if len(words) < 80])
def test_title_that_claims_no_review_is_not_found(words):
    assert found(content(section(FILL, FILL, heading=words), title=words)) == []


def test_claim_in_the_middle_of_a_paragraph_is_found_by_its_sentence():
    text = f"{FILL} This page was reviewed by doctors. {FILL}"
    written = content(section(text, text))

    first, second = found(written)

    assert (first.words, second.words) == ("This page was reviewed by doctors.",) * 2
    assert is_exact(first, written)
    assert str(first.message).startswith("The text says of itself “This page was reviewed by doctors.”. Take it out")


def test_message_says_what_to_do_in_words_of_the_reader():
    assert str(review_claims.RULES[RULE]) == "The text says itself that it was reviewed or approved"
