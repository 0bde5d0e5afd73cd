"""The steps on what readers see: suspend and lift, retire, and notices placed, signed and withdrawn."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from articles.models.person import AnyUser
from reviews import workflow
from reviews.models import Notice, Suspension
from reviews.record import statements
from reviews.rules import permissions
from reviews.web import forms
from reviews.web.desk import published_page
from reviews.web.steps.step_page import Attempt, Confirmation, Facts, StepPage
from reviews.web.steps.text_steps import ArticleSubject


class PublishedSubject(ArticleSubject):
    """A text that was approved once, for those who have a say in what readers see. The page of that text is around."""

    def load(self, request: HttpRequest, pk: int | None) -> Any:
        publication = published_page.load(request.user, pk or 0)
        publication.article.publication = publication
        return publication.article

    def frame(self, attempt: Attempt) -> Facts:
        article = self.judged(attempt.found)
        address = self.leads_to(attempt)
        path = [(_("Published texts"), reverse("reviews:published_texts")), (article.publication.title, address)]
        return super().frame(attempt) | {"path": path, "back": (_("Back to the published text"), address)}

    def leads_to(self, attempt: Attempt) -> str:
        return reverse("reviews:published_text", args=[self.judged(attempt.found).pk])


class SuspensionSubject(PublishedSubject):
    """A suspension of a text, or of a section."""

    address = "desk/suspensions"

    def load(self, request: HttpRequest, pk: int | None) -> Any:
        suspension = get_object_or_404(Suspension.objects.select_related("lift_asked_by__board_member"), pk=pk)
        suspension.article = super().load(request, suspension.article_id)
        return suspension

    def judged(self, found: Any) -> Article:
        return found.article


class NoticeSubject(PublishedSubject):
    """A notice that somebody placed on a section."""

    address = "desk/notices"

    def load(self, request: HttpRequest, pk: int | None) -> Any:
        placed = get_object_or_404(Notice.objects.select_related("revision", "placed_by"), pk=pk)
        placed.article = super().load(request, placed.article_id)
        return placed

    def judged(self, found: Any) -> Article:
        return found.article


PUBLISHED, SUSPENSION, NOTICE = PublishedSubject(), SuspensionSubject(), NoticeSubject()


def _headings(attempt: Attempt) -> Facts:
    return {"headings": published_page.headings(attempt.found.publication)}


def _section(attempt: Attempt) -> Facts:
    return {"section_key": attempt.request.GET.get("section", "")}


def _hidden(attempt: Attempt) -> Facts:
    typed = attempt.form.cleaned_data
    headings = published_page.headings(attempt.found.publication)
    return {"notice": typed["notice"], "heading": headings.get(typed["section_key"], "")}


def _retired(attempt: Attempt) -> Facts:
    typed = attempt.form.cleaned_data
    return {"notice": typed["notice"], "successor": typed["successor"]}


def _suspended(attempt: Attempt) -> Facts:
    suspension = attempt.found
    headings = published_page.headings(suspension.article.publication)
    heading = headings.get(suspension.section_key, "")
    needed, is_second = published_page.needed(suspension), suspension.lift_asked_by is not None
    return {"suspension": suspension, "heading": heading, "needed": needed, "is_second": is_second}


def _agreed(attempt: Attempt, suspension: Suspension) -> str:
    return _("Readers see it again.") if attempt.facts["is_second"] else _("Your agreement is on record.")


def _statement(attempt: Attempt) -> Facts:
    return {"statement": statements.notice_statement(attempt.found)}


def _may_withdraw_notice(user: AnyUser, notice: Notice) -> bool:
    return permissions.can_suspend(user, notice.article) and permissions.can_withdraw_notice(user, notice)


_SUSPENSIONS = (
    StepPage(
        "suspend",
        PUBLISHED,
        forms.SuspendForm,
        workflow.suspend,
        gettext_lazy("Hidden. Readers now see your notice."),
        gettext_lazy("Suspend"),
        "danger",
        help=gettext_lazy(
            "What you select is hidden from readers at once, behind your notice, and search engines are told to "
            "drop the page. An open review continues. Two people have to agree to lift a suspension, one of them "
            "a member of the board."
        ),
        part="reviews/_step_suspend.html",
        options=_headings,
        initial=_section,
        confirmation=Confirmation(gettext_lazy("Show what readers will see"), _hidden),
    ),
    StepPage(
        "lift",
        SUSPENSION,
        forms.LiftForm,
        workflow.lift,
        _agreed,
        gettext_lazy("Agree to show it again"),
        help=gettext_lazy(
            "When the second person agrees, the text is shown again, as approved at that moment. One of the two "
            "has to be an active member of the board who wrote none of it."
        ),
        part="reviews/_step_suspension.html",
        facts=_suspended,
    ),
    StepPage(
        "withdraw_lift",
        SUSPENSION,
        forms.WithdrawLiftForm,
        workflow.withdraw_lift,
        gettext_lazy("Your agreement is withdrawn. The text stays hidden."),
        gettext_lazy("Withdraw my agreement"),
        "",
        label=gettext_lazy("Withdraw my agreement"),
        help=gettext_lazy("The text stays hidden until two people agree."),
        part="reviews/_step_suspension.html",
        facts=_suspended,
    ),
    StepPage(
        "retire",
        PUBLISHED,
        forms.RetireForm,
        workflow.retire,
        gettext_lazy("Retired. Its address no longer shows the text."),
        gettext_lazy("Retire"),
        "danger",
        help=gettext_lazy(
            "For a text that is obsolete or was merged into another: readers can no longer find it, and an open "
            "review ends. It comes back only through a new, approved review."
        ),
        part="reviews/_step_retire.html",
        confirmation=Confirmation(gettext_lazy("Show what readers will see"), _retired),
    ),
)

_NOTICES = (
    StepPage(
        "notice",
        PUBLISHED,
        forms.NoticeForm,
        workflow.notice,
        gettext_lazy("Readers now see your notice at the section, marked as not reviewed."),
        gettext_lazy("Place the notice on the page"),
        help=gettext_lazy(
            "For what readers need to know before the text can be corrected: “The dose here is wrong: read …”. "
            "It is shown at the section, in both wordings, and at the top of the page. It is removed when a text "
            "is approved in which that section has changed."
        ),
        options=_headings,
        initial=_section,
    ),
    StepPage(
        "sign_notice",
        NOTICE,
        forms.SignNoticeForm,
        workflow.sign_notice,
        gettext_lazy("Signed. Readers see who signed."),
        gettext_lazy("Sign the notice"),
        part="reviews/_step_notice.html",
        facts=_statement,
    ),
    StepPage(
        "withdraw_notice",
        NOTICE,
        forms.WithdrawNoticeForm,
        workflow.withdraw_notice,
        gettext_lazy("Readers no longer see the notice."),
        gettext_lazy("Withdraw the notice"),
        "danger",
        part="reviews/_step_notice.html",
        may=_may_withdraw_notice,
        refusal=gettext_lazy("Only an editor, or the person who placed a notice, can withdraw it."),
    ),
)

STEPS = _SUSPENSIONS + _NOTICES
