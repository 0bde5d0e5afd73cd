"""The editors' queue as the list of reviews, and the desk as the page of one."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.person import signed_in
from reviews.models import Review
from reviews.web.admin.read_only import ReadOnlyAdmin
from reviews.web.desk import review_page, visibility, work_lists


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    """Every step has its own form and address; nothing here is edited as a row."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return visibility.may_see_queue(request.user)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the queue to editors and auditors."""
        if not visibility.may_see_queue(request.user):
            raise PermissionDenied(_("The queue is for editors and auditors."))
        today = timezone.localdate()
        asked = {name: bool(request.GET.get(name)) for name in ("mine", "overdue")}
        state = request.GET.get("state", "open")
        chosen = state if state in work_lists.STATES else "open"
        order = request.GET.get("order", "risk")
        order = order if order in work_lists.ORDERS else "risk"
        reviews = work_lists.queue(
            signed_in(request.user),
            state=chosen,
            is_mine=asked["mine"],
            is_overdue=asked["overdue"],
            today=today,
            order=order,
        )
        shown = Paginator(reviews, work_lists.PAGE_SIZE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Reviews"),
            "rows": work_lists.queue_rows(shown.object_list, today),
            "page_shown": shown,
            "late": work_lists.overdue(reviews, today).count(),
            "states": work_lists.STATES,
            "state": chosen,
            "orders": work_lists.ORDERS,
            "order": order,
            "order_said": work_lists.ORDERS[order],
            **asked,
        }
        return TemplateResponse(request, "admin/reviews/review/queue.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the desk of a review to those who work on it."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied(_("A review cannot be edited here: each step has its own button."))
        if not object_id.isdecimal():
            raise Http404
        return review_page.respond(request, int(object_id))
