"""The admin of reviews: the queue, the desk, a member's own list, and the evidence for everybody to read."""

from reviews.admin import board, desk, evidence, mine

__all__ = ["board", "desk", "evidence", "mine"]
