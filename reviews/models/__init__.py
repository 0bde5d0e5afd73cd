"""The records of how a text earned publication."""

from reviews.models.board import BoardMember, Disclosure, Ruling
from reviews.models.discussion import Comment, Concurrence, Thread, Waiver
from reviews.models.ledger import Event
from reviews.models.policy import EditorialPolicy
from reviews.models.review import Assignment, Decision, Review, SectionMark

__all__ = [
    "Assignment",
    "BoardMember",
    "Comment",
    "Concurrence",
    "Decision",
    "Disclosure",
    "EditorialPolicy",
    "Event",
    "Review",
    "Ruling",
    "SectionMark",
    "Thread",
    "Waiver",
]
