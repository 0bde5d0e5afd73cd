"""An admin of rows that nobody adds, changes or deletes by hand: superusers neither."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern


class ReadOnlyAdmin(admin.ModelAdmin):
    """Lists and shows rows. The addresses for writing, and the stock history, do not exist."""

    actions: Any = None
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        return [url for url in super().get_urls() if url.name and url.name.endswith(("_changelist", "_change"))]
