"""Members of the Medical Advisory Board: administrators appoint and retire them, nobody deletes them."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from simple_history.admin import SimpleHistoryAdmin

from reviews.models import BoardMember


@admin.register(BoardMember)
class BoardMemberAdmin(SimpleHistoryAdmin):
    """A member's page. Who leaves is made inactive: what they signed stays theirs."""

    list_display = ("printed_name", "specialty_names", "licence_expires", "away_from", "away_until", "is_active")
    list_filter = ("is_active", "specialties")
    search_fields = ("user__name", "user__email")
    fields = (
        "user",
        ("credentials", "orcid"),
        "specialties",
        ("licence", "licence_expires"),
        ("away_from", "away_until"),
        "biography",
        "is_active",
    )
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: Any) -> QuerySet[BoardMember]:
        return super().get_queryset(request).select_related("user").prefetch_related("specialties")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer as members those who may sign and are none yet: a short list, and no widget that needs a script."""
        if db_field.name == "user":
            may_sign = ModelBackend().with_perm("reviews.decide_review", include_superusers=False)
            kwargs["queryset"] = may_sign.filter(board_member__isnull=True).order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, widget=CheckboxSelectMultiple, **kwargs)

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: Any, obj: Any = None) -> tuple[str, ...]:
        return ("user",) if obj else ()

    @admin.display(description=BoardMember._meta.verbose_name)
    def printed_name(self, member: BoardMember) -> str:
        return member.printed_name

    @admin.display(description=BoardMember._meta.get_field("specialties").verbose_name)
    def specialty_names(self, member: BoardMember) -> str:
        return ", ".join(specialty.name for specialty in member.specialties.all())
