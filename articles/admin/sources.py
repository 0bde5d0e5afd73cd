"""Sources of evidence: found by title or identifier, typed in people's fields, never made twice."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import drafting, rendering
from articles.admin import history
from articles.admin.look_ups import LookUpPages
from articles.admin.page import DeskAdmin
from articles.forms.source import ExtractForm, SourceForm
from articles.models import Citation, Extract, Revision, Source


class ExtractInline(admin.StackedInline):
    model = Extract
    form = ExtractForm
    extra = 0


@admin.register(Source)
class SourceAdmin(LookUpPages, DeskAdmin):
    form = SourceForm
    inlines = (ExtractInline,)
    list_display = ("title", "kind", "doi", "pmid", "status", "cited_by")
    list_filter = ("kind", "status")
    search_fields = ("title", "doi", "pmid", "set_id")
    search_help_text = _("Title, DOI, PMID or set id")
    actions = ("look_up_selected",)
    readonly_fields = ("reference", "cited_by", "checked_at")
    history_strands = (history.Strand(Source), history.Strand(Extract, "source"))
    fieldsets = (
        (None, {"fields": ("reference", "cited_by", "kind", "title", "type", "authors")}),
        (
            _("Where it was published"),
            {
                "fields": (
                    ("container", "container_short"),
                    ("year", "month", "day"),
                    ("volume", "issue", "pages"),
                    ("publisher", "url"),
                )
            },
        ),
        (_("Identifiers"), {"fields": (("doi", "pmid"),)}),
        (
            _("Drug label"),
            {"fields": (("set_id", "label_version"), ("effective_date", "marketing_category"))},
        ),
        (_("Appraisal"), {"fields": (("level", "status", "checked_at"), "note")}),
    )

    def get_fieldsets(self, request: Any, obj: Any = None) -> Any:
        if self.has_change_permission(request, obj) and (obj is not None or self.has_add_permission(request)):
            return self.fieldsets
        # Whoever only reads sees the reference as it is printed; the form's own fields are not the model's.
        return ((None, {"fields": _READ_ONLY}),)

    def get_queryset(self, request: Any) -> models.QuerySet:
        # Two subqueries: joins would multiply the citations of a popular source by its revisions.
        drafts = Citation.objects.filter(source=OuterRef("pk")).order_by().values("source")
        frozen = Revision.objects.filter(sources=OuterRef("pk")).order_by().values("sources")
        return (
            super()
            .get_queryset(request)
            .annotate(
                citing_articles=Coalesce(
                    Subquery(drafts.annotate(number=Count("article", distinct=True)).values("number")), 0
                ),
                frozen_texts=Coalesce(Subquery(frozen.annotate(number=Count("pk")).values("number")), 0),
            )
        )

    @admin.display(description=_("reference as printed"))
    def reference(self, source: Source | None) -> str:
        return rendering.format_ama(source.frozen()) if source is not None and source.pk else ""

    @admin.display(description=_("cited by"), ordering="citing_articles")
    def cited_by(self, source: Any) -> str:
        drafts, frozen = getattr(source, "citing_articles", 0), getattr(source, "frozen_texts", 0)
        words = ngettext("%d draft", "%d drafts", drafts) % drafts
        if frozen:
            words += ", " + ngettext("%d frozen revision", "%d frozen revisions", frozen) % frozen
        return words

    def save_model(self, request: Any, obj: Source, form: Any, change: bool) -> None:
        if "status" in form.changed_data:
            obj.checked_at = timezone.now()
        obj.kept_fields = form.kept_fields()
        drafting.save(obj, by=request.user, reason="")


_READ_ONLY = (
    "reference", "cited_by", "kind", "title", "doi", "pmid", "set_id", "label_version", "effective_date",
    "marketing_category", "level", "status", "checked_at", "note",
)  # fmt: skip
