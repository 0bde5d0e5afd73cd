"""What the desk's pages share: what may not be seen is not found, nothing is deleted, history is shown whole."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.admin import history


class DeskAdmin(admin.ModelAdmin):
    """A page of the desk. Deleting is left out: what happened stays on the record."""

    empty_value_display = "–"
    list_per_page = 50
    show_full_result_count = False
    history_strands: tuple[history.Strand, ...] = ()

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return the row. Raises `Http404` for one that is not there or not visible: both look the same."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404(_("There is no such %s.") % self.opts.verbose_name)
        return found

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def message_user(
        self,
        request: HttpRequest,
        message: Any,
        level: int | str = messages.INFO,
        extra_tags: str = "",
        fail_silently: bool = False,
    ) -> None:
        """Say what is now true; only Django's own congratulations come with the level of success."""
        words = _("Saved.") if level == messages.SUCCESS else message
        super().message_user(request, words, level, extra_tags, fail_silently)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show every saved change of a row and its parts, newest first, with old and new text in full."""
        if not self.history_strands:
            return super().history_view(request, object_id, extra_context)
        found = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, found):
            raise PermissionDenied
        rows = history.rows_of(self.history_strands, found.pk)
        page = Paginator(rows, 20).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(found),
            "opts": self.opts,
            "object": found,
            "page": page,
            "entries": history.entries(self.history_strands, list(page.object_list)),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/articles/history.html", context)


class RecordAdmin(DeskAdmin):
    """A page of records that the workflow writes: everybody only reads them, superusers included."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
