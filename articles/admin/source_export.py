"""Export of the chosen sources, or of all that the list holds, as an action of the list: a file that streams."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.library import file_export
from articles.library.files import exchange_files
from articles.models import Source


def _answer(queryset: Any, format_name: str) -> StreamingHttpResponse:
    # Only the ids of the list: what it counts beside them is not needed, and costs a query a source.
    chosen = Source.objects.filter(pk__in=queryset.order_by().values("pk")).order_by("pk")
    name = f"sources-{timezone.localdate():%Y-%m-%d}{exchange_files.ENDINGS[format_name]}"
    return StreamingHttpResponse(
        file_export.export(chosen, format_name),
        content_type=f"{exchange_files.CONTENT_TYPES[format_name]}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@admin.action(description=_("Export as RIS"), permissions=["view"])
def export_ris(page: Any, request: HttpRequest, queryset: Any) -> StreamingHttpResponse:
    return _answer(queryset, "ris")


@admin.action(description=_("Export as BibTeX"), permissions=["view"])
def export_bibtex(page: Any, request: HttpRequest, queryset: Any) -> StreamingHttpResponse:
    return _answer(queryset, "bibtex")


@admin.action(description=_("Export as NBIB (PubMed)"), permissions=["view"])
def export_nbib(page: Any, request: HttpRequest, queryset: Any) -> StreamingHttpResponse:
    return _answer(queryset, "nbib")


@admin.action(description=_("Export as CSL-JSON"), permissions=["view"])
def export_csl_json(page: Any, request: HttpRequest, queryset: Any) -> StreamingHttpResponse:
    return _answer(queryset, "csl-json")


ACTIONS = (export_ris, export_bibtex, export_nbib, export_csl_json)
