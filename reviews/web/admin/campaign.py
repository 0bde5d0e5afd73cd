"""Campaigns: opened from a source, sorted text by text or many at once, watched until nothing is left."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Source
from articles.models.person import Person, signed_in
from reviews import tasks
from reviews.alerts import campaigns
from reviews.models import Campaign, CampaignItem
from reviews.web.admin.read_only import ReadOnlyAdmin
from reviews.web.desk import campaign_page as desk
from reviews.web.forms.campaign import OpenCampaignForm, SortForm
from reviews.workflow import Refused


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin):
    """A campaign is opened, sorted and closed: its rows are never edited one by one."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reviews.add_campaign")

    def has_sort_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reviews.change_campaign")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        steps = [
            path(f"<int:pk>/{name}/", wrap(view), name=f"reviews_campaign_{name}")
            for name, view in (("sort", self.sort), ("close", self.close), ("again", self.again))
        ]
        return [path("add/", wrap(self.add_view), name="reviews_campaign_add"), *steps, *super().get_urls()]

    # -- Pages

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self._guard(self.has_view_permission(request))
        shown = Paginator(desk.all_campaigns(), desk.PAGE_SIZE).get_page(request.GET.get("page"))
        context = {"page_shown": shown, "may_open": self.has_add_permission(request)}
        return self._page(request, "list", _("Campaigns"), context)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Open a campaign about a source; without one, choose it first."""
        self._guard(self.has_add_permission(request))
        number = request.POST.get("source") or request.GET.get("source", "")
        source = Source.objects.filter(pk=number).first() if number.isdecimal() else None
        if source is None:
            words = request.GET.get("q", "").strip()
            return self._page(request, "choose", _("Open a campaign"), {"words": words, "found": desk.sources(words)})
        form = OpenCampaignForm(request.POST or None, initial={"source": source.pk})
        if request.method == "POST" and form.is_valid():
            opened = campaigns.open_campaign(by=signed_in(request.user), **form.cleaned_data)
            tasks.begin(tasks.run_campaigns)
            messages.success(request, _("The campaign is open. The texts that cite the source are being listed."))
            return redirect("admin:reviews_campaign_change", opened.pk)
        status = 422 if form.is_bound else 200
        facts = {"source": source, "form": form, "citing": desk.citing(source)}
        return self._page(request, "open", _("Open a campaign"), facts, status=status)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied(_("A campaign is not edited here: each step has its own button."))
        self._guard(self.has_view_permission(request))
        if not object_id.isdecimal():
            raise Http404
        return self._campaign_page(request, self._campaign(int(object_id)))

    # -- Steps

    def sort(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide of the chosen texts. What opens reviews or hides texts is shown first, and confirmed."""
        campaign = self._begin(request, pk)
        if isinstance(campaign, HttpResponse):
            return campaign
        form = SortForm(request.POST, items=campaign.items.all())
        if "back" in request.POST or not form.is_valid():
            return self._campaign_page(request, campaign, form, status=200 if "back" in request.POST else 422)
        sorting, chosen = form.sorting(), form.cleaned_data["item"]
        try:
            campaigns.guard(campaign, list(chosen.select_related("article")), sorting, by=signed_in(request.user))
            is_recheck = sorting.decision == CampaignItem.State.RECHECK
            dates = campaigns.due_dates(campaign, chosen, timezone.localdate()) if is_recheck else {}
            if sorting.decision != CampaignItem.State.NOT_AFFECTED and form.cleaned_data["confirmed"] != _token(dates):
                return self._confirm_page(request, campaign, form, dates)
            items = campaigns.sort(campaign, [item.pk for item in chosen], sorting, by=signed_in(request.user))
        except Refused as refused:
            form.add_error(None, str(refused))
            return self._campaign_page(request, campaign, form, status=422)
        tasks.begin(tasks.run_campaigns)
        messages.success(request, _sorted_words(sorting.decision, len(items)))
        return redirect(_address(request, campaign))

    def close(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._take(request, pk, campaigns.close_campaign, _("The campaign is closed."))

    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Try again what met a problem, and look for what was cut short."""

        def act(campaign: Campaign, *, by: Person) -> None:
            campaigns.try_again(campaign)
            campaigns.list_articles(campaign)
            tasks.begin(tasks.run_campaigns)

        return self._take(request, pk, act, _("What was left is being tried again."))

    def _take(self, request: HttpRequest, pk: int, act: Callable[..., Any], done: str) -> HttpResponse:
        campaign = self._begin(request, pk)
        if isinstance(campaign, HttpResponse):
            return campaign
        try:
            act(campaign, by=signed_in(request.user))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, done)
        return redirect(_address(request, campaign))

    def _begin(self, request: HttpRequest, pk: int) -> Campaign | HttpResponse:
        """Return the campaign of a step, or the answer to a request that takes none."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._guard(self.has_sort_permission(request))
        return self._campaign(pk)

    # -- What they share

    def _guard(self, may: bool) -> None:
        if not may:
            raise PermissionDenied(_("You may not do this with campaigns."))

    def _campaign(self, pk: int) -> Campaign:
        return get_object_or_404(Campaign.objects.select_related("source", "opened_by"), pk=pk)

    def _campaign_page(
        self, request: HttpRequest, campaign: Campaign, form: SortForm | None = None, *, status: int = 200
    ) -> HttpResponse:
        counts = desk.progress(campaign)
        state = request.GET.get("state", "waiting" if counts.waiting else "all")
        state = state if state in desk.STATES else "all"
        risk = request.GET.get("risk", "")
        found = desk.items(campaign, state=state, risk=risk if risk in desk.RISKS else "")
        shown = Paginator(found, desk.PAGE_SIZE).get_page(request.GET.get("page"))
        chosen = set(form.data.getlist("item")) if form is not None else set()  # type: ignore[attr-defined]
        may_sort = self.has_sort_permission(request) and campaign.closed_at is None
        is_finished = campaign.listed_at is not None and counts.waiting == 0 and counts.done == counts.listed
        rows = desk.rows(shown.object_list, chosen, all_chosen=request.GET.get("choose") == "page")
        context = {
            "campaign": campaign,
            "progress": counts,
            "rows": rows,
            "page_shown": shown,
            "states": desk.STATES,
            "state": state,
            "risks": desk.RISKS,
            "risk": risk,
            "may_sort": may_sort,
            "may_choose": may_sort and any(row.is_sortable for row in rows),
            "may_close": may_sort and is_finished,
            "form": form or SortForm(items=campaign.items.none()),
        }
        return self._page(request, "campaign", campaign.title, context, status=status)

    def _confirm_page(
        self, request: HttpRequest, campaign: Campaign, form: SortForm, dates: dict[int, Any]
    ) -> HttpResponse:
        is_recheck = bool(dates)
        chosen = list(campaigns.in_order(form.cleaned_data["item"]).select_related("article"))
        for item in chosen:
            item.due_date = dates.get(item.pk)
        context = {
            "campaign": campaign,
            "form": form,
            "chosen": chosen,
            "is_recheck": is_recheck,
            "weeks": campaigns.weeks(campaign, dates.values()) if is_recheck else [],
            "last_due": max(dates.values(), default=None),
            "token": _token(dates),
            "is_moved": bool(form.cleaned_data["confirmed"]),
        }
        title = _("Re-check these texts") if is_recheck else _("Suspend these texts")
        return self._page(request, "confirm", title, context)

    def _page(
        self, request: HttpRequest, name: str, title: str, context: dict[str, Any], *, status: int = 200
    ) -> TemplateResponse:
        frame = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        template = f"admin/reviews/campaign/{name}.html"
        return TemplateResponse(request, template, {**frame, **context}, status=status)


def _token(dates: dict[int, Any]) -> str:
    """Return what a confirmation says was shown: others may have taken the weeks since."""
    return str(max(dates.values(), default="yes"))


def _address(request: HttpRequest, campaign: Campaign) -> str:
    """Return the campaign's page with the filter that was chosen."""
    query = request.GET.copy()
    for name in ("page", "choose"):
        query.pop(name, None)
    address = reverse("admin:reviews_campaign_change", args=[campaign.pk])
    return f"{address}?{query.urlencode()}" if query else address


def _sorted_words(decision: str, count: int) -> str:
    if decision == CampaignItem.State.RECHECK:
        words = ngettext("A review of %s text is being opened.", "Reviews of %s texts are being opened.", count)
    elif decision == CampaignItem.State.SUSPEND:
        words = ngettext("%s text is being hidden.", "%s texts are being hidden.", count)
    else:
        words = ngettext("%s text is not affected.", "%s texts are not affected.", count)
    return words % count
