"""The steps of a correction: correct the published text, merge that into a draft that does not hold it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from articles.models import Article
from reviews import workflow
from reviews.models import Event
from reviews.web import forms
from reviews.web.desk import correction_merge, correction_preview
from reviews.web.steps.step_page import Attempt, Confirmation, Facts, StepPage
from reviews.web.steps.text_steps import ARTICLE, DRAFT
from reviews.workflow import ArticleMoved, corrections


def _consequences(attempt: Attempt) -> Facts:
    return {"consequences": correction_preview.consequences(attempt.found)}


def _words(attempt: Attempt) -> Facts:
    """Return the words that the person's page showed, which may not be the published ones any more."""
    article, base = attempt.found, attempt.request.POST.get("base", "")
    shown = article.revisions.filter(pk=int(base)).first() if base.isdecimal() and len(base) < 19 else None
    return {"revision": shown or _published(article)}


def _base(attempt: Attempt) -> Facts:
    revision = _published(attempt.found)
    return {"base": revision.pk if revision else 0}


def _published(article: Article) -> Any:
    return article.publication.revision if hasattr(article, "publication") else None


def _compare_published(attempt: Attempt) -> None:
    """Raise `ArticleMoved` when another text was published meanwhile; the form then stands on its words."""
    published, form = _published(attempt.found), attempt.form
    if published is not None and form.revision != published:
        seen = form.data.get("seen", "")
        attempt.form = form.moved_to(published, seen=ARTICLE.seen(attempt.found))
        events = Event.objects.of_article(attempt.found.pk)
        raise ArticleMoved(attempt.found, list(events.filter(sequence__gt=int(seen) if seen.isdecimal() else 0)))


def _change_is_confirmed(attempt: Attempt) -> bool:
    """Say whether the person confirms exactly the change they saw; if not, they are shown it now."""
    form = attempt.form
    if form.is_confirmed:
        return True
    form.shown(ARTICLE.seen(attempt.found))
    return False


def _change(attempt: Attempt) -> Facts:
    return {"preview": correction_preview.preview(attempt.found, attempt.form)}


def _can_correct(attempt: Attempt) -> bool:
    return attempt.form.is_bound or attempt.facts["consequences"].is_possible


def _proposal(attempt: Attempt) -> Facts:
    return {"proposal": corrections.proposal(attempt.found)}


def _parts(attempt: Attempt) -> Facts:
    proposal = attempt.facts["proposal"]
    return {"parts": proposal.parts if proposal is not None else []}


def _compare_draft(attempt: Attempt) -> None:
    """Raise `ArticleMoved` when the draft was saved meanwhile; the form then stands beside its words."""
    version, form = attempt.found.version, attempt.form
    if attempt.facts["proposal"] is not None and form.is_stale(version):
        attempt.form = renewed = form.renewed(version)
        attempt.facts["lost"] = renewed.lost()
        raise ArticleMoved(attempt.found, [])


def _places(attempt: Attempt) -> Facts:
    return {"places": correction_merge.places(attempt.form)}


def _to_the_article(attempt: Attempt) -> str:
    return reverse("admin:articles_article_change", args=[attempt.found.pk])


STEPS = (
    StepPage(
        "correct",
        ARTICLE,
        forms.CorrectForm,
        workflow.correct,
        gettext_lazy(
            "The correction is open. Readers see the old words until it is approved: ask a member to sign it now."
        ),
        gettext_lazy("Show the change again"),
        "",
        heading=gettext_lazy("Correct the published text"),
        part="reviews/_step_correct.html",
        form_part="reviews/_correct_form.html",
        is_wide=True,
        facts=_consequences,
        options=_words,
        initial=_base,
        compare=_compare_published,
        confirmation=Confirmation(
            gettext_lazy("Show the change, word by word"), _change, _change_is_confirmed, "primary"
        ),
        has_form=_can_correct,
    ),
    StepPage(
        "merge",
        DRAFT,
        forms.MergeForm,
        workflow.merge,
        gettext_lazy("The draft now contains the correction. It can be submitted."),
        gettext_lazy("Save the draft with these words"),
        heading=gettext_lazy("Merge the published correction into the draft"),
        part="reviews/_step_merge.html",
        form_part="reviews/_merge_form.html",
        is_wide=True,
        facts=_proposal,
        options=_parts,
        shows=_places,
        compare=_compare_draft,
        leads_to=_to_the_article,
        has_form=lambda attempt: attempt.facts["proposal"] is not None,
    ),
)
