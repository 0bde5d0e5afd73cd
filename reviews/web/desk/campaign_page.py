"""The page of a campaign: how far it is, its texts in the order they are worked on, and their sentences."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Audience, Publication, Source
from articles.models.person import AnyUser
from reviews.alerts import campaigns
from reviews.models import Campaign, CampaignItem
from reviews.web.forms.campaign import SortForm

PAGE_SIZE = 50
_SOURCES_SHOWN = 20
_PUBLISHED = (Publication.Status.APPROVED, Publication.Status.SUSPENDED)

State = CampaignItem.State
STATES = {
    "waiting": _("To be sorted"),
    "problem": _("With a problem"),
    "not_affected": _("Not affected"),
    "recheck": _("To be re-checked"),
    "suspend": _("To be suspended"),
    "all": _("All"),
}
RISKS = {"": _("Any"), **dict(Article.Risk.choices)}


@dataclass(frozen=True)
class Progress:
    """How many texts a campaign has, and what became of them."""

    listed: int
    waiting: int
    done: int
    underway: int
    problems: int

    @property
    def sorted(self) -> int:
        return self.listed - self.waiting


def may_sort(user: AnyUser) -> bool:
    return user.has_perm("reviews.change_campaign")


def load(pk: int) -> Campaign:
    """Return a campaign. Raises `Http404`."""
    return get_object_or_404(Campaign.objects.select_related("source", "opened_by"), pk=pk)


def respond(
    request: HttpRequest, campaign: Campaign, form: SortForm | None = None, *, status: int = 200
) -> TemplateResponse:
    """Return the page of a campaign, with the form as it was filled in if it comes back."""
    counts = progress(campaign)
    state = request.GET.get("state", "waiting" if counts.waiting else "all")
    state = state if state in STATES else "all"
    risk = request.GET.get("risk", "")
    risk = risk if risk in RISKS else ""
    found = Paginator(items(campaign, state=state, risk=risk), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "title": campaign.title,
        "campaign": campaign,
        "progress": counts,
        "page_shown": found,
        "states": STATES,
        "state": state,
        "risks": RISKS,
        "risk": risk,
        "form": form or SortForm(items=campaign.items.none()),
        **_choices(request, campaign, counts, found, form),
    }
    template = "admin/reviews/campaign/campaign.html"
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context}, status=status)


def _choices(
    request: HttpRequest, campaign: Campaign, counts: Progress, found: Any, form: SortForm | None
) -> dict[str, Any]:
    """Return the texts on a page of the list, and what the person may do with them."""
    chosen = set(form.data.getlist("item")) if form is not None else set()  # type: ignore[attr-defined]
    is_sortable = may_sort(request.user) and campaign.closed_at is None
    is_finished = campaign.listed_at is not None and counts.waiting == 0 and counts.done == counts.listed
    shown = rows(found.object_list, chosen, all_chosen=request.GET.get("choose") == "page")
    return {
        "rows": shown,
        "may_sort": is_sortable,
        "may_choose": is_sortable and any(row.is_sortable for row in shown),
        "may_close": is_sortable and is_finished,
    }


def _counts(path: str = "") -> dict[str, Count]:
    def count(**conditions: Any) -> Count:
        return Count(f"{path}pk", filter=Q(**{f"{path}{name}": value for name, value in conditions.items()}))

    is_sorted = ~Q(**{f"{path}state": State.WAITING})
    undone = Q(**{f"{path}done_at__isnull": True})
    has_problem = ~Q(**{f"{path}problem": ""})
    return {
        "listed": Count(f"{path}pk"),
        "waiting": count(state=State.WAITING),
        "done": count(done_at__isnull=False),
        "underway": Count(f"{path}pk", filter=is_sorted & undone & ~has_problem),
        "problems": Count(f"{path}pk", filter=has_problem),
    }


def progress(campaign: Campaign) -> Progress:
    return Progress(**campaign.items.aggregate(**_counts()))


def all_campaigns() -> QuerySet[Campaign]:
    """Return campaigns with the counts of their texts, open ones first."""
    counted = Campaign.objects.select_related("source", "opened_by").annotate(**_counts("items__"))
    return counted.order_by(F("closed_at").desc(nulls_first=True), "-opened_at", "-pk")


def items(campaign: Campaign, *, state: str, risk: str) -> QuerySet[CampaignItem]:
    """Return a campaign's texts, filtered, in the order in which they are worked on."""
    found = campaign.items.all()
    if state == "problem":
        found = found.exclude(problem="")
    elif state != "all":
        found = found.filter(state=state)
    if risk:
        found = found.filter(article__risk=risk)
    return campaigns.in_order(found)


@dataclass
class Row:
    """One text on the list, with the sentences in question under their sections."""

    item: Any
    sections: list[tuple[str, list[tuple[str, str]]]]
    is_sortable: bool
    is_chosen: bool


def rows(shown: Any, chosen: set[str], *, all_chosen: bool = False) -> list[Row]:
    """Return a page of texts, a slice of `items`, in one query."""
    found = (
        shown.select_related("article", "decided_by", "review")
        .defer("article__ai_purpose")
        .annotate(reviewed_at=F("article__publication__reviewed_at"), status=F("article__publication__status"))
    )
    return [_row(item, chosen, all_chosen) for item in found]


def _row(item: Any, chosen: set[str], all_chosen: bool) -> Row:
    is_sortable = item.done_at is None or item.state == State.NOT_AFFECTED
    item.is_suspended = item.status == Publication.Status.SUSPENDED
    return Row(item, _by_section(item.passages), is_sortable, is_sortable and (all_chosen or str(item.pk) in chosen))


def _by_section(passages: list[dict[str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    audiences = dict(Audience.choices)
    return [
        (heading, [(str(audiences[one["audience"]]), one["text"]) for one in group])
        for (_key, heading), group in groupby(passages, key=lambda one: (one["section"], one["heading"]))
    ]


def sources(words: str) -> list[Any]:
    """Return sources to choose from, by title or identifier, the most cited by published texts first."""
    is_published = Q(
        revisions__pk=F("revisions__article__publication__revision"),
        revisions__article__publication__status__in=_PUBLISHED,
    )
    found = Source.objects.annotate(published=Count("revisions__article", filter=is_published))
    if words:
        found = found.filter(Q(title__icontains=words) | Q(doi__iexact=words) | Q(pmid=words) | Q(set_id__iexact=words))
    return list(found.order_by("-published", "title", "pk")[:_SOURCES_SHOWN])


def citing(source: Source) -> int:
    """Return how many published texts cite a source now."""
    return Publication.objects.filter(status__in=_PUBLISHED, revision__sources=source).count()
