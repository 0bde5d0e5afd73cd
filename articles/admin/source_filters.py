"""Facets of the source list: whether anything cites a source, and when its status was last checked."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Citation, Revision

LONG_AGO = timedelta(days=90)


class UsageFilter(admin.SimpleListFilter):
    title = _("usage")
    parameter_name = "usage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("drafts", _("Cited by drafts")), ("frozen", _("Cited by frozen texts")), ("unused", _("Not cited"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        drafts = Exists(Citation.objects.filter(source=OuterRef("pk")))
        frozen = Exists(Revision.objects.filter(sources=OuterRef("pk")))
        wanted = {"drafts": Q(drafts), "frozen": Q(frozen), "unused": ~Q(drafts) & ~Q(frozen)}
        condition = wanted.get(self.value() or "")
        return queryset if condition is None else queryset.filter(condition)


class CheckedFilter(admin.SimpleListFilter):
    title = _("status checked")
    parameter_name = "checked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("never", _("Never")), ("long", _("More than 90 days ago")), ("lately", _("In the last 90 days"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        since = timezone.now() - LONG_AGO
        wanted = {
            "never": Q(checked_at=None),
            "long": Q(checked_at__lt=since),
            "lately": Q(checked_at__gte=since),
        }
        condition = wanted.get(self.value() or "")
        return queryset if condition is None else queryset.filter(condition)


class MergedFilter(admin.SimpleListFilter):
    """Sources that were merged into others are out of the way unless somebody asks for them."""

    title = _("merged")
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Merged into another source"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if request.resolver_match is None or not str(request.resolver_match.url_name).endswith("_changelist"):
            return queryset
        return queryset.filter(merged_into__isnull=self.value() != "yes")
