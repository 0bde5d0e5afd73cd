"""The verbs of the editorial workflow and the table of who may do what when; the only writer of a state."""

from reviews.workflow.board import accept, approve, decline, request_changes, rescind
from reviews.workflow.catalogue import catalogue
from reviews.workflow.editors import assign, reject, rereview, retract, rule
from reviews.workflow.remarks import comment, concur, mark, open_thread, resolve, unmark, waive
from reviews.workflow.step import ArticleMoved, Refused, TransitionNotAllowed
from reviews.workflow.table import TRANSITIONS, Transition, available_verbs
from reviews.workflow.texts import recall, submit

__all__ = [
    "TRANSITIONS",
    "ArticleMoved",
    "Refused",
    "Transition",
    "TransitionNotAllowed",
    "accept",
    "approve",
    "assign",
    "available_verbs",
    "catalogue",
    "comment",
    "concur",
    "decline",
    "mark",
    "open_thread",
    "recall",
    "reject",
    "request_changes",
    "rereview",
    "rescind",
    "resolve",
    "retract",
    "rule",
    "submit",
    "unmark",
    "waive",
]
