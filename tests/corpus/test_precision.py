import pytest

from articles.text import checks
from tests.corpus.loading import load
from tests.corpus.rules import NUMBERS, PRECISION, PROMISED, RECALL
from tests.corpus.scoring import measure, pooled

# Rules of the contract that have no check yet. Empty this when their checks are merged: a rule that is neither here nor
# in articles.text.checks.RULES fails, and so does one that is in both.
PENDING: set[str] = set()


@pytest.fixture(scope="module")
def counts():
    return measure(load())


@pytest.mark.parametrize("rule", NUMBERS)
def test_rule_of_the_corpus_has_a_check(rule):
    assert (rule in checks.RULES) != (rule in PENDING)


@pytest.mark.parametrize("number", PROMISED)
def test_promised_precision_and_recall_are_held(counts, number):
    if PENDING & {rule for rule, of in NUMBERS.items() if of == number}:
        pytest.skip("a rule of this number has no check yet")

    count = pooled(counts, number)

    assert count.precision >= PRECISION, count.misses
    assert count.recall >= RECALL, count.misses


@pytest.mark.parametrize("rule", sorted(set(NUMBERS) - PENDING))
def test_every_check_finds_something_of_its_own(counts, rule):
    assert counts[rule].found
