"""My reviews: what a member of the board is asked, has under way, could take on, and finished."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.models import Assignment
from reviews.rules import permissions
from reviews.web.admin.read_only import ReadOnlyAdmin
from reviews.web.desk import work_lists


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    """A list only: an assignment is worked on at the desk of its review."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.is_on_board(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False  # the start page leads here by the overview of what waits

    def get_urls(self) -> list[URLPattern]:
        return [url for url in super().get_urls() if url.name and url.name.endswith("_changelist")]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not permissions.is_on_board(request.user):
            raise PermissionDenied(_("This list is for members of the Medical Advisory Board."))
        context = {
            **self.admin_site.each_context(request),
            "title": _("My reviews"),
            "mine": work_lists.my_reviews(request.user, timezone.localdate()),
        }
        return TemplateResponse(request, "admin/reviews/assignment/mine.html", context)
