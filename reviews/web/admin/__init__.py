"""The admin of reviews: the queue, the desk, a member's own list, and the evidence for everybody to read."""

from reviews.web.admin import board, campaign, deliveries, evidence, my_reviews, policy, review

__all__ = ["board", "campaign", "deliveries", "evidence", "my_reviews", "policy", "review"]
