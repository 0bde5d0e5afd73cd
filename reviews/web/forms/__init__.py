"""What people type for a step: one form a verb. What a step demands of it stays with the verb."""

from reviews.web.forms.article_steps import CatalogueForm, RereviewForm, RetractForm, SubmitForm, WaiveForm
from reviews.web.forms.correction import CorrectForm, MergeForm
from reviews.web.forms.declaration import AcceptForm
from reviews.web.forms.lowering import ConfirmLoweringForm, RefuseLoweringForm, WithdrawLoweringForm
from reviews.web.forms.publication_steps import (
    LiftForm,
    NoticeForm,
    RetireForm,
    SignNoticeForm,
    SuspendForm,
    WithdrawLiftForm,
    WithdrawNoticeForm,
)
from reviews.web.forms.review import (
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
from reviews.web.forms.step_form import StepForm

__all__ = [
    "AcceptForm",
    "ApproveForm",
    "AssignForm",
    "CatalogueForm",
    "CommentForm",
    "ConcurForm",
    "ConfirmLoweringForm",
    "CorrectForm",
    "DeclineForm",
    "ExtendForm",
    "LiftForm",
    "MarkForm",
    "MergeForm",
    "NoticeForm",
    "OpenThreadForm",
    "RecallForm",
    "RefuseLoweringForm",
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
    "WithdrawLoweringForm",
    "WithdrawNoticeForm",
]
