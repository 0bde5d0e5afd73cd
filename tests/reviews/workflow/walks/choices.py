"""Whom and what a walk picks from: the likely ones more often, and now and then a slip."""

from hypothesis import strategies as st

from tests.reviews.workflow.walks.stage import BOARD
from tests.reviews.workflow.workflow_model import SECTIONS, WHOLE

everybody = st.sampled_from(("author", "editor", "root", "reader", *BOARD))
members = st.sampled_from(BOARD)
# Somebody by name, or whoever is in this state of the review: left to names alone few steps would be due.
board = st.sampled_from((*BOARD, "accepted", "accepted", "accepted", "signed", "signed", "editor", "root", "reader"))
editors = st.sampled_from(("editor", "editor", "wren", "root", "author", "ann"))
# Who may hide a page, and one who may not.
hiders = st.sampled_from(("editor", "editor", "wren", "root", "ann", "ben", "cat", "dan", "gus", "author"))
# None is the clock, or a machine that watches sources.
callers = st.sampled_from(("editor", "editor", "wren", "ann", "author", None, None))
sections = st.sampled_from(SECTIONS)
wholes = st.sampled_from((WHOLE, WHOLE, *SECTIONS))
slips = st.sampled_from(("", "", "", "", "password", "digest", "stale", "evidence"))
rarely = st.integers(0, 7).map(lambda number: number == 5)
picks = st.integers(0, 5)


def has_review(walk):
    return walk.review is not None


def is_published(walk):
    return walk.desk.page is not None
