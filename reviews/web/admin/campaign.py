"""Campaigns: the list of them, the page of each, and the addresses of their steps."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from reviews.models import Campaign
from reviews.web.admin.read_only import ReadOnlyAdmin
from reviews.web.desk import campaign_page
from reviews.web.steps import campaign_steps, step_page


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin):
    """A campaign is opened, sorted and closed: its rows are never edited one by one."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reviews.add_campaign")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        steps = [
            path(f"<int:pk>/{step.place}/", wrap(step_page.view_of(step)), name=f"reviews_campaign_{step.verb}")
            for step in campaign_steps.STEPS
        ]
        return [path("add/", wrap(self.add_view), name="reviews_campaign_add"), *steps, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self._guard(self.has_view_permission(request))
        shown = Paginator(campaign_page.all_campaigns(), campaign_page.PAGE_SIZE).get_page(request.GET.get("page"))
        context = {"page_shown": shown, "may_open": self.has_add_permission(request)}
        return self._page(request, "list", _("Campaigns"), context)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Open a campaign about a source; without one, choose it first."""
        if campaign_steps.chosen_source(request) is not None:
            return step_page.answer(campaign_steps.OPEN, request)
        self._guard(self.has_add_permission(request))
        words = request.GET.get("q", "").strip()
        context = {"words": words, "found": campaign_page.sources(words)}
        return self._page(request, "choose", _("Open a campaign"), context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied(_("A campaign cannot be edited here: each step has its own button."))
        self._guard(self.has_view_permission(request))
        if not object_id.isdecimal():
            raise Http404
        return campaign_page.respond(request, campaign_page.load(int(object_id)))

    def _guard(self, may: bool) -> None:
        if not may:
            raise PermissionDenied(_("You may not do this to campaigns."))

    def _page(self, request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> TemplateResponse:
        frame = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"admin/reviews/campaign/{name}.html", {**frame, **context})
