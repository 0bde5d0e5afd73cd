"""The steps on a review: POST only, one view a verb, all through `_take_step`."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.models.person import AnyUser
from reviews import workflow
from reviews.models import Assignment, Decision, Review, Thread, Waiver
from reviews.record import event_sentences
from reviews.record.signatures import WrongPassword
from reviews.rules import permissions, quorum
from reviews.web import forms
from reviews.web.desk import frozen_text, review_page, visibility
from reviews.workflow import Refused
from reviews.workflow.step import ArticleMoved

Words = Callable[[Review, Any], str] | str


def _take_step(
    request: HttpRequest,
    pk: int,
    act: Callable[..., Any],
    *,
    form: type[forms.StepForm],
    done: Words,
    of: Callable[[Review, dict[str, Any]], Any] = lambda review, values: review,
    **options: Any,
) -> HttpResponse:
    """Take a step on a review and return to its desk; a refused one comes back with what was typed.

    `of` picks what the verb works on from the form's values; `done` says what is true afterwards; `options` are the
    form's own.
    """
    review = visibility.load(request.user, pk)
    filled = form(request.POST, review=review, **options)
    if not filled.is_valid():
        _guard(act.__name__, request.user, review)
        return review_page.respond(request, pk, refusal=review_page.Refusal(filled), status=422)
    values = filled.values()
    try:
        outcome = act(of(review, values), by=request.user, **values)
    except (ArticleMoved, Refused, WrongPassword) as refused:
        return _send_back(request, review, filled, refused)
    messages.success(request, done(Review.objects.get(pk=pk), outcome) if callable(done) else done)
    return redirect(_next(request, pk, filled.anchor))


def _send_back(request: HttpRequest, review: Review, filled: forms.StepForm, refused: Exception) -> HttpResponse:
    """Return the desk with the form as it was filled in, and with why nothing was done."""
    if isinstance(refused, ArticleMoved):
        tells = visibility.sees_interests(request.user)
        since = event_sentences.entries(refused.events, _headings(review), tells_interests=tells)
        return review_page.respond(
            request, review.pk, refusal=review_page.Refusal(filled, since, is_moved=True), status=409
        )
    filled.add_error("password" if isinstance(refused, WrongPassword) else None, str(refused))
    return review_page.respond(request, review.pk, refusal=review_page.Refusal(filled), status=422)


_MAY = {
    **{verb: transition.allowed for verb, transition in workflow.TRANSITIONS.items() if transition.on == "review"},
    "mark": permissions.can_mark,
    "unmark": permissions.can_mark,
    "concur": permissions.can_mark,
    "open_thread": permissions.can_discuss,
    "comment": permissions.can_discuss,
    "resolve": permissions.can_discuss,
}


def _guard(verb: str, user: AnyUser, review: Review) -> None:
    """Refuse whoever may not take a step before telling them how to fill in its form; the verbs guard themselves."""
    if not _MAY[verb](user, review):
        raise PermissionDenied(_("You may not take this step on this review."))


def _next(request: HttpRequest, pk: int, anchor: str) -> str:
    """Return the desk, in the audience that was shown; whoever left the review goes back to their own list."""
    try:
        visibility.load(request.user, pk)
    except Http404:
        return reverse("admin:reviews_assignment_changelist")
    audience = frozen_text.chosen_audience(request.GET.get("audience"))
    address = f"{reverse('admin:reviews_review_change', args=[pk])}?audience={audience}"
    return f"{address}#{anchor}" if anchor else address


def _headings(review: Review) -> dict[str, str]:
    return {section["key"]: section["heading"] for section in review.revision.document["sections"]}


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    def done(review: Review, assignment: Assignment) -> str:
        return _("%s is asked to review.") % assignment.member.printed_name

    return _take_step(request, pk, workflow.assign, form=forms.AssignForm, done=done)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    def done(review: Review, assignment: Assignment) -> str:
        if assignment.waits_for_ruling:
            return _("Your interest is with the editors. You will see the text when one of them has ruled on it.")
        return _("You have taken on this review. Here is the text.")

    return _take_step(request, pk, workflow.accept, form=forms.AcceptForm, done=done)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("You have left this review. The editors know why.")
    return _take_step(request, pk, workflow.decline, form=forms.DeclineForm, done=done)


@require_POST
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("Your ruling is on the record.")
    return _take_step(request, pk, workflow.rule, form=forms.RuleForm, done=done, of=_assignment)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    return _take_step(request, pk, workflow.release, form=forms.ReleaseForm, done=_released, of=_assignment)


def _released(review: Review, assignment: Assignment) -> str:
    words = _("%s is released from this review.") % assignment.member.printed_name
    if review.state == Review.State.SUBMITTED:
        return f"{words} {_('Nobody is at work on the text now: ask somebody else.')}"
    if review.state == Review.State.CHANGES_REQUESTED:
        return f"{words} {_('All others had answered: the text is back with its author.')}"
    return words


@require_POST
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    def done(review: Review, assignment: Assignment) -> str:
        named = {"name": assignment.member.printed_name, "day": date_format(assignment.due_date, "j F Y")}
        return _("%(name)s has time until %(day)s.") % named

    return _take_step(request, pk, workflow.extend, form=forms.ExtendForm, done=done, of=_assignment)


def _assignment(review: Review, values: dict[str, Any]) -> Assignment:
    assignments = Assignment.objects.select_related("review", "member__user")
    return get_object_or_404(assignments, pk=values.pop("assignment"), review=review)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _take_step(request, pk, workflow.approve, form=forms.ApproveForm, done=_signed)


def _signed(review: Review, decision: Decision) -> str:
    if review.state == Review.State.CHANGES_REQUESTED:
        return _("Signed. All have answered, and changes were asked for: the text is back with its author.")
    if review.state != Review.State.APPROVED:
        return " ".join([_("Signed."), *quorum.shortfalls(review, quorum.approvals(review))])
    publication = review.article.publication
    if publication.status == publication.Status.SUSPENDED:
        return _("Approved. The page stays behind its notice until two people lift the suspension.")
    if publication.second_review_due is None:
        return _("Approved: readers see it now.")
    due = date_format(timezone.localtime(publication.second_review_due), "j F Y, H:i")
    return _("Approved: readers see it now. Its second review is open, and due by %s.") % due


@require_POST
def rescind(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("Your decision is taken back. Your marks and remarks are as they were.")
    return _take_step(request, pk, workflow.rescind, form=forms.RescindForm, done=done)


@require_POST
def request_changes(request: HttpRequest, pk: int) -> HttpResponse:
    act, form = workflow.request_changes, forms.RequestChangesForm
    may_suspend = permissions.can_suspend(request.user, None)
    return _take_step(request, pk, act, form=form, done=_asked_for_changes, may_suspend=may_suspend)


def _asked_for_changes(review: Review, decision: Decision) -> str:
    words = _("The text is back with its author, and so are your words.")
    if review.is_open:
        words = _("Your words are on the record. The text goes back to its author when all have answered.")
    publication = getattr(review.article, "publication", None)
    if publication is not None and publication.status == publication.Status.SUSPENDED:
        return f"{words} {_('Readers see the notice in place of the published text.')}"
    return words


@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("Rejected. Its author reads your reason.")
    return _take_step(request, pk, workflow.reject, form=forms.RejectForm, done=done)


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("Out of review.")
    return _take_step(request, pk, workflow.recall, form=forms.RecallForm, done=done)


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    return _take_step(request, pk, workflow.mark, form=forms.MarkForm, done=_("Marked as accurate."))


@require_POST
def unmark(request: HttpRequest, pk: int) -> HttpResponse:
    return _take_step(request, pk, workflow.unmark, form=forms.UnmarkForm, done=_("Your mark is gone."))


@require_POST
def open_thread(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("Your remark is with the author.")
    return _take_step(request, pk, workflow.open_thread, form=forms.OpenThreadForm, done=done)


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    return _take_step(request, pk, workflow.comment, form=forms.CommentForm, done=_("Answered."), of=_thread)


@require_POST
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    return _take_step(request, pk, workflow.resolve, form=forms.ResolveForm, done=_("Settled."), of=_thread)


def _thread(review: Review, values: dict[str, Any]) -> Thread:
    """Return a thread of this article: one about an earlier text is answered and settled here too."""
    threads = Thread.objects.select_related("review__article")
    return get_object_or_404(threads, pk=values.pop("thread"), review__article=review.article_id)


@require_POST
def concur(request: HttpRequest, pk: int) -> HttpResponse:
    def of(review: Review, values: dict[str, Any]) -> Waiver:
        return get_object_or_404(Waiver, pk=values.pop("waiver"), article=review.article_id)

    done = _("You agreed that the finding may stand.")
    return _take_step(request, pk, workflow.concur, form=forms.ConcurForm, done=done, of=of)
