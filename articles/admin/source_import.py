"""Imports of sources: files uploaded, watched while they come in, their faults read and tried again."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import tasks
from articles.admin.base import RecordAdmin
from articles.forms.source_import import UploadSourcesForm
from articles.library import file_import
from articles.library.files import exchange_files
from articles.models import SourceImport, SourceImportRecord
from articles.models.person import signed_in

Outcome = SourceImportRecord.Outcome
_PAGE_SIZE = 50
# What a person has to look at, shown first.
_TO_LOOK_AT = (Outcome.FAILED, Outcome.PROBABLE)


@admin.register(SourceImport)
class SourceImportAdmin(RecordAdmin):
    """For whoever may add sources. A file is uploaded; its rows are the task's and nobody edits them."""

    list_display = ("name", "state", "reached", "by", "created_at")
    list_select_related = ("by",)
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("content")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.add_source")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description=gettext_lazy("state"))
    def state(self, batch: SourceImport) -> str:
        return _state(batch)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        steps = [
            path("<int:pk>/again/", wrap(self.again), name="articles_sourceimport_again"),
            path("<int:pk>/rejected/", wrap(self.rejected), name="articles_sourceimport_rejected"),
        ]
        stock = [
            url for url in super().get_urls() if url.name and url.name.endswith(("_changelist", "_add", "_change"))
        ]
        return [*steps, *stock]

    # -- Pages

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Upload files; the task brings them in."""
        self._guard(request)
        form = UploadSourcesForm(request.POST or None, request.FILES or None)
        if request.method != "POST" or not form.is_valid():
            status = 422 if request.method == "POST" else 200
            return self._page(request, "upload", _("Import sources"), {"form": form}, status=status)
        received = [
            file_import.receive(
                file.read(), name=file.name, format_name=form.cleaned_data["format"], by=signed_in(request.user)
            )
            for file in form.cleaned_data["uploads"]
        ]
        tasks.begin(tasks.import_sources, *(batch.pk for batch in received))
        if len(received) == 1:
            return redirect("admin:articles_sourceimport_change", received[0].pk)
        messages.success(request, _("%d files are being imported. Open one to see its progress.") % len(received))
        return redirect("admin:articles_sourceimport_changelist")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show how far a file is and what became of its records."""
        self._guard(request)
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied(_("An import cannot be edited: each step has its own button."))
        if not object_id.isdecimal():
            raise Http404
        batch = self._batch(int(object_id))
        counts = file_import.counts(batch)
        outcome = request.GET.get("outcome", "")
        rows = _chosen(batch.records.select_related("source", "like"), counts, outcome)
        context = {
            "batch": batch,
            "state": _state(batch),
            "is_running": batch.finished_at is None and not batch.problem and not file_import.has_died(batch),
            "can_continue": batch.finished_at is None,
            "percent": 100 * batch.read_bytes // batch.size if batch.size else 100,
            "counts": [(kind.value, kind.label, counts[kind.value]) for kind in Outcome if counts[kind.value]],
            "failed": counts[Outcome.FAILED],
            "outcome": outcome,
            "page_shown": Paginator(rows, _PAGE_SIZE).get_page(request.GET.get("page")),
        }
        return self._page(request, "import", batch.name, context)

    def rejected(self, request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
        """Send the records that did not come in, as they were written, to be mended and uploaded again."""
        self._guard(request)
        batch = self._batch(pk)
        first = batch.records.filter(outcome=Outcome.FAILED).first()
        ending = exchange_files.ENDINGS.get(first.format if first else "", ".txt")
        name = f"{slugify(batch.name.rpartition('.')[0] or batch.name) or 'sources'}-not-imported{ending}"
        return StreamingHttpResponse(
            file_import.rejected(batch),
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    # -- Steps

    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Try again what failed, and go on where the work stopped."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._guard(request)
        batch = self._batch(pk)
        number = file_import.try_again(batch)
        tasks.begin(tasks.import_sources, batch.pk)
        words = ngettext("%d record was tried again.", "%d records were tried again.", number) % number
        messages.success(request, words if number else _("The records that failed were tried again."))
        return redirect("admin:articles_sourceimport_change", pk)

    # -- What they share

    def _guard(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied(_("You may not import sources."))

    def _batch(self, pk: int) -> SourceImport:
        return get_object_or_404(SourceImport.objects.select_related("by").defer("content"), pk=pk)

    def _page(
        self, request: HttpRequest, name: str, title: str, context: dict[str, Any], *, status: int = 200
    ) -> TemplateResponse:
        frame = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        template = f"admin/articles/sourceimport/{name}.html"
        return TemplateResponse(request, template, {**frame, **context}, status=status)


def _chosen(rows: QuerySet, counts: dict[str, int], outcome: str) -> QuerySet:
    if outcome in Outcome.values:
        return rows.filter(outcome=outcome)
    if outcome != "all" and any(counts[kind] for kind in _TO_LOOK_AT):
        return rows.filter(outcome__in=_TO_LOOK_AT)
    return rows


def _state(batch: SourceImport) -> str:
    if batch.problem:
        return batch.problem
    if file_import.has_died(batch):
        return file_import.why_died(batch)
    if batch.finished_at is not None:
        return _("Finished")
    return _("In progress") if batch.reached else _("Waiting")
