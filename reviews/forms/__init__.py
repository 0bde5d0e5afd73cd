"""What people type for a step: one form a verb. What a step demands of it stays with the verb."""

from reviews.forms.article import CatalogueForm, RereviewForm, RetractForm, SubmitForm, WaiveForm
from reviews.forms.correction import CorrectForm, MergeForm
from reviews.forms.declaration import AcceptForm
from reviews.forms.public import (
    LiftForm,
    NoticeForm,
    RetireForm,
    SignNoticeForm,
    SuspendForm,
    WithdrawLiftForm,
    WithdrawNoticeForm,
)
from reviews.forms.review import (
    ApproveForm,
    AssignForm,
    CommentForm,
    ConcurForm,
    DeclineForm,
    ExtendForm,
    MarkForm,
    OpenThreadForm,
    RecallForm,
    RejectForm,
    ReleaseForm,
    RequestChangesForm,
    RescindForm,
    ResolveForm,
    RuleForm,
    UnmarkForm,
)
from reviews.forms.step import StepForm

__all__ = [
    "AcceptForm",
    "ApproveForm",
    "AssignForm",
    "CatalogueForm",
    "CommentForm",
    "ConcurForm",
    "CorrectForm",
    "DeclineForm",
    "ExtendForm",
    "LiftForm",
    "MarkForm",
    "MergeForm",
    "NoticeForm",
    "OpenThreadForm",
    "RecallForm",
    "RejectForm",
    "ReleaseForm",
    "RequestChangesForm",
    "RereviewForm",
    "RescindForm",
    "ResolveForm",
    "RetireForm",
    "RetractForm",
    "RuleForm",
    "SignNoticeForm",
    "StepForm",
    "SubmitForm",
    "SuspendForm",
    "UnmarkForm",
    "WaiveForm",
    "WithdrawLiftForm",
    "WithdrawNoticeForm",
]
