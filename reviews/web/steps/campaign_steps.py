"""The steps of a campaign: open it about a source, sort its texts, try again what is left, close it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Source
from articles.models.person import AnyUser, Person
from reviews import tasks
from reviews.alerts import campaigns
from reviews.models import Campaign, CampaignItem
from reviews.web.desk import campaign_page
from reviews.web.forms.campaign import AgainForm, CloseForm, OpenCampaignForm, SortForm
from reviews.web.steps.step_page import Attempt, Confirmation, Facts, StepPage, Subject

_MAY_NOT = gettext_lazy("You may not do this to campaigns.")


class CitedSourceSubject(Subject):
    """The source that a new campaign is about: the address names it in its query."""

    stylesheet = "css/admin/campaign.css"
    refusal = _MAY_NOT

    def load(self, request: HttpRequest, pk: int | None) -> Any:
        source = chosen_source(request)
        if source is None:
            raise Http404
        return source

    def frame(self, attempt: Attempt) -> Facts:
        return {"path": [_all_campaigns()]}

    def leads_to(self, attempt: Attempt) -> str:
        return reverse("admin:reviews_campaign_change", args=[attempt.outcome.pk])


class CampaignSubject(Subject):
    """A campaign, at whose own page the forms are. A refused one comes back there, with the texts that were chosen."""

    methods = ("POST",)
    stylesheet = "css/admin/campaign.css"
    refusal = _MAY_NOT

    def load(self, request: HttpRequest, pk: int | None) -> Campaign:
        if not campaign_page.may_sort(request.user):
            raise PermissionDenied(_MAY_NOT)
        return campaign_page.load(pk or 0)

    def frame(self, attempt: Attempt) -> Facts:
        address = reverse("admin:reviews_campaign_change", args=[attempt.found.pk])
        # The filter that was chosen is kept on the way.
        action = attempt.request.get_full_path()
        return {"path": [_all_campaigns(), (attempt.found.title, address)], "action": action}

    def leads_to(self, attempt: Attempt) -> str:
        """Return the campaign's page with the filter that was chosen."""
        query = attempt.request.GET.copy()
        for name in ("page", "choose"):
            query.pop(name, None)
        address = reverse("admin:reviews_campaign_change", args=[attempt.found.pk])
        return f"{address}?{query.urlencode()}" if query else address

    def respond(self, attempt: Attempt, status: int) -> HttpResponse:
        if not isinstance(attempt.form, SortForm):
            for error in attempt.form.non_field_errors():
                messages.error(attempt.request, error)
            return redirect(self.leads_to(attempt))
        if attempt.is_preview and attempt.form.is_valid():
            return super().respond(attempt, status)
        return campaign_page.respond(attempt.request, attempt.found, attempt.form, status=status)


def chosen_source(request: HttpRequest) -> Source | None:
    """Return the source that the form, or the query, names."""
    number = request.POST.get("source") or request.GET.get("source", "")
    return Source.objects.filter(pk=number).first() if number.isdecimal() else None


def _all_campaigns() -> tuple[str, str]:
    return _("Campaigns"), reverse("admin:reviews_campaign_changelist")


def _open(source: Source, *, by: Person, **typed: Any) -> Campaign:
    opened = campaigns.open_campaign(source, by=by, **typed)
    tasks.begin(tasks.run_campaigns)
    return opened


def _texts(attempt: Attempt) -> Facts:
    return {"items": attempt.found.items.all()}


def _chosen(attempt: Attempt) -> Facts:
    return {"chosen": [item.pk for item in attempt.form.cleaned_data["item"]], "sorting": attempt.form.sorting()}


def _sort(campaign: Campaign, *, by: Person, **chosen: Any) -> list[CampaignItem]:
    items = campaigns.sort(campaign, by=by, **chosen)
    tasks.begin(tasks.run_campaigns)
    return items


def _dates(attempt: Attempt) -> dict[int, date]:
    """Return when the review of each chosen text would be due; others may have taken the weeks meanwhile."""
    typed = attempt.form.cleaned_data
    if typed["decision"] != CampaignItem.State.RECHECK:
        return {}
    return campaigns.due_dates(attempt.found, typed["item"], timezone.localdate())


def _token(dates: dict[int, date]) -> str:
    """Return what a confirmation says was shown."""
    return str(max(dates.values(), default="yes"))


def _is_confirmed(attempt: Attempt) -> bool:
    """Say whether what is shown now was confirmed. That nothing is to be done needs no confirmation."""
    typed, campaign = attempt.form.cleaned_data, attempt.found
    campaigns.guard(campaign, list(typed["item"].select_related("article")), attempt.form.sorting(), by=attempt.user)
    if typed["decision"] == CampaignItem.State.NOT_AFFECTED:
        return True
    return typed["confirmed"] == _token(_dates(attempt))


def _effects(attempt: Attempt) -> Facts:
    typed, dates = attempt.form.cleaned_data, _dates(attempt)
    chosen = list(campaigns.in_order(typed["item"]).select_related("article"))
    for item in chosen:
        item.due_date = dates.get(item.pk)
    return {
        "campaign": attempt.found,
        "chosen": chosen,
        "is_recheck": bool(dates),
        "weeks": campaigns.weeks(attempt.found, dates.values()) if dates else [],
        "last_due": max(dates.values(), default=None),
        "token": _token(dates),
        "dates_moved": bool(typed["confirmed"]),
    }


def _sort_label(attempt: Attempt) -> str:
    is_recheck = attempt.form.cleaned_data["decision"] == CampaignItem.State.RECHECK
    return _("Re-check these texts") if is_recheck else _("Suspend these texts")


def _sorted(attempt: Attempt, items: list[CampaignItem]) -> str:
    decision, count = attempt.form.cleaned_data["decision"], len(items)
    if decision == CampaignItem.State.RECHECK:
        words = ngettext("A review of %s text is being opened.", "Reviews of %s texts are being opened.", count)
    elif decision == CampaignItem.State.SUSPEND:
        words = ngettext("%s text is being hidden.", "%s texts are being hidden.", count)
    else:
        words = ngettext("%s text is not affected.", "%s texts are not affected.", count)
    return words % count


def _again(campaign: Campaign, *, by: Person) -> None:
    """Try again what met a problem, and look for what was cut short."""
    campaigns.try_again(campaign)
    campaigns.list_articles(campaign)
    tasks.begin(tasks.run_campaigns)


def _may_sort(user: AnyUser, campaign: Campaign) -> bool:
    return campaign_page.may_sort(user)


CAMPAIGN = CampaignSubject()

OPEN = StepPage(
    "open_campaign",
    CitedSourceSubject(),
    OpenCampaignForm,
    _open,
    gettext_lazy("The campaign is open. The texts that cite the source are being listed."),
    gettext_lazy("Open the campaign"),
    label=gettext_lazy("Open a campaign"),
    part="admin/reviews/campaign/_open.html",
    may=lambda user, source: user.has_perm("reviews.add_campaign"),
    facts=lambda attempt: {"citing": campaign_page.citing(attempt.found)},
    initial=lambda attempt: {"source": attempt.found.pk},
)

STEPS = (
    StepPage(
        "sort",
        CAMPAIGN,
        SortForm,
        _sort,
        _sorted,
        label=_sort_label,
        part="admin/reviews/campaign/_effects.html",
        form_part="admin/reviews/campaign/_confirm_form.html",
        may=_may_sort,
        options=_texts,
        values=_chosen,
        confirmation=Confirmation("", _effects, _is_confirmed),
    ),
    StepPage(
        "close",
        CAMPAIGN,
        CloseForm,
        campaigns.close_campaign,
        gettext_lazy("The campaign is closed."),
        label=gettext_lazy("Close the campaign"),
        may=_may_sort,
    ),
    StepPage(
        "again",
        CAMPAIGN,
        AgainForm,
        _again,
        gettext_lazy("The remaining texts are being tried again."),
        label=gettext_lazy("Retry what is left"),
        may=_may_sort,
    ),
)
