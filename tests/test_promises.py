"""The page of promises names tests that exist, and is the one in docs/."""

from reviews.workflow import TRANSITIONS
from tests import promises


def test_every_promise_names_tests_that_exist():
    assert promises.missing() == []


def test_every_verb_has_its_promises():
    told = " ".join(promises.PROMISES).replace(" ", "_")
    # Told under accept, correct, rereview, lift and notice.
    beside = {"rule", "merge", "alert", "withdraw_lift", "sign_notice", "withdraw_notice"}

    assert [verb for verb in TRANSITIONS if verb not in told and verb not in beside] == []


def test_page_of_promises_is_fresh():
    assert promises.PAGE.read_text(encoding="utf-8") == promises.page(), "Run: python -m tests.promises"
