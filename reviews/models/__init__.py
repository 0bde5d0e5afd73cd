"""The records of how a text earned publication."""

from reviews.models.board import BoardMember, Disclosure, LicenceCheck, Ruling, Voiding
from reviews.models.campaign import Campaign, CampaignItem
from reviews.models.discussion import Comment, Concurrence, Thread, Waiver
from reviews.models.ledger import Delivery, Event, WithheldPage
from reviews.models.lowering import Lowering, LoweringAnswer
from reviews.models.notice import Notice, Suspension
from reviews.models.policy import EditorialPolicy
from reviews.models.review import Assignment, Decision, Review, SectionMark

__all__ = [
    "Assignment",
    "BoardMember",
    "Campaign",
    "CampaignItem",
    "Comment",
    "Concurrence",
    "Decision",
    "Delivery",
    "Disclosure",
    "EditorialPolicy",
    "Event",
    "LicenceCheck",
    "Lowering",
    "LoweringAnswer",
    "Notice",
    "Review",
    "Ruling",
    "SectionMark",
    "Suspension",
    "Thread",
    "Voiding",
    "Waiver",
    "WithheldPage",
]
