"""The steps on an article: each a small page with a form, whose POST takes the step."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.person import Person
from articles.text.checks import Finding
from reviews import workflow
from reviews.rules import permissions
from reviews.web import forms
from reviews.web.desk import article_step, finding_list, submission_preview


@article_step.get_or_post
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    article = article_step.load(request.user, pk, permissions.can_submit)
    look = submission_preview.look(article, request.user)
    initial = {"seen": article.version, "summary": "", "change_class": look.floor}
    form = forms.SubmitForm(request.POST or None, floor=look.floor, initial=initial)
    takes_over = submission_preview.succession(article, look)
    done = _("Submitted. The editors ask members of the board to review it.")
    if takes_over is not None:
        done = _("Submitted. Those who worked on revision %s go on with this text.") % takes_over.review.revision.number
    facts = {"look": look, "takes_over": takes_over}
    return article_step.take(request, article, form, workflow.submit, done=done, facts=lambda: facts)


@article_step.get_or_post
def rereview(request: HttpRequest, pk: int) -> HttpResponse:
    article = article_step.load(request.user, pk, permissions.can_rereview)
    form = forms.RereviewForm(request.POST or None, initial={"seen": article_step.seen(article, "rereview")})
    done = _("A new review is open. Readers see the text as before, and that it is being reviewed again.")
    return article_step.take(request, article, form, workflow.rereview, done=done)


@article_step.get_or_post
def retract(request: HttpRequest, pk: int) -> HttpResponse:
    """Retract in two sendings: the first shows the notice as readers will find it, the second confirms."""
    article = article_step.load(request.user, pk, permissions.can_retract)
    form = forms.RetractForm(request.POST or None, initial={"seen": article_step.seen(article, "retract")})
    if form.is_bound and form.is_valid() and not form.cleaned_data["confirmed"]:
        return article_step.page(request, article, form, {"preview": form.cleaned_data["notice"]}, status=200)
    done = _("Retracted. The page’s address shows your notice now.")
    preview = {"preview": request.POST.get("notice", "")}
    return article_step.take(request, article, form, workflow.retract, done=done, facts=lambda: preview)


@article_step.get_or_post
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    article = article_step.load(request.user, pk, permissions.can_waive)
    finding = _finding(article, request.POST.get("finding") or request.GET.get("finding", ""))
    form = forms.WaiveForm(request.POST or None, initial={"finding": finding_list.finding_code(finding)})

    def act(article: Article, *, by: Person, reason: str, **rest: Any) -> Any:
        return workflow.waive(article, by=by, finding=finding, reason=reason)

    done = _("The finding stands, with your reason. Those who sign read it.")
    return article_step.take(request, article, form, act, done=done, facts=lambda: {"finding": finding})


def _finding(article: Article, code: str) -> Finding:
    """Return the finding with this code in the text under review, or in the draft. Raises `Http404`."""
    found = next(
        (one for one in submission_preview.findings_now(article) if finding_list.finding_code(one) == code), None
    )
    if found is None:
        raise Http404(_("The text has no such finding any more."))
    return found


@article_step.get_or_post
def catalogue(request: HttpRequest, pk: int) -> HttpResponse:
    article = article_step.load(request.user, pk, lambda user, article: user.has_perm("articles.edit_any_article"))
    present = {
        "slug": article.slug,
        "risk": article.risk,
        "owner": article.owner_id,
        "readers": article.readers,
        "topics": list(article.topics.values_list("pk", flat=True)),
    }
    form = forms.CatalogueForm(request.POST or None, initial=present)
    done = _("The facts of the catalogue are changed, and on the record.")
    return article_step.take(request, article, form, workflow.catalogue, done=done)
