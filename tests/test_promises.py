"""The page of promises names tests that exist, and is the one in docs/."""

from tests import promises


def test_every_promise_names_tests_that_exist():
    assert promises.missing() == []


def test_page_of_promises_is_fresh():
    assert promises.PAGE.read_text(encoding="utf-8") == promises.page(), "Run: python -m tests.promises"
