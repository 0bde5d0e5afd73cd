"""The steps on an article: submit, review again, retract, waive a finding, change the facts of the catalogue."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from articles.models.person import AnyUser
from reviews import workflow
from reviews.models import Lowering, Review
from reviews.record import event_sentences
from reviews.rules import permissions
from reviews.web import forms
from reviews.web.desk import finding_list, lowering_page, submission_preview, visibility
from reviews.web.steps.step_page import Attempt, Confirmation, Facts, StepPage, Subject


class ArticleSubject(Subject):
    """An article whose draft the person may see. A form carries the last event of its record as `seen`."""

    address = "desk/articles"
    stylesheet = "css/admin/changes.css"
    refusal = gettext_lazy("You may not do this with this article.")

    def load(self, request: HttpRequest, pk: int | None) -> Any:
        return visibility.load_article(request.user, pk or 0)

    def seen(self, article: Article) -> int:
        """Return what a form opened now carries to say which state of things its person saw."""
        return visibility.last_sequence(article.pk)

    def initial(self, attempt: Attempt) -> Facts:
        has_seen = "seen" in attempt.step.form.base_fields
        return {"seen": self.seen(self.judged(attempt.found))} if has_seen else {}

    def frame(self, attempt: Attempt) -> Facts:
        article = self.judged(attempt.found)
        address = reverse("admin:articles_article_change", args=[article.pk])
        around = {"path": [(article.title, address)], "back": (_("Back to the article"), address)}
        return around | {"kicker": article.title} | self._since(attempt, article)

    def _since(self, attempt: Attempt, article: Article) -> Facts:
        """Return what happened while the person filled in the form; a draft that was saved leaves no event."""
        if attempt.moved is None:
            return {}
        told = event_sentences.entries(attempt.moved.events, includes_interests=visibility.sees_interests(attempt.user))
        return {"is_moved": True, "moved": told, "saved_by": submission_preview.last_saved(article)}

    def leads_to(self, attempt: Attempt) -> str:
        """Return the open review, if there is one that the person reads, or the article."""
        article = self.judged(attempt.found)
        review = Review.objects.filter(article=article).newest_first().select_related("article").first()
        if review is not None and review.is_open and permissions.can_read_review(attempt.user, review):
            return reverse("admin:reviews_review_change", args=[review.pk])
        return reverse("admin:articles_article_change", args=[article.pk])

    def respond(self, attempt: Attempt, status: int) -> HttpResponse:
        if attempt.moved is not None:
            attempt.form.renew(self.seen(Article.objects.get(pk=self.judged(attempt.found).pk)))
        return super().respond(attempt, status)


class DraftSubject(ArticleSubject):
    """An article whose draft is what matters: a form carries the draft's version as `seen`."""

    def seen(self, article: Article) -> int:
        return article.version


ARTICLE, DRAFT = ArticleSubject(), DraftSubject()


def _submission(attempt: Attempt) -> Facts:
    preview = submission_preview.preview(attempt.found, attempt.user)
    return {"preview": preview, "takes_over": submission_preview.succession(attempt.found, preview)}


def _floor(attempt: Attempt) -> Facts:
    return {"floor": attempt.facts["preview"].floor}


def _summary(attempt: Attempt) -> Facts:
    return {"summary": "", "change_class": attempt.facts["preview"].floor}


def _submit_button(attempt: Attempt) -> str:
    if attempt.facts["preview"].superseded:
        return _("Submit this text and close the review of the older one")
    return _("Submit for review")


def _submitted(attempt: Attempt, review: Review) -> str:
    before = attempt.facts["takes_over"]
    if before is None:
        return _("Submitted. The editors will ask members of the board to review it.")
    number = before.review.revision.number
    return _("Submitted. Those who worked on revision %s continue with this text.") % number


def _notice(attempt: Attempt) -> Facts:
    return {"notice": attempt.form.cleaned_data["notice"]}


def _finding(attempt: Attempt) -> Facts:
    """Return the finding that is named, in the text under review or in the draft. Raises `Http404`."""
    code = attempt.request.POST.get("finding") or attempt.request.GET.get("finding", "")
    for finding in submission_preview.findings_now(attempt.found):
        if finding_list.finding_code(finding) == code:
            return {"finding": finding}
    raise Http404(_("The text no longer has this finding."))


def _finding_code(attempt: Attempt) -> Facts:
    return {"finding": finding_list.finding_code(attempt.facts["finding"])}


def _waived(attempt: Attempt) -> Facts:
    return {"finding": attempt.facts["finding"], "reason": attempt.form.cleaned_data["reason"]}


def _may_catalogue(user: AnyUser, article: Article) -> bool:
    return user.has_perm("articles.edit_any_article")


def _filed(attempt: Attempt, article: Article) -> str:
    if Lowering.objects.pending().filter(article=article).exists():
        return _("The lower requirement waits for a second person. What else you changed is changed.")
    return _("The catalogue data are changed, and the change is on record.")


def _waiting(attempt: Attempt) -> Facts:
    """Return what of this text already waits for a second person."""
    found = Lowering.objects.pending().filter(article=attempt.found).select_related("article", "asked_by").first()
    return {"waiting": lowering_page.shown(found, attempt.user) if found else None}


def _catalogued(attempt: Attempt) -> Facts:
    article = attempt.found
    return {
        "slug": article.slug,
        "risk": article.risk,
        "owner": article.owner_id,
        "readers": article.readers,
        "topics": list(article.topics.values_list("pk", flat=True)),
    }


STEPS = (
    StepPage(
        "submit",
        DRAFT,
        forms.SubmitForm,
        workflow.submit,
        _submitted,
        button=_submit_button,
        part="reviews/_step_submit.html",
        facts=_submission,
        options=_floor,
        initial=_summary,
        has_form=lambda attempt: attempt.form.is_bound or not attempt.facts["preview"].hindrance,
    ),
    StepPage(
        "rereview",
        ARTICLE,
        forms.RereviewForm,
        workflow.rereview,
        gettext_lazy(
            "A new review is open. Readers see the text as before, with a note that it is being reviewed again."
        ),
        gettext_lazy("Open the review"),
        help=gettext_lazy(
            "A new review of the exact text that was approved. Marks and signatures are not carried over, and "
            "those who sign state how the evidence was checked again."
        ),
    ),
    StepPage(
        "retract",
        ARTICLE,
        forms.RetractForm,
        workflow.retract,
        gettext_lazy("Retracted. The page’s address now shows your notice."),
        gettext_lazy("Retract"),
        "danger",
        heading=gettext_lazy("Retract this page"),
        help=gettext_lazy(
            "The text is withdrawn from readers at once and permanently: its address shows your notice instead. "
            "It comes back only through a new, approved review."
        ),
        part="reviews/_step_retract.html",
        confirmation=Confirmation(gettext_lazy("Show the notice as readers will see it"), _notice),
    ),
    StepPage(
        "waive",
        ARTICLE,
        forms.WaiveForm,
        workflow.waive,
        gettext_lazy("The finding is waived, with your reason. Those who sign will read it."),
        gettext_lazy("Waive"),
        label=gettext_lazy("Waive a finding"),
        part="reviews/_step_waive.html",
        facts=_finding,
        initial=_finding_code,
        values=_waived,
    ),
    StepPage(
        "catalogue",
        ARTICLE,
        forms.CatalogueForm,
        workflow.catalogue,
        _filed,
        gettext_lazy("Change"),
        label=gettext_lazy("Catalogue"),
        heading=gettext_lazy("Address, topics, risk class, author and readers"),
        help=gettext_lazy(
            "These data are not part of the text that is signed. A change is put on record. A lower risk class, or "
            "fewer required specialists, waits for a second person."
        ),
        part="reviews/_step_catalogue.html",
        may=_may_catalogue,
        facts=_waiting,
        initial=_catalogued,
    ),
)
