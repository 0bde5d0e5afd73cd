"""Members of the Medical Advisory Board: administrators appoint and retire them, nobody deletes them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from simple_history.admin import SimpleHistoryAdmin

from articles.models.person import signed_in
from reviews.models import BoardMember
from reviews.people import members
from reviews.web.admin import board_page
from reviews.web.forms.board import MemberForm
from reviews.web.steps import board_steps, step_page


@admin.register(BoardMember)
class BoardMemberAdmin(SimpleHistoryAdmin):
    """A member's page. Who leaves is made inactive: what they signed stays theirs."""

    form = MemberForm
    change_form_template = "admin/reviews/boardmember/change_form.html"
    list_display = (
        *("printed_name", "specialty_names", "licence_expires", "away_from", "away_until", "is_guest", "is_active"),
    )
    list_filter = ("is_active", "is_guest", "specialties")
    search_fields = ("user__name", "user__email")
    fields = ("credentials", "specialties", "orcid", "biography", "is_guest", "reason")
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[BoardMember]:
        return super().get_queryset(request).select_related("user").prefetch_related("specialties")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if self.has_change_permission(request, obj) else self.fields[:-1]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own_absence = wrap(step_page.view_of(board_steps.MY_ABSENCE))
        steps = [
            path(f"<int:pk>/{step.place}/", wrap(step_page.view_of(step)), name=f"reviews_boardmember_{step.verb}")
            for step in board_steps.STEPS
        ]
        return [path("my-absence/", own_absence, name="reviews_my_absence"), *steps, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return step_page.answer(board_steps.INVITE, request)

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        member = self.get_object(request, object_id) if object_id else None
        shown: dict[str, Any] = {"show_save_and_add_another": False}
        if member is not None:
            shown |= {"page": board_page.of(member, signed_in(request.user)), "title": str(member), "subtitle": None}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def save_model(self, request: HttpRequest, obj: BoardMember, form: Any, change: bool) -> None:
        form.before = members.entry_facts(BoardMember.objects.get(pk=obj.pk))
        names = [name for name in form.changed_data if name not in ("reason", "specialties")]
        members.save_entry(obj, names, by=signed_in(request.user), reason=form.cleaned_data["reason"].strip())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        members.record_entry(
            form.instance, form.before, by=signed_in(request.user), reason=form.cleaned_data["reason"].strip()
        )

    @admin.display(description=BoardMember._meta.verbose_name)
    def printed_name(self, member: BoardMember) -> str:
        return member.printed_name

    @admin.display(description=BoardMember._meta.get_field("specialties").verbose_name)
    def specialty_names(self, member: BoardMember) -> str:
        return ", ".join(specialty.name for specialty in member.specialties.all())
