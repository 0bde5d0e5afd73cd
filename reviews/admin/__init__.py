"""The admin of reviews: the queue, the desk, a member's own list, and the evidence for everybody to read."""

from reviews.admin import board, campaigns, deliveries, desk, evidence, mine, policy

__all__ = ["board", "campaigns", "deliveries", "desk", "evidence", "mine", "policy"]
