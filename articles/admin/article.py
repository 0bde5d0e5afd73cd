"""The author's desk: drafts with their sections and citations, findings, previews, and who changed what."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from articles import permissions
from articles.admin import history, preview
from articles.admin.base import DeskAdmin
from articles.forms.article import ArticleForm, CitationForm, SectionForm
from articles.forms.concurrent_edit import DraftForms, compare_with_saved, take_saved
from articles.forms.widgets import SourceSelect
from articles.models import Article, Citation, Section
from articles.models.person import signed_in
from articles.models.translation import translated
from articles.text.checks import required_blocks
from articles.writing import drafting
from articles.writing.editorial_policy import editorial_policy

CATALOGUE_FIELDS = ("slug", "topics", "risk", "owner", "readers")


class DraftPartInline(admin.StackedInline):
    """A part of a draft: whoever may edit the draft edits its parts."""

    extra = 0
    show_change_link = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or permissions.can_view(request.user, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or permissions.can_edit(request.user, obj))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and (obj is None or permissions.can_edit(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or permissions.can_edit(request.user, obj))


class SectionInline(DraftPartInline):
    model = Section
    form = SectionForm
    classes = ("draft-sections",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        answers = ("blocks",) if obj is not None and required_blocks.of_template(obj.template) else ()
        texts = (("position", "kind", "heading"), ("professional", "plain"), "plain_missing_reason")
        return ((None, {"fields": (*texts, *answers, ("certainty", "strength"))}),)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.form.template = obj.template if obj is not None else Article.Template.GENERAL
        return formset


class CitationInline(DraftPartInline):
    model = Citation
    form = CitationForm
    classes = ("draft-citations",)
    fieldsets = ((None, {"fields": (("key", "use", "locator"), ("source", "quote"))}),)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("source")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "source":
            kwargs["widget"] = SourceSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    form = ArticleForm
    inlines = (SectionInline, CitationInline)
    list_display = ("title", "state", "readers_see", "risk", "owner", "updated_at")
    list_select_related = ("owner", "publication")
    list_filter = ("risk", "topics")
    search_fields = ("title",)
    ordering = ("-updated_at", "-id")
    actions = None
    save_on_top = False
    history_strands = (history.Strand(Article), history.Strand(Section, "article"), history.Strand(Citation, "article"))

    # -- Who may

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.can_list(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.can_list(request.user) if obj is None else permissions.can_view(request.user, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return permissions.can_edit(request.user, obj)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).filter(permissions.visible_to(request.user))

    # -- The list

    def get_list_filter(self, request: HttpRequest) -> tuple:
        by_owner = ("owner", admin.RelatedOnlyFieldListFilter)
        return (*self.list_filter, by_owner) if _edits_all(request) else self.list_filter

    @admin.display(description=_("review"))
    def state(self, article: Article) -> Any:
        return editorial_policy().review_state(article) or _("Draft")

    @admin.display(description=_("readers see"))
    def readers_see(self, article: Article) -> str | None:
        publication = getattr(article, "publication", None)
        return publication.get_status_display() if publication and publication.is_shown else None

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changes = super().get_changelist_instance(request)
        changes.result_list = editorial_policy().with_reviews(changes.result_list)
        return changes

    # -- The form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        catalogue = (
            ("slug", "risk", "owner", "readers", "topics") if _edits_all(request) else ("slug", "risk", "topics")
        )
        may_save = obj is None or permissions.can_edit(request.user, obj)
        return (
            (None, {"fields": ("title", "seen") if may_save else ("title",)}),
            (_("Catalogue"), {"fields": (*catalogue, "language"), "classes": ("catalogue",)}),
            (_("AI assistance"), {"fields": ("ai_use", ("ai_tool", "ai_purpose"))}),
            _block_fieldset(obj, may_save=may_save),
            *(((None, {"fields": ("reason",)}),) if may_save else ()),
        )

    @admin.display(description=_("blocks that do not apply"))
    def blocks_left_out(self, article: Article) -> str:
        return "; ".join(f"{_block_name(name)}: {why}" for name, why in article.not_applicable.items())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple:
        return CATALOGUE_FIELDS if obj is not None and obj.revisions.exists() else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict:
        return {} if obj is not None else {"slug": ("title",)}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.concurrent_edit = getattr(request, "concurrent_edit", None)
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "owner":
            kwargs["queryset"] = _writers()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        return {"owner": request.user.pk, **super().get_changeform_initial_data(request)}

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Add or change a draft; a change holds its row from before it is read until it is saved."""
        context = {"show_save_and_add_another": False, **(extra_context or {})}
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, context)
        with transaction.atomic():
            self._meet_others(request, self.get_object(request, object_id))
            context["concurrent_edit"] = getattr(request, "concurrent_edit", None)
            return super().changeform_view(request, object_id, form_url, context)

    def _meet_others(self, request: HttpRequest, article: Article) -> None:
        """Hold the draft until this save is done; keep what was typed when somebody else saved meanwhile."""
        if not permissions.can_edit(request.user, article):
            return
        try:
            article = drafting.lock(article.pk, seen=_number(request.POST))
        except drafting.DraftMoved as moved:
            concurrent_edit = compare_with_saved(moved.article, request.POST, self._draft_forms(request, moved.article))
            request.concurrent_edit = concurrent_edit  # type: ignore[attr-defined]  # for the form, which is made later
            request.POST = concurrent_edit.data  # type: ignore[assignment]
        else:
            if request.POST.getlist("take_saved"):
                taken = take_saved(article, request.POST, self._draft_forms(request, article))
                request.POST = taken  # type: ignore[assignment]

    def _draft_forms(self, request: HttpRequest, article: Article) -> DraftForms:
        fields = flatten_fieldsets(self.get_fieldsets(request, article))
        form = self.get_form(request, article, change=True, fields=fields)
        return DraftForms(form, [formset for formset, _inline in self.get_formsets_with_inlines(request, article)])

    # -- Saving

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if change:
            obj.version += 1
        elif obj.owner_id is None:
            obj.owner = signed_in(request.user)
        drafting.save(obj, by=signed_in(request.user), reason=form.cleaned_data["reason"])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        # Topics are rows of their own: their history takes its reason from the article.
        form.instance._change_reason = form.cleaned_data["reason"] or None
        form.save_m2m()
        form.instance._change_reason = None
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        reason = form.cleaned_data["reason"]
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            row._history_user, row._change_reason = request.user, reason or None
            row.delete()
        for row in rows:
            if isinstance(row, Section) and row.position is None:
                last = row.article.sections.aggregate(last=models.Max("position"))["last"]
                row.position = 0 if last is None else last + 1
            drafting.save(row, by=signed_in(request.user), reason=reason)
        formset.save_m2m()

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: Any = None) -> HttpResponse:
        return self._preview_if_asked(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._preview_if_asked(request, obj) or super().response_change(request, obj)

    def _preview_if_asked(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        if "_preview" not in request.POST:
            return None
        return HttpResponseRedirect(reverse("admin:articles_article_preview", args=[article.pk, "professional"]))

    # -- Previews

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("preview-text/", view(self.preview_text), name="articles_article_preview_text"),
            path("<int:pk>/preview/<str:audience>/", view(self.preview), name="articles_article_preview"),
            *super().get_urls(),
        ]

    def preview(self, request: HttpRequest, pk: int, audience: str) -> HttpResponse:
        """Show the saved draft as readers of one audience would see it."""
        return preview.page(request, self.get_object(request, str(pk)), audience)

    def preview_text(self, request: HttpRequest) -> HttpResponse:
        """Return the HTML of one text while it is being written."""
        return preview.text(request)


def _block_fieldset(article: Article | None, *, may_save: bool) -> tuple:
    """Return the fields of the template: a line for each of its blocks, for the reason why it does not apply."""
    asked = required_blocks.of_template(article.template) if article is not None else ()
    if not may_save:
        return (_("Blocks"), {"fields": ("template", "blocks_left_out")})
    description = (
        _("Tick each block at the section that answers it. Where a block does not apply, say here why.")
        if asked
        else _("Save to see which blocks the template requires.")
    )
    fields = ("template", *(f"without_{block}" for block in asked))
    return (_("Blocks"), {"fields": fields, "description": description, "classes": ("draft-blocks",)})


def _edits_all(request: HttpRequest) -> bool:
    return request.user.has_perm("articles.edit_any_article")


def _writers() -> models.QuerySet:
    may_write = {"content_type__app_label": "articles", "codename": "change_article"}
    roles = Group.objects.filter(permissions__in=Permission.objects.filter(**may_write))
    return get_user_model().objects.filter(Q(groups__in=roles) | Q(articles_owned__isnull=False)).distinct()


def _number(data: QueryDict) -> int:
    text = data.get("seen", "")
    # A page without its version cannot have seen the present one.
    return int(text) if text.isdecimal() else -1


def _block_name(name: str) -> str:
    return translated(required_blocks.NAMES[name]) if name in required_blocks.NAMES else name
