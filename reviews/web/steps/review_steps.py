"""The steps on a review. Their page is its desk, where a refused form comes back in its place."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews import workflow
from reviews.models import Assignment, Decision, Review, Thread, Waiver
from reviews.record import event_sentences
from reviews.rules import permissions, quorum
from reviews.web import forms
from reviews.web.desk import frozen_text, review_page, visibility
from reviews.web.steps.step_page import Attempt, Facts, StepPage, Subject


class ReviewSubject(Subject):
    """A review at its desk, which shows the forms: here they are only sent."""

    address = "reviews"
    methods = ("POST",)
    refusal = gettext_lazy("You may not take this step in this review.")
    asks_first = False

    def load(self, request: HttpRequest, pk: int | None) -> Review:
        return visibility.load(request.user, pk or 0)

    def options(self, attempt: Attempt) -> Facts:
        return {"review": attempt.found}

    def leads_to(self, attempt: Attempt) -> str:
        """Return the desk, in the audience that was shown; whoever left the review goes back to their own list."""
        request, pk, anchor = attempt.request, attempt.found.pk, attempt.form.anchor
        try:
            visibility.load(request.user, pk)
        except Http404:
            return reverse("admin:reviews_assignment_changelist")
        audience = frozen_text.chosen_audience(request.GET.get("audience"))
        address = f"{reverse('admin:reviews_review_change', args=[pk])}?audience={audience}"
        return f"{address}#{anchor}" if anchor else address

    def respond(self, attempt: Attempt, status: int) -> HttpResponse:
        refusal = review_page.Refusal(attempt.form)
        if attempt.moved is not None:
            tells = visibility.sees_interests(attempt.user)
            refusal.is_moved = True
            refusal.moved = event_sentences.entries(
                attempt.moved.events, _headings(attempt.found), includes_interests=tells
            )
        return review_page.respond(attempt.request, attempt.found.pk, refusal=refusal, status=status)


def _headings(review: Review) -> dict[str, str]:
    return {section["key"]: section["heading"] for section in review.revision.document["sections"]}


REVIEW = ReviewSubject()


def _fresh(attempt: Attempt) -> Review:
    return Review.objects.get(pk=attempt.found.pk)


def _asked(attempt: Attempt, assignment: Assignment) -> str:
    return _("%s is asked to review.") % assignment.member.printed_name


def _taken_on(attempt: Attempt, assignment: Assignment) -> str:
    if assignment.waits_for_ruling:
        return _("Your interest is with the editors. You will see the text when one of them has ruled on it.")
    return _("You have accepted this review. Here is the text.")


def _released(attempt: Attempt, assignment: Assignment) -> str:
    review, words = _fresh(attempt), _("%s is released from this review.") % assignment.member.printed_name
    if review.state == Review.State.SUBMITTED:
        return f"{words} {_('Nobody is working on the text now: ask somebody else.')}"
    if review.state == Review.State.CHANGES_REQUESTED:
        return f"{words} {_('Everyone else had answered: the text is back with its author.')}"
    return words


def _extended(attempt: Attempt, assignment: Assignment) -> str:
    named = {"name": assignment.member.printed_name, "day": date_format(assignment.due_date, "j F Y")}
    return _("%(name)s has until %(day)s.") % named


def _signed(attempt: Attempt, decision: Decision) -> str:
    review = _fresh(attempt)
    if review.state == Review.State.CHANGES_REQUESTED:
        return _("Signed. Everyone has answered, and changes were asked for: the text is back with its author.")
    if review.state != Review.State.APPROVED:
        return " ".join([_("Signed."), *quorum.shortfalls(review, quorum.approvals(review))])
    publication = review.article.publication
    if publication.status == publication.Status.SUSPENDED:
        return _("Approved. The page stays behind its notice until two people lift the suspension.")
    if publication.second_review_due is None:
        return _("Approved: readers can see it now.")
    due = date_format(timezone.localtime(publication.second_review_due), "j F Y, H:i")
    return _("Approved: readers can see it now. Its second review is open, and due by %s.") % due


def _asked_for_changes(attempt: Attempt, decision: Decision) -> str:
    review, words = _fresh(attempt), _("The text is back with its author, with your comments.")
    if review.is_open:
        words = _("Your comments are on record. The text goes back to its author when everyone has answered.")
    publication = getattr(review.article, "publication", None)
    if publication is not None and publication.status == publication.Status.SUSPENDED:
        return f"{words} {_('Readers see the notice in place of the published text.')}"
    return words


def _assignment(review: Review, values: Facts) -> Assignment:
    assignments = Assignment.objects.select_related("review", "member__user")
    return get_object_or_404(assignments, pk=values.pop("assignment"), review=review)


def _thread(review: Review, values: Facts) -> Thread:
    """Return a thread of this article: one about an earlier text is answered and settled here too."""
    threads = Thread.objects.select_related("review__article")
    return get_object_or_404(threads, pk=values.pop("thread"), review__article=review.article_id)


def _waiver(review: Review, values: Facts) -> Waiver:
    return get_object_or_404(Waiver, pk=values.pop("waiver"), article=review.article_id)


def _may_suspend(attempt: Attempt) -> Facts:
    return {"may_suspend": permissions.can_suspend(attempt.user, None)}


def _step(verb: str, form: type[forms.StepForm], act: Callable[..., Any], done: Any, **more: Any) -> StepPage:
    return StepPage(verb, REVIEW, form, act, done, **more)


_MARK = {"may": permissions.can_mark}
_DISCUSS = {"may": permissions.can_discuss}

STEPS = (
    _step("assign", forms.AssignForm, workflow.assign, _asked),
    _step("accept", forms.AcceptForm, workflow.accept, _taken_on),
    _step(
        "decline",
        forms.DeclineForm,
        workflow.decline,
        gettext_lazy("You have left this review. The editors can see your reason."),
    ),
    _step(
        "rule",
        forms.RuleForm,
        workflow.rule,
        gettext_lazy("Your ruling is on record."),
        of=_assignment,
    ),
    _step("release", forms.ReleaseForm, workflow.release, _released, of=_assignment),
    _step("extend", forms.ExtendForm, workflow.extend, _extended, of=_assignment),
    _step("approve", forms.ApproveForm, workflow.approve, _signed),
    _step(
        "rescind",
        forms.RescindForm,
        workflow.rescind,
        gettext_lazy("Your decision is rescinded. Your marks and remarks are as they were."),
    ),
    _step(
        "request_changes",
        forms.RequestChangesForm,
        workflow.request_changes,
        _asked_for_changes,
        options=_may_suspend,
    ),
    _step(
        "reject",
        forms.RejectForm,
        workflow.reject,
        gettext_lazy("Rejected. The author will read your reason."),
    ),
    _step("recall", forms.RecallForm, workflow.recall, gettext_lazy("Recalled from review.")),
    _step("mark", forms.MarkForm, workflow.mark, gettext_lazy("Marked as accurate."), **_MARK),
    _step("unmark", forms.UnmarkForm, workflow.unmark, gettext_lazy("Your mark is removed."), **_MARK),
    _step(
        "open_thread",
        forms.OpenThreadForm,
        workflow.open_thread,
        gettext_lazy("Your remark is with the author."),
        **_DISCUSS,
    ),
    _step("comment", forms.CommentForm, workflow.comment, gettext_lazy("Answered."), of=_thread, **_DISCUSS),
    _step("resolve", forms.ResolveForm, workflow.resolve, gettext_lazy("Settled."), of=_thread, **_DISCUSS),
    _step(
        "concur",
        forms.ConcurForm,
        workflow.concur,
        gettext_lazy("You agreed to the waiver."),
        of=_waiver,
        **_MARK,
    ),
)
