"""Sources of evidence: found by title or identifier, typed in people's fields, never made twice."""

import json
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.admin import history, source_export, source_merge
from articles.admin.base import DeskAdmin
from articles.admin.look_ups import LookUpPages
from articles.admin.source_filters import CheckedFilter, MergedFilter, UsageFilter
from articles.forms.sources import ExtractForm, LevelForm, SourceForm
from articles.models import Citation, Extract, Revision, Source
from articles.models.person import signed_in
from articles.text import rendering
from articles.writing import drafting
from articles.writing.editorial_policy import editorial_policy


class ExtractInline(admin.StackedInline):
    model = Extract
    form = ExtractForm
    extra = 0


@admin.register(Source)
class SourceAdmin(LookUpPages, DeskAdmin):
    form = SourceForm
    inlines = (ExtractInline,)
    list_display = ("title", "kind", "doi", "pmid", "status", "cited_by")
    list_filter = ("kind", "status", "level", UsageFilter, CheckedFilter, MergedFilter)
    search_fields = ("title", "doi", "pmid", "set_id")
    search_help_text = _("Title, author, journal, year, DOI, PMID or set id")
    actions = (*source_export.ACTIONS, "look_up_selected", "set_level", "compare")
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
            {"fields": (("set_id", "label_version"), ("effective_date", "marketing_category", "country"))},
        ),
        (_("Appraisal"), {"fields": (("level", "status", "checked_at"), "note")}),
    )

    def get_urls(self) -> list:
        def page(view: Any) -> Any:
            def shown(request: HttpRequest, **place: int) -> Any:
                return view(request, page={**self.admin_site.each_context(request), "opts": self.opts}, **place)

            return self.admin_site.admin_view(shown)

        return [
            path("duplicates/", page(source_merge.listing), name="articles_source_duplicates"),
            path("merge/<int:one>/<int:other>/", page(source_merge.merging), name="articles_source_merge"),
            *super().get_urls(),
        ]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Search the CSL-JSON too, which holds authors, journals and years; offer no merged source for a citation."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if search_term.split():
            inside = [_in_csl(word) for word in search_term.split()]
            found |= queryset.filter(reduce(and_, inside))
        is_picker = request.resolver_match is not None and request.resolver_match.url_name == "autocomplete"
        return (found.filter(merged_into=None) if is_picker else found), may_repeat

    @admin.action(description=_("Set the level of evidence"), permissions=["change"])
    def set_level(self, request: HttpRequest, queryset: Any) -> Any:
        """Ask which level on a page of its own; when it comes back, give it to all that were chosen."""
        form = LevelForm(request.POST if "level" in request.POST else None)
        if form.is_bound and form.is_valid():
            for source in queryset:
                source.level = form.cleaned_data["level"]
                source.kept_fields = sorted({*source.kept_fields, "level"})
                drafting.save(source, by=signed_in(request.user), reason=form.cleaned_data["reason"])
            self.message_user(request, _("Level set: %d.") % len(queryset))
            return None
        chosen = request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Set the level of evidence")}
        context |= {"form": form, "sources": queryset, "chosen": chosen, "across": request.POST.get("select_across")}
        return TemplateResponse(request, "admin/articles/source/set_level.html", context)

    @admin.action(description=_("Compare two sources to merge them"), permissions=["merge"])
    def compare(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(chosen) != 2:
            self.message_user(request, _("Choose two sources to compare."), messages.WARNING)
            return None
        return HttpResponseRedirect(reverse("admin:articles_source_merge", args=chosen))

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return source_merge.may_merge(request.user)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.has_change_permission(request, obj) and (obj is not None or self.has_add_permission(request)):
            return self.fieldsets
        # Whoever only reads sees the reference as it is printed; the form's own fields are not the model's.
        return ((None, {"fields": _READ_ONLY}),)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
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
        if source is None or not source.pk:
            return ""
        return rendering.format_reference(source.frozen(), style=editorial_policy().reference_style())

    @admin.display(description=_("cited by"), ordering="citing_articles")
    def cited_by(self, source: Source) -> str:
        drafts, frozen = getattr(source, "citing_articles", 0), getattr(source, "frozen_texts", 0)
        words = ngettext("%d draft", "%d drafts", drafts) % drafts
        if frozen:
            words += ", " + ngettext("%d frozen revision", "%d frozen revisions", frozen) % frozen
        return words

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        if "status" in form.changed_data:
            obj.checked_at = timezone.now()
        obj.kept_fields = form.kept_fields()
        drafting.save(obj, by=signed_in(request.user), reason="")


def _in_csl(word: str) -> Q:
    """Return the condition that the CSL-JSON holds a word. SQLite keeps its letters beyond ASCII as escapes."""
    spellings = {word, word.lower(), word.capitalize()}
    escaped = {json.dumps(one)[1:-1] for one in spellings}
    return reduce(or_, (Q(csl__icontains=one) for one in sorted(spellings | escaped)))


_READ_ONLY = (
    "reference", "cited_by", "kind", "title", "doi", "pmid", "set_id", "label_version", "effective_date",
    "marketing_category", "country", "level", "status", "checked_at", "merged_into", "note",
)  # fmt: skip
