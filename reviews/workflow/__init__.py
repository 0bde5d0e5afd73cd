"""The verbs of the editorial workflow and the table of who may do what when; the only writer of a state."""

from reviews.workflow.catalogue import catalogue
from reviews.workflow.corrections import correct, merge
from reviews.workflow.decisions import accept, approve, decline, request_changes, rescind
from reviews.workflow.editor_steps import alert, assign, extend, reject, release, rereview, retract, rule
from reviews.workflow.lowerings import confirm_lowering, refuse_lowering, withdraw_lowering
from reviews.workflow.notices import notice, sign_notice, withdraw_notice
from reviews.workflow.reader_warnings import warn
from reviews.workflow.remarks import comment, concur, mark, open_thread, resolve, unmark, waive
from reviews.workflow.step import ArticleMoved, Refused, TransitionNotAllowed
from reviews.workflow.submission import recall, submit
from reviews.workflow.transitions import TRANSITIONS, Transition, available_verbs
from reviews.workflow.withdrawal import lift, retire, suspend, withdraw_lift

# Verbs on an article's record that nobody takes as a step.
NOT_STEPS = {
    "sign_refused": "written by `refusals` when `approve` or `sign_notice` refuse",
    "void": "`voided_signatures` takes it for each text of a voiding",
    "request_lowering": "`catalogue` takes it when a text would have to meet less",
    "bind_policy": "`policy_binding` takes it for each text when a policy is adopted",
}

__all__ = [
    "NOT_STEPS",
    "TRANSITIONS",
    "ArticleMoved",
    "Refused",
    "Transition",
    "TransitionNotAllowed",
    "accept",
    "alert",
    "approve",
    "assign",
    "available_verbs",
    "catalogue",
    "comment",
    "concur",
    "confirm_lowering",
    "correct",
    "decline",
    "extend",
    "lift",
    "mark",
    "merge",
    "notice",
    "open_thread",
    "recall",
    "refuse_lowering",
    "reject",
    "release",
    "request_changes",
    "rereview",
    "rescind",
    "resolve",
    "retire",
    "retract",
    "rule",
    "sign_notice",
    "submit",
    "suspend",
    "unmark",
    "waive",
    "warn",
    "withdraw_lift",
    "withdraw_lowering",
    "withdraw_notice",
]
